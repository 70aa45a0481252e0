using System.Diagnostics;
using Npgsql;

namespace ThinIce.Bench;

/// <summary>The database to measure in: the one that THINICE_BENCH_POSTGRESQL names, or else a PostgreSQL of our own in a temporary folder, with its settings as they come (a commit is on the disk).</summary>
internal sealed class PostgreSqlCluster : IDisposable
{
    private readonly string _folder = "";
    private readonly Process? _server;

    public PostgreSqlCluster()
    {
        if (Environment.GetEnvironmentVariable("THINICE_BENCH_POSTGRESQL") is { Length: > 0 } named)
        {
            Connection = named;
            return;
        }

        _folder = Directory.CreateTempSubdirectory("thinice-bench-pg-").FullName;
        var isRoot = Environment.UserName == "root";
        // PostgreSQL refuses to run as root, so there it runs as nobody.
        if (isRoot) Run("chown", "nobody", _folder);
        var data = Path.Combine(_folder, "data");
        Run([.. As(isRoot), Program("initdb"), "-D", data, "-U", "thinice", "-A", "trust", "-E", "UTF8", "--locale=C"]);
        string[] start = [.. As(isRoot), Program("postgres"), "-D", data, "-k", _folder, "-c", "listen_addresses="];
        _server = Process.Start(new ProcessStartInfo(start[0], start[1..]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _server.BeginErrorReadLine();
        _server.BeginOutputReadLine();
        Connection = $"Host={_folder};Username=thinice;Database=postgres";
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var connection = new NpgsqlConnection(Connection);
                connection.Open();
                return;
            }
            catch (NpgsqlException) when (attempt < 150)
            {
                Thread.Sleep(200);
            }
        }
    }

    public string Connection { get; }

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        if (_server is null) return;
        if (!_server.HasExited) _server.Kill(entireProcessTree: true);
        _server.WaitForExit();
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string[] As(bool isRoot) => isRoot ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] : [];

    /// <summary>Debian keeps them out of the path, one folder for each version.</summary>
    private static string Program(string name) =>
        Directory.Exists("/usr/lib/postgresql") && Directory.EnumerateDirectories("/usr/lib/postgresql").Order().Select(d => Path.Combine(d, "bin", name)).LastOrDefault(File.Exists) is { } path ? path : name;

    private static void Run(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, WorkingDirectory = Path.GetTempPath() })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{command[0]} ended with {process.ExitCode}.");
    }
}
