using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ThinIce.Registry.Events;
using ThinIce.Registry.Model;

namespace ThinIce.Registry;

/// <summary>What a therapist needs before a session, in one reading.</summary>
/// <param name="Row">The appointment.</param>
/// <param name="Client">The client.</param>
/// <param name="Sessions">Sessions of this client before.</param>
/// <param name="LastPlan">What was done the last time, as the object <c>session</c> of the contract; null for a first visit.</param>
/// <param name="LastPrice">Price of the last time.</param>
/// <param name="Recorded">The session, where it is recorded already.</param>
/// <param name="Course">The running course of care.</param>
/// <param name="Intake">What the client told for this visit, as JSON of the contract; null nothing yet.</param>
/// <param name="Before">What was told for the visit before; null nothing.</param>
/// <param name="Extras">What is told beside.</param>
public sealed record VisitView(Appointment Row, ClientView Client, int Sessions, string? LastPlan, decimal? LastPrice, SessionView? Recorded, CourseId? Course, string? Intake, string? Before, IntakeExtras Extras);

/// <summary>Visits: an appointment with all that belongs to it.</summary>
public sealed class Visits
{
    private readonly ClinicRegistry _registry;

    internal Visits(ClinicRegistry registry) => _registry = registry;

    /// <summary>One visit. The reading is an event.</summary>
    public Task<Outcome<VisitView>> ReadAsync(Actor actor, AppointmentId id, CancellationToken stop = default) =>
        _registry.ActAsync<VisitView>(EventTypes.RecordRead, actor, stop, async act =>
        {
            if (await act.FindAsync<Appointment>(id) is not { } appointment) return Refusal.NotFound("appointment");
            var (client, key, problem) = await act.ClientAsync(appointment.ClientId);
            if (problem is not null) return problem;
            act.NoteRead(client!.ClientId.Value);
            var sessions = await act.Rows<Session>().AsNoTracking().Where(s => s.ClientId == client.ClientId).OrderByDescending(s => s.StartedAt).ToListAsync(stop);
            var intakes = await act.Rows<IntakeRecord>().AsNoTracking().Where(i => i.ClientId == client.ClientId).OrderByDescending(i => i.StartedAt).ToListAsync(stop);
            var intake = intakes.Find(i => i.AppointmentId == id);
            var before = intakes.Find(i => i.AppointmentId != id && i.State == IntakeState.Sent && (intake is null || i.SentAt < intake.StartedAt));
            var course = await act.Rows<CourseRecord>().AsNoTracking().FirstOrDefaultAsync(c => c.ClientId == client.ClientId && c.ClosedAt == null, stop);
            var (recorded, last) = (sessions.Find(s => s.AppointmentId == id), sessions.Find(s => s.AppointmentId != id));
            var extras = intake is null ? new() : new IntakeExtras { Consent = Asked.Read(intake.ConsentState, intake.Consent), Pain = Asked.Read(intake.PainState, intake.Pain), Function = Asked.Read(intake.FunctionState, intake.Function), PressureWish = client.PressureWish };
            return new VisitView(appointment, new(client.ClientId, Clients.Details(client, key!), client.NoEmail, client.NoText, client.PressureWish), sessions.Count(s => s.AppointmentId != id),
                last is null ? null : JsonNode.Parse(key!.Open(last.Asked, "asked")!)!["session"]?.ToJsonString(), last?.Price,
                recorded is null ? null : new(recorded, key!.Open(recorded.Asked, "asked")!, key.Open(recorded.Answered, "answered")!, key.Open(recorded.Instead, "instead"), key.Open(recorded.Noticed, "noticed")),
                course?.Id, key!.Open(intake?.Words, "words"), key.Open(before?.Words, "words"), extras);
        });
}
