using ThinIce.Numbers.Files;

namespace ThinIce.Numbers.Signals;

/// <summary>
/// Takes rows of report, exposure, event and stratum in any order, and counts different reports. Everything is held in memory: about
/// 16 bytes a row and the words once. Files that do not fit are counted by DuckDB instead. There are far more reports than exposures and
/// events, so a second thread numbers the reports of one block of rows while the next is read.
/// </summary>
internal sealed class ReportCounter(bool strata, bool keepRows = false) : IReportSink
{
    private const int Block = 1 << 16;
    private const long MostDenseCells = 1L << 26;
    private readonly ByteInterner reports = new(), exposures = new(), events = new(), stratumNames = new();
    private readonly List<int[]> rowReports = [], rowExposures = [], rowEvents = [];
    private readonly List<int> reportStratum = [];
    private ReportWords filling = new(Block, strata), numbered = new(Block, strata);
    private Task numbering = Task.CompletedTask;
    private int inBlock = Block;

    /// <summary>Rows taken.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows whose stratum differs from that of their report's first row; the first one counts. Complete after <see cref="Count"/>.</summary>
    public long Contradictions { get; private set; }

    /// <summary>Takes one row. No word may be empty, but the stratum.</summary>
    public void Add(ReadOnlySpan<byte> report, ReadOnlySpan<byte> exposure, ReadOnlySpan<byte> @event, ReadOnlySpan<byte> stratum)
    {
        if (inBlock == Block)
        {
            NumberReports();
            rowReports.Add(new int[Block]);
            rowExposures.Add(new int[Block]);
            rowEvents.Add(new int[Block]);
            inBlock = 0;
        }

        filling.Add(report, strata ? stratumNames.Add(stratum) : -1);
        rowExposures[^1][inBlock] = exposures.Add(exposure);
        rowEvents[^1][inBlock++] = events.Add(@event);
        Rows++;
    }

    /// <summary>Hands the block that was read to the second thread, once that has done the one before.</summary>
    private void NumberReports()
    {
        numbering.GetAwaiter().GetResult();
        if (rowReports.Count == 0) return;
        (filling, numbered) = (numbered, filling);
        filling.Clear();
        var (words, into) = (numbered, rowReports[^1]);
        numbering = Task.Run(() => Number(words, into));
    }

    private void Number(ReportWords words, int[] into)
    {
        var (row, at) = (0, 0);
        foreach (var (length, rows) in words.Words)
        {
            var report = reports.Add(words.Bytes.AsSpan(at, length));
            at += length;
            into.AsSpan(row, rows).Fill(report);
            if (strata) Place(report, words.Strata.AsSpan(row, rows));
            row += rows;
        }
    }

    private void Place(int report, ReadOnlySpan<int> places)
    {
        if (report == reportStratum.Count) reportStratum.Add(places[0]);
        foreach (var place in places)
        {
            if (reportStratum[report] != place) Contradictions++;
        }
    }

    /// <summary>The counts of all that was taken.</summary>
    public PairCounts Count()
    {
        NumberReports();
        numbering.GetAwaiter().GetResult();
        var (starts, rows) = ByReport();
        var ends = keepRows ? new int[reports.Count] : null;
        var size = (long)exposures.Count * events.Count;
        // Several threads count a share of the reports each; a wide table is not worth holding twice.
        var parts = reports.Count > 50_000 && size <= MostDenseCells / 4 ? Math.Min(Environment.ProcessorCount, 4) : 1;
        var shares = new Share[parts];
        Parallel.For(0, parts, p =>
        {
            shares[p] = new(new(exposures.Count, events.Count, strata ? stratumNames.Count : 0), size <= MostDenseCells ? new DenseCells(exposures.Count, events.Count) : new HashedCells());
            CountShare(shares[p], (int)((long)reports.Count * p / parts), (int)((long)reports.Count * (p + 1) / parts), starts, ends, rows);
        });
        foreach (var other in shares.AsSpan(1))
        {
            shares[0].Margins.Add(other.Margins);
            ((DenseCells)shares[0].Cells).Add((DenseCells)other.Cells);
        }

        var counts = shares[0].Margins.Counts(exposures, events, reports.Count, shares[0].Cells.Pairs());
        if (ends is not null) counts.Rows = new(starts, ends, rows);
        return counts;
    }

    /// <summary>Puts the rows of each report together (a counting sort: reports are numbered as they appear, so this is nearly in order).</summary>
    private (int[] Starts, (int Exposure, int Event)[] Rows) ByReport()
    {
        var starts = new int[reports.Count + 1];
        for (var b = 0; b < rowReports.Count; b++)
        {
            foreach (var report in rowReports[b].AsSpan(0, b == rowReports.Count - 1 ? inBlock : Block)) starts[report + 1]++;
        }

        for (var r = 0; r < reports.Count; r++) starts[r + 1] += starts[r];
        var next = starts.AsSpan(0, reports.Count).ToArray();
        var rows = new (int, int)[Rows];
        for (var b = 0; b < rowReports.Count; b++)
        {
            var (r, x, v) = (rowReports[b], rowExposures[b], rowEvents[b]);
            var length = b == rowReports.Count - 1 ? inBlock : Block;
            for (var i = 0; i < length; i++) rows[next[r[i]]++] = (x[i], v[i]);
            (rowReports[b], rowExposures[b], rowEvents[b]) = ([], [], []);
        }

        return (starts, rows);
    }

    private sealed record Share(Margins Margins, ICellCounts Cells);

    private void CountShare(Share share, int from, int to, int[] starts, int[]? ends, (int Exposure, int Event)[] rows)
    {
        for (var report = from; report < to; report++)
        {
            var own = rows.AsSpan(starts[report], starts[report + 1] - starts[report]);
            share.Margins.Add(own, report, strata ? reportStratum[report] : -1);
            var distinct = Distinct(own);
            share.Cells.Add(distinct);
            if (ends is not null) ends[report] = starts[report] + distinct.Length;
        }
    }

    public void Dispose() => ((IAsyncResult)numbering).AsyncWaitHandle.WaitOne();

    /// <summary>The different rows of one report, moved to the front.</summary>
    private static Span<(int Exposure, int Event)> Distinct(Span<(int Exposure, int Event)> rows)
    {
        if (rows.Length > 32)
        {
            rows.Sort();
            var kept = 1;
            for (var i = 1; i < rows.Length; i++)
            {
                if (!Same(rows[i], rows[kept - 1])) rows[kept++] = rows[i];
            }

            return rows[..kept];
        }

        var count = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var seen = false;
            for (var j = 0; j < count && !seen; j++) seen = Same(rows[j], rows[i]);
            if (!seen) rows[count++] = rows[i];
        }

        return rows[..count];
    }

    private static bool Same((int Exposure, int Event) a, (int Exposure, int Event) b) => a.Exposure == b.Exposure && a.Event == b.Event;

    /// <summary>Margins in all and for each stratum. A stamp says which report a margin last counted.</summary>
    private sealed class Margins
    {
        private readonly int[] exposure, @event, exposureStamp, eventStamp;
        private readonly int[][] stratumExposure, stratumEvent;
        private readonly long[] stratumReports;

        public Margins(int exposures, int events, int strata)
        {
            (exposure, @event, exposureStamp, eventStamp) = (new int[exposures], new int[events], new int[exposures], new int[events]);
            stratumReports = new long[strata];
            stratumExposure = [.. Enumerable.Range(0, strata).Select(_ => new int[exposures])];
            stratumEvent = [.. Enumerable.Range(0, strata).Select(_ => new int[events])];
        }

        public void Add(ReadOnlySpan<(int Exposure, int Event)> rows, int report, int stratum)
        {
            if (stratum >= 0) stratumReports[stratum]++;
            foreach (var (x, v) in rows)
            {
                if (exposureStamp[x] != report + 1)
                {
                    exposureStamp[x] = report + 1;
                    exposure[x]++;
                    if (stratum >= 0) stratumExposure[stratum][x]++;
                }

                if (eventStamp[v] == report + 1) continue;
                eventStamp[v] = report + 1;
                @event[v]++;
                if (stratum >= 0) stratumEvent[stratum][v]++;
            }
        }

        /// <summary>Adds the counts of other reports.</summary>
        public void Add(Margins other)
        {
            Sum(exposure, other.exposure);
            Sum(@event, other.@event);
            for (var s = 0; s < stratumReports.Length; s++)
            {
                stratumReports[s] += other.stratumReports[s];
                Sum(stratumExposure[s], other.stratumExposure[s]);
                Sum(stratumEvent[s], other.stratumEvent[s]);
            }
        }

        private static void Sum(int[] to, int[] from)
        {
            for (var i = 0; i < to.Length; i++) to[i] += from[i];
        }

        public PairCounts Counts(ByteInterner exposures, ByteInterner events, long reports, (int[] Exposure, int[] Event, int[] Observed) pairs)
        {
            var counts = new PairCounts(exposures, events, reports, exposure, @event, pairs.Exposure, pairs.Event, pairs.Observed);
            if (stratumReports.Length > 0) counts.Stratify(new StratumMargins(stratumReports, stratumExposure, stratumEvent));
            return counts;
        }
    }
}

/// <summary>The words for reports of one block of rows, one after the other. The rows of a report mostly follow each other: they share one.</summary>
internal sealed class ReportWords(int rows, bool strata)
{
    private byte[] bytes = new byte[rows * 16];
    private int used, row, lastStart;

    /// <summary>The words' lengths, each with how many rows in turn name it.</summary>
    public List<Run> Words { get; } = [];

    /// <summary>The words, without anything between them.</summary>
    public byte[] Bytes => bytes;

    /// <summary>The stratum of each row.</summary>
    public int[] Strata { get; } = new int[strata ? rows : 0];

    /// <summary>One word.</summary>
    /// <param name="Length">In bytes.</param>
    /// <param name="Rows">How many rows in turn name it.</param>
    public readonly record struct Run(int Length, int Rows);

    /// <summary>Adds a row.</summary>
    public void Add(ReadOnlySpan<byte> word, int stratum)
    {
        if (strata) Strata[row] = stratum;
        row++;
        if (Words.Count > 0 && word.SequenceEqual(bytes.AsSpan(lastStart, used - lastStart)))
        {
            Words[^1] = Words[^1] with { Rows = Words[^1].Rows + 1 };
            return;
        }

        if (used + word.Length > bytes.Length) Array.Resize(ref bytes, (used + word.Length) * 2);
        word.CopyTo(bytes.AsSpan(used));
        lastStart = used;
        used += word.Length;
        Words.Add(new(word.Length, 1));
    }

    /// <summary>Begins another block.</summary>
    public void Clear()
    {
        Words.Clear();
        (used, row, lastStart) = (0, 0, 0);
    }
}
