using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ThinIce.Core.Contract;

namespace ThinIce.Numbers.Files;

/// <summary>One row of a table.</summary>
/// <param name="Line">Line of the file on which it begins; the heading is on line 1.</param>
/// <param name="Cells">As many as the heading has.</param>
public sealed record CsvRow(int Line, ImmutableArray<string> Cells);

/// <summary>
/// A small table of text: comma, semicolon or tab, with or without quotes and byte-order mark (RFC 4180). For tables of studies that
/// a person looks at; large files go through DuckDB. Rows that are broken are kept apart, each with its line.
/// </summary>
public sealed class CsvTable
{
    /// <summary>Largest file that is read, in bytes.</summary>
    public const int MaxBytes = 64 << 20;

    private readonly char separator;

    private CsvTable(ImmutableArray<string> columns, ImmutableArray<CsvRow> rows, ImmutableArray<Problem> problems, char separator) =>
        (Columns, Rows, Problems, this.separator) = (columns, rows, problems, separator);

    /// <summary>Names of the columns, as written.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>Rows with as many cells as the heading.</summary>
    public ImmutableArray<CsvRow> Rows { get; }

    /// <summary>What is wrong with other rows, or with the whole.</summary>
    public ImmutableArray<Problem> Problems { get; }

    /// <summary>Reads a table. Throws <see cref="IOException"/> only for what the stream throws; everything else becomes a problem.</summary>
    public static CsvTable Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        var text = reader.ReadToEnd();
        if (text.Length > MaxBytes) return Nothing(new(Core.Contract.Problems.TooLarge, "A table of studies has at most 64 MB.", ""));
        if (string.IsNullOrWhiteSpace(text)) return Nothing(new(Core.Contract.Problems.Empty, "There is no heading and no row.", ""));
        return Parse(text);
    }

    private static CsvTable Nothing(Problem problem) => new([], [], [problem], ',');

    private static CsvTable Parse(string text)
    {
        var separator = Separator(text);
        var lines = Records(text, separator).Where(r => r.Cells.Length > 1 || r.Cells[0].Trim().Length > 0).ToList();
        var columns = lines[0].Cells.Select(c => c.Trim()).ToImmutableArray();
        var problems = lines.Skip(1).Where(r => r.Cells.Length != columns.Length)
            .Select(r => new Problem(Core.Contract.Problems.RaggedRow, $"It has {r.Cells.Length} cells where the heading has {columns.Length}.", At(r.Line))).ToList();
        problems.AddRange(columns.GroupBy(c => c).Where(g => g.Count() > 1).Select(g => new Problem(Core.Contract.Problems.DoesNotApply, "Two columns have one name; the first is used.", At(1))));
        return new(columns, [.. lines.Skip(1).Where(r => r.Cells.Length == columns.Length)], [.. problems], separator);
    }

    /// <summary>Where something is, in the words of every problem of a table.</summary>
    public static string At(int line, string? column = null) => column is null ? $"line {line}" : $"line {line}, column {column}";

    /// <summary>The number of a column, letter case aside; null and a problem where there is none.</summary>
    public int? Column(string name, ICollection<Problem> problems)
    {
        var at = Columns.IndexOf(name);
        if (at < 0) at = Columns.Select((c, i) => (c, i)).Where(c => string.Equals(c.c, name.Trim(), StringComparison.OrdinalIgnoreCase)).Select(c => c.i).DefaultIfEmpty(-1).First();
        if (at >= 0) return at;
        problems.Add(new(Core.Contract.Problems.MissingColumn, $"There is no column '{name}'. The columns are: {string.Join(", ", Columns)}.", At(1)));
        return null;
    }

    /// <summary>A number in a cell; null and a problem where it is none. Decimal commas are read where the cells are not separated by commas.</summary>
    public double? Number(CsvRow row, int column, ICollection<Problem> problems)
    {
        var text = row.Cells[column].Trim();
        if (separator != ',' && text.Count(c => c == ',') == 1 && !text.Contains('.', StringComparison.Ordinal)) text = text.Replace(',', '.');
        if (double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)) return value;
        problems.Add(text.Length == 0 || text is "NA" or "NaN" or "nan" or "null" or "." or "-"
            ? new(Core.Contract.Problems.Empty, "There is no number here.", At(row.Line, Columns[column]))
            : new(Core.Contract.Problems.WrongType, "This has to be a plain number, such as 12 or 0.5, without a separator of thousands.", At(row.Line, Columns[column])));
        return null;
    }

    private static char Separator(string text)
    {
        var end = text.AsSpan().IndexOfAny('\n', '\r');
        var heading = end < 0 ? text : text[..end];
        return new[] { ',', ';', '\t' }.MaxBy(c => Outside(heading, c));
    }

    private static int Outside(string line, char separator)
    {
        var (count, quoted) = (0, false);
        foreach (var c in line)
        {
            if (c == '"') quoted = !quoted;
            else if (c == separator && !quoted) count++;
        }

        return count;
    }

    private static IEnumerable<CsvRow> Records(string text, char separator)
    {
        var (cells, cell, quoted, line, begun) = (ImmutableArray.CreateBuilder<string>(), new StringBuilder(), false, 1, 1);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n') line++;
            if (quoted)
            {
                if (c != '"') cell.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[i++]);
                else quoted = false;
            }
            else if (c == '"' && cell.Length == 0) quoted = true;
            else if (c == separator) Next(cells, cell);
            else if (c is '\n' or '\r')
            {
                if (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n') continue;
                if (c == '\r') line++;
                Next(cells, cell);
                yield return new(begun, cells.DrainToImmutable());
                begun = line;
            }
            else cell.Append(c);
        }

        if (cell.Length == 0 && cells.Count == 0) yield break;
        Next(cells, cell);
        yield return new(begun, cells.DrainToImmutable());
    }

    private static void Next(ImmutableArray<string>.Builder cells, StringBuilder cell)
    {
        cells.Add(cell.ToString());
        cell.Clear();
    }
}
