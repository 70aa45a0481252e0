using Microsoft.EntityFrameworkCore;
using ThinIce.Core.Contract;
using ThinIce.Registry.Events;
using ThinIce.Registry.Keys;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry;

/// <summary>Links: unguessable, stored as hashes, bound to one purpose and one person.</summary>
public sealed class Links
{
    private readonly ClinicRegistry _registry;

    internal Links(ClinicRegistry registry) => _registry = registry;

    /// <summary>Takes a link back.</summary>
    public Task<Outcome<Done>> WithdrawAsync(Actor actor, LinkId id, CancellationToken stop = default) =>
        _registry.ActAsync<Done>(EventTypes.LinkWithdrawn, actor, stop, async act =>
        {
            if (await act.FindAsync<Link>(id) is not { } link) return Refusal.NotFound("link");
            link.WithdrawnAt ??= act.Now;
            return new Done();
        });

    internal static Link Make(Act act, ClientId client, LinkPurpose purpose, DateTimeOffset expires, out LinkToken token)
    {
        var id = new LinkId(Guid.NewGuid());
        token = act.Ring.Token(id);
        return act.Add(new Link { Id = id, ClientId = client, Purpose = purpose, TokenHash = token.Hash, ExpiresAt = expires });
    }

    /// <summary>No more messages to whoever has the link, whatever it was for.</summary>
    internal static async Task<Outcome<Done>> OptOutAsync(ClinicRegistry registry, LinkToken token, CancellationToken stop)
    {
        if (await FindAsync(registry, token, stop) is not { WithdrawnAt: null } link) return Refuse(Problems.LinkUnknown);
        return await registry.JoinAsync(EventTypes.ContactChosen, Actor.Client(link.ClinicId, link.ClientId), stop, act => Clients.ChooseAsync(act, link.ClientId, noEmail: true, noText: true));
    }

    private static async Task<Link?> FindAsync(ClinicRegistry registry, LinkToken token, CancellationToken stop)
    {
        var hash = token.Hash;
        await using var db = registry.Store.Context();
        return await db.Set<Link>().AsNoTracking().FirstOrDefaultAsync(l => l.TokenHash == hash, stop);
    }

    private static Problem Refuse(string code) => new(code, $"{Problems.Kind(code).Meaning} {Problems.Kind(code).WayOut}", "link");

    /// <summary>Does an act as the client whose link it is.</summary>
    internal static async Task<Outcome<T>> FollowAsync<T>(ClinicRegistry registry, LinkToken token, LinkPurpose purpose, EventType type, CancellationToken stop, Func<Act, Link, SubjectKey, Task<Outcome<T>>> work)
    {
        if (await FindAsync(registry, token, stop) is not { } found || found.Purpose != purpose) return Refuse(Problems.LinkUnknown);
        return await registry.JoinAsync(type, Actor.Client(found.ClinicId, found.ClientId), stop, async act =>
        {
            // Read again behind the lock: it may have been used or withdrawn since. All that such an act needs comes in one trip.
            await LoadAsync(act, found);
            if (await act.FindAsync<Link>(found.Id) is not { } link || link.WithdrawnAt is not null) return Refuse(Problems.LinkUnknown);
            if (link.UsedAt is not null && purpose == LinkPurpose.Intake) return Refuse(Problems.LinkUsed);
            if (link.ExpiresAt <= act.Now) return Refuse(Problems.LinkExpired);
            return await act.KeyAsync(link.ClientId.Value) is { } key ? await work(act, link, key) : Refuse(Problems.LinkUnknown);
        });

        static Task LoadAsync(Act act, Link found) => found.ContactId is { } contact
            ? act.Db.LoadCheckInAsync(act.Clinic, found.Id, found.ClientId.Value, contact, act.Stop)
            : act.Db.LoadIntakeAsync(act.Clinic, found.Id, found.ClientId.Value, found.AppointmentId, act.Stop);
    }
}
