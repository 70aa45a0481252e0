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
    ["registry-write"] = ("answers to check-ins per second in SQLite, each one act on the disk, four writers. Peer: bare inserts, each committed", RegistryWrite.Sqlite),
    ["registry-write-postgresql"] = ("the same in the PostgreSQL that THINICE_BENCH_POSTGRESQL names. Peer: bare inserts, each committed", RegistryWrite.PostgreSql),
    ["bundle-load"] = ("the compiled knowledge from disk to ready, in a warm process. Peer: compiling the YAML", BundleLoad.Run),
};

if (args is [var name, ..] && benches.TryGetValue(name, out var bench))
{
    Console.WriteLine(bench.Run().Json(name));
    return 0;
}

foreach (var (id, (about, _)) in benches) Console.WriteLine($"{id,-14} {about}");
return args.Length == 0 ? 0 : 64;
