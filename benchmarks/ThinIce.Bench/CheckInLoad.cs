using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ThinIce.Core.Contract;
using ThinIce.Registry;

namespace ThinIce.Bench;

/// <summary>
/// Answers to check-ins over HTTP, to a server process of its own on a registry of one clinic: at 70 a second, started at fixed
/// times and timed from when each was due, then as many as it holds. Peer: bare inserts of a row of 1 kB, each committed, by as
/// many writers into the same kind of database in the same run. Three in ten answers have a complaint; the rest are one tap.
/// </summary>
internal static class CheckInLoad
{
    private const int PerSecond = 70, Seconds = 60, People = 300, Writers = 16, MostSeconds = 10, Cores = 2;

    public static Result PostgreSql()
    {
        using var cluster = new PostgreSqlCluster();
        return Run(cluster.Connection, _ => RegistryWrite.BarePostgreSqlAsync(cluster.Connection, Writers).GetAwaiter().GetResult());
    }

    public static Result Sqlite() => Run(null, folder => RegistryWrite.BareSqlite(Path.Combine(folder, "bare.db")));

    private static Result Run(string? postgreSql, Func<string, double> bare)
    {
        var folder = Directory.CreateTempSubdirectory("thinice-bench-").FullName;
        try
        {
            var links = PrepareAsync(folder, postgreSql).GetAwaiter().GetResult();
            using var server = Serve(folder, postgreSql, out var address);
            try
            {
                using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = address };
                if (server.StandardOutput.ReadLine() is null) throw new InvalidOperationException("The server did not get ready.");
                Steady(http, links, 5);
                var times = Steady(http, links, Seconds);
                // In turns, so that whatever else the machine does falls on both.
                var (ours, peer) = (new List<double>(), new List<double>());
                for (var round = 0; round < 3; round++)
                {
                    ours.Add(Most(http, links));
                    peer.Add(bare(folder));
                }

                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{PerSecond} answers/s for {Seconds} s on {Cores} cores shared with client and database: median {times[times.Length / 2]:0.0} ms, p99 {times[(int)(times.Length * 0.99)]:0.0} ms, most {times[^1]:0.0} ms, none refused; process at most {ApiScreen.Memory(server):0} MB; most it holds {string.Join(", ", ours.Select(o => o.ToString("0", CultureInfo.InvariantCulture)))} answers/s with {Writers} at once, bare inserts {string.Join(", ", peer.Select(o => o.ToString("0", CultureInfo.InvariantCulture)))}"));
                return new(ours.Order().ElementAt(1), $"answers/s at most; at {PerSecond}/s p99 {times[(int)(times.Length * 0.99)].ToString("0.0", CultureInfo.InvariantCulture)} ms", "bare inserts of 1 kB, each committed", peer.Order().ElementAt(1));
            }
            finally
            {
                server.Kill(entireProcessTree: true);
                server.WaitForExit();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A clinic with people who are to be asked. Each is answered for several times: a later answer is added, by the same work.</summary>
    private static async Task<string[]> PrepareAsync(string folder, string? postgreSql)
    {
        var data = Path.Combine(folder, "data");
        await using var registry = await ClinicRegistry.OpenAsync(new() { DataFolder = data, PostgreSql = postgreSql, PublicUrl = new("https://bench.example/") }, new(new Answerer(Bundled.Load(), () => new(2026, 11, 24)), ReadOnlyMemory<byte>.Empty));
        var (clinic, staff) = (await registry.Clinics.OpenAsync(new() { Name = "Bench", Country = "GB", TimeZone = "Europe/London", QuietFrom = new(0, 0), QuietTo = new(0, 0) }, new("B", $"b{Guid.NewGuid():N}@bench.example", [Role.ClinicAdmin, Role.Therapist]))).Value;
        var actor = Actor.Staff(clinic, staff);
        for (var i = 0; i < People; i++)
        {
            var client = (await registry.Clients.AddAsync(actor, new() { Name = $"Client {i}", Email = $"c{i}@bench.example" })).Value;
            await registry.Sessions.RecordAsync(actor, new() { Client = client, StartedAt = TimeProvider.System.GetUtcNow().AddHours(-20), Plan = """{"technique":"swedish massage","regions":["back"],"pressure":"moderate","minutes":60}""" });
        }

        await registry.CheckIns.RunAsync(clinic);
        return [.. (await registry.Outbox.ClaimAsync(clinic, "bench", People, TimeSpan.FromHours(1))).Value.Select(m => m.Link!.AbsolutePath)];
    }

    private static Process Serve(string folder, string? postgreSql, out Uri address)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        address = new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        listener.Stop();
        var root = Environment.GetEnvironmentVariable("THINICE_ROOT") ?? throw new InvalidOperationException("Run it as ./bench checkin-load.");
        // Without a public address it sends no messages meanwhile.
        var start = new ProcessStartInfo("dotnet", [Path.Combine(root, "build", "app", "thinice.dll"), "serve", "--urls", address.ToString(), "--data", Path.Combine(folder, "data")]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_PROCESSOR_COUNT"] = Cores.ToString(CultureInfo.InvariantCulture);
        if (postgreSql is not null) start.Environment["THINICE_POSTGRESQL"] = postgreSql;
        return Process.Start(start) ?? throw new InvalidOperationException("The server did not start.");
    }

    /// <summary>Milliseconds of each answer from when it was due, in order of length.</summary>
    private static double[] Steady(HttpClient http, string[] links, int seconds)
    {
        var tasks = new Task<double>[PerSecond * seconds];
        var clock = Stopwatch.StartNew();
        for (var at = 0; at < tasks.Length; at++)
        {
            var due = TimeSpan.FromSeconds((double)at / PerSecond);
            while (clock.Elapsed < due) Thread.Sleep(1);
            tasks[at] = TimedAsync(http, links[at % links.Length], at, clock, due);
        }

        Task.WaitAll(tasks);
        return [.. tasks.Select(t => t.Result).Order()];
    }

    private static async Task<double> TimedAsync(HttpClient http, string link, int at, Stopwatch clock, TimeSpan due)
    {
        await AnswerAsync(http, link, at).ConfigureAwait(false);
        return (clock.Elapsed - due).TotalMilliseconds;
    }

    private static async Task AnswerAsync(HttpClient http, string link, int at)
    {
        KeyValuePair<string, string>[] fields = at % 10 < 7
            ? [new("once", Guid.NewGuid().ToString()), new("go", "good")]
            : [new("once", Guid.NewGuid().ToString()), new("go", "send"), new("sign", "sore muscles"), new("intensity.0", "3"), new("hours.0", "12"), new("benefit", "yes")];
        using var form = new FormUrlEncodedContent(fields);
        using var reply = await http.PostAsync(new Uri(link, UriKind.Relative), form).ConfigureAwait(false);
        reply.EnsureSuccessStatusCode();
        await reply.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
    }

    /// <summary>Answers per second when each of the writers sends the next as soon as the last is acknowledged.</summary>
    private static double Most(HttpClient http, string[] links)
    {
        var (sent, clock) = (0, Stopwatch.StartNew());
        Task.WaitAll([.. Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var i = writer; clock.Elapsed.TotalSeconds < MostSeconds; i += Writers)
            {
                await AnswerAsync(http, links[i % links.Length], i).ConfigureAwait(false);
                Interlocked.Increment(ref sent);
            }
        })]);
        return sent / clock.Elapsed.TotalSeconds;
    }
}
