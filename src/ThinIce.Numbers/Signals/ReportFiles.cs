using System.Collections.Immutable;
using ThinIce.Core.Contract;
using ThinIce.Numbers.Files;

namespace ThinIce.Numbers.Signals;

/// <summary>Which columns of a table of reports hold what. One row names one report, one exposure and one event.</summary>
/// <param name="Report">The report's identifier.</param>
/// <param name="Exposure">What the person was exposed to.</param>
/// <param name="Event">What happened.</param>
/// <param name="Strata">Columns to stratify by; may be empty. An empty cell there is a stratum of its own.</param>
public sealed record ReportColumns(string Report, string Exposure, string Event, ImmutableArray<string> Strata)
{
    internal ImmutableArray<string> All => [Report, Exposure, Event, .. Strata];
}

/// <summary>How to read a table of reports.</summary>
/// <param name="Memory">Most bytes of memory to use; tables that may need more are counted on disk.</param>
/// <param name="KeepRows">Whether to keep what each report names, for the check for masking. Not with tables counted on disk.</param>
/// <param name="Progress">Told how many rows were read, now and then.</param>
public sealed record ReadingOptions(long Memory, bool KeepRows = false, Action<long>? Progress = null)
{
    /// <summary>Three fifths of the memory there is.</summary>
    public static long DefaultMemory => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 5 * 3;
}

/// <summary>What became of reading a table of reports.</summary>
/// <param name="Counts">The counts of the good rows; null where there is none.</param>
/// <param name="Problems">What was wrong, each with row and column; at most <see cref="MostProblems"/> of them.</param>
/// <param name="Rows">Good rows.</param>
/// <param name="BadRows">Rows left out.</param>
/// <param name="Contradictions">Rows whose stratum differs from that of their report's first row; the first one counts.</param>
/// <param name="OnDisk">Whether the table was too large for memory, and counted on disk.</param>
public sealed record ReportReading(PairCounts? Counts, ImmutableArray<Problem> Problems, long Rows, long BadRows, long Contradictions, bool OnDisk)
{
    /// <summary>How many problems are told one by one.</summary>
    public const int MostProblems = 20;
}

/// <summary>Reads tables of reports: separated text, gzipped or not, by itself; JSON Lines and Parquet through DuckDB.</summary>
public static class ReportFiles
{
    /// <summary>Text takes about so many bytes of memory for each byte of a gzipped file.</summary>
    private const int Unzipped = 8;

    /// <summary>Parquet and JSON likewise.</summary>
    private const int Unpacked = 6;

    /// <summary>Counts the reports of a file. Bad rows are told and left out.</summary>
    /// <exception cref="FileProblemException">When it cannot be read at all, or lacks a column.</exception>
    /// <exception cref="IOException">When it is not there.</exception>
    public static ReportReading Read(string file, ReportColumns columns, ReadingOptions? options = null)
    {
        options ??= new(ReadingOptions.DefaultMemory);
        var kind = Path.GetExtension(file).ToLowerInvariant();
        var size = new FileInfo(file).Length;
        var throughDuckDb = kind is ".parquet" or ".jsonl" or ".ndjson" or ".json";
        var onDisk = size * (throughDuckDb ? Unpacked : kind == ".gz" ? Unzipped : 1) > options.Memory;
        using IReportSink sink = onDisk ? new DuckDbCounter(columns.Strata.Length > 0, options.Memory) : new ReportCounter(columns.Strata.Length > 0, options.KeepRows);
        var rows = new RowTaker(sink, columns, options.Progress);
        if (throughDuckDb) FromDuckDb(file, kind, columns, options, rows);
        else FromText(file, columns, rows);
        return rows.Reading(onDisk);
    }

    private static void FromText(string file, ReportColumns columns, RowTaker rows)
    {
        using var records = CsvRecords.Open(file, columns.All);
        while (records.Next())
        {
            if (records.FieldCount != records.Columns)
            {
                rows.Refuse(new(Problems.RaggedRow, $"This row has {records.FieldCount} cells where the header names {records.Columns}. It was left out.", $"line {records.Line}"));
                continue;
            }

            for (var s = 3; s < columns.All.Length; s++) rows.Stratum(records[s]);
            rows.Take(records[0], records[1], records[2], records.Line, "line");
        }
    }

    private static void FromDuckDb(string file, string kind, ReportColumns columns, ReadingOptions options, RowTaker rows)
    {
        using var duck = new DuckDb(options.Memory / 2, onDisk: false);
        var table = kind == ".parquet" ? $"read_parquet({DuckDb.Quote(file)})" : $"read_json_auto({DuckDb.Quote(file)})";
        var found = new List<string>();
        duck.Query($"SELECT column_name FROM (DESCRIBE SELECT * FROM {table})", 1, (chunk, count) =>
        {
            for (var r = 0; r < count; r++) found.Add(System.Text.Encoding.UTF8.GetString(chunk.Text(0, r)));
        });
        var names = columns.All.Select(c => found.Find(f => f == c) ?? found.Find(f => f.Equals(c, StringComparison.OrdinalIgnoreCase)) ?? throw FileProblemException.MissingColumn(c, found));
        var select = string.Join(", ", names.Select(n => $"CAST({DuckDb.Name(n)} AS VARCHAR)"));
        var (row, strata) = (0L, columns.Strata.Length);
        duck.Query($"SELECT {select} FROM {table}", columns.All.Length, (chunk, count) =>
        {
            for (var r = 0; r < count; r++)
            {
                for (var s = 0; s < strata; s++) rows.Stratum(chunk.Text(3 + s, r));
                rows.Take(chunk.Text(0, r), chunk.Text(1, r), chunk.Text(2, r), ++row, "row");
            }
        });
    }
}

/// <summary>Where good rows go to be counted.</summary>
internal interface IReportSink : IDisposable
{
    /// <summary>Rows taken.</summary>
    long Rows { get; }

    /// <summary>Rows whose stratum differs from that of their report's first row.</summary>
    long Contradictions { get; }

    /// <summary>Takes one row. No word may be empty, but the stratum.</summary>
    void Add(ReadOnlySpan<byte> report, ReadOnlySpan<byte> exposure, ReadOnlySpan<byte> @event, ReadOnlySpan<byte> stratum);

    /// <summary>The counts of all that was taken.</summary>
    PairCounts Count();
}

/// <summary>Tells good rows from bad ones.</summary>
internal sealed class RowTaker(IReportSink sink, ReportColumns columns, Action<long>? progress)
{
    private readonly List<Problem> problems = [];
    private byte[] stratum = new byte[64];
    private long bad;
    private int stratumLength;

    /// <summary>A cell of a stratum column, before its row is taken. Several make one word, divided by a character that text does not hold.</summary>
    public void Stratum(ReadOnlySpan<byte> cell)
    {
        if (stratum.Length < stratumLength + cell.Length + 1) Array.Resize(ref stratum, (stratumLength + cell.Length + 1) * 2);
        cell.CopyTo(stratum.AsSpan(stratumLength));
        stratumLength += cell.Length;
        stratum[stratumLength++] = 0x1F;
    }

    public void Take(ReadOnlySpan<byte> report, ReadOnlySpan<byte> exposure, ReadOnlySpan<byte> @event, long at, string unit)
    {
        var missing = report.IsEmpty ? columns.Report : exposure.IsEmpty ? columns.Exposure : @event.IsEmpty ? columns.Event : null;
        if (missing is not null)
        {
            Refuse(new(Problems.MissingCell, "This cell is empty. The row was left out.", $"{unit} {at}, column {missing}"));
            return;
        }

        sink.Add(report, exposure, @event, stratum.AsSpan(0, stratumLength));
        stratumLength = 0;
        if (progress is not null && sink.Rows % 500_000 == 0) progress(sink.Rows);
    }

    public void Refuse(Problem problem)
    {
        stratumLength = 0;
        bad++;
        if (problems.Count < ReportReading.MostProblems) problems.Add(problem);
    }

    public ReportReading Reading(bool onDisk)
    {
        if (sink.Rows == 0 && bad == 0) problems.Add(new(Problems.Empty, "The table has columns and no rows.", ""));
        return new(sink.Rows > 0 ? sink.Count() : null, [.. problems], sink.Rows, bad, sink.Contradictions, onDisk);
    }
}
