using System.Globalization;
using System.Text;

namespace ThinIce.Numbers.Files;

/// <summary>Writes a table as Parquet, row by row, by way of DuckDB's own temporary file: the table may be larger than memory.</summary>
public sealed class ParquetFile : IDisposable
{
    private const long Memory = 512_000_000;

    private readonly DuckDb duck = new(Memory, onDisk: true);
    private readonly IReadOnlyList<(string Name, bool IsNumber)> columns;
    private DuckDb.Appender? rows;

    /// <summary>Begins a table.</summary>
    /// <param name="columns">Names, and whether all cells of it are numbers; the others are text.</param>
    public ParquetFile(IReadOnlyList<(string Name, bool IsNumber)> columns)
    {
        this.columns = columns;
        duck.Run($"CREATE TABLE cells ({string.Join(", ", columns.Select(c => $"{DuckDb.Name(c.Name)} VARCHAR"))})");
        rows = duck.AppendTo("cells");
    }

    /// <summary>Adds a row: as many cells as there are columns; null is null.</summary>
    public void Add(IReadOnlyList<string?> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (cells.Count != columns.Count) throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{cells.Count} cells for {columns.Count} columns."), nameof(cells));
        foreach (var cell in cells)
        {
            if (cell is null) rows!.AddNull();
            else rows!.Add(Encoding.UTF8.GetBytes(cell));
        }

        rows!.EndRow();
    }

    /// <summary>Writes the file.</summary>
    /// <exception cref="FileProblemException">When it cannot be written.</exception>
    public void Save(string path)
    {
        rows?.Dispose();
        rows = null;
        // The folder is tried first: DuckDB's own refusal does not say that it was the place.
        using (File.Create(path))
        {
        }

        duck.Run($"COPY (SELECT {string.Join(", ", columns.Select(c => c.IsNumber ? $"CAST({DuckDb.Name(c.Name)} AS DOUBLE) AS {DuckDb.Name(c.Name)}" : DuckDb.Name(c.Name)))} FROM cells) TO {DuckDb.Quote(path)} (FORMAT parquet)");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        rows?.Dispose();
        duck.Dispose();
    }
}
