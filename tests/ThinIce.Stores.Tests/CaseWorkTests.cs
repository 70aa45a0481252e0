using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Cases;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Registry;
using ThinIce.Registry.Cases;
using ThinIce.Registry.Model;

namespace ThinIce.Stores.Tests;

/// <summary>What officers do with cases: order of work, codes with their suggestions, blind judgements, the answer; and bad input, kept and harmless.</summary>
public abstract class CaseWorkTests(PostgreSqlServer server, Database database)
{
    private const string Bruise = "The day after the back massage I had a big bruise on my back.";

    private Task<Desk> DeskAsync() => Desk.NewAsync(database, server);

    private static async Task<ReportReceived> ReportAsync(Desk desk, string words) =>
        (await desk.Registry.Reports.MakeAsync(desk.Clinic, new() { Kind = ReportKind.AdverseEvent, Words = words }, new(Guid.NewGuid()))).Value;

    private static NewJudgement Judged(WhoUmcCategory category, string reason = "The time fits.") => new(CausalityMethod.WhoUmc, FactsJson.Name(category), "{}", reason);

    [Fact]
    public async Task What_may_be_serious_comes_first_and_what_is_late_is_said()
    {
        await using var desk = await DeskAsync();
        await ReportAsync(desk, "I was a little sore the day after the massage.");
        await ReportAsync(desk, "An hour after the neck massage my left arm was weak and my speech slurred.");
        var board = (await desk.Registry.Cases.BoardAsync(desk.Officer)).Value;
        Assert.Equal([2, 1], board.Lines.Select(l => l.Row.Number));
        Assert.All(board.Lines, l => Assert.False(l.IsOverdue));
        desk.Clock.Now = desk.Clock.Now.AddHours(25);
        Assert.Equal([true, false], (await desk.Registry.Cases.BoardAsync(desk.Officer)).Value.Lines.Select(l => l.IsOverdue));
        // After half of its time it has gone to the deputy, once.
        Assert.Equal(1, (await desk.Registry.Cases.EscalateAsync(desk.Clinic)).Value);
        Assert.Equal(0, (await desk.Registry.Cases.EscalateAsync(desk.Clinic)).Value);
        Assert.Equal(Problems.NotAllowed, (await desk.Registry.Cases.BoardAsync(desk.Therapist)).Problems[0].Code);
        await desk.SoundAsync();
    }

    [Fact]
    public async Task A_case_that_names_an_officer_is_shown_to_the_deputy_and_not_to_that_officer()
    {
        await using var desk = await DeskAsync();
        var made = await ReportAsync(desk, $"Olga gave it. {Bruise}");
        var board = (await desk.Registry.Cases.BoardAsync(desk.Officer)).Value;
        Assert.Equal((0, 1, 0), (board.Lines.Length, board.Withheld, board.Unread));
        Assert.Equal(Problems.NotFound, (await desk.Registry.Cases.OpenAsync(desk.Officer, made.Id)).Problems[0].Code);
        Assert.Equal(Problems.NotFound, (await desk.Registry.Cases.NoteAsync(desk.Officer, made.Id, NoteKind.Internal, "x")).Problems[0].Code);
        var seen = (await desk.Registry.Cases.OpenAsync(desk.Deputy, made.Id)).Value;
        Assert.DoesNotContain(desk.Officer.Id!.Value, seen.Officers.Select(o => o.Id.Value));
        Assert.False((await desk.Registry.Cases.AssignAsync(desk.Deputy, made.Id, new(desk.Officer.Id.Value))).IsDone);
        Assert.True((await desk.Registry.Cases.AssignAsync(desk.Deputy, made.Id, new(desk.Deputy.Id!.Value))).IsDone);
        await desk.SoundAsync();
    }

    [Theory]
    [InlineData("", "deputy")]
    [InlineData("Dan gave it. ", "officer")]
    [InlineData("Dan gave it and Olga looked on. ", "")]
    public async Task A_late_case_goes_to_the_deputy_or_where_it_is_about_the_deputy_to_another_who_can_judge_it(string named, string told)
    {
        await using var desk = await DeskAsync();
        await ReportAsync(desk, $"{named}{Bruise}");
        await desk.SendAllAsync();
        desk.Clock.Now = desk.Clock.Now.AddDays(30);
        Assert.Equal(1, (await desk.Registry.Cases.EscalateAsync(desk.Clinic)).Value);
        var waiting = await desk.Registry.Store.Context().Set<Message>().Where(m => m.Template == Template.Report && m.State == MessageState.Waiting).Select(m => m.StaffId).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(told switch { "deputy" => [new StaffId(desk.Deputy.Id!.Value)], "officer" => [new(desk.Officer.Id!.Value)], _ => Array.Empty<StaffId>() }, waiting.OfType<StaffId>());
        await desk.SoundAsync();
    }

    [Fact]
    public async Task A_suggestion_stays_on_record_whether_it_is_accepted_or_not_and_facts_give_the_scales()
    {
        await using var desk = await DeskAsync();
        var made = await ReportAsync(desk, Bruise);
        var seen = (await desk.Registry.Cases.OpenAsync(desk.Officer, made.Id)).Value;
        var harm = seen.Codes.First(c => c.Row.Kind == CodeKind.Harm);
        Assert.Equal("big bruise", harm.Said);
        Assert.Equal(CaseState.InWork, seen.Row.State);
        Assert.True((await desk.Registry.Cases.DecideAsync(desk.Officer, made.Id, harm.Row.Id, CodeDecision.Accepted)).IsDone);
        Assert.True((await desk.Registry.Cases.ChooseAsync(desk.Officer, made.Id, CodeKind.Harm, "harm.nonsense")).Problems[0].Code == Problems.UnknownValue);
        var happened = Assert.Single((await desk.Registry.Cases.OpenAsync(desk.Officer, made.Id)).Value.Events);
        Assert.Equal(harm.Row.Code, happened.Row.Code);
        Assert.True((await desk.Registry.Cases.SetFactsAsync(desk.Officer, made.Id, happened.Row.Id, new() { Intensity = Answer<Intensity>.Known(Intensity.Moderate), DurationHours = Answer<double>.Known(72) })).IsDone);
        var graded = Assert.Single((await desk.Registry.Cases.OpenAsync(desk.Officer, made.Id)).Value.Events);
        // Days and moderate: "moderate" in the grid of Carnes 2010; "long moderate" by Paanalahti 2014.
        Assert.Equal("moderate", graded.Grades.Single(g => g.Scale == Severity.CarnesScale).Category);
        Assert.Equal("long-moderate", graded.Grades.Single(g => g.Scale == Severity.PaanalahtiScale).Category);
        Assert.False(graded.Seriousness.IsSerious.IsKnown);
        await desk.Registry.Cases.DecideAsync(desk.Officer, made.Id, harm.Row.Id, CodeDecision.Refused);
        var after = (await desk.Registry.Cases.OpenAsync(desk.Officer, made.Id)).Value;
        Assert.Equal((true, CodeDecision.Refused), (after.Codes.Single(c => c.Row.Id == harm.Row.Id).Row.IsSuggested, after.Codes.Single(c => c.Row.Id == harm.Row.Id).Row.Decision));
        Assert.Null(Assert.Single(after.Events).Row.Code);
        await desk.SoundAsync();
    }

    [Fact]
    public async Task The_second_rater_judges_blind_and_the_reporter_reads_the_answer_once_it_is_released()
    {
        await using var desk = await DeskAsync();
        var made = await ReportAsync(desk, Bruise);
        var work = desk.Registry.Cases;
        var harm = (await work.OpenAsync(desk.Officer, made.Id)).Value.Codes.First(c => c.Row.Kind == CodeKind.Harm);
        await work.DecideAsync(desk.Officer, made.Id, harm.Row.Id, CodeDecision.Accepted);
        var happened = (await work.OpenAsync(desk.Officer, made.Id)).Value.Events[0].Row.Id;
        Assert.Equal(Problems.WrongState, (await work.ReleaseAsync(desk.Officer, made.Id, "Too soon.")).Problems[0].Code);
        Assert.True((await work.JudgeAsync(desk.Officer, made.Id, happened, Judged(WhoUmcCategory.Probable, "Nothing else hit the back."))).IsDone);
        var blind = (await work.OpenAsync(desk.Deputy, made.Id)).Value;
        Assert.Equal((0, 1, null, null), (blind.Events[0].Judgements.Length, blind.Events[0].Hidden, blind.Events[0].Category, blind.Draft));
        Assert.Null(blind.Row.DueAt);
        Assert.Equal(Problems.WrongState, (await work.AgreeAsync(desk.Deputy, made.Id, happened, "probable", "So soon.")).Problems[0].Code);
        Assert.True((await work.JudgeAsync(desk.Deputy, made.Id, happened, Judged(WhoUmcCategory.Possible))).IsDone);
        var both = (await work.OpenAsync(desk.Deputy, made.Id)).Value;
        Assert.Equal((2, 0, null), (both.Events[0].Judgements.Length, both.Events[0].Hidden, both.Events[0].Category));
        Assert.True((await work.AgreeAsync(desk.Deputy, made.Id, happened, "probable", "We talked it over.")).IsDone);
        var agreed = (await work.OpenAsync(desk.Officer, made.Id)).Value;
        Assert.Equal("probable", agreed.Events[0].Category);
        Assert.Contains("probably caused this", agreed.Draft, StringComparison.Ordinal);
        Assert.Null((await desk.Registry.Reports.OpenAsync(made.Receipt)).Value.Answer);
        Assert.True((await work.ReleaseAsync(desk.Officer, made.Id, agreed.Draft!)).IsDone);
        Assert.Equal(agreed.Draft, (await desk.Registry.Reports.OpenAsync(made.Receipt)).Value.Answer);
        Assert.Equal(["probable", "possible"], Assert.Single((await work.RatedAsync(desk.Officer)).Value));
        await desk.SoundAsync();
    }

    [Fact]
    public async Task Who_said_to_be_too_close_may_read_a_case_and_not_judge_it()
    {
        await using var desk = await DeskAsync();
        var made = await ReportAsync(desk, Bruise);
        Assert.True((await desk.Registry.Cases.DeclareConflictAsync(desk.Officer, made.Id)).IsDone);
        var seen = (await desk.Registry.Cases.OpenAsync(desk.Officer, made.Id)).Value;
        Assert.True(seen.IsConflicted);
        Assert.Equal(Problems.NotAllowed, (await desk.Registry.Cases.JudgeAsync(desk.Officer, made.Id, seen.Events[0].Row.Id, new(CausalityMethod.CannotBeAssessed, "unassessable", "{}", null))).Problems[0].Code);
    }

    [Fact]
    public async Task A_case_that_may_be_serious_is_not_closed_unread_and_one_that_is_none_is_kept()
    {
        await using var desk = await DeskAsync();
        var serious = await ReportAsync(desk, "An hour after the neck massage my left arm was weak and my speech slurred.");
        Assert.Equal(Problems.WrongState, (await desk.Registry.Cases.SetStateAsync(desk.Officer, serious.Id, CaseState.Closed, "Busy.")).Problems[0].Code);
        var spam = await ReportAsync(desk, "BUY CHEAP OIL http://oil.example http://oil.example http://oil.example");
        Assert.Equal(Problems.Missing, (await desk.Registry.Cases.SetStateAsync(desk.Officer, spam.Id, CaseState.Nullified, " ")).Problems[0].Code);
        Assert.True((await desk.Registry.Cases.SetStateAsync(desk.Officer, spam.Id, CaseState.Nullified, "An advertisement.")).IsDone);
        Assert.Equal([serious.Number], (await desk.Registry.Cases.BoardAsync(desk.Officer)).Value.Lines.Select(l => l.Row.Number));
        Assert.Equal(2, (await desk.Registry.Cases.BoardAsync(desk.Officer, closedToo: true)).Value.Lines.Length);
        Assert.True((await desk.Registry.Cases.SetStateAsync(desk.Officer, spam.Id, CaseState.InWork, "It was one after all.")).IsDone);
        Assert.NotNull((await desk.Registry.Cases.OpenAsync(desk.Officer, spam.Id)).Value.Row.DueAt);
        await desk.SoundAsync();
    }

    [Theory]
    [InlineData("<script>alert(1)</script><img src=x onerror=alert(1)> my back was bruised")]
    [InlineData("=HYPERLINK(\"http://evil.example\",\"click\")")]
    [InlineData("🙃🙃🙃 \u0000 \u202e bruise")]
    public async Task Hostile_words_are_kept_to_the_letter(string words)
    {
        await using var desk = await DeskAsync();
        var made = await ReportAsync(desk, words);
        Assert.Equal(words, (await desk.Registry.Cases.OpenAsync(desk.Officer, made.Id)).Value.Words);
    }

    [Fact]
    public async Task An_angry_essay_of_200_kB_is_kept_whole()
    {
        await using var desk = await DeskAsync();
        var essay = string.Join(' ', Enumerable.Range(0, 4000).Select(i => string.Create(CultureInfo.InvariantCulture, $"It was an OUTRAGE, number {i}, and my neck hurt so!")));
        Assert.InRange(essay.Length, 200_000, Reports.MostWords);
        var made = await ReportAsync(desk, essay);
        Assert.Equal(essay, (await desk.Registry.Cases.OpenAsync(desk.Officer, made.Id)).Value.Words);
    }

    [Fact]
    public async Task An_event_before_the_massage_is_kept_and_named_and_gives_no_time_to_onset()
    {
        await using var desk = await DeskAsync();
        var made = await ReportAsync(desk, "A bruise on the back.");
        await desk.Registry.Reports.TellAsync(made.Receipt, new() { Massage = new(new(2026, 11, 20), DatePrecision.Day), Event = new(new(2026, 11, 18), DatePrecision.Day) });
        var seen = (await desk.Registry.Cases.OpenAsync(desk.Officer, made.Id)).Value;
        Assert.Contains("event-before-massage", seen.Contradictions);
        Assert.False(seen.Onset.IsKnown);
        Assert.Equal(["event", "massage", "received", "due"], seen.Timeline.Select(m => m.What));
    }

    [Fact]
    public async Task Every_version_of_a_case_is_readable_and_what_others_judged_only_once_one_has_judged()
    {
        await using var desk = await DeskAsync();
        var made = await ReportAsync(desk, Bruise);
        await desk.Registry.Reports.AddAsync(made.Receipt, "It is yellow now.", new(Guid.NewGuid()));
        await desk.Registry.Cases.TellAsync(desk.Officer, made.Id, new() { AgeYears = 46 });
        await desk.Registry.Cases.TellAsync(desk.Officer, made.Id, new() { AgeYears = 47 });
        var happened = (await desk.Registry.Cases.OpenAsync(desk.Officer, made.Id)).Value.Events[0].Row.Id;
        await desk.Registry.Cases.JudgeAsync(desk.Officer, made.Id, happened, new(CausalityMethod.CannotBeAssessed, "unassessable", "{}", "Too little is told."));
        var history = (await desk.Registry.Cases.VersionsAsync(desk.Officer, made.Id)).Value;
        Assert.Equal(0, history.Hidden);
        Assert.Equal(Enumerable.Range(1, history.Versions.Length), history.Versions.Select(v => v.Number));
        Assert.Equal([(null, "46"), ("46", "47")], history.Versions.SelectMany(v => v.Changes).Where(c => c.Column == "age_years" && c.After != null).Select(c => (c.Before, c.After!)));
        var first = history.At(1);
        Assert.Equal(Bruise, first.Single(c => (c.Table, c.Column) == ("cases", "words")).After);
        Assert.DoesNotContain(first, c => c.Column == "age_years");
        Assert.Equal("47", history.At(history.Versions.Length).Single(c => c.Column == "age_years").After);
        Assert.Contains(history.Versions.SelectMany(v => v.Changes), c => c is { Table: "case_notes", Column: "words", After: "It is yellow now." });
        Assert.Contains("Too little is told.", history.Versions.SelectMany(v => v.Changes).Select(c => c.After));
        var blind = (await desk.Registry.Cases.VersionsAsync(desk.Deputy, made.Id)).Value;
        Assert.True(blind.Hidden > 0);
        Assert.DoesNotContain(blind.Versions.SelectMany(v => v.Changes), c => c.After is "Too little is told." or "unassessable");
    }

    [Fact]
    public async Task A_report_keeps_what_was_written_and_cleared_and_the_story_that_names_nobody_stays_after_erasure()
    {
        await using var desk = await DeskAsync();
        var client = await desk.ClientAsync();
        var made = (await desk.Registry.Reports.MakeAsync(desk.Therapist, new() { Kind = ReportKind.AdverseEvent, Words = Bruise, Client = client }, ReportSource.Therapist, new(Guid.NewGuid()))).Value;
        Assert.True((await desk.Registry.Cases.WriteReportAsync(desk.Officer, made.Id, new Dictionary<CareHeading, string> { [CareHeading.Title] = "A bruise", [CareHeading.Abstract] = " " }, new HashSet<CareHeading> { CareHeading.Title, CareHeading.Abstract })).IsDone);
        var report = (await desk.Registry.Cases.ToReportAsync(desk.Officer, made.Id, handOut: true)).Value;
        Assert.Equal([CareHeading.Title], report.Written.Keys);
        Assert.Equal([CareHeading.Title], report.Cleared);
        Assert.True((await desk.Registry.Cases.WriteReportAsync(desk.Officer, made.Id, new Dictionary<CareHeading, string> { [CareHeading.Title] = "A bruise of Mira's" }, new HashSet<CareHeading>())).IsDone);
        Assert.Empty((await desk.Registry.Cases.ToReportAsync(desk.Officer, made.Id)).Value.Cleared);
        Assert.True((await desk.Registry.Cases.RedactAsync(desk.Officer, made.Id, "A bruise the day after a back massage.")).IsDone);
        Assert.Equal(Problems.TooLong, (await desk.Registry.Cases.RedactAsync(desk.Officer, made.Id, new('x', 20_001))).Problems[0].Code);
        Assert.True((await desk.Registry.Privacy.EraseAsync(Actor.Operator(desk.Clinic), client)).IsDone);
        var left = await desk.Registry.Store.Context().Set<CaseRecord>().SingleAsync();
        Assert.Equal(("A bruise the day after a back massage.", null, null), (left.Redacted, left.Words, left.Report));
        Assert.Single(await desk.Registry.Store.Context().Set<Event>().ToListAsync(), e => e.Type == "cases-exported");
        await desk.SoundAsync();
    }

    [Fact]
    public async Task Whether_a_harm_was_expected_goes_by_what_was_known_and_by_the_knowledge_on_the_day_of_the_massage()
    {
        await using var desk = await DeskAsync();
        var client = await desk.ClientAsync();
        var appointment = await desk.AppointmentAsync(client);
        await desk.Registry.Intakes.TakeAsync(desk.Therapist, appointment, 0, """{"client":{"medicines":["warfarin"]}}""", new());
        await desk.SessionAsync(client, appointment, Desk.Plan("strong"));
        desk.Clock.Now = desk.Clock.Now.AddHours(9.5);
        await desk.Registry.CheckIns.AnswerAsync((await desk.SendAllAsync())[0].Token, new() { Complaints = [new("left arm weak and speech slurred")] });
        var known = (await desk.Registry.Reports.FromAlertAsync(desk.Officer, (await desk.Registry.Alerts.BoardAsync(desk.Officer)).Value[0].Id)).Value;
        var unknown = (await ReportAsync(desk, Bruise)).Id;
        var day = Desk.InUse.Answerer.Knowledge.Version;
        async Task<Expectedness> OfAsync(CaseId id)
        {
            await desk.Registry.Cases.ChooseAsync(desk.Officer, id, CodeKind.Harm, "haematoma");
            return (await desk.Registry.Cases.OpenAsync(desk.Officer, id)).Value.Events.Single(e => e.Row.Code == "haematoma").Expected!;
        }

        // The person took warfarin, which the advice before the massage named; of the other nothing is known.
        Assert.Equal((Core.AdverseEvents.Expected.Named, day), (await OfAsync(known) is var e ? (e.Expected, e.KnowledgeVersion) : default));
        Assert.NotEqual(Core.AdverseEvents.Expected.Named, (await OfAsync(unknown)).Expected);
    }
}

public sealed class CaseWorkOnSqlite(PostgreSqlServer server) : CaseWorkTests(server, Database.Sqlite);

public sealed class CaseWorkOnPostgreSql(PostgreSqlServer server) : CaseWorkTests(server, Database.PostgreSql);
