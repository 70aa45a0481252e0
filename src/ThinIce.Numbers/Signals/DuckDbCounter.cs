using ThinIce.Numbers.Files;

namespace ThinIce.Numbers.Signals;

/// <summary>
/// Counts by DuckDB in a file on disk, for tables that do not fit into memory: slower, and the plain twin of <see cref="ReportCounter"/>.
/// Words and pairs have to fit into memory; reports and rows need not.
/// </summary>
internal sealed class DuckDbCounter : IReportSink
{
    private readonly DuckDb duck;
    private readonly bool strata;
    private DuckDb.Appender? appender;

    public DuckDbCounter(bool strata, long memory)
    {
        this.strata = strata;
        duck = new(Math.Max(memory / 2, 100_000_000), onDisk: true);
        duck.Run("CREATE TABLE rows (report VARCHAR, exposure VARCHAR, event VARCHAR, stratum VARCHAR)");
        appender = duck.AppendTo("rows");
    }

    public long Rows { get; private set; }

    public long Contradictions { get; private set; }

    public void Add(ReadOnlySpan<byte> report, ReadOnlySpan<byte> exposure, ReadOnlySpan<byte> @event, ReadOnlySpan<byte> stratum)
    {
        appender!.Add(report);
        appender.Add(exposure);
        appender.Add(@event);
        appender.Add(stratum);
        appender.EndRow();
        Rows++;
    }

    public PairCounts Count()
    {
        appender!.Dispose();
        appender = null;
        duck.Run("CREATE TABLE stays AS SELECT DISTINCT report, exposure, event FROM rows");
        var (exposures, events) = (new ByteInterner(), new ByteInterner());
        var (exposureReports, eventReports) = (Margin("exposure", exposures), Margin("event", events));
        var (pairExposure, pairEvent, observed) = (new List<int>(), new List<int>(), new List<int>());
        duck.Query("SELECT exposure, event, COUNT(*) FROM stays GROUP BY 1, 2", 3, (chunk, rows) =>
        {
            for (var r = 0; r < rows; r++)
            {
                pairExposure.Add(exposures.Add(chunk.Text(0, r)));
                pairEvent.Add(events.Add(chunk.Text(1, r)));
                observed.Add((int)chunk.Number(2, r));
            }
        });
        var counts = new PairCounts(exposures, events, One("SELECT COUNT(*) FROM (SELECT DISTINCT report FROM stays)"), [.. exposureReports], [.. eventReports], [.. pairExposure], [.. pairEvent], [.. observed]);
        if (strata) counts.Stratify(Stratified(exposures, events));
        return counts;
    }

    private List<int> Margin(string column, ByteInterner names)
    {
        var margin = new List<int>();
        duck.Query($"SELECT {column}, COUNT(*) FROM (SELECT DISTINCT report, {column} FROM stays) GROUP BY 1", 2, (chunk, rows) =>
        {
            for (var r = 0; r < rows; r++)
            {
                names.Add(chunk.Text(0, r));
                margin.Add((int)chunk.Number(1, r));
            }
        });
        return margin;
    }

    private StratumMargins Stratified(ByteInterner exposures, ByteInterner events)
    {
        duck.Run("CREATE TABLE places AS SELECT report, arg_min(stratum, rowid) AS stratum FROM rows GROUP BY 1");
        Contradictions = One("SELECT COUNT(*) FROM rows JOIN places USING (report) WHERE rows.stratum <> places.stratum");
        var names = new ByteInterner();
        var reports = new List<long>();
        duck.Query("SELECT stratum, COUNT(*) FROM places GROUP BY 1", 2, (chunk, rows) =>
        {
            for (var r = 0; r < rows; r++)
            {
                names.Add(chunk.Text(0, r));
                reports.Add(chunk.Number(1, r));
            }
        });
        return new([.. reports], StratumMargin("exposure", exposures, names), StratumMargin("event", events, names));
    }

    private int[][] StratumMargin(string column, ByteInterner words, ByteInterner strataNames)
    {
        int[][] margins = [.. Enumerable.Range(0, strataNames.Count).Select(_ => new int[words.Count])];
        duck.Query($"SELECT stratum, {column}, COUNT(*) FROM (SELECT DISTINCT report, {column} FROM stays) JOIN places USING (report) GROUP BY 1, 2", 3, (chunk, rows) =>
        {
            for (var r = 0; r < rows; r++) margins[strataNames.Add(chunk.Text(0, r))][words.Add(chunk.Text(1, r))] = (int)chunk.Number(2, r);
        });
        return margins;
    }

    private long One(string sql)
    {
        var value = 0L;
        duck.Query(sql, 1, (chunk, _) => value = chunk.Number(0, 0));
        return value;
    }

    public void Dispose()
    {
        appender?.Dispose();
        duck.Dispose();
    }
}
