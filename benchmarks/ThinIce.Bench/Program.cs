using ThinIce.Bench;

// The bare program that screen-cli is measured beside: it starts, and ends.
if (args is ["nothing"]) return 0;

var benches = new Dictionary<string, (string About, Func<Result> Run)>
{
    ["screen-cli"] = ("one intake, whole process with its launcher, warm disk; at most 250 ms. Peer: an empty .NET program", ScreenCli.Run),
    ["screen-engine"] = ("coded intakes per second on one core, with findings, evidence and questions. Peer: the plain slow twin", ScreenEngine.Coded),
    ["screen-words"] = ("intakes per second on one core from plain words. Peer: the same intakes already coded", ScreenEngine.Words),
    ["screen-questions"] = ("coded intakes per second on one core, of those with something missing, with ordered questions. Peer: the plain slow twin", ScreenEngine.Questions),
    ["screen-peer"] = ("coded intakes per second on one core. Peer: the same rules in Microsoft RulesEngine, equal answers", ScreenPeer.Run),
    ["api-screen"] = ("p99 of POST /api/screen at 200 requests/s, on two cores; at most 20 ms, process at most 250 MB. Peer: GET /health of the same server", ApiScreen.Run),
    ["signals-caers"] = ("reports of 2012 (in the repository) from CSV to scores, whole process; at most 0.7 s. Peer: an empty .NET program", Signals.Caers),
    ["signals-faers"] = ("reports of one quarter from CSV to scores with empty pairs, whole process; at most 2.0 s; --data DIR. Peer: an empty .NET program", Signals.Faers),
    ["signals-scale"] = ("10 million rows in Parquet to scores, whole process, 2 threads; at most 2 times the peer, 3 GB. Peer: DuckDB's count of the pairs", Signals.Scale),
    ["linkage"] = ("FEBRL-3 and -4: F1 with a threshold chosen without labels, whole process; at least 0.992 each, at most 1 s; --data DIR. Peer: reclin2's stored figure", LinkageBench.Sets),
    ["linkage-scale"] = ("duplicates among 10³, 10⁴ and 10⁵ made-up reports, whole process; at most 10 s, 1 GB. Peer: cost in proportion to the records", LinkageBench.Scale),
    ["import"] = ("reports per second from a file into SQLite as coded cases; at least 10,000. Peer: the lines as bare rows", ImportBench.Run),
    ["case-month"] = ("a month of 1,000 reports a day, 800 of them assessed a day from 8 to 18 o'clock: how many serious ones wait past their time; none may. Peer: the same in the order they came", CaseMonth.Run),
    ["pool"] = ("pooled fits per second, REML and GLMM; at least 20 times. Peer: metafor in R, in the same run where it is there", PoolBench.Run),
    ["bundle-load"] = ("the compiled knowledge from disk to the first answer, in a warm process; at most 30 ms. Peer: compiling the YAML", BundleLoad.Run),
    ["registry-write"] = ("answers to check-ins per second in SQLite, each one act on the disk, four writers. Peer: bare inserts, each committed", RegistryWrite.Sqlite),
    ["registry-write-postgresql"] = ("the same in PostgreSQL: one of its own, or the empty database that THINICE_BENCH_POSTGRESQL names. Peer: bare inserts, each committed", RegistryWrite.PostgreSql),
    ["checkin-load"] = ("answers to check-ins over HTTP in PostgreSQL: 70 a second for 60 s, p99 at most 250 ms, process at most 500 MB; then the most it holds. Peer: bare inserts, each committed", CheckInLoad.PostgreSql),
    ["checkin-load-sqlite"] = ("the same in SQLite. Peer: bare inserts, each committed", CheckInLoad.Sqlite),
};

if (args is [_, "--data", var folder, ..]) Options.Data = folder;
if (args is [var name, ..] && benches.TryGetValue(name, out var bench))
{
    try
    {
        Console.WriteLine(bench.Run().Json(name));
        return 0;
    }
    catch (FileNotFoundException e)
    {
        Console.Error.WriteLine(e.Message);
        return 66;
    }
}

foreach (var (id, (about, _)) in benches) Console.WriteLine($"{id,-14} {about}");
return args.Length == 0 ? 0 : 64;

/// <summary>What was given beside the name.</summary>
internal static class Options
{
    /// <summary>Folder of data that are not in the repository.</summary>
    public static string? Data { get; set; }
}
