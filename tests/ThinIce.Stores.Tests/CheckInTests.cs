using Microsoft.EntityFrameworkCore;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Registry;
using ThinIce.Registry.Keys;
using ThinIce.Registry.Model;

namespace ThinIce.Stores.Tests;

/// <summary>Asking again: whom, how often, and what is counted.</summary>
public abstract class CheckInTests(PostgreSqlServer server, Database database)
{
    private Task<Desk> DeskAsync(ClinicSettings? settings = null) => Desk.NewAsync(database, server, settings);

    [Fact]
    public async Task The_database_itself_refuses_a_second_open_series_of_a_person()
    {
        await using var desk = await DeskAsync();
        var client = await desk.ClientAsync();
        await desk.SessionAsync(client);
        await using var db = desk.Registry.Store.Context();
        db.Add(new Series { Id = new(Guid.NewGuid()), ClinicId = desk.Clinic, ClientId = client, State = SeriesState.Open, OpenedAt = desk.Clock.Now });
        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
    }

    [Fact]
    public async Task An_ordinary_session_is_drawn_with_a_probability_that_is_kept_also_when_it_was_not_drawn()
    {
        await using var desk = await DeskAsync(Desk.London with { SampleProbability = 0.2 });
        var client = await desk.ClientAsync();
        await desk.SessionAsync(client);
        desk.Clock.Now = desk.Clock.Now.AddDays(30);
        desk.Chance = 0.2;
        var not = await desk.SessionAsync(client);
        Assert.Equal((FollowUpReason.NotDrawn, 0.2), (not.FollowUp, not.InclusionProbability));
        desk.Chance = 0.19;
        desk.Clock.Now = desk.Clock.Now.AddDays(7);
        var drawn = await desk.SessionAsync(client);
        Assert.Equal((FollowUpReason.Drawn, 0.2), (drawn.FollowUp, drawn.InclusionProbability));
        desk.Chance = 0.99;
        desk.Clock.Now = desk.Clock.Now.AddDays(7);
        var riskier = await desk.SessionAsync(client, plan: Desk.Plan("strong"));
        Assert.Equal((FollowUpReason.ChangedPlan, 1.0), (riskier.FollowUp, riskier.InclusionProbability));
        await using var db = desk.Registry.Store.Context();
        Assert.Equal([SeriesKind.Full, SeriesKind.Sampled, SeriesKind.Full], await db.Set<Series>().OrderBy(s => s.OpenedAt).Select(s => s.Kind).ToListAsync());
        await desk.SoundAsync();
    }

    [Fact]
    public async Task The_next_session_that_is_followed_up_overtakes_the_open_series_and_what_was_answered_stays()
    {
        await using var desk = await DeskAsync();
        var client = await desk.ClientAsync();
        await desk.SessionAsync(client);
        desk.Clock.Now = desk.Clock.Now.AddHours(10);
        await desk.Registry.CheckIns.AnswerAsync(Assert.Single(await desk.SendAllAsync()).Token, new() { AllFine = true });
        desk.Clock.Now = desk.Clock.Now.AddHours(30);
        await desk.SessionAsync(client, plan: Desk.Plan("strong"));
        await using var db = desk.Registry.Store.Context();
        Assert.Equal([SeriesState.Overtaken, SeriesState.Open], await db.Set<Series>().OrderBy(s => s.OpenedAt).Select(s => s.State).ToListAsync());
        Assert.Equal([ContactState.Answered, ContactState.CalledOff, ContactState.CalledOff, ContactState.Planned, ContactState.Planned, ContactState.Planned],
            (await db.Set<Contact>().ToListAsync()).OrderBy(c => c.State == ContactState.Planned).ThenBy(c => c.DueAt).Select(c => c.State));
        Assert.Single(await db.Set<CheckInAnswer>().ToListAsync());
        await desk.SoundAsync();
    }

    [Fact]
    public async Task What_is_not_answered_in_time_is_missed_and_counted_and_never_taken_as_well()
    {
        await using var desk = await DeskAsync(Desk.London with { MinimumSessions = 5 });
        var client = await desk.ClientAsync();
        await desk.SessionAsync(client);
        for (var day = 0; day < 16; day++)
        {
            desk.Clock.Now = desk.Clock.Now.AddDays(1);
            await desk.SendAllAsync();
        }

        var counts = (await desk.Registry.Figures.OwnAsync(desk.Therapist, desk.Clock.Now.AddDays(-60), desk.Clock.Now)).Value;
        Assert.Equal((1, 3, 0, 3, 0), (counts.Sessions, counts.Asked, counts.Answered, counts.Missed, counts.WithNewOrWorse));
        Assert.Null((await desk.Registry.Figures.ClinicAsync(desk.Officer, desk.Clock.Now.AddDays(-60), desk.Clock.Now)).Value);
        await using var db = desk.Registry.Store.Context();
        Assert.Equal(SeriesState.Done, (await db.Set<Series>().SingleAsync()).State);
        await desk.SoundAsync();
    }

    [Fact]
    public async Task Opting_out_by_the_link_ends_the_series_and_the_messages()
    {
        await using var desk = await DeskAsync();
        var client = await desk.ClientAsync();
        await desk.SessionAsync(client);
        desk.Clock.Now = desk.Clock.Now.AddHours(10);
        Assert.True((await desk.Registry.CheckIns.OptOutAsync(Assert.Single(await desk.SendAllAsync()).Token)).IsDone);
        desk.Clock.Now = desk.Clock.Now.AddDays(3);
        Assert.Empty(await desk.SendAllAsync());
        var next = await desk.SessionAsync(client, plan: Desk.Plan("strong"));
        Assert.Equal((FollowUpReason.NoContact, 0.0), (next.FollowUp, next.InclusionProbability));
        await desk.SoundAsync();
    }

    [Fact]
    public async Task Controls_are_drawn_only_far_from_any_session_and_called_off_when_one_comes_between()
    {
        await using var desk = await DeskAsync(Desk.London with { ControlProbability = 0.5 });
        var client = await desk.ClientAsync();
        await desk.SessionAsync(client);
        desk.Clock.Now = desk.Clock.Now.AddDays(13);
        Assert.Equal(0, (await desk.Registry.CheckIns.DrawControlsAsync(desk.Clinic)).Value);
        for (var i = 0; i < 6; i++)
        {
            await desk.SendAllAsync();
            desk.Clock.Now = desk.Clock.Now.AddDays(1);
        }

        Assert.Equal(1, (await desk.Registry.CheckIns.DrawControlsAsync(desk.Clinic)).Value);
        Assert.Equal(0, (await desk.Registry.CheckIns.DrawControlsAsync(desk.Clinic)).Value);
        desk.Chance = 0.99;
        await desk.SessionAsync(client);
        desk.Clock.Now = desk.Clock.Now.AddDays(1);
        Assert.Empty(await desk.SendAllAsync());
        await using var db = desk.Registry.Store.Context();
        var control = await db.Set<Series>().SingleAsync(s => s.Kind == SeriesKind.Control);
        Assert.Equal((0.5, SeriesState.Done), (control.InclusionProbability, control.State));
        await desk.SoundAsync();
    }

    [Fact]
    public async Task New_or_worse_is_worked_out_from_before_and_after_and_primitives_are_kept()
    {
        await using var desk = await DeskAsync();
        var client = await desk.ClientAsync();
        var appointment = await desk.AppointmentAsync(client);
        await desk.Registry.Intakes.TakeAsync(desk.Therapist, appointment, 0, """{"client":{"symptoms":["stiff neck"]}}""", new());
        await desk.SessionAsync(client, appointment);
        desk.Clock.Now = desk.Clock.Now.AddHours(10);
        var reply = await desk.Registry.CheckIns.AnswerAsync(Assert.Single(await desk.SendAllAsync()).Token, new()
        {
            Complaints = [new("stiff neck") { Intensity = Answer<int>.Known(2) }, new("bruise on the back") { Intensity = Answer<int>.Known(3), Hours = Answer<double>.Unknown, Impact = Answer<Impact>.Known(Impact.Some) }],
            Care = Answer<CareSought>.Declined, Benefit = Answer<bool>.Known(true),
        });
        Assert.True(reply.IsDone);
        await using var db = desk.Registry.Store.Context();
        var answer = await db.Set<CheckInAnswer>().SingleAsync();
        Assert.Equal((1, AnswerState.Declined, true, 10.0), (answer.NewOrWorse, answer.CareState, answer.Benefit, answer.HoursAfter));
        Assert.Contains("\"hours\":{\"missing\":\"dontKnow\"}", answer.Complaints, StringComparison.Ordinal);
        Assert.Contains("\"impact\":\"some\"", answer.Complaints, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_answer_is_added_and_does_not_replace_the_first()
    {
        await using var desk = await DeskAsync();
        await desk.SessionAsync(await desk.ClientAsync());
        desk.Clock.Now = desk.Clock.Now.AddHours(10);
        var token = Assert.Single(await desk.SendAllAsync()).Token;
        Assert.True((await desk.Registry.CheckIns.AnswerAsync(token, new() { AllFine = true })).IsDone);
        Assert.True((await desk.Registry.CheckIns.OpenAsync(token)).Value.IsAnswered);
        Assert.True((await desk.Registry.CheckIns.AnswerAsync(token, new() { Complaints = [new("headache")] })).IsDone);
        await using var db = desk.Registry.Store.Context();
        Assert.Equal([true, false], (await db.Set<CheckInAnswer>().ToListAsync()).Select(a => a.AllFine).OrderDescending());
    }

    [Fact]
    public async Task An_alert_that_nobody_opens_goes_on_to_the_deputy_and_then_to_all()
    {
        await using var desk = await DeskAsync();
        await desk.Registry.Clinics.SetCoverAsync(desk.Admin, [new(DayOfWeek.Wednesday, new(9, 0), new(17, 0))]);
        await desk.SessionAsync(await desk.ClientAsync());
        desk.Clock.Now = desk.Clock.Now.AddHours(10);
        var token = Assert.Single(await desk.SendAllAsync()).Token;
        var reply = (await desk.Registry.CheckIns.AnswerAsync(token, new() { Complaints = [new("chest pain and cannot breathe")] })).Value;
        Assert.Equal((true, false, new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero)), (reply.Alerted, reply.SomebodyReads, reply.ReadFrom));
        Assert.Empty((await desk.Registry.Alerts.BoardAsync(await desk.StaffAsync("Nora Newcomer", Role.Therapist))).Value);
        // An emergency waits for a third of the clinic's patience of 60 minutes.
        desk.Clock.Now = desk.Clock.Now.AddMinutes(19);
        Assert.Equal(0, (await desk.Registry.Alerts.EscalateAsync(desk.Clinic)).Value);
        desk.Clock.Now = desk.Clock.Now.AddMinutes(1);
        Assert.Equal(1, (await desk.Registry.Alerts.EscalateAsync(desk.Clinic)).Value);
        Assert.Equal(0, (await desk.Registry.Alerts.EscalateAsync(desk.Clinic)).Value);
        desk.Clock.Now = desk.Clock.Now.AddMinutes(20);
        Assert.Equal(1, (await desk.Registry.Alerts.EscalateAsync(desk.Clinic)).Value);
        await using var db = desk.Registry.Store.Context();
        var recipients = await db.Set<AlertRecipient>().ToListAsync();
        Assert.Equal([(0, 2), (1, 1), (2, 2)], recipients.GroupBy(r => r.Level).OrderBy(g => g.Key).Select(g => (g.Key, g.Count())));
        Assert.Equal(recipients.Count, await db.Set<Message>().CountAsync(m => m.Template == Template.Alert));
        await desk.SoundAsync();
    }

    [Fact]
    public async Task Earlier_answers_are_offered_only_where_a_birth_date_can_show_whose_they_are()
    {
        await using var desk = await DeskAsync();
        var without = (await desk.Registry.Clients.AddAsync(desk.Therapist, new() { Name = "Una Known", Email = "una@home.example" })).Value;
        foreach (var (client, isOffered) in new[] { (await desk.ClientAsync(), true), (without, false) })
        {
            var first = (await desk.Registry.Intakes.InviteAsync(desk.Therapist, await desk.AppointmentAsync(client), send: false)).Value;
            Assert.False((await desk.Registry.Intakes.OpenAsync(first.Token)).Value.HasEarlier);
            Assert.True((await desk.Registry.Intakes.SendAsync(first.Token, 0, "{}", new())).IsDone);
            var second = (await desk.Registry.Intakes.InviteAsync(desk.Therapist, await desk.AppointmentAsync(client), send: false)).Value;
            Assert.Equal(isOffered, (await desk.Registry.Intakes.OpenAsync(second.Token)).Value.HasEarlier);
        }

        await desk.SoundAsync();
    }

    [Fact]
    public async Task Expired_used_withdrawn_foreign_and_made_up_links_are_told_apart_as_far_as_that_is_safe()
    {
        await using var desk = await DeskAsync();
        var client = await desk.ClientAsync();
        var appointment = await desk.AppointmentAsync(client);
        var first = (await desk.Registry.Intakes.InviteAsync(desk.Therapist, appointment, send: false)).Value;
        Assert.Equal(43, first.Token.Value.Length);
        Assert.Equal(Problems.LinkUnknown, (await desk.Registry.Intakes.OpenAsync(new("nonsense"))).Problems[0].Code);
        Assert.Equal(Problems.LinkUnknown, (await desk.Registry.CheckIns.OpenAsync(first.Token)).Problems[0].Code);
        Assert.Equal(1, (await desk.Registry.Intakes.SaveAsync(first.Token, 0, "{}", new())).Value);
        Assert.Equal(Problems.Changed, (await desk.Registry.Intakes.SaveAsync(first.Token, 0, "{}", new())).Problems[0].Code);
        Assert.Equal("client.age", (await desk.Registry.Intakes.SaveAsync(first.Token, 1, """{"client":{"age":-1}}""", new())).Problems[0].Path);
        Assert.Equal(2, (await desk.Registry.Intakes.SendAsync(first.Token, 1, "{}", new())).Value);
        Assert.Equal(Problems.LinkUsed, (await desk.Registry.Intakes.OpenAsync(first.Token)).Problems[0].Code);
        var second = (await desk.Registry.Intakes.InviteAsync(desk.Therapist, await desk.AppointmentAsync(client), send: false)).Value;
        Assert.Equal("{}", (await desk.Registry.Intakes.EarlierAsync(second.Token, new(1980, 5, 17))).Value);
        for (var i = 0; i < 5; i++) Assert.Equal(Problems.NotAllowed, (await desk.Registry.Intakes.EarlierAsync(second.Token, new(1981, 1, 1))).Problems[0].Code);
        Assert.Equal(Problems.NotAllowed, (await desk.Registry.Intakes.EarlierAsync(second.Token, new(1980, 5, 17))).Problems[0].Code);
        desk.Clock.Now = desk.Clock.Now.AddDays(15);
        Assert.Equal(Problems.LinkExpired, (await desk.Registry.Intakes.OpenAsync(second.Token)).Problems[0].Code);
        var third = (await desk.Registry.Intakes.InviteAsync(desk.Therapist, await desk.AppointmentAsync(client), send: false)).Value;
        await desk.Registry.Links.WithdrawAsync(desk.Admin, third.Link);
        Assert.Equal(Problems.LinkUnknown, (await desk.Registry.Intakes.OpenAsync(third.Token)).Problems[0].Code);
        await desk.SoundAsync();
    }

    [Fact]
    public async Task A_course_without_improvement_says_so_at_the_agreed_number()
    {
        await using var desk = await DeskAsync();
        var client = await desk.ClientAsync();
        var course = (await desk.Registry.Courses.OpenAsync(desk.Therapist, client, "Turn my head to reverse the car.", 2)).Value;
        for (var i = 0; i < 2; i++)
        {
            var session = (await desk.Registry.Sessions.RecordAsync(desk.Therapist, new() { Client = client, Course = course, StartedAt = desk.Clock.Now, Plan = Desk.Plan(), Price = 55.5m })).Value;
            await desk.Registry.Courses.ScoreAsync(desk.Therapist, course, session.Id, Answer<int>.Known(6 - i), Answer<int>.Declined);
            desk.Clock.Now = desk.Clock.Now.AddDays(7);
        }

        var view = Assert.Single((await desk.Registry.Courses.ReadAsync(desk.Therapist, client)).Value);
        Assert.Equal((2, 111m, true), (view.Sessions, view.Spent, view.RethinkNow));
        await desk.Registry.Courses.ScoreAsync(desk.Therapist, course, null, Answer<int>.Known(3), Answer<int>.Unknown);
        view = Assert.Single((await desk.Registry.Courses.ReadAsync(desk.Therapist, client)).Value);
        Assert.False(view.RethinkNow);
        Assert.Equal(AnswerState.Unknown, view.Points[^1].Function.State);
        await desk.SoundAsync();
    }
}

public sealed class CheckInsOnSqlite(PostgreSqlServer server) : CheckInTests(server, Database.Sqlite);

public sealed class CheckInsOnPostgreSql(PostgreSqlServer server) : CheckInTests(server, Database.PostgreSql);
