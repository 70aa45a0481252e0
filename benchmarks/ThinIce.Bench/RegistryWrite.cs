using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Npgsql;
using ThinIce.Core.Contract;
using ThinIce.Registry;
using ThinIce.Registry.Keys;
using ThinIce.Registry.Model;

namespace ThinIce.Bench;

/// <summary>
/// Answers to check-ins, each one act: rows, encryption, triage and its event in one transaction, on the disk when acknowledged.
/// Peer: as many bare inserts of a row of 1 kB, each its own transaction, into the same kind of database in the same run.
/// </summary>
internal static class RegistryWrite
{
    private const int Answers = 200, Writers = 4;

    public static Result Sqlite() => Run(null, folder => Task.FromResult(BareSqlite(Path.Combine(folder, "bare.db"))));

    public static Result PostgreSql()
    {
        using var cluster = new PostgreSqlCluster();
        return Run(cluster.Connection, _ => BarePostgreSqlAsync(cluster.Connection));
    }

    private static Result Run(string? postgreSql, Func<string, Task<double>> bare)
    {
        var folder = Directory.CreateTempSubdirectory("thinice-bench-").FullName;
        try
        {
            // Ours, the peer, ours again and the peer again: the machine may slow down in between.
            var (ours, peer) = (new List<double>(), new List<double>());
            for (var round = 0; round < 3; round++)
            {
                ours.Add(OursAsync(Path.Combine(folder, $"{round}"), postgreSql).GetAwaiter().GetResult());
                peer.Add(bare(folder).GetAwaiter().GetResult());
            }

            return new(ours.Order().ElementAt(1), "answers/s", "bare inserts of 1 kB, each committed", peer.Order().ElementAt(1));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> OursAsync(string folder, string? postgreSql)
    {
        var clock = new BenchClock();
        var options = new RegistryOptions { DataFolder = folder, KeyFolder = postgreSql is null ? null : Path.Combine(Path.GetDirectoryName(folder)!, "keys"), PostgreSql = postgreSql, PublicUrl = new("https://bench.example/"), Clock = clock };
        await using var registry = await ClinicRegistry.OpenAsync(options, new(new Answerer(Bundled.Load(), () => new DateOnly(2026, 11, 24)), ReadOnlyMemory<byte>.Empty));
        var links = new List<LinkToken>();
        var (clinic, staff) = (await registry.Clinics.OpenAsync(new() { Name = "Bench", Country = "GB", TimeZone = "Europe/London" }, new("B", "b@bench.example", [Role.ClinicAdmin, Role.Therapist]))).Value;
        var actor = Actor.Staff(clinic, staff);
        for (var i = 0; i < Answers; i++)
        {
            var client = (await registry.Clients.AddAsync(actor, new() { Name = $"Client {i}", Email = $"c{i}@bench.example" })).Value;
            await registry.Sessions.RecordAsync(actor, new() { Client = client, StartedAt = clock.Now, Plan = """{"technique":"swedish massage","regions":["back"],"pressure":"moderate","minutes":60}""" });
        }

        clock.Now = clock.Now.AddHours(9.5);
        await registry.CheckIns.RunAsync(clinic);
        foreach (var message in (await registry.Outbox.ClaimAsync(clinic, "bench", Answers, TimeSpan.FromMinutes(5))).Value) links.Add(new(message.Link!.Segments[^1]));
        var report = new CheckInReport { Complaints = [new("sore back") { Intensity = Core.Clinical.Answer<int>.Known(3) }], Benefit = Core.Clinical.Answer<bool>.Known(true) };
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var i = writer; i < links.Count; i += Writers)
                if (!(await registry.CheckIns.AnswerAsync(links[i], report)).IsDone) throw new InvalidOperationException("An answer was refused.");
        }));
        return links.Count / watch.Elapsed.TotalSeconds;
    }

    /// <summary>A database with one bare table, as safe against a power cut as the registry's.</summary>
    public static SqliteConnection OpenBare(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY, body TEXT)");
        return connection;
    }

    public static double BareSqlite(string file)
    {
        using var connection = OpenBare(file);
        var body = new string('x', 1000);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Answers; i++)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO bare (body) VALUES ($body)";
            command.Parameters.AddWithValue("$body", body);
            command.ExecuteNonQuery();
        }

        return Answers / watch.Elapsed.TotalSeconds;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constant text of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public static async Task<double> BarePostgreSqlAsync(string connection, int writers = Writers)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using (var make = source.CreateCommand("CREATE TABLE IF NOT EXISTS bare (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body TEXT)")) await make.ExecuteNonQueryAsync();
        var body = new string('x', 1000);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, writers).Select(async writer =>
        {
            await using var open = await source.OpenConnectionAsync();
            for (var i = writer; i < Answers; i += writers)
            {
                await using var command = new NpgsqlCommand("INSERT INTO bare (body) VALUES ($1)", open) { Parameters = { new() { Value = body } } };
                await command.ExecuteNonQueryAsync();
            }
        }));
        return Answers / watch.Elapsed.TotalSeconds;
    }
}
