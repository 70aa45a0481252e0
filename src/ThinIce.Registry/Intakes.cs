using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Registry.Events;
using ThinIce.Registry.Keys;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry;

/// <summary>A link that was made: its secret is given out here and nowhere else.</summary>
/// <param name="Link">Id.</param>
/// <param name="Token">Secret.</param>
/// <param name="ExpiresAt">Until when it opens.</param>
public sealed record IntakeInvitation(LinkId Link, LinkToken Token, DateTimeOffset ExpiresAt);

/// <summary>What a client tells beside the words.</summary>
public sealed record IntakeExtras
{
    /// <summary>Consent to the session and to being asked afterwards.</summary>
    public Answer<bool> Consent { get; init; }

    /// <summary>Pain now, 0 none to 10 worst.</summary>
    public Answer<int> Pain { get; init; }

    /// <summary>How well daily things go, 0 not at all to 10 as ever.</summary>
    public Answer<int> Function { get; init; }

    /// <summary>Pressure the person likes; null not said.</summary>
    public PressureLevel? PressureWish { get; init; }
}

/// <summary>What somebody sees who opens an intake link. Names nobody.</summary>
/// <param name="Clinic">Name of the clinic.</param>
/// <param name="Country">Its country, for emergency numbers.</param>
/// <param name="AppointmentAt">When the appointment is.</param>
/// <param name="Revision">Revision to send back when saving.</param>
/// <param name="Answers">What this very intake holds so far, as JSON of the contract; null nothing yet.</param>
/// <param name="HasEarlier">Whether there are answers of an earlier visit, and a birth date by which they can be asked for.</param>
public sealed record IntakeVisit(string Clinic, string Country, DateTimeOffset? AppointmentAt, int Revision, string? Answers, bool HasEarlier)
{
    /// <summary>Time zone of the clinic, by its IANA name.</summary>
    public string TimeZone { get; init; } = "";

    /// <summary>What is told beside, so far.</summary>
    public IntakeExtras Extras { get; init; } = new();

    /// <summary>Age in years, where the record knows the birth date. To decide what to ask, not to be shown.</summary>
    public int? Age { get; init; }

    /// <summary>Sex, where the record knows it. To decide what to ask, not to be shown.</summary>
    public Sex? Sex { get; init; }

    /// <summary>What was booked, in the clinic's words. To decide what to ask.</summary>
    public string? Service { get; init; }
}

/// <summary>Intakes: by link, at the clinic's tablet, or typed in by staff.</summary>
public sealed class Intakes
{
    private const int MostWrongTries = 5;

    /// <summary>Fields of an intake's words beside the contract's: how the form stands while it is being filled in, and whether a guardian filled it in.</summary>
    public static readonly ImmutableArray<string> Aside = ["form", "filledInBy"];

    private readonly ClinicRegistry _registry;

    internal Intakes(ClinicRegistry registry) => _registry = registry;

    /// <summary>Makes a link to the intake of an appointment, and, where asked to, puts an invitation into the outbox. An earlier link of the same appointment goes on opening it.</summary>
    public Task<Outcome<IntakeInvitation>> InviteAsync(Actor actor, AppointmentId id, bool send, CancellationToken stop = default) =>
        _registry.ActAsync<IntakeInvitation>(EventTypes.IntakeInvited, actor, stop, async act =>
        {
            if (await act.FindAsync<Appointment>(id) is not { } appointment) return Refusal.NotFound("appointment");
            var (client, _, problem) = await act.ClientAsync(appointment.ClientId);
            if (problem is not null) return problem;
            var clinic = (await act.FindAsync<Clinic>(act.Clinic))!;
            var link = Links.Make(act, appointment.ClientId, LinkPurpose.Intake, act.Now.AddDays(clinic.LinkDays), out var token);
            link.AppointmentId = id;
            if (send)
            {
                if (_registry.Options.PublicUrl is null) return new Problem(Problems.NoPublicUrl, Problems.Kind(Problems.NoPublicUrl).WayOut, "");
                if (!Clients.CanBeAsked(client!)) return new Problem(Problems.NoContact, Problems.Kind(Problems.NoContact).WayOut, "client");
                Outbox.Put(act, client!, Template.IntakeInvitation, link, new FollowUp.ClinicClock(clinic).NextAllowed(act.Now), appointment.StartsAt);
            }

            return new IntakeInvitation(link.Id, token, link.ExpiresAt);
        });

    /// <summary>Opens an intake link. Reads what this intake holds so far, and nothing of earlier visits.</summary>
    public Task<Outcome<IntakeVisit>> OpenAsync(LinkToken token, CancellationToken stop = default) =>
        Links.FollowAsync<IntakeVisit>(_registry, token, LinkPurpose.Intake, EventTypes.RecordRead, stop, async (act, link, key) =>
        {
            var clinic = (await act.FindAsync<Clinic>(act.Clinic))!;
            var intake = await OfAsync(act, link);
            var appointment = link.AppointmentId is { } id ? await act.FindAsync<Appointment>(id) : null;
            act.NoteRead(link.ClientId.Value);
            var client = (await act.FindAsync<ClientRecord>(link.ClientId))!;
            // Without a birth date on record nobody could show that the answers are theirs: then none are offered.
            var earlier = client.BirthDate is not null && await act.Rows<IntakeRecord>().AnyAsync(i => i.ClientId == link.ClientId && i.State == IntakeState.Sent, stop);
            return new IntakeVisit(clinic.Name, clinic.Country, appointment?.StartsAt, intake?.Revision ?? 0, intake is null ? null : key.Open(intake.Words, "words"), earlier)
            {
                TimeZone = clinic.TimeZone, Extras = Extras(intake, client), Sex = client.Sex, Service = key.Open(appointment?.Service, "service"),
                Age = Clients.Details(client, key).BirthDate is { } born ? Clients.Age(born, act.Now) : null,
            };
        });

    /// <summary>The answers of the last visit, for whoever knows the birth date. After five wrong ones the link shows them no more.</summary>
    public async Task<Outcome<string>> EarlierAsync(LinkToken token, DateOnly birthDate, CancellationToken stop = default)
    {
        Problem? wrong = null;
        var outcome = await Links.FollowAsync<string>(_registry, token, LinkPurpose.Intake, EventTypes.RecordRead, stop, async (act, link, key) =>
        {
            wrong = null;
            if (link.WrongTries >= MostWrongTries) return Refusal.NotAllowed("birthDate");
            var client = (await act.FindAsync<ClientRecord>(link.ClientId))!;
            if (key.Open(client.BirthDate, "birth_date") != birthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            {
                // The try is counted, so the act is done and the refusal handed out beside it.
                link.WrongTries++;
                wrong = new(Problems.NotAllowed, "This is not the birth date that the clinic has. You can go on without your earlier answers.", "birthDate");
                return "";
            }

            var last = await act.Rows<IntakeRecord>().Where(i => i.ClientId == link.ClientId && i.State == IntakeState.Sent).OrderByDescending(i => i.SentAt).FirstOrDefaultAsync(stop);
            if (last is null) return Refusal.NotFound("earlier");
            act.NoteRead(link.ClientId.Value);
            return key.Open(last.Words, "words")!;
        });
        return wrong ?? outcome;
    }

    /// <summary>Saves an intake as it goes. Refused where another tab has saved since: nothing is overwritten.</summary>
    /// <param name="token">Secret of the link.</param>
    /// <param name="revision">Revision the page was made from; 0 for the first.</param>
    /// <param name="answers">The answers so far, as JSON of the contract.</param>
    /// <param name="extras">What is told beside.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>The new revision.</returns>
    public Task<Outcome<int>> SaveAsync(LinkToken token, int revision, string answers, IntakeExtras extras, CancellationToken stop = default) =>
        Links.FollowAsync(_registry, token, LinkPurpose.Intake, EventTypes.IntakeSaved, stop, (act, link, key) => SaveAsync(act, link.ClientId, link.AppointmentId, key, revision, answers, extras, send: false));

    /// <summary>Sends an intake. From then on the link opens nothing.</summary>
    public Task<Outcome<int>> SendAsync(LinkToken token, int revision, string answers, IntakeExtras extras, CancellationToken stop = default) =>
        Links.FollowAsync<int>(_registry, token, LinkPurpose.Intake, EventTypes.IntakeSent, stop, async (act, link, key) =>
        {
            var saved = await SaveAsync(act, link.ClientId, link.AppointmentId, key, revision, answers, extras, send: true);
            if (saved.IsDone) link.UsedAt = act.Now;
            return saved;
        });

    /// <summary>Takes an intake at the clinic, typed in by staff or on its tablet, and sends it.</summary>
    public Task<Outcome<int>> TakeAsync(Actor actor, AppointmentId id, int revision, string answers, IntakeExtras extras, CancellationToken stop = default) =>
        _registry.ActAsync<int>(EventTypes.IntakeSent, actor, stop, async act =>
        {
            if (await act.FindAsync<Appointment>(id) is not { } appointment) return Refusal.NotFound("appointment");
            var (_, key, problem) = await act.ClientAsync(appointment.ClientId);
            return problem is not null ? problem : await SaveAsync(act, appointment.ClientId, id, key!, revision, answers, extras, send: true);
        });

    /// <summary>The intake of an appointment with the one before it, for the therapist: what changed comes first on the page. The reading is an event.</summary>
    public Task<Outcome<(IntakeId Id, string Now, string? Before, IntakeExtras Extras)>> ReadAsync(Actor actor, AppointmentId id, CancellationToken stop = default) =>
        _registry.ActAsync<(IntakeId, string, string?, IntakeExtras)>(EventTypes.RecordRead, actor, stop, async act =>
        {
            if (await act.Rows<IntakeRecord>().FirstOrDefaultAsync(i => i.AppointmentId == id, stop) is not { } intake) return Refusal.NotFound("intake");
            var (client, key, problem) = await act.ClientAsync(intake.ClientId);
            if (problem is not null) return problem;
            var before = await act.Rows<IntakeRecord>().Where(i => i.ClientId == intake.ClientId && i.Id != intake.Id && i.State == IntakeState.Sent && i.SentAt < intake.StartedAt).OrderByDescending(i => i.SentAt).FirstOrDefaultAsync(stop);
            act.NoteRead(intake.ClientId.Value);
            return (intake.Id, key!.Open(intake.Words, "words")!, before is null ? null : key.Open(before.Words, "words"), Extras(intake, client!));
        });

    private async Task<Outcome<int>> SaveAsync(Act act, ClientId client, AppointmentId? appointment, SubjectKey key, int revision, string answers, IntakeExtras extras, bool send)
    {
        var item = Coding.Item(answers);
        if (item.Problem is { } broken) return broken;
        var read = IntakeReader.ReadIntake(item.Element);
        var problems = read.Problems.Concat(Scale(extras.Pain, "pain")).Concat(Scale(extras.Function, "function")).ToList();
        if (problems.Count > 0) return Outcome<int>.Refused(problems);
        var intake = appointment is { } id ? await act.Rows<IntakeRecord>().FirstOrDefaultAsync(i => i.AppointmentId == id, act.Stop) : null;
        if ((intake?.Revision ?? 0) != revision) return new Problem(Problems.Changed, Problems.Kind(Problems.Changed).WayOut, "revision");
        if (intake is { State: IntakeState.Sent }) return new Problem(Problems.LinkUsed, Problems.Kind(Problems.LinkUsed).WayOut, "intake");
        intake ??= act.Add(new IntakeRecord { Id = new(Guid.NewGuid()), ClientId = client, AppointmentId = appointment, State = IntakeState.Open, StartedAt = act.Now });
        intake.Revision++;
        intake.Words = key.Seal(answers, "words");
        (intake.Coded, intake.Knowledge) = (_registry.Coding.Facts(read.Value! with { On = act.Today }), _registry.Answerer.Knowledge.Version);
        (intake.ConsentState, intake.Consent) = Asked.Write(extras.Consent);
        (intake.PainState, intake.Pain) = Asked.Write(extras.Pain);
        (intake.FunctionState, intake.Function) = Asked.Write(extras.Function);
        if (extras.PressureWish is { } wish) (await act.FindAsync<ClientRecord>(client))!.PressureWish = wish;
        if (send) (intake.State, intake.SentAt) = (IntakeState.Sent, act.Now);
        return intake.Revision;
    }

    private static IntakeExtras Extras(IntakeRecord? intake, ClientRecord client) => intake is null ? new() { PressureWish = client.PressureWish } : new()
    {
        Consent = Asked.Read(intake.ConsentState, intake.Consent), Pain = Asked.Read(intake.PainState, intake.Pain), Function = Asked.Read(intake.FunctionState, intake.Function), PressureWish = client.PressureWish,
    };

    private static async Task<IntakeRecord?> OfAsync(Act act, Link link) =>
        link.AppointmentId is { } id ? await act.Rows<IntakeRecord>().FirstOrDefaultAsync(i => i.AppointmentId == id, act.Stop) : null;

    internal static IEnumerable<Problem> Scale(Answer<int> answer, string field)
    {
        if (answer.IsKnown && answer.Value is not (>= 0 and <= 10)) yield return Refusal.OutOfRange(field, "0 to 10");
    }
}

/// <summary>An answer in its two columns: how the question stands, and the value where there is one.</summary>
internal static class Asked
{
    public static (AnswerState State, T? Value) Write<T>(Answer<T> answer)
        where T : struct => (answer.State, answer.IsKnown ? answer.Value : null);

    public static Answer<T> Read<T>(AnswerState state, T? value)
        where T : struct => state == AnswerState.Known && value is { } known ? Answer<T>.Known(known) : Answer<T>.Missing(state == AnswerState.Known ? AnswerState.NotAsked : state);
}
