using Microsoft.EntityFrameworkCore;
using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Cases;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Registry;
using ThinIce.Registry.Cases;
using ThinIce.Registry.Model;

namespace ThinIce.Stores.Tests;

/// <summary>Cases of one event: put together, and taken apart again; nothing of either is lost.</summary>
public abstract class CaseLinkTests(PostgreSqlServer server, Database database)
{
    private Task<Desk> DeskAsync() => Desk.NewAsync(database, server);

    private static async Task<(ReportReceived One, ReportReceived Other)> TwoAsync(Desk desk)
    {
        async Task<ReportReceived> MakeAsync(string words) => (await desk.Registry.Reports.MakeAsync(desk.Clinic, new() { Kind = ReportKind.AdverseEvent, Words = words }, new(Guid.NewGuid()))).Value;
        var (one, other) = (await MakeAsync("Bruise on the back after the deep massage."), await MakeAsync("My wife had a big bruise on the back."));
        await desk.Registry.Reports.TellAsync(one.Receipt, new() { AgeYears = 46, Sex = Sex.Female, Massage = new(new(2026, 11, 20), DatePrecision.Day) });
        return (one, other);
    }

    private static async Task<CaseRecord> RowAsync(Desk desk, CaseId id) => await desk.Registry.Store.Context().Set<CaseRecord>().SingleAsync(c => c.CaseId == id);

    [Fact]
    public async Task The_less_complete_one_goes_under_the_other_which_takes_over_how_serious_it_is_and_when_it_is_due()
    {
        await using var desk = await DeskAsync();
        var (one, other) = await TwoAsync(desk);
        desk.Clock.Now = desk.Clock.Now.AddHours(3);
        await desk.Registry.Reports.TellAsync(other.Receipt, new() { Facts = new EventFacts().With(SeriousnessCriterion.Hospitalisation, met: true) });
        var due = (await RowAsync(desk, other.Id)).DueAt;
        Assert.True((await RowAsync(desk, one.Id)).DueAt > due);
        Assert.Equal(one.Id, (await desk.Registry.Cases.DecidePairAsync(desk.Officer, other.Id, one.Id, PairDecision.Same)).Value);
        var (main, under) = (await RowAsync(desk, one.Id), await RowAsync(desk, other.Id));
        Assert.Equal((ReviewClass.Serious, due), (main.Class, main.DueAt));
        Assert.Equal((CaseState.Merged, one.Id, (DateTimeOffset?)null), (under.State, under.MergedInto!.Value, under.DueAt));
        Assert.Equal([1], (await desk.Registry.Cases.BoardAsync(desk.Officer)).Value.Lines.Select(l => l.Row.Number));
        Assert.Equal([2], (await desk.Registry.Cases.OpenAsync(desk.Officer, one.Id)).Value.Merged.Select(m => m.Number));
        Assert.Equal((1, "My wife had a big bruise on the back."), ((await desk.Registry.Cases.OpenAsync(desk.Officer, other.Id)).Value is var v ? (v.Into!.Value, v.Words!) : default));
        await desk.SoundAsync();
    }

    [Fact]
    public async Task Taken_apart_each_is_as_it_was_and_the_two_count_as_different()
    {
        await using var desk = await DeskAsync();
        var (one, other) = await TwoAsync(desk);
        await desk.Registry.Reports.TellAsync(other.Receipt, new() { Facts = new EventFacts().With(SeriousnessCriterion.Hospitalisation, met: true) });
        var (before, otherBefore) = (await RowAsync(desk, one.Id), await RowAsync(desk, other.Id));
        await desk.Registry.Cases.DecidePairAsync(desk.Officer, one.Id, other.Id, PairDecision.Same);
        Assert.Equal(Problems.WrongState, (await desk.Registry.Cases.DecidePairAsync(desk.Officer, one.Id, other.Id, PairDecision.Different)).Problems[0].Code);
        Assert.Equal(Problems.WrongState, (await desk.Registry.Cases.SetStateAsync(desk.Officer, other.Id, CaseState.Closed, "Done")).Problems[0].Code);
        Assert.True((await desk.Registry.Cases.TakeApartAsync(desk.Officer, other.Id)).IsDone);
        Assert.Equal(Problems.WrongState, (await desk.Registry.Cases.TakeApartAsync(desk.Officer, other.Id)).Problems[0].Code);
        var (after, otherAfter) = (await RowAsync(desk, one.Id), await RowAsync(desk, other.Id));
        Assert.Equal((before.Class, before.State, before.Completeness), (after.Class, after.State, after.Completeness));
        Assert.Equal((otherBefore.Class, otherBefore.State, otherBefore.DueAt, (CaseId?)null), (otherAfter.Class, otherAfter.State, otherAfter.DueAt, otherAfter.MergedInto));
        Assert.Equal([new CasesDecided(1, 2, PairDecision.Different)], (await desk.Registry.Cases.ToLinkAsync(desk.Officer)).Value.Decided.Select(d => d with { A = Math.Min(d.A, d.B), B = Math.Max(d.A, d.B) }));
        await desk.SoundAsync();
    }

    [Fact]
    public async Task Whoever_told_the_other_one_reads_the_same_answer_and_what_they_add_opens_the_case_again()
    {
        await using var desk = await DeskAsync();
        var (one, other) = await TwoAsync(desk);
        await desk.Registry.Cases.DecidePairAsync(desk.Officer, one.Id, other.Id, PairDecision.Same);
        var happened = (await desk.Registry.Cases.OpenAsync(desk.Officer, one.Id)).Value.Events[0].Row.Id;
        await desk.Registry.Cases.JudgeAsync(desk.Officer, one.Id, happened, new(CausalityMethod.CannotBeAssessed, "unassessable", "{}", null));
        Assert.True((await desk.Registry.Cases.ReleaseAsync(desk.Officer, one.Id, "Nobody can tell.")).IsDone);
        Assert.True((await desk.Registry.Cases.SetStateAsync(desk.Officer, one.Id, CaseState.Closed, "Done")).IsDone);
        Assert.Equal("Nobody can tell.", (await desk.Registry.Reports.OpenAsync(other.Receipt)).Value.Answer);
        await desk.Registry.Reports.AddAsync(other.Receipt, "She is in hospital now.", new(Guid.NewGuid()));
        Assert.Equal(CaseState.InWork, (await RowAsync(desk, one.Id)).State);
        await desk.SoundAsync();
    }

    [Fact]
    public async Task Who_may_not_see_the_one_does_not_see_the_other_and_nobody_puts_a_case_under_itself()
    {
        await using var desk = await DeskAsync();
        var (one, _) = await TwoAsync(desk);
        var named = (await desk.Registry.Reports.MakeAsync(desk.Clinic, new() { Kind = ReportKind.AdverseEvent, Words = "Dan Deputy gave me a bruise on the back." }, new(Guid.NewGuid()))).Value;
        Assert.Equal(Problems.NotFound, (await desk.Registry.Cases.BesideAsync(desk.Deputy, one.Id, named.Id)).Problems[0].Code);
        Assert.Equal(Problems.NotFound, (await desk.Registry.Cases.NumberedAsync(desk.Deputy, named.Number)).Problems[0].Code);
        Assert.Equal([1, 2], (await desk.Registry.Cases.ToLinkAsync(desk.Deputy)).Value.Cases.Select(c => c.Number));
        Assert.Equal(Problems.WrongState, (await desk.Registry.Cases.DecidePairAsync(desk.Officer, one.Id, one.Id, PairDecision.Same)).Problems[0].Code);
        Assert.Equal(Problems.NotAllowed, (await desk.Registry.Cases.DecidePairAsync(desk.Therapist, one.Id, named.Id, PairDecision.Same)).Problems[0].Code);
        await desk.Registry.Cases.DecidePairAsync(desk.Officer, one.Id, named.Id, PairDecision.Same);
        Assert.Equal(Problems.NotFound, (await desk.Registry.Cases.OpenAsync(desk.Deputy, one.Id)).Problems[0].Code);
    }

    [Fact]
    public async Task Erasing_the_person_erases_also_what_was_found_to_tell_of_the_same_event()
    {
        await using var desk = await DeskAsync();
        var client = await desk.ClientAsync();
        var told = (await desk.Registry.Reports.MakeAsync(desk.Therapist, new() { Kind = ReportKind.AdverseEvent, Words = "She had a bruise.", Client = client }, ReportSource.Therapist, new(Guid.NewGuid()))).Value;
        var (one, other) = await TwoAsync(desk);
        await desk.Registry.Cases.DecidePairAsync(desk.Officer, told.Id, one.Id, PairDecision.Same);
        Assert.True((await desk.Registry.Privacy.EraseAsync(Actor.Operator(desk.Clinic), client)).IsDone);
        Assert.NotNull((await RowAsync(desk, one.Id)).ErasedAt);
        Assert.Null((await RowAsync(desk, other.Id)).ErasedAt);
        await desk.SoundAsync();
    }

    [Fact]
    public async Task Who_left_an_address_is_told_once_that_there_is_news_with_a_link_to_the_private_page_and_no_health_fact()
    {
        await using var desk = await DeskAsync();
        async Task<ReportReceived> MakeAsync(string words, string? contact) => (await desk.Registry.Reports.MakeAsync(desk.Clinic, new() { Kind = ReportKind.AdverseEvent, Words = words, Contact = contact }, new(Guid.NewGuid()))).Value;
        var one = await MakeAsync("Bruise on the back after the deep massage, and a headache.", "mira@home.example");
        var other = await MakeAsync("My wife had a bruise.", " nils@home.example ");
        var phone = await MakeAsync("A rash.", "07700 900123");
        await desk.SendAllAsync();
        await desk.Registry.Cases.DecidePairAsync(desk.Officer, one.Id, other.Id, PairDecision.Same);
        foreach (var id in new[] { one.Id, phone.Id })
        {
            var happened = (await desk.Registry.Cases.OpenAsync(desk.Officer, id)).Value.Events[0].Row.Id;
            await desk.Registry.Cases.JudgeAsync(desk.Officer, id, happened, new(CausalityMethod.CannotBeAssessed, "unassessable", "{}", null));
        }

        await desk.Registry.Cases.NoteAsync(desk.Officer, one.Id, NoteKind.ToReporter, "When did it begin?");
        await desk.Registry.Cases.NoteAsync(desk.Officer, one.Id, NoteKind.Internal, "Not for you.");
        Assert.True((await desk.Registry.Cases.ReleaseAsync(desk.Officer, one.Id, "Nobody can tell.")).IsDone);
        Assert.True((await desk.Registry.Cases.ReleaseAsync(desk.Officer, phone.Id, "Nobody can tell.")).IsDone);
        var sent = (await desk.SendAllAsync()).Where(m => m.Message.Template == Template.Receipt).OrderBy(m => m.Message.To).ToList();
        Assert.Equal(["mira@home.example", "nils@home.example"], sent.Select(m => m.Message.To));
        Assert.StartsWith("/receipt/", sent[0].Message.Link!.AbsolutePath, StringComparison.Ordinal);
        Assert.All(sent, m => Assert.Equal("Nobody can tell.", desk.Registry.Reports.OpenAsync(m.Token).GetAwaiter().GetResult().Value.Answer));
        await desk.SoundAsync();
    }
}

public sealed class CaseLinksOnSqlite(PostgreSqlServer server) : CaseLinkTests(server, Database.Sqlite);

public sealed class CaseLinksOnPostgreSql(PostgreSqlServer server) : CaseLinkTests(server, Database.PostgreSql);
