using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using ThinIce.Core.Contract;
using ThinIce.Registry.Events;
using ThinIce.Registry.FollowUp;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry;

/// <summary>A message to be sent now. Its words are the template's; it names no health fact.</summary>
/// <param name="Id">Id.</param>
/// <param name="MessageId">Message-ID for its header: the same whenever this message is sent again.</param>
/// <param name="Channel">How it travels.</param>
/// <param name="To">Address or number.</param>
/// <param name="Template">What it says.</param>
/// <param name="Clinic">Name of the clinic.</param>
/// <param name="Link">Address to put into it; null where it has none.</param>
public sealed record OutgoingMessage(MessageId Id, string MessageId, Channel Channel, string To, Template Template, string Clinic, Uri? Link)
{
    /// <summary>Without address and link, so that no log holds them.</summary>
    public override string ToString() => $"{Template} {Id}";
}

/// <summary>A message as the outbox page shows it.</summary>
public sealed record OutboxLine(MessageId Id, Template Template, Channel Channel, MessageState State, DateTimeOffset NotBefore, DateTimeOffset? SentAt, int Deferrals, bool SentAgain);

/// <summary>How many messages of a clinic stand in which state, and how many were sent again.</summary>
public sealed record OutboxCount(ImmutableDictionary<MessageState, int> States, int SentAgain);

/// <summary>
/// The outbox. A message is claimed, then its hand-over is begun, then it is sent, each step on the disk before the next. So a
/// server that dies before the hand-over has sent nothing and the message goes back; one that dies in it leaves a message of
/// which nobody knows whether it arrived: that is shown, counted, and sent again at most once, with the same Message-ID.
/// </summary>
public sealed class Outbox
{
    /// <summary>How often a message is put off before it counts as failed.</summary>
    public const int MostDeferrals = 12;

    private readonly ClinicRegistry _registry;

    internal Outbox(ClinicRegistry registry) => _registry = registry;

    /// <summary>Takes messages that may go now. In quiet hours it takes none for clients. Messages that came too late are marked as failed.</summary>
    /// <param name="clinic">Clinic.</param>
    /// <param name="holder">Name of this server's process; another after each start.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="lease">How long this server is taken to be alive without a word.</param>
    /// <param name="stop">Stops waiting.</param>
    public Task<Outcome<ImmutableArray<OutgoingMessage>>> ClaimAsync(ClinicId clinic, string holder, int most, TimeSpan lease, CancellationToken stop = default) =>
        _registry.ActAsync<ImmutableArray<OutgoingMessage>>(EventTypes.MessagesClaimed, Actor.System(clinic), stop, async act =>
        {
            var place = (await act.FindAsync<Clinic>(clinic))!;
            var clock = new ClinicClock(place);
            // Without an address to put into a link, what has one waits; somebody may have forgotten --public-url this once.
            var canLink = _registry.Options.PublicUrl is not null;
            var due = await act.Rows<Message>().Where(m => m.State == MessageState.Waiting && m.NotBefore <= act.Now && (canLink || m.LinkId == null)).OrderBy(m => m.NotBefore).Take(most).ToListAsync(stop);
            var taken = ImmutableArray.CreateBuilder<OutgoingMessage>();
            foreach (var message in due)
            {
                if (message.NotAfter <= act.Now) message.State = MessageState.Failed;
                // The server was down, and now it is night.
                else if (message.StaffId is null && clock.IsQuiet(act.Now)) message.NotBefore = clock.NextAllowed(act.Now);
                else if (await OutgoingAsync(act, message, place) is { } outgoing)
                {
                    (message.State, message.Holder, message.HeldUntil) = (MessageState.Claimed, holder, act.Now + lease);
                    taken.Add(outgoing);
                }
                else message.State = MessageState.CalledOff;
            }

            return taken.ToImmutable();
        });

    /// <summary>Begins the hand-over of a claimed message. Only when this is done may the mail server be given it. Refused when the claim has run out.</summary>
    public Task<Outcome<Done>> BeginAsync(ClinicId clinic, MessageId id, string holder, TimeSpan lease, CancellationToken stop = default) =>
        StepAsync(EventTypes.HandOverBegun, clinic, id, holder, MessageState.Claimed, stop, (act, message) =>
            (message.State, message.HandOvers, message.HeldUntil) = (MessageState.HandingOver, message.HandOvers + 1, act.Now + lease));

    /// <summary>The mail server took it. Accepted also of a message marked as of unknown delivery meanwhile: then it is known.</summary>
    public Task<Outcome<Done>> SentAsync(ClinicId clinic, MessageId id, string holder, CancellationToken stop = default) =>
        _registry.ActAsync<Done>(EventTypes.MessageSent, Actor.System(clinic), stop, async act =>
        {
            if (await act.FindAsync<Message>(id) is not { } message) return Refusal.NotFound("message");
            if (message.Holder != holder || message.State is not (MessageState.HandingOver or MessageState.DeliveryUnknown)) return Refusal.WrongState("message", "It was not being handed over by this server.");
            (message.State, message.SentAt, message.Holder, message.HeldUntil) = (MessageState.Sent, act.Now, null, null);
            return new Done();
        });

    /// <summary>The mail server certainly did not take it, and may later: could not be reached, or asked to wait. Tried again, later each time.</summary>
    public Task<Outcome<Done>> DeferAsync(ClinicId clinic, MessageId id, string holder, CancellationToken stop = default) =>
        StepAsync(EventTypes.MessageDeferred, clinic, id, holder, MessageState.HandingOver, stop, (act, message) =>
        {
            message.Deferrals++;
            // 1, 2, 4 … minutes, at most 4 hours.
            message.NotBefore = act.Now.AddMinutes(Math.Min(240, Math.Pow(2, message.Deferrals - 1)));
            message.State = message.Deferrals > MostDeferrals || message.NotBefore >= message.NotAfter ? MessageState.Failed : MessageState.Waiting;
            (message.Holder, message.HeldUntil) = (null, null);
        });

    /// <summary>The mail server refused it for good.</summary>
    public Task<Outcome<Done>> FailAsync(ClinicId clinic, MessageId id, string holder, CancellationToken stop = default) =>
        StepAsync(EventTypes.MessageFailed, clinic, id, holder, MessageState.HandingOver, stop, (_, message) => (message.State, message.Holder, message.HeldUntil) = (MessageState.Failed, null, null));

    /// <summary>Settles what a dead server left: claims go back to waiting, hand-overs are marked as of unknown delivery. For a timer.</summary>
    /// <returns>How many were marked as of unknown delivery.</returns>
    public Task<Outcome<int>> SettleAsync(ClinicId clinic, CancellationToken stop = default) =>
        _registry.ActAsync<int>(EventTypes.ClaimsSettled, Actor.System(clinic), stop, async act =>
        {
            var left = await act.Rows<Message>().Where(m => (m.State == MessageState.Claimed || m.State == MessageState.HandingOver) && m.HeldUntil < act.Now).ToListAsync(stop);
            foreach (var message in left.Where(m => m.State == MessageState.Claimed)) (message.State, message.Holder, message.HeldUntil) = (MessageState.Waiting, null, null);
            var unknown = left.Where(m => m.State == MessageState.HandingOver).ToList();
            // The holder stays: should that server be alive after all, it may still say that it was sent.
            foreach (var message in unknown) (message.State, message.HeldUntil) = (MessageState.DeliveryUnknown, null);
            return unknown.Count;
        });

    /// <summary>Has a message of unknown delivery sent once more, with the same Message-ID. Refused a second time.</summary>
    public Task<Outcome<Done>> SendAgainAsync(Actor actor, MessageId id, CancellationToken stop = default) =>
        _registry.ActAsync<Done>(EventTypes.MessageAgain, actor, stop, async act =>
        {
            if (await act.FindAsync<Message>(id) is not { } message) return Refusal.NotFound("message");
            if (message.State != MessageState.DeliveryUnknown) return Refusal.WrongState("message", "Only a message of unknown delivery is sent again.");
            if (message.SentAgain) return Refusal.WrongState("message", "It was sent again once already: telephone instead.");
            (message.State, message.SentAgain, message.Holder, message.NotBefore) = (MessageState.Waiting, true, null, act.Now);
            return new Done();
        });

    /// <summary>Has whatever is of unknown delivery, and can still be of use, sent once more, with the same Message-ID: better twice than never. What was sent again once stays as it is. For a timer.</summary>
    /// <returns>How many.</returns>
    public Task<Outcome<int>> SendUnknownAgainAsync(ClinicId clinic, CancellationToken stop = default) =>
        _registry.ActAsync<int>(EventTypes.MessageAgain, Actor.System(clinic), stop, async act =>
        {
            var unknown = await act.Rows<Message>().Where(m => m.State == MessageState.DeliveryUnknown && !m.SentAgain && m.NotAfter > act.Now).ToListAsync(stop);
            foreach (var message in unknown) (message.State, message.SentAgain, message.Holder, message.NotBefore) = (MessageState.Waiting, true, null, act.Now);
            return unknown.Count;
        });

    /// <summary>The outbox of a clinic, latest first. Names nobody.</summary>
    public Task<Outcome<ImmutableArray<OutboxLine>>> ListAsync(Actor actor, int most = 200, CancellationToken stop = default) =>
        _registry.ReadAsync<ImmutableArray<OutboxLine>>(EventTypes.MessageAgain, actor, stop, async db =>
            (await db.Set<Message>().AsNoTracking().Where(m => m.ClinicId == actor.Clinic && m.Template != Template.Complaint).OrderByDescending(m => m.NotBefore).Take(most).ToListAsync(stop))
                .Select(m => new OutboxLine(m.Id, m.Template, m.Channel, m.State, m.NotBefore, m.SentAt, m.Deferrals, m.SentAgain)).ToImmutableArray());

    /// <summary>Counts the outbox.</summary>
    public async Task<OutboxCount> CountAsync(ClinicId clinic, CancellationToken stop = default)
    {
        await using var db = _registry.Store.Context();
        var states = await db.Set<Message>().Where(m => m.ClinicId == clinic).GroupBy(m => m.State).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(stop);
        return new(states.ToImmutableDictionary(s => s.Key, s => s.Count), await db.Set<Message>().CountAsync(m => m.ClinicId == clinic && m.SentAgain, stop));
    }

    internal static Message Put(Act act, ClientRecord client, Template template, Link link, DateTimeOffset notBefore, DateTimeOffset notAfter) => act.Add(new Message
    {
        Id = new(Guid.NewGuid()), ClientId = client.ClientId, LinkId = link.Id, Channel = client.Email is not null && !client.NoEmail ? Channel.Email : Channel.Text,
        Template = template, State = MessageState.Waiting, NotBefore = Clients.Whole(notBefore), NotAfter = Clients.Whole(notAfter),
    });

    /// <summary>A message to staff: at any hour, because somebody may need help.</summary>
    internal static void Tell(Act act, StaffId staff, Template template, AlertId? alert) => act.Add(new Message
    {
        Id = new(Guid.NewGuid()), StaffId = staff, AlertId = alert, Channel = Channel.Email, Template = template, State = MessageState.Waiting, NotBefore = act.Now, NotAfter = act.Now.AddDays(2),
    });

    /// <summary>Tells whoever reported that there is news, where an e-mail address was left. One message waiting is enough. The link in it is the private page of the report.</summary>
    internal static async Task TellReporterAsync(Act act, Cases.CaseRows rows)
    {
        var of = rows.Case;
        if (of.ReceiptId is not { } receipt || Contacts.EmailIn(rows.Key?.Open(of.Contact, "contact")) is null || await act.Rows<Message>().AnyAsync(m => m.CaseId == of.CaseId && m.State == MessageState.Waiting, act.Stop)) return;
        act.Add(new Message { Id = new(Guid.NewGuid()), CaseId = of.CaseId, LinkId = receipt, Channel = Channel.Email, Template = Template.Receipt, State = MessageState.Waiting, NotBefore = act.Now, NotAfter = act.Now.AddDays(14) });
    }

    private Task<Outcome<Done>> StepAsync(EventType type, ClinicId clinic, MessageId id, string holder, MessageState from, CancellationToken stop, Action<Act, Message> step) =>
        _registry.ActAsync<Done>(type, Actor.System(clinic), stop, async act =>
        {
            if (await act.FindAsync<Message>(id) is not { } message) return Refusal.NotFound("message");
            if (message.Holder != holder || message.State != from || message.HeldUntil < act.Now) return Refusal.WrongState("message", "Another server has it, or the claim has run out.");
            step(act, message);
            return new Done();
        });

    /// <summary>The message with its address; null where there is none any more.</summary>
    private async Task<OutgoingMessage?> OutgoingAsync(Act act, Message message, Clinic clinic)
    {
        if (await ToAsync(act, message) is not { } to) return null;
        var url = _registry.Options.PublicUrl;
        if (message.LinkId is not null && url is null) return null;
        var path = message.Template switch { Template.IntakeInvitation => "intake", Template.Receipt => "receipt", _ => "check-in" };
        var link = message.LinkId is { } id ? new Uri(url!, $"{path}/{act.Ring.Token(id).Value}") : null;
        return new(message.Id, $"<{message.Id.Value:N}@{url?.Host ?? "localhost"}>", message.Channel, to, message.Template, clinic.Name, link);
    }

    private static async Task<string?> ToAsync(Act act, Message message)
    {
        if (message.StaffId is { } staff) return await act.FindAsync<StaffMember>(staff) is { LeftAt: null } member && await act.KeyAsync(staff.Value) is { } own ? own.Open(member.Email, "email") : null;
        if (message.CaseId is { } of) return await act.FindAsync<CaseRecord>(of) is { } told && await act.KeyAsync(of.Value) is { } sealing ? Contacts.EmailIn(sealing.Open(told.Contact, "contact")) : null;
        if (message.ClientId is not { } id || await act.FindAsync<ClientRecord>(id) is not { } client || await act.KeyAsync(id.Value) is not { } key) return null;
        if (message.Channel == Channel.Email) return client.NoEmail ? null : key.Open(client.Email, "email");
        return client.NoText ? null : key.Open(client.Phone, "phone");
    }
}
