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

/// <summary>What became of reading a table of reports.</summary>
/// <param name="Counts">The counts of the good rows; null where the table could not be read, or holds no good row.</param>
/// <param name="Problems">What was wrong, each with row and column; at most <see cref="MostProblems"/> of them.</param>
/// <param name="Rows">Good rows.</param>
/// <param name="BadRows">Rows left out.</param>
/// <param name="Contradictions">Rows whose stratum differs from that of their report's first row; the first one counts.</param>
public sealed record ReportReading(PairCounts? Counts, ImmutableArray<Problem> Problems, long Rows, long BadRows, long Contradictions)
{
    /// <summary>How many problems are told one by one.</summary>
    public const int MostProblems = 20;
}

/// <summary>Reads tables of reports.</summary>
public static class ReportFiles
{
    /// <summary>Counts a file of separated text, gzipped or not.</summary>
    /// <exception cref="FileProblemException">When it cannot be read at all.</exception>
    public static ReportReading ReadCsv(string file, ReportColumns columns, Action<long>? progress = null)
    {
        using var records = CsvRecords.Open(file, columns.All);
        var (counter, problems, bad, stratum) = (new ReportCounter(columns.Strata.Length > 0), new List<Problem>(), 0L, Array.Empty<byte>());
        while (records.Next())
        {
            if (Fault(records, columns) is { } fault)
            {
                bad++;
                if (problems.Count < ReportReading.MostProblems) problems.Add(fault);
                continue;
            }

            counter.Add(records[0], records[1], records[2], Stratum(records, columns.Strata.Length, ref stratum));
            if (progress is not null && counter.Rows % 1_000_000 == 0) progress(counter.Rows);
        }

        if (counter.Rows == 0 && problems.Count == 0) problems.Add(new(Problems.Empty, "The table has a header and no rows.", "line 2"));
        return new(counter.Rows > 0 ? counter.Count() : null, [.. problems], counter.Rows, bad, counter.Contradictions);
    }

    private static Problem? Fault(CsvRecords records, ReportColumns columns)
    {
        if (records.FieldCount != records.Columns)
            return new(Problems.UnevenRow, $"This row has {records.FieldCount} cells where the header names {records.Columns}. It was left out.", $"line {records.Line}");
        for (var c = 0; c < 3; c++)
        {
            if (records[c].IsEmpty) return new(Problems.MissingCell, "This cell is empty. The row was left out.", $"line {records.Line}, column {columns.All[c]}");
        }

        return null;
    }

    /// <summary>Several strata columns make one word, divided by a character that text does not hold.</summary>
    private static ReadOnlySpan<byte> Stratum(CsvRecords records, int strata, ref byte[] buffer)
    {
        if (strata == 0) return default;
        var length = 0;
        for (var s = 0; s < strata; s++)
        {
            var field = records[3 + s];
            if (buffer.Length < length + field.Length + 1) Array.Resize(ref buffer, (length + field.Length + 1) * 2);
            field.CopyTo(buffer.AsSpan(length));
            length += field.Length;
            buffer[length++] = 0x1F;
        }

        return buffer.AsSpan(0, length);
    }
}
