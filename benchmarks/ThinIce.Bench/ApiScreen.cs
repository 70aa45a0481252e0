using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ThinIce.Knowledge.Cases;

namespace ThinIce.Bench;

/// <summary>
/// The API of a server process of its own under a steady load: requests start at fixed times whether or not the last one is
/// back, and each is timed from when it was due, so that a stall is not hidden.
/// </summary>
internal static class ApiScreen
{
    private const int PerSecond = 200, Rounds = 5, Seconds = 4, Cores = 2;

    public static Result Run()
    {
        using var server = Serve(out var address);
        try
        {
            using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = address };
            WaitUntilReady(http, server);
            var first = Milliseconds(http, "/check");
            var page = Result.Median(21, () => Milliseconds(http, "/check"));
            var bodies = Bodies();
            Load(http, 5, at => Post(bodies[at % bodies.Length]));
            var (ours, empty) = (new List<double[]>(), new List<double[]>());
            for (var round = 0; round < Rounds; round++)
            {
                // In turns, so that whatever else the machine does falls on both.
                var from = round * PerSecond * Seconds;
                ours.Add(Load(http, Seconds, at => Post(bodies[(from + at) % bodies.Length])));
                empty.Add(Load(http, Seconds, _ => new(HttpMethod.Get, "/health")));
            }

            var (p99, peer, memory) = (Middle(ours, 0.99), Middle(empty, 0.99), Memory(server));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{PerSecond} requests/s on {Cores} cores shared with the client, {Rounds} rounds of {Seconds} s: p99 of each {Each(ours)} ms, empty {Each(empty)} ms; median {Middle(ours, 0.5):0.0} ms, empty {Middle(empty, 0.5):0.0} ms; process at most {memory:0} MB; page /check first {first:0} ms, then {page:0.0} ms"));
            return new(p99, "ms, p99 at 200 requests/s", "GET /health of the same server in turns, p99 at the same rate", peer);
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            server.WaitForExit();
        }
    }

    private static Process Serve(out Uri address)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        address = new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        listener.Stop();
        var root = Environment.GetEnvironmentVariable("THINICE_ROOT") ?? throw new InvalidOperationException("Run it as ./bench api-screen.");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(root, "build", "app", "thinice.dll"), "serve", "--urls", address.ToString()]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_PROCESSOR_COUNT"] = Cores.ToString(CultureInfo.InvariantCulture);
        return Process.Start(start) ?? throw new InvalidOperationException("The server did not start.");
    }

    private static void WaitUntilReady(HttpClient http, Process server)
    {
        // It says so when it is ready.
        if (server.StandardOutput.ReadLine() is null) throw new InvalidOperationException("The server did not get ready.");
        Milliseconds(http, "/health");
    }

    private static byte[][] Bodies() =>
    [
        .. CaseFiles.Read(Bundled.Folder, Engines.Knowledge, []).Where(c => !c.IsAftercare).Select(c => c.Input)
            .Concat(Panel.Read(Bundled.Folder, Engines.Knowledge, []).People.Select(p => p.Input)).Select(i => Encoding.UTF8.GetBytes(i.GetRawText())),
    ];

    private static HttpRequestMessage Post(byte[] body) =>
        new(HttpMethod.Post, "/api/screen") { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } } };

    /// <summary>Milliseconds of each request from when it was due, in order of length.</summary>
    private static double[] Load(HttpClient http, int seconds, Func<int, HttpRequestMessage> request)
    {
        var tasks = new Task<double>[PerSecond * seconds];
        var clock = Stopwatch.StartNew();
        for (var at = 0; at < tasks.Length; at++)
        {
            var due = TimeSpan.FromSeconds((double)at / PerSecond);
            while (clock.Elapsed < due) Thread.Sleep(1);
            tasks[at] = Timed(http, request(at), clock, due);
        }

        Task.WaitAll(tasks);
        return [.. tasks.Select(t => t.Result).Order()];
    }

    private static async Task<double> Timed(HttpClient http, HttpRequestMessage request, Stopwatch clock, TimeSpan due)
    {
        using (request)
        {
            using var reply = await http.SendAsync(request).ConfigureAwait(false);
            reply.EnsureSuccessStatusCode();
            await reply.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
        }

        return (clock.Elapsed - due).TotalMilliseconds;
    }

    private static double Milliseconds(HttpClient http, string path)
    {
        var clock = Stopwatch.StartNew();
        using var reply = http.Send(new(HttpMethod.Get, path));
        reply.EnsureSuccessStatusCode();
        return clock.Elapsed.TotalMilliseconds;
    }

    private static double Percentile(double[] ordered, double part) => ordered[Math.Min(ordered.Length - 1, (int)(ordered.Length * part))];

    /// <summary>The middle one of the rounds' percentiles.</summary>
    private static double Middle(List<double[]> rounds, double part) => rounds.Select(r => Percentile(r, part)).Order().ElementAt(rounds.Count / 2);

    private static string Each(List<double[]> rounds) => string.Join(", ", rounds.Select(r => Percentile(r, 0.99).ToString("0.0", CultureInfo.InvariantCulture)));

    /// <summary>The most resident memory so far, in MB, as Linux counts it; where there is no such count, that of now.</summary>
    public static double Memory(Process server)
    {
        server.Refresh();
        const string peak = "VmHWM:";
        var status = $"/proc/{server.Id}/status";
        return File.Exists(status)
            ? double.Parse(File.ReadLines(status).First(l => l.StartsWith(peak, StringComparison.Ordinal))[peak.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024
            : server.WorkingSet64 / 1048576.0;
    }
}
