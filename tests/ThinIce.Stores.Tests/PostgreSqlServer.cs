using System.Diagnostics;
using Npgsql;
using ThinIce.Registry.Storage;

[assembly: AssemblyFixture(typeof(ThinIce.Stores.Tests.PostgreSqlServer))]

namespace ThinIce.Stores.Tests;

/// <summary>A real PostgreSQL of our own: a cluster in a temporary folder, on a socket in it, not as root. Stopped and deleted at the end.</summary>
public sealed class PostgreSqlServer : IAsyncLifetime
{
    private string _folder = "";
    private Process? _server;

    private readonly SemaphoreSlim _making = new(1, 1);
    private bool _hasTemplate;

    /// <summary>Connection string of a new database with empty tables. They are made once, by the migrations, and copied.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        await _making.WaitAsync();
        try
        {
            if (!_hasTemplate)
            {
                await CommandAsync("CREATE DATABASE empty_tables");
                await using var store = Store.PostgreSql(Connection("empty_tables") + ";Pooling=false");
                await store.MigrateAsync(CancellationToken.None);
                _hasTemplate = true;
            }

            var name = $"t{Guid.NewGuid():N}";
            await CommandAsync($"CREATE DATABASE {name} TEMPLATE empty_tables");
            return Connection(name);
        }
        finally
        {
            _making.Release();
        }
    }

    private async Task CommandAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Connection("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask InitializeAsync()
    {
        _folder = Directory.CreateTempSubdirectory("thinice-pg-").FullName;
        var isRoot = Environment.UserName == "root";
        // PostgreSQL refuses to run as root, so there it runs as nobody.
        if (isRoot) await RunAsync("chown", "nobody", _folder);
        var data = Path.Combine(_folder, "data");
        await RunAsync([.. As(isRoot), Program("initdb"), "-D", data, "-U", "thinice", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
        string[] start = [.. As(isRoot), Program("postgres"), "-D", data, "-k", _folder, "-c", "listen_addresses=", "-c", "max_connections=60"];
        _server = Process.Start(new ProcessStartInfo(start[0], start[1..]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _server.BeginErrorReadLine();
        _server.BeginOutputReadLine();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await using var connection = new NpgsqlConnection(Connection("postgres"));
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (attempt < 150)
            {
                await Task.Delay(200);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_server is { HasExited: false })
        {
            _server.Kill(entireProcessTree: true);
            await _server.WaitForExitAsync();
        }

        _server?.Dispose();
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    private string Connection(string database) => $"Host={_folder};Username=thinice;Database={database};Maximum Pool Size=20";

    private static string[] As(bool isRoot) => isRoot ? ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] : [];

    /// <summary>Debian keeps them out of the path, one folder for each version.</summary>
    private static string Program(string name) =>
        Directory.Exists("/usr/lib/postgresql") && Directory.EnumerateDirectories("/usr/lib/postgresql").Order().Select(d => Path.Combine(d, "bin", name)).LastOrDefault(File.Exists) is { } path ? path : name;

    private static async Task RunAsync(params string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = Path.GetTempPath() })!;
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{command[0]} ended with {process.ExitCode}: {await errors}");
    }
}
