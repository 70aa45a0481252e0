using Microsoft.EntityFrameworkCore;
using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Cases;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Registry;
using ThinIce.Registry.Cases;
using ThinIce.Registry.Keys;
using ThinIce.Registry.Model;

namespace ThinIce.Stores.Tests;

/// <summary>Reports by anybody: kept as they are, alarming words answered, a receipt that opens nothing else.</summary>
public abstract class ReportTests(PostgreSqlServer server, Database database)
{
    private const string Words = "An hour after the neck massage my left arm was weak and my speech slurred. Before that I had a stiff neck.";

    private Task<Desk> DeskAsync() => Desk.NewAsync(database, server);

    private static NewReport Told(string words = Words) => new() { Kind = ReportKind.AdverseEvent, Words = words };

    [Fact]
    public async Task Alarming_words_are_answered_at_once_and_an_officer_is_told_once()
    {
        await using var desk = await DeskAsync();
        var made = (await desk.Registry.Reports.MakeAsync(desk.Clinic, Told(), new(Guid.NewGuid()))).Value;
        Assert.Equal(Core.Screening.Urgency.Emergency, made.Advice!.Urgency);
        await desk.Registry.Reports.MakeAsync(desk.Clinic, Told(), new(Guid.NewGuid()));
        await using var db = desk.Registry.Store.Context();
        Assert.Equal([1, 2], await db.Set<CaseRecord>().OrderBy(c => c.Number).Select(c => c.Number).ToListAsync());
        Assert.All(await db.Set<CaseRecord>().ToListAsync(), c => Assert.Equal((ReviewClass.Presumed, desk.Clock.Now.AddHours(24)), (c.Class, c.DueAt)));
        Assert.Equal(desk.Officer.Id, Assert.Single(await db.Set<Message>().Where(m => m.Template == Template.Report).ToListAsync()).StaffId!.Value.Value);
        await desk.SoundAsync();
    }

    [Fact]
    public async Task A_report_that_is_sent_twice_is_kept_once_and_its_page_opens_no_other_report()
    {
        await using var desk = await DeskAsync();
        var once = new CaseId(Guid.NewGuid());
        var first = (await desk.Registry.Reports.MakeAsync(desk.Clinic, Told(), once)).Value;
        var again = (await desk.Registry.Reports.MakeAsync(desk.Clinic, Told(), once)).Value;
        Assert.Equal(first.Receipt, again.Receipt);
        // Whoever knows the id but not the words gets nothing.
        Assert.Equal(Problems.NotFound, (await desk.Registry.Reports.MakeAsync(desk.Clinic, Told("Something else."), once)).Problems[0].Code);
        Assert.Equal(Problems.LinkUnknown, (await desk.Registry.Reports.OpenAsync(new(once.ToString()))).Problems[0].Code);
        Assert.Equal(Words, (await desk.Registry.Reports.OpenAsync(first.Receipt)).Value.Words);
    }

    [Fact]
    public async Task What_is_told_afterwards_raises_completeness_and_makes_a_stay_in_hospital_serious()
    {
        await using var desk = await DeskAsync();
        var made = (await desk.Registry.Reports.MakeAsync(desk.Clinic, Told("Bruise on the back."), new(Guid.NewGuid()))).Value;
        var before = (await desk.Registry.Reports.OpenAsync(made.Receipt)).Value;
        Assert.Contains("time-to-onset", before.Missing);
        await desk.Registry.Reports.TellAsync(made.Receipt, new()
        {
            AgeYears = 46, Sex = Sex.Female, Reason = "A stiff back", Massage = new(new(2026, 11, 20), DatePrecision.Day), Event = new(new(2026, 11, 21), DatePrecision.Day), Reporter = ReporterKind.Client,
            Facts = new EventFacts { Outcome = Answer<EventOutcome>.Known(EventOutcome.Recovering) }.With(SeriousnessCriterion.Hospitalisation, met: true),
        });
        var after = (await desk.Registry.Reports.OpenAsync(made.Receipt)).Value;
        // By hand, vigiGrade: the day after is known to two days (0.9), the dose is missing (0.9): 0.81.
        Assert.Equal(0.81, after.Row.Completeness, 3);
        Assert.Equal(ReviewClass.Serious, after.Row.Class);
        Assert.True(after.Row.DueAt <= desk.Clock.Now.AddHours(24));
        await desk.SoundAsync();
    }

    [Fact]
    public async Task An_event_before_the_massage_a_future_date_and_an_age_of_300_are_said_and_the_rest_is_kept()
    {
        await using var desk = await DeskAsync();
        var made = (await desk.Registry.Reports.MakeAsync(desk.Clinic, Told("Bruise on the back."), new(Guid.NewGuid()))).Value;
        var refused = await desk.Registry.Reports.TellAsync(made.Receipt, new() { AgeYears = 300, Massage = new(new(2027, 1, 1), DatePrecision.Day) });
        Assert.Equal(["age", "massage"], refused.Problems.Select(p => p.Path));
        Assert.True((await desk.Registry.Reports.TellAsync(made.Receipt, new() { Massage = new(new(2026, 11, 20), DatePrecision.Day), Event = new(new(2026, 11, 2), DatePrecision.Day) })).IsDone);
        var view = (await desk.Registry.Reports.OpenAsync(made.Receipt)).Value;
        Assert.Equal(["event-before-massage"], view.Contradictions);
        Assert.False(view.Onset.IsKnown);
        Assert.Equal(new(2026, 11, 2, 0, 0, 0, TimeSpan.Zero), view.Row.EventAt);
    }

    [Fact]
    public async Task A_long_angry_text_is_kept_to_the_letter_and_one_beyond_all_measure_is_refused_with_a_way_out()
    {
        await using var desk = await DeskAsync();
        var essay = string.Concat(Enumerable.Repeat("<script>alert(1)</script> =HYPERLINK(\"x\") I am so angry! ", 3600));
        Assert.InRange(essay.Length, 200_000, Reports.MostWords);
        var made = (await desk.Registry.Reports.MakeAsync(desk.Clinic, Told(essay), new(Guid.NewGuid()))).Value;
        Assert.Equal(essay, (await desk.Registry.Reports.OpenAsync(made.Receipt)).Value.Words);
        Assert.Equal(Problems.TooLong, (await desk.Registry.Reports.MakeAsync(desk.Clinic, Told(new('a', Reports.MostWords + 1)), new(Guid.NewGuid()))).Problems[0].Code);
        Assert.Equal(Problems.Missing, (await desk.Registry.Reports.MakeAsync(desk.Clinic, Told(" "), new(Guid.NewGuid()))).Problems[0].Code);
    }

    [Fact]
    public async Task What_is_added_is_kept_beside_the_first_words_and_alarms_by_itself()
    {
        await using var desk = await DeskAsync();
        var made = (await desk.Registry.Reports.MakeAsync(desk.Clinic, Told("Bruise on the back."), new(Guid.NewGuid()))).Value;
        Assert.Null(made.Advice);
        var advice = (await desk.Registry.Reports.AddAsync(made.Receipt, "Today, after the massage, my left arm is weak and my speech slurred.", new(Guid.NewGuid()))).Value;
        Assert.Equal(Core.Screening.Urgency.Emergency, advice!.Urgency);
        var view = (await desk.Registry.Reports.OpenAsync(made.Receipt)).Value;
        Assert.Equal(("Bruise on the back.", 1, ReviewClass.Presumed), (view.Words, view.Notes.Length, view.Row.Class));
        await desk.SoundAsync();
    }

    [Fact]
    public async Task An_alert_becomes_one_case_and_erasing_the_client_erases_its_words()
    {
        await using var desk = await DeskAsync();
        var client = await desk.ClientAsync();
        await desk.SessionAsync(client);
        desk.Clock.Now = desk.Clock.Now.AddHours(10);
        await desk.Registry.CheckIns.AnswerAsync((await desk.SendAllAsync())[0].Token, new() { Complaints = [new("left arm weak and speech slurred")] });
        var alert = Assert.Single((await desk.Registry.Alerts.BoardAsync(desk.Officer)).Value).Id;
        var made = (await desk.Registry.Reports.FromAlertAsync(desk.Officer, alert)).Value;
        Assert.Equal(made, (await desk.Registry.Reports.FromAlertAsync(desk.Officer, alert)).Value);
        await desk.SoundAsync();
        Assert.True((await desk.Registry.Privacy.EraseAsync(desk.Officer, client, despiteRetention: true)).IsDone);
        await using var db = desk.Registry.Store.Context();
        var left = await db.Set<CaseRecord>().SingleAsync();
        Assert.Equal((null, null, 46.0), (left.Words, left.PatientId, left.AgeYears));
        Assert.NotEqual("[]", left.Symptoms);
        await desk.SoundAsync();
        await desk.ReopenAsync();
        await desk.SoundAsync();
    }

    [Fact]
    public async Task A_complaint_by_the_public_form_goes_to_the_officer_and_never_to_whom_it_names()
    {
        await using var desk = await DeskAsync();
        Assert.True((await desk.Registry.Complaints.MakeAsync(desk.Clinic, "Olga touched me where I did not want it.", null, new(Guid.NewGuid()))).Value);
        Assert.Empty((await desk.Registry.Complaints.ListAsync(desk.Officer)).Value);
        Assert.Single((await desk.Registry.Complaints.ListAsync(desk.Deputy)).Value);
        Assert.Equal(Problems.NotAllowed, (await desk.Registry.Complaints.ListAsync(desk.Therapist)).Problems[0].Code);
        await desk.SoundAsync();
    }
}

public sealed class ReportsOnSqlite(PostgreSqlServer server) : ReportTests(server, Database.Sqlite);

public sealed class ReportsOnPostgreSql(PostgreSqlServer server) : ReportTests(server, Database.PostgreSql);
