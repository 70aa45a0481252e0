using ThinIce.Core.Contract;
using ThinIce.Registry;
using ThinIce.Registry.Model;

namespace ThinIce.Stores.Tests;

/// <summary>The rows that rates are made of, and what people decide about signals.</summary>
public abstract class SurveyedTests(PostgreSqlServer server, Database database)
{
    private static readonly DateTimeOffset Ever = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private Task<Desk> DeskAsync() => Desk.NewAsync(database, server, Desk.London with { MinimumSessions = 5, SampleProbability = 0.25 });

    [Fact]
    public async Task A_row_says_what_was_done_who_was_asked_and_what_was_told_and_no_word_or_name()
    {
        await using var desk = await DeskAsync();
        var client = await desk.ClientAsync();
        var first = await desk.SessionAsync(client, plan: Desk.Plan("strong", "calf"));
        desk.Clock.Now = desk.Clock.Now.AddHours(10);
        await desk.Registry.CheckIns.AnswerAsync(Assert.Single(await desk.SendAllAsync()).Token, new() { Complaints = [new("headache, worst on the left")] });
        desk.Clock.Now = desk.Clock.Now.AddDays(20);
        desk.Chance = 0.3;
        var second = await desk.SessionAsync(client, plan: Desk.Plan("strong", "calf"));
        var rows = (await desk.Registry.Figures.OwnSurveyedAsync(desk.Therapist, Ever, desk.Clock.Now.AddDays(1))).Value;
        Assert.Equal([(first.Id, true, FollowUpReason.FirstVisit, 1.0), (second.Id, false, FollowUpReason.NotDrawn, 0.25)], rows.Visits.Select(v => (v.Session, v.IsFirst, v.FollowUp, v.InclusionProbability)));
        var (told, silent) = (rows.Visits[0], rows.Visits[1]);
        Assert.Equal(("strong", "calf"), (told.Plan.Pressure, Assert.Single(told.Plan.Regions)));
        var answer = Assert.Single(told.CheckIns.Single(c => c.Wave == Wave.Evening).Answers);
        Assert.Contains("headache", Assert.Single(answer.Complaints).Concepts);
        Assert.Empty(silent.CheckIns);
        Assert.DoesNotContain("worst", System.Text.Json.JsonSerializer.Serialize(rows), StringComparison.Ordinal);
        Assert.DoesNotContain("Quillfeather", System.Text.Json.JsonSerializer.Serialize(rows), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_therapist_gets_rows_of_own_sessions_only_and_the_clinic_none_below_its_minimum()
    {
        await using var desk = await DeskAsync();
        var other = await desk.StaffAsync("Petra Longshore", Role.Therapist);
        var client = await desk.ClientAsync();
        var mine = await desk.SessionAsync(client);
        await desk.Registry.Sessions.RecordAsync(other, new() { Client = client, StartedAt = desk.Clock.Now, Plan = Desk.Plan() });
        var until = desk.Clock.Now.AddDays(1);
        Assert.Equal(mine.Id, Assert.Single((await desk.Registry.Figures.OwnSurveyedAsync(desk.Therapist, Ever, until)).Value.Visits).Session);
        Assert.Null((await desk.Registry.Figures.SurveyedAsync(desk.Officer, Ever, until)).Value);
        Assert.Equal(Problems.NotAllowed, (await desk.Registry.Figures.SurveyedAsync(desk.Therapist, Ever, until)).Problems[0].Code);
        for (var i = 0; i < 3; i++) await desk.SessionAsync(client);
        Assert.Equal(5, (await desk.Registry.Figures.SurveyedAsync(desk.Officer, Ever, until)).Value!.Visits.Length);
    }

    [Fact]
    public async Task A_signal_goes_from_stage_to_stage_by_people_with_a_reason_and_the_chain_keeps_it()
    {
        await using var desk = await DeskAsync();
        var signals = desk.Registry.Signals;
        Task<Outcome<Done>> Decide(Actor who, SignalStep step, string why = "Three alike.") => signals.DecideAsync(who, "region:calf", "harm:bruising", step, why);
        Assert.Equal(Problems.WrongState, (await Decide(desk.Officer, SignalStep.Validated)).Problems[0].Code);
        Assert.Equal(Problems.NotAllowed, (await Decide(desk.Therapist, SignalStep.Considered)).Problems[0].Code);
        Assert.Equal("why", (await Decide(desk.Officer, SignalStep.Considered, " ")).Problems[0].Path);
        Assert.Equal(Problems.TooLong, (await Decide(desk.Officer, SignalStep.Considered, new('a', SignalDecisions.MostWhy + 1))).Problems[0].Code);
        Assert.True((await Decide(desk.Officer, SignalStep.Considered)).IsDone);
        Assert.Equal(Problems.WrongState, (await Decide(desk.Deputy, SignalStep.Considered)).Problems[0].Code);
        Assert.True((await Decide(desk.Deputy, SignalStep.Validated, "Seen by two.")).IsDone);
        Assert.True((await Decide(desk.Officer, SignalStep.PutAside, "All of one hand's bad day.")).IsDone);
        await desk.ReopenAsync();
        var kept = (await desk.Registry.Signals.ListAsync(desk.Officer)).Value;
        Assert.Equal([SignalStep.Considered, SignalStep.Validated, SignalStep.PutAside], kept.Select(d => d.Step));
        Assert.Equal("Seen by two.", kept[1].Why);
        Assert.Equal(Problems.NotAllowed, (await desk.Registry.Signals.ListAsync(desk.Therapist)).Problems[0].Code);
        await desk.SoundAsync();
    }

    [Fact]
    public async Task Of_two_people_who_decide_at_once_one_is_told_that_the_other_was_first()
    {
        await using var desk = await DeskAsync();
        var both = await Task.WhenAll(new[] { desk.Officer, desk.Deputy }.Select(who => Task.Run(() => desk.Registry.Signals.DecideAsync(who, "region:calf", "harm:bruising", SignalStep.Considered, "Three alike."))));
        Assert.Equal([false, true], both.Select(d => d.IsDone).Order());
        Assert.Single((await desk.Registry.Signals.ListAsync(desk.Officer)).Value);
    }
}

public sealed class SurveyedOnSqlite(PostgreSqlServer server) : SurveyedTests(server, Database.Sqlite);

public sealed class SurveyedOnPostgreSql(PostgreSqlServer server) : SurveyedTests(server, Database.PostgreSql);
