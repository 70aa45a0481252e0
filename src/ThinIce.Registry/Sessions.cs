using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.Registry.Events;
using ThinIce.Registry.FollowUp;
using ThinIce.Registry.Keys;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry;

/// <summary>A session to be recorded. From defaults, it is a few taps.</summary>
public sealed record NewSession
{
    /// <summary>The client.</summary>
    public required ClientId Client { get; init; }

    /// <summary>Who gave it; null for the actor.</summary>
    public StaffId? Therapist { get; init; }

    /// <summary>The appointment.</summary>
    public AppointmentId? Appointment { get; init; }

    /// <summary>The course of care.</summary>
    public CourseId? Course { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The plan, as the object <c>session</c> of the contract.</summary>
    public required string Plan { get; init; }

    /// <summary>What was done, in the same form; null where it was as planned.</summary>
    public string? Performed { get; init; }

    /// <summary>What became of the advice.</summary>
    public AdviceTaken Advice { get; init; } = AdviceTaken.NotSaid;

    /// <summary>"What I did instead".</summary>
    public string? Instead { get; init; }

    /// <summary>Why it ended early; null where it did not.</summary>
    public StopReason? Stopped { get; init; }

    /// <summary>Anything noticed.</summary>
    public string? Noticed { get; init; }

    /// <summary>Price.</summary>
    public decimal? Price { get; init; }
}

/// <summary>A session that was recorded.</summary>
/// <param name="Id">Id.</param>
/// <param name="Answer">The advice, as it is kept beside the session.</param>
/// <param name="FollowUp">Why it is followed up, or is not.</param>
/// <param name="InclusionProbability">Probability with which it was to be.</param>
public sealed record SessionRecorded(SessionId Id, ScreeningAnswer Answer, FollowUpReason FollowUp, double InclusionProbability);

/// <summary>A session with its words.</summary>
public sealed record SessionView(Session Row, string Asked, string Answered, string? Instead, string? Noticed);

/// <summary>Sessions.</summary>
public sealed class Sessions
{
    private readonly ClinicRegistry _registry;

    internal Sessions(ClinicRegistry registry) => _registry = registry;

    /// <summary>Advice for an appointment with a plan, before the session. Kept only when the session is recorded. The reading is an event.</summary>
    public Task<Outcome<ScreeningAnswer>> AdviseAsync(Actor actor, ClientId client, AppointmentId? appointment, string plan, CancellationToken stop = default) =>
        _registry.ActAsync<ScreeningAnswer>(EventTypes.RecordRead, actor, stop, async act =>
        {
            var (row, key, problem) = await act.ClientAsync(client);
            if (problem is not null) return problem;
            act.NoteRead(client.Value);
            var (_, asked, wrong) = await AskedAsync(act, row!, key!, appointment, plan);
            if (wrong is not null) return wrong;
            var reply = _registry.Answerer.Screen(Coding.Item(asked));
            return reply.Answer is { } answer ? answer : Outcome<ScreeningAnswer>.Refused(reply.Problems);
        });

    /// <summary>Records a session: keeps intake, plan, advice and what became of it, draws whether to follow it up, and plans the check-ins.</summary>
    public Task<Outcome<SessionRecorded>> RecordAsync(Actor actor, NewSession made, CancellationToken stop = default) =>
        _registry.ActAsync<SessionRecorded>(EventTypes.SessionRecorded, actor, stop, async act =>
        {
            var (client, key, problem) = await act.ClientAsync(made.Client);
            if (problem is not null) return problem;
            if ((made.Therapist ?? actor.StaffId) is not { } therapist || await act.FindAsync<StaffMember>(therapist) is null) return Refusal.NotFound("therapist");
            if (await CheckAsync(act, made) is { } wrong) return wrong;
            var (intake, asked, broken) = await AskedAsync(act, client!, key!, made.Appointment, made.Plan);
            if (broken is not null) return broken;
            var reply = _registry.Answerer.Screen(Coding.Item(asked));
            if (reply.Answer is not { } answer) return Outcome<SessionRecorded>.Refused(reply.Problems);
            if (Performed(made, out var performed) is { } performedProblem) return performedProblem;
            var session = Keep(act, made, therapist, key!, intake, asked, reply, performed);
            var last = await act.Rows<Session>().Where(s => s.ClientId == made.Client && s.StartedAt <= session.StartedAt).OrderByDescending(s => s.StartedAt).FirstOrDefaultAsync(stop);
            session.PriorSessions = await act.Rows<Session>().CountAsync(s => s.ClientId == made.Client, stop);
            if (made.Appointment is { } id) (await act.FindAsync<Appointment>(id))!.State = AppointmentState.Done;
            await FollowUpAsync(act, session, client!, last, Minutes(asked));
            act.Add(session);
            return new SessionRecorded(session.Id, answer, session.FollowUp, session.InclusionProbability);
        });

    /// <summary>Corrects what was done, noticed or paid. Intake, plan and advice stay as they were; earlier versions stay in the events.</summary>
    public Task<Outcome<int>> CorrectAsync(Actor actor, SessionId id, int revision, NewSession corrected, CancellationToken stop = default) =>
        _registry.ActAsync<int>(EventTypes.SessionCorrected, actor, stop, async act =>
        {
            if (await act.FindAsync<Session>(id) is not { } session) return Refusal.NotFound("session");
            if (actor.StaffId is { } staff && staff != session.TherapistId) return Refusal.NotAllowed("session");
            if (await act.KeyAsync(session.ClientId.Value) is not { } key) return Refusal.Erased("session");
            if (session.Revision != revision) return new Problem(Problems.Changed, Problems.Kind(Problems.Changed).WayOut, "revision");
            if (Performed(corrected, out var performed) is { } problem) return problem;
            Tell(session, corrected, key, performed);
            return ++session.Revision;
        });

    /// <summary>A client's sessions with their words, the latest first. The reading is an event.</summary>
    public Task<Outcome<ImmutableArray<SessionView>>> ReadAsync(Actor actor, ClientId client, CancellationToken stop = default) =>
        _registry.ActAsync<ImmutableArray<SessionView>>(EventTypes.RecordRead, actor, stop, async act =>
        {
            var (_, key, problem) = await act.ClientAsync(client);
            if (problem is not null) return problem;
            act.NoteRead(client.Value);
            return (await act.Rows<Session>().AsNoTracking().Where(s => s.ClientId == client).OrderByDescending(s => s.StartedAt).ToListAsync(stop))
                .Select(s => new SessionView(s, key!.Open(s.Asked, "asked")!, key.Open(s.Answered, "answered")!, key.Open(s.Instead, "instead"), key.Open(s.Noticed, "noticed"))).ToImmutableArray();
        });

    private Session Keep(Act act, NewSession made, StaffId therapist, SubjectKey key, IntakeRecord? intake, string asked, Reply<ScreeningAnswer> reply, string? performed)
    {
        var answer = reply.Answer!;
        var read = IntakeReader.ReadIntake(Coding.Item(asked).Element).Value! with { On = act.Today };
        var session = new Session
        {
            Id = new(Guid.NewGuid()), ClientId = made.Client, TherapistId = therapist, AppointmentId = made.Appointment, IntakeId = intake?.Id, CourseId = made.Course,
            StartedAt = Clients.Whole(made.StartedAt), RecordedAt = act.Now,
            Asked = key.Seal(asked, "asked"), Answered = key.Seal(Coding.Written(reply, Answerer.Write), "answered"),
            Coded = _registry.Coding.Facts(read), Plan = _registry.Coding.Plan(read), Findings = Coding.Findings(answer.Findings),
            Decision = ContractNames.Of(answer.Decision), Undetermined = answer.Undetermined, Knowledge = answer.Knowledge, Program = _registry.Options.Program,
        };
        Tell(session, made, key, performed);
        return session;
    }

    private static void Tell(Session session, NewSession made, SubjectKey key, string? performed) =>
        (session.Performed, session.Advice, session.Instead, session.Stopped, session.Noticed, session.Price)
        = (performed, made.Advice, key.Seal(made.Instead, "instead"), made.Stopped, key.Seal(made.Noticed, "noticed"), made.Price);

    private async Task FollowUpAsync(Act act, Session session, ClientRecord client, Session? last, double? minutes)
    {
        var clinic = (await act.FindAsync<Clinic>(act.Clinic))!;
        var changed = last is not null && (Coding.IsChanged(last.Performed ?? last.Plan, session.Performed ?? session.Plan) || session.Advice == AdviceTaken.Instead || session.Stopped is not null);
        (session.FollowUp, session.InclusionProbability) = FollowUpPolicy.Decide(Clients.CanBeAsked(client), last is null, changed, clinic.SampleProbability, _registry.Options.Chance());
        // A session recorded days late is counted, and not asked about: the evening after has passed.
        if (!FollowUpPolicy.Asks(session.FollowUp)) return;
        await CheckIns.EndOpenSeriesAsync(act, client.ClientId, SeriesState.Overtaken);
        var series = act.Add(new Series
        {
            Id = new(Guid.NewGuid()), ClientId = client.ClientId, SessionId = session.Id, Kind = session.FollowUp == FollowUpReason.Drawn ? SeriesKind.Sampled : SeriesKind.Full,
            InclusionProbability = session.InclusionProbability, State = SeriesState.Open, OpenedAt = act.Now,
        });
        foreach (var planned in Schedule.After(session.StartedAt, minutes ?? 60, new(clinic)))
            act.Add(new Contact { Id = new(Guid.NewGuid()), ClientId = client.ClientId, SeriesId = series.Id, SessionId = session.Id, Wave = planned.Wave, DueAt = Clients.Whole(planned.DueAt), ClosesAt = Clients.Whole(planned.ClosesAt), State = ContactState.Planned });
    }

    /// <summary>Intake and plan as one object of the contract. Age and the number of sessions before are added where the record knows them.</summary>
    private static async Task<(IntakeRecord? Intake, string Asked, Problem? Problem)> AskedAsync(Act act, ClientRecord client, SubjectKey key, AppointmentId? appointment, string plan)
    {
        if (Parse(plan) is not { } session) return (null, "", new(Problems.MalformedJson, "The plan has to be a JSON object, the contract's 'session'.", "plan"));
        // Where nothing was told for this visit, what was told last goes on counting: forgetting a blood thinner would be worse.
        var told = act.Rows<IntakeRecord>().Where(i => i.ClientId == client.ClientId);
        if (appointment is { } id && (await act.FindAsync<Appointment>(id))?.ClientId != client.ClientId) return (null, "", Refusal.NotFound("appointment"));
        var intake = (appointment is { } of ? await told.FirstOrDefaultAsync(i => i.AppointmentId == of, act.Stop) : null) ?? await told.OrderByDescending(i => i.StartedAt).FirstOrDefaultAsync(act.Stop);
        var asked = (intake is null ? null : Parse(key.Open(intake.Words, "words")!)) ?? new JsonObject();
        // How the form stood, and who filled it in, are no part of what is judged.
        foreach (var aside in Intakes.Aside) asked.Remove(aside);
        asked["format"] = "thinice/intake/1";
        session["priorSessions"] ??= await act.Rows<Session>().CountAsync(s => s.ClientId == client.ClientId, act.Stop);
        asked["session"] = session;
        asked["place"] ??= (await act.FindAsync<Clinic>(act.Clinic))!.Country;
        var details = Clients.Details(client, key);
        var person = asked["client"] as JsonObject ?? [];
        if (details.BirthDate is { } born) person["age"] ??= Clients.Age(born, act.Now);
        if (details.Sex is { } sex) person["sex"] ??= sex == Sex.Female ? "female" : "male";
        asked["client"] = person;
        return (intake, asked.ToJsonString(), null);
    }

    private static async Task<Problem?> CheckAsync(Act act, NewSession made)
    {
        if (made.StartedAt > act.Now.AddMinutes(5)) return new(Problems.InTheFuture, Problems.Kind(Problems.InTheFuture).WayOut, "startedAt");
        if (made.Advice == AdviceTaken.Instead && string.IsNullOrWhiteSpace(made.Instead)) return Refusal.Missing("instead", "Say in a few words what you did instead.");
        if (made.Price is < 0 or > 1_000_000) return Refusal.OutOfRange("price", "0 to 1,000,000");
        if (made.Course is { } course && (await act.FindAsync<CourseRecord>(course))?.ClientId != made.Client) return Refusal.NotFound("course");
        if (made.Appointment is not { } id) return null;
        if (await act.FindAsync<Appointment>(id) is not { } appointment || appointment.ClientId != made.Client) return Refusal.NotFound("appointment");
        return await act.Rows<Session>().AnyAsync(s => s.AppointmentId == id, act.Stop) ? new Problem(Problems.Duplicate, "The session of this appointment is recorded already.", "appointment") : null;
    }

    private Problem? Performed(NewSession made, out string? coded)
    {
        coded = null;
        if (made.Performed is null) return null;
        if (Parse(made.Performed) is not { } session) return new(Problems.MalformedJson, "What was done has to be a JSON object, the contract's 'session'.", "performed");
        var read = IntakeReader.ReadIntake(Coding.Item(new JsonObject { ["session"] = session }.ToJsonString()).Element);
        if (read.Value is null) return read.Problems[0] with { Path = $"performed.{read.Problems[0].Path}" };
        coded = _registry.Coding.Plan(read.Value);
        return null;
    }

    private static double? Minutes(string asked) => IntakeReader.ReadIntake(Coding.Item(asked).Element).Value?.Session.Minutes;

    private static JsonObject? Parse(string json) => Coding.Item(json) is { Problem: null } item ? JsonObject.Create(item.Element) : null;
}
