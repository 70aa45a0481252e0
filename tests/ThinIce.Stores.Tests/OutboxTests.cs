using ThinIce.Registry;
using ThinIce.Registry.Model;

namespace ThinIce.Stores.Tests;

/// <summary>The outbox: nothing lost, and never two messages but where nobody can know.</summary>
public abstract class OutboxTests(PostgreSqlServer server, Database database)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_server_that_dies_before_the_hand_over_has_sent_nothing_and_the_message_goes_back()
    {
        await using var desk = await DueAsync();
        Assert.Single((await ClaimAsync(desk, "one")).Value);
        Assert.Empty((await ClaimAsync(desk, "two")).Value);
        desk.Clock.Now = desk.Clock.Now.AddMinutes(2);
        Assert.Equal(0, (await desk.Registry.Outbox.SettleAsync(desk.Clinic)).Value);
        var again = Assert.Single((await ClaimAsync(desk, "two")).Value);
        Assert.Equal("wrong-state", (await desk.Registry.Outbox.BeginAsync(desk.Clinic, again.Id, "one", Lease)).Problems[0].Code);
        Assert.True((await desk.Registry.Outbox.BeginAsync(desk.Clinic, again.Id, "two", Lease)).IsDone);
        Assert.True((await desk.Registry.Outbox.SentAsync(desk.Clinic, again.Id, "two")).IsDone);
        await CountsAsync(desk, MessageState.Sent, sentAgain: 0);
    }

    [Fact]
    public async Task A_server_that_dies_in_the_hand_over_leaves_delivery_unknown_sent_again_once_with_the_same_message_id()
    {
        await using var desk = await DueAsync();
        var first = Assert.Single((await ClaimAsync(desk, "one")).Value);
        await desk.Registry.Outbox.BeginAsync(desk.Clinic, first.Id, "one", Lease);
        desk.Clock.Now = desk.Clock.Now.AddMinutes(2);
        Assert.Equal(1, (await desk.Registry.Outbox.SettleAsync(desk.Clinic)).Value);
        await CountsAsync(desk, MessageState.DeliveryUnknown, sentAgain: 0);
        Assert.Empty((await ClaimAsync(desk, "two")).Value);
        Assert.Equal(MessageState.DeliveryUnknown, Assert.Single((await desk.Registry.Outbox.ListAsync(desk.Officer)).Value).State);
        Assert.True((await desk.Registry.Outbox.SendAgainAsync(desk.Officer, first.Id)).IsDone);
        var second = Assert.Single((await ClaimAsync(desk, "two")).Value);
        Assert.Equal((first.MessageId, first.Link), (second.MessageId, second.Link));
        await desk.Registry.Outbox.BeginAsync(desk.Clinic, second.Id, "two", Lease);
        desk.Clock.Now = desk.Clock.Now.AddMinutes(2);
        await desk.Registry.Outbox.SettleAsync(desk.Clinic);
        Assert.Equal("wrong-state", (await desk.Registry.Outbox.SendAgainAsync(desk.Officer, first.Id)).Problems[0].Code);
        await CountsAsync(desk, MessageState.DeliveryUnknown, sentAgain: 1);
    }

    [Fact]
    public async Task A_slow_server_that_is_alive_after_all_may_still_say_that_it_was_sent()
    {
        await using var desk = await DueAsync();
        var message = Assert.Single((await ClaimAsync(desk, "slow")).Value);
        await desk.Registry.Outbox.BeginAsync(desk.Clinic, message.Id, "slow", Lease);
        desk.Clock.Now = desk.Clock.Now.AddMinutes(2);
        await desk.Registry.Outbox.SettleAsync(desk.Clinic);
        Assert.True((await desk.Registry.Outbox.SentAsync(desk.Clinic, message.Id, "slow")).IsDone);
        await CountsAsync(desk, MessageState.Sent, sentAgain: 0);
    }

    [Fact]
    public async Task While_the_mail_server_is_down_messages_wait_longer_each_time_and_go_when_it_is_back()
    {
        await using var desk = await DueAsync();
        for (var round = 0; round < 5; round++)
        {
            var message = Assert.Single((await ClaimAsync(desk, "one")).Value);
            await desk.Registry.Outbox.BeginAsync(desk.Clinic, message.Id, "one", Lease);
            Assert.True((await desk.Registry.Outbox.DeferAsync(desk.Clinic, message.Id, "one")).IsDone);
            Assert.Empty((await ClaimAsync(desk, "one")).Value);
            desk.Clock.Now = desk.Clock.Now.AddMinutes(Math.Pow(2, round));
        }

        Assert.Single(await desk.SendAllAsync());
        await CountsAsync(desk, MessageState.Sent, sentAgain: 0);
    }

    [Fact]
    public async Task A_server_that_comes_back_at_night_waits_for_the_morning_and_what_is_too_late_is_not_sent()
    {
        await using var desk = await DueAsync();
        desk.Clock.Now = new(2026, 11, 24, 23, 0, 0, TimeSpan.Zero);
        Assert.Empty((await ClaimAsync(desk, "one")).Value);
        desk.Clock.Now = new(2026, 11, 25, 7, 59, 0, TimeSpan.Zero);
        Assert.Empty((await ClaimAsync(desk, "one")).Value);
        desk.Clock.Now = new(2026, 11, 25, 8, 0, 0, TimeSpan.Zero);
        Assert.Single((await ClaimAsync(desk, "one")).Value);
        desk.Clock.Now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);
        await desk.Registry.Outbox.SettleAsync(desk.Clinic);
        Assert.Empty((await ClaimAsync(desk, "one")).Value);
        await CountsAsync(desk, MessageState.Failed, sentAgain: 0);
    }

    [Fact]
    public async Task A_clock_that_is_moved_back_sends_nothing_twice()
    {
        await using var desk = await DueAsync();
        Assert.Single(await desk.SendAllAsync());
        desk.Clock.Now = desk.Clock.Now.AddHours(-3);
        Assert.Empty(await desk.SendAllAsync());
        desk.Clock.Now = desk.Clock.Now.AddHours(4);
        Assert.Empty(await desk.SendAllAsync());
        await CountsAsync(desk, MessageState.Sent, sentAgain: 0);
    }

    [Fact]
    public async Task Two_servers_that_claim_and_ask_at_once_send_each_message_once()
    {
        await using var desk = await Desk.NewAsync(database, server);
        for (var i = 0; i < 8; i++) await desk.SessionAsync(await desk.ClientAsync($"Client {i}", $"c{i}@home.example", new(1980, 1, 1 + i)));
        desk.Clock.Now = desk.Clock.Now.AddHours(10);
        await using var other = database == Database.PostgreSql ? await ClinicRegistry.OpenAsync(desk.Options, Desk.InUse) : null;
        var claims = await Task.WhenAll(Enumerable.Range(0, 4).Select(async n =>
        {
            var registry = n % 2 == 1 && other is not null ? other : desk.Registry;
            await registry.CheckIns.RunAsync(desk.Clinic);
            return (await registry.Outbox.ClaimAsync(desk.Clinic, $"server {n}", 3, Lease)).Value;
        }));
        var ids = claims.SelectMany(c => c).Select(m => m.MessageId).ToList();
        Assert.Equal(8, ids.Distinct().Count());
        Assert.Equal(8, ids.Count);
        await desk.SoundAsync();
    }

    [Fact]
    public async Task Without_a_public_address_nothing_is_put_out()
    {
        await using var desk = await Desk.NewAsync(database, server);
        await using var blind = await ClinicRegistry.OpenAsync(desk.Options with { PublicUrl = null }, Desk.InUse);
        Assert.Equal("no-public-url", (await blind.CheckIns.RunAsync(desk.Clinic)).Problems[0].Code);
    }

    /// <summary>A clinic with one check-in due in the evening, in the outbox.</summary>
    private async Task<Desk> DueAsync()
    {
        var desk = await Desk.NewAsync(database, server);
        await desk.SessionAsync(await desk.ClientAsync());
        desk.Clock.Now = desk.Clock.Now.AddHours(9.2);
        Assert.Equal((1, 0), (await desk.Registry.CheckIns.RunAsync(desk.Clinic)).Value);
        return desk;
    }

    private static Task<Outcome<System.Collections.Immutable.ImmutableArray<OutgoingMessage>>> ClaimAsync(Desk desk, string holder) => desk.Registry.Outbox.ClaimAsync(desk.Clinic, holder, 10, Lease);

    private static async Task CountsAsync(Desk desk, MessageState state, int sentAgain)
    {
        var count = await desk.Registry.Outbox.CountAsync(desk.Clinic);
        Assert.Equal((1, sentAgain), (count.States.GetValueOrDefault(state), count.SentAgain));
        await desk.SoundAsync();
    }
}

public sealed class OutboxOnSqlite(PostgreSqlServer server) : OutboxTests(server, Database.Sqlite);

public sealed class OutboxOnPostgreSql(PostgreSqlServer server) : OutboxTests(server, Database.PostgreSql);
