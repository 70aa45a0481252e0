using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.Registry.Events;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry;

/// <summary>One alert on the board. Names nobody until it is opened.</summary>
public sealed record AlertLine(AlertId Id, string Urgency, AlertState State, DateTimeOffset RaisedAt, int Level, StaffId? Therapist, bool IsMine);

/// <summary>An alert that was opened: whom to call, and what was told.</summary>
/// <param name="Row">The alert.</param>
/// <param name="Client">The client with telephone number.</param>
/// <param name="Asked">What was told, as JSON of the contract.</param>
/// <param name="Answered">What the client was advised, as JSON of the contract.</param>
/// <param name="Note">Notes.</param>
public sealed record AlertView(Alert Row, ClientView Client, string Asked, string Answered, string? Note);

/// <summary>Alerts: somebody needs a call because of what they answered.</summary>
public sealed class Alerts
{
    private readonly ClinicRegistry _registry;

    internal Alerts(ClinicRegistry registry) => _registry = registry;

    /// <summary>The board: open alerts, the most urgent and then the oldest first. A therapist sees those of own sessions; officers see all.</summary>
    public Task<Outcome<ImmutableArray<AlertLine>>> BoardAsync(Actor actor, bool closedToo = false, CancellationToken stop = default) =>
        _registry.ReadAsync<ImmutableArray<AlertLine>>(EventTypes.AlertSeen, actor, stop, async db =>
        {
            var staff = actor.StaffId;
            var all = staff is null || await SeesAllAsync(db, actor, stop);
            var rows = await db.Set<Alert>().AsNoTracking().Where(a => a.ClinicId == actor.Clinic && (closedToo || a.State != AlertState.Closed)
                && (all || a.TherapistId == staff || db.Set<AlertRecipient>().Any(r => r.AlertId == a.Id && r.StaffId == staff))).ToListAsync(stop);
            return rows.OrderByDescending(a => Rank(a.Urgency)).ThenBy(a => a.RaisedAt).Select(a => new AlertLine(a.Id, a.Urgency, a.State, a.RaisedAt, a.Level, a.TherapistId, a.TherapistId == staff)).ToImmutableArray();
        });

    /// <summary>Opens an alert: who, how to reach them, what was told. From then on it no longer goes on to others.</summary>
    public Task<Outcome<AlertView>> OpenAsync(Actor actor, AlertId id, CancellationToken stop = default) =>
        _registry.ActAsync<AlertView>(EventTypes.AlertSeen, actor, stop, async act =>
        {
            var (alert, problem) = await MineAsync(act, actor, id);
            if (alert is null) return problem!;
            if (await act.KeyAsync(alert.ClientId.Value) is not { } key) return Refusal.Erased("alert");
            if (alert.State == AlertState.Open) (alert.State, alert.SeenAt, alert.SeenBy, alert.EscalatesAt) = (AlertState.Seen, act.Now, actor.StaffId, null);
            act.NoteRead(alert.ClientId.Value);
            var client = (await act.FindAsync<ClientRecord>(alert.ClientId))!;
            var answer = (await act.FindAsync<CheckInAnswer>(alert.AnswerId))!;
            return new AlertView(alert, new(client.ClientId, Clients.Details(client, key), client.NoEmail, client.NoText, client.PressureWish), key.Open(answer.Asked, "asked")!, key.Open(answer.Answered, "answered")!, key.Open(alert.Note, "note"));
        });

    /// <summary>Closes an alert with what became of it.</summary>
    public Task<Outcome<Done>> CloseAsync(Actor actor, AlertId id, AlertOutcome outcome, string? note, CancellationToken stop = default) =>
        _registry.ActAsync<Done>(EventTypes.AlertClosed, actor, stop, async act =>
        {
            var (alert, problem) = await MineAsync(act, actor, id);
            if (alert is null) return problem!;
            if (alert.State == AlertState.Open) return Refusal.WrongState("alert", "Open it and read it first.");
            if (alert.State == AlertState.Closed) return Refusal.WrongState("alert", "It is closed already.");
            if (note is not null && await act.KeyAsync(alert.ClientId.Value) is { } key) alert.Note = key.Seal(note, "note");
            (alert.State, alert.ClosedAt, alert.Outcome) = (AlertState.Closed, act.Now, outcome);
            return new Done();
        });

    /// <summary>Sends alerts that nobody has opened in time on to the next: the deputy, then everybody of the clinic. For a timer.</summary>
    public Task<Outcome<int>> EscalateAsync(ClinicId clinic, CancellationToken stop = default) =>
        _registry.ActAsync<int>(EventTypes.AlertEscalated, Actor.System(clinic), stop, async act =>
        {
            var place = (await act.FindAsync<Clinic>(clinic))!;
            var late = await act.Rows<Alert>().Where(a => a.State == AlertState.Open && a.EscalatesAt <= act.Now).ToListAsync(stop);
            foreach (var alert in late)
            {
                alert.Level++;
                await NotifyAsync(act, alert, alert.Level == 1 ? [Role.Deputy] : [Role.SafetyOfficer, Role.Deputy, Role.ClinicAdmin, Role.Therapist]);
                alert.EscalatesAt = alert.Level < 2 ? act.Now + Patience(place, alert.Urgency) : null;
            }

            return late.Count;
        });

    internal static bool IsAlarming(TriageAnswer advice) => advice.Urgency >= Core.Screening.Urgency.Urgent;

    internal static async Task RaiseAsync(Act act, Clinic clinic, CheckInAnswer answer, Session? session)
    {
        var alert = act.Add(new Alert
        {
            Id = new(Guid.NewGuid()), ClientId = answer.ClientId, AnswerId = answer.Id, TherapistId = session?.TherapistId, Urgency = answer.Urgency, State = AlertState.Open,
            RaisedAt = act.Now, EscalatesAt = act.Now + Patience(clinic, answer.Urgency),
        });
        await NotifyAsync(act, alert, [Role.SafetyOfficer]);
    }

    /// <summary>For an emergency a third of the clinic's patience.</summary>
    private static TimeSpan Patience(Clinic clinic, string urgency) => TimeSpan.FromMinutes(urgency == "emergency" ? clinic.EscalateMinutes / 3.0 : clinic.EscalateMinutes);

    private static async Task NotifyAsync(Act act, Alert alert, Role[] roles)
    {
        var staff = await act.Rows<StaffRole>().Where(r => roles.Contains(r.Role)).Select(r => r.StaffId).Distinct().ToListAsync(act.Stop);
        if (alert.Level == 0 && alert.TherapistId is { } therapist) staff.Add(therapist);
        var told = await act.Rows<AlertRecipient>().Where(r => r.AlertId == alert.Id).Select(r => r.StaffId).ToListAsync(act.Stop);
        foreach (var one in staff.Distinct().Except(told))
        {
            act.Add(new AlertRecipient { AlertId = alert.Id, ClientId = alert.ClientId, StaffId = one, Level = alert.Level });
            Outbox.Tell(act, one, Template.Alert, alert.Id);
        }
    }

    internal static async Task<(Alert? Alert, Problem? Problem)> MineAsync(Act act, Actor actor, AlertId id)
    {
        if (await act.FindAsync<Alert>(id) is not { } alert) return (null, Refusal.NotFound("alert"));
        var mine = actor.StaffId is not { } staff || alert.TherapistId == staff || await SeesAllAsync(act.Db, actor, act.Stop)
            || await act.Rows<AlertRecipient>().AnyAsync(r => r.AlertId == id && r.StaffId == staff, act.Stop);
        return mine ? (alert, null) : (null, Refusal.NotFound("alert"));
    }

    private static async Task<bool> SeesAllAsync(RegistryContext db, Actor actor, CancellationToken stop) =>
        (await ClinicRegistry.RolesAsync(db, actor, stop)).Any(r => r is Role.SafetyOfficer or Role.Deputy);

    private static int Rank(string urgency) => Enum.GetValues<Core.Screening.Urgency>().Select((u, rank) => (ContractNames.Of(u), rank)).First(u => u.Item1 == urgency).rank;
}
