using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using ThinIce.Core.Contract;
using ThinIce.Registry.Events;
using ThinIce.Registry.Keys;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry;

/// <summary>A complaint about touch or boundaries.</summary>
/// <param name="Words">What happened, in the person's words.</param>
/// <param name="About">Whom it is about; null where the person does not say.</param>
/// <param name="WantsCall">Whether the person wants to be called about it.</param>
public sealed record NewComplaint(string Words, StaffId? About, bool WantsCall);

/// <summary>A complaint on the list of those who may see it.</summary>
public sealed record ComplaintLine(ComplaintId Id, ComplaintState State, DateTimeOffset MadeAt, bool WantsCall);

/// <summary>A complaint that was opened.</summary>
/// <param name="Row">The complaint.</param>
/// <param name="Words">What happened, in the person's words; null after erasure.</param>
/// <param name="Note">The officer's notes.</param>
/// <param name="Client">The client; null where it was made by the public form.</param>
public sealed record ComplaintView(Complaint Row, string? Words, string? Note, ClientView? Client)
{
    /// <summary>How to reach whoever made it by the public form; null where that is not wanted.</summary>
    public string? Contact { get; init; }
}

/// <summary>
/// Complaints about touch or boundaries. Every query here asks for the role of officer or deputy, and leaves out whatever is
/// about the one who asks, or about a session that the one who asks gave: whatever other role that person has or is given later.
/// </summary>
public sealed class Complaints
{
    private readonly ClinicRegistry _registry;

    internal Complaints(ClinicRegistry registry) => _registry = registry;

    /// <summary>Makes a complaint by the link of a check-in. It does not count as an answer to it, and raises no alert.</summary>
    /// <param name="token">Secret of the link.</param>
    /// <param name="made">The complaint.</param>
    /// <param name="once">Id of the page that it was sent from: sent twice, it is kept once. Null for none.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>Whether somebody in the clinic can receive it. Where nobody can, the page says where else to turn.</returns>
    public Task<Outcome<bool>> MakeAsync(LinkToken token, NewComplaint made, ComplaintId? once = null, CancellationToken stop = default) =>
        Links.FollowAsync<bool>(_registry, token, LinkPurpose.CheckIn, EventTypes.ComplaintMade, stop, async (act, link, key) =>
        {
            if (once is { } id && await act.FindAsync<Complaint>(id) is { } kept) return kept.ClientId == link.ClientId ? (await ReceiversAsync(act, kept)).Count > 0 : Refusal.NotFound("once");
            if (string.IsNullOrWhiteSpace(made.Words)) return Refusal.Missing("words", "Say in your own words what happened, as much as you like.");
            if (made.Words.Length > Limits.ItemLength * 5) return new Problem(Problems.TooLong, "At most 10,000 characters.", "words");
            if (made.About is { } about && await act.FindAsync<StaffMember>(about) is null) return Refusal.NotFound("about");
            var contact = await act.FindAsync<Contact>(link.ContactId!.Value);
            var session = contact?.SessionId is { } of ? await act.FindAsync<Session>(of) : null;
            var complaint = act.Add(new Complaint
            {
                Id = once ?? new(Guid.NewGuid()), ClientId = link.ClientId, SessionId = session?.Id, AboutStaffId = made.About, TherapistId = session?.TherapistId,
                Words = key.Seal(made.Words, "words"), WantsCall = made.WantsCall, State = ComplaintState.Open, MadeAt = act.Now,
            });
            var receivers = await ReceiversAsync(act, complaint);
            foreach (var receiver in receivers) Outbox.Tell(act, receiver, Template.Complaint, null);
            return receivers.Count > 0;
        });

    /// <summary>Makes a complaint by the public form, by somebody who need not say who it is. Staff whose name stands in the words count as whom it is about.</summary>
    /// <param name="clinic">The clinic it goes to.</param>
    /// <param name="words">What happened, in the person's words.</param>
    /// <param name="contact">How to reach the person; null where that is not wanted.</param>
    /// <param name="once">Id of the page that it was sent from: sent twice, it is kept once.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>Whether somebody in the clinic can receive it.</returns>
    public Task<Outcome<bool>> MakeAsync(ClinicId clinic, string words, string? contact, ComplaintId once, CancellationToken stop = default) =>
        _registry.JoinAsync<bool>(EventTypes.ComplaintMade, Actor.Reporter(clinic), stop, async act =>
        {
            if (await act.FindAsync<Complaint>(once) is { } kept) return kept.ClientId is null ? (await ReceiversAsync(act, kept)).Count > 0 : Refusal.NotFound("once");
            if (string.IsNullOrWhiteSpace(words)) return Refusal.Missing("words", "Say in your own words what happened, as much as you like.");
            if (words.Length > Limits.ItemLength * 5) return new Problem(Problems.TooLong, "At most 10,000 characters.", "words");
            var key = act.NewKey(once.Value);
            var complaint = act.Add(new Complaint { Id = once, Words = key.Seal(words, "words"), Contact = key.Seal(contact, "contact"), WantsCall = contact is not null, State = ComplaintState.Open, MadeAt = act.Now });
            complaint.AboutStaffId = await NamedStaff.OnlyAsync(act, words);
            var receivers = await ReceiversAsync(act, complaint);
            foreach (var receiver in receivers) Outbox.Tell(act, receiver, Template.Complaint, null);
            return receivers.Count > 0;
        });

    /// <summary>The complaints that this officer may see.</summary>
    public Task<Outcome<ImmutableArray<ComplaintLine>>> ListAsync(Actor actor, CancellationToken stop = default) =>
        _registry.ReadAsync<ImmutableArray<ComplaintLine>>(EventTypes.ComplaintRead, actor, stop, async db => actor.StaffId is not { } staff ? Refusal.NotAllowed("complaints") :
            (await Visible(db, actor.Clinic, staff).AsNoTracking().OrderByDescending(c => c.MadeAt).ToListAsync(stop)).Select(c => new ComplaintLine(c.Id, c.State, c.MadeAt, c.WantsCall)).ToImmutableArray());

    /// <summary>Opens a complaint. The reading is an event.</summary>
    public Task<Outcome<ComplaintView>> ReadAsync(Actor actor, ComplaintId id, CancellationToken stop = default) =>
        _registry.ActAsync<ComplaintView>(EventTypes.ComplaintRead, actor, stop, async act =>
        {
            if (await FindAsync(act, actor, id) is not { } complaint) return Refusal.NotFound("complaint");
            if (complaint.State == ComplaintState.Open) (complaint.State, complaint.SeenBy) = (ComplaintState.Seen, actor.StaffId);
            var subject = complaint.Subject!.Value;
            act.NoteRead(subject);
            if (await act.KeyAsync(subject) is not { } key) return new ComplaintView(complaint, null, null, null);
            var client = complaint.ClientId is { } of ? await act.FindAsync<ClientRecord>(of) : null;
            return new ComplaintView(complaint, key.Open(complaint.Words, "words"), key.Open(complaint.Note, "note"), client is null ? null : new(client.ClientId, Clients.Details(client, key), client.NoEmail, client.NoText, client.PressureWish))
            {
                Contact = key.Open(complaint.Contact, "contact"),
            };
        });

    /// <summary>Closes a complaint, with notes.</summary>
    public Task<Outcome<Done>> CloseAsync(Actor actor, ComplaintId id, string note, CancellationToken stop = default) =>
        _registry.ActAsync<Done>(EventTypes.ComplaintClosed, actor, stop, async act =>
        {
            if (await FindAsync(act, actor, id) is not { } complaint) return Refusal.NotFound("complaint");
            if (await act.KeyAsync(complaint.Subject!.Value) is { } key) complaint.Note = key.Seal(note, "note");
            complaint.State = ComplaintState.Closed;
            return new Done();
        });

    /// <summary>The one place that says what somebody may see.</summary>
    private static IQueryable<Complaint> Visible(RegistryContext db, ClinicId clinic, StaffId reader) =>
        db.Set<Complaint>().Where(c => c.ClinicId == clinic && c.AboutStaffId != reader && c.TherapistId != reader);

    private static Task<Complaint?> FindAsync(Act act, Actor actor, ComplaintId id) =>
        actor.StaffId is { } staff ? Visible(act.Db, act.Clinic, staff).FirstOrDefaultAsync(c => c.Id == id, act.Stop) : Task.FromResult<Complaint?>(null);

    /// <summary>The officers; where none may see it, the deputies.</summary>
    private static async Task<IReadOnlyList<StaffId>> ReceiversAsync(Act act, Complaint complaint)
    {
        foreach (var role in new[] { Role.SafetyOfficer, Role.Deputy })
        {
            var found = await act.Rows<StaffRole>().Where(r => r.Role == role && r.StaffId != complaint.AboutStaffId && r.StaffId != complaint.TherapistId).Select(r => r.StaffId).ToListAsync(act.Stop);
            if (found.Count > 0) return found;
        }

        return [];
    }
}
