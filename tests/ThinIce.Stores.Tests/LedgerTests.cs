using Microsoft.EntityFrameworkCore;
using ThinIce.Registry;
using ThinIce.Registry.Model;

namespace ThinIce.Stores.Tests;

/// <summary>What was altered behind the registry's back is found; what many write at once is one chain.</summary>
public abstract class LedgerTests(PostgreSqlServer server, Database database)
{
    [Theory]
    [InlineData("UPDATE sessions SET decision = 'emergency'", "sessions.decision differs")]
    [InlineData("UPDATE sessions SET price = 1", "sessions.price differs")]
    [InlineData("DELETE FROM contacts", "a row of contacts is missing")]
    [InlineData("UPDATE clients SET no_email = NOT no_email", "clients.no_email differs")]
    [InlineData("DELETE FROM events WHERE number = 3", "events are missing")]
    [InlineData("UPDATE events SET type = 'client-changed' WHERE type = 'client-added'", "its hash does not follow")]
    [InlineData("UPDATE events SET actor_kind = 'System' WHERE number = 4", "time, actor or subject were altered")]
    [InlineData("UPDATE events SET payload = salt WHERE number = 4", "its payload was altered")]
    [InlineData("UPDATE events SET payload = NULL, salt = NULL WHERE number = 5", "its payload is gone, and nobody was erased")]
    [InlineData("UPDATE chain_heads SET number = number - 1 WHERE number > 3", "the head of the chain is not its last event")]
    [InlineData("DELETE FROM person_keys", "is encrypted and its key is gone")]
    [InlineData("UPDATE sessions SET asked = answered", "sessions.asked does not open with its key")]
    public async Task An_alteration_is_found(string sql, string expected)
    {
        await using var desk = await Desk.NewAsync(database, server);
        await desk.SessionAsync(await desk.ClientAsync());
        await desk.SoundAsync();
        await using (var db = desk.Registry.Store.Context()) Assert.True(await db.Database.ExecuteSqlRawAsync(sql) > 0);
        Assert.Contains((await desk.Registry.VerifyAsync()).Faults, f => f.What.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_row_that_no_event_tells_of_is_found()
    {
        await using var desk = await Desk.NewAsync(database, server);
        var client = await desk.ClientAsync();
        await using (var db = desk.Registry.Store.Context())
        {
            db.Add(new Hold { Id = new(Guid.NewGuid()), ClientId = client, ClinicId = desk.Clinic, Until = desk.Clock.Now });
            await db.SaveChangesAsync();
        }

        Assert.Contains((await desk.Registry.VerifyAsync()).Faults, f => f.What == "a row of holds that no event tells of");
    }

    [Fact]
    public async Task Many_writers_in_two_servers_make_one_chain_and_lose_nothing()
    {
        await using var desk = await Desk.NewAsync(database, server);
        // A second server: on PostgreSQL a registry of its own, on SQLite the same process is the only one there is.
        await using var other = database == Database.PostgreSql ? await ClinicRegistry.OpenAsync(desk.Options, Desk.InUse) : null;
        var added = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            var registry = writer % 2 == 1 && other is not null ? other : desk.Registry;
            var ids = new List<ClientId>();
            for (var i = 0; i < 6; i++) ids.Add((await registry.Clients.AddAsync(desk.Therapist, new() { Name = $"Writer {writer} {i}" })).Value);
            return ids;
        })));
        await using var db = desk.Registry.Store.Context();
        var there = await db.Set<ClientRecord>().Select(c => c.ClientId).ToListAsync();
        Assert.Equal(added.SelectMany(a => a).Order(Comparer<ClientId>.Create((a, b) => a.Value.CompareTo(b.Value))), there.Order(Comparer<ClientId>.Create((a, b) => a.Value.CompareTo(b.Value))));
        var found = await desk.SoundAsync();
        Assert.Equal(48, found.Rows - (await RowsAsync(desk)));
    }

    [Fact]
    public async Task A_refused_act_leaves_no_row_and_no_event()
    {
        await using var desk = await Desk.NewAsync(database, server);
        var before = await desk.SoundAsync();
        var outcome = await desk.Registry.Clients.WalkInAsync(desk.Therapist, new() { Name = "  ", Email = "nonsense" }, null, 60);
        Assert.Equal(["name", "email"], outcome.Problems.Select(p => p.Path));
        Assert.Equal((before.Events, before.Rows), ((await desk.SoundAsync()).Events, (await desk.SoundAsync()).Rows));
    }

    [Fact]
    public async Task A_correction_keeps_the_earlier_version_in_the_events_and_two_tabs_do_not_overwrite_each_other()
    {
        await using var desk = await Desk.NewAsync(database, server);
        var client = await desk.ClientAsync();
        var session = await desk.SessionAsync(client);
        var corrected = new NewSession { Client = client, StartedAt = desk.Clock.Now, Plan = Desk.Plan(), Advice = AdviceTaken.Instead, Instead = "Shorter.", Price = 50 };
        Assert.Equal(1, (await desk.Registry.Sessions.CorrectAsync(desk.Therapist, session.Id, 0, corrected)).Value);
        var second = await desk.Registry.Sessions.CorrectAsync(desk.Therapist, session.Id, 0, corrected with { Price = 60 });
        Assert.Equal("changed", Assert.Single(second.Problems).Code);
        Assert.Equal(50, Assert.Single((await desk.Registry.Sessions.ReadAsync(desk.Therapist, client)).Value).Row.Price);
        await desk.SoundAsync();
    }

    private static async Task<long> RowsAsync(Desk desk)
    {
        await using var db = desk.Registry.Store.Context();
        return 1 + await db.Set<StaffMember>().CountAsync() + await db.Set<StaffRole>().CountAsync() + await db.Set<KeptBundle>().CountAsync();
    }
}

public sealed class LedgerOnSqlite(PostgreSqlServer server) : LedgerTests(server, Database.Sqlite);

public sealed class LedgerOnPostgreSql(PostgreSqlServer server) : LedgerTests(server, Database.PostgreSql);
