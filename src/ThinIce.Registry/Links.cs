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

    /// <summary>Does an act as the client whose link it is.</summary>
    internal static async Task<Outcome<T>> FollowAsync<T>(ClinicRegistry registry, LinkToken token, LinkPurpose purpose, EventType type, CancellationToken stop, Func<Act, Link, SubjectKey, Task<Outcome<T>>> work)
    {
        Link? found;
        var hash = token.Hash;
        await using (var db = registry.Store.Context())
            found = await db.Set<Link>().AsNoTracking().FirstOrDefaultAsync(l => l.TokenHash == hash, stop);
        if (found is null || found.Purpose != purpose) return Problem(Problems.LinkUnknown);
        return await registry.JoinAsync(type, Actor.Client(found.ClinicId, found.ClientId), stop, async act =>
        {
            // Read again behind the lock: it may have been used or withdrawn since. All that such an act needs comes in one trip.
            await LoadAsync(act, found);
            if (await act.FindAsync<Link>(found.Id) is not { } link || link.WithdrawnAt is not null) return Problem(Problems.LinkUnknown);
            if (link.UsedAt is not null && purpose == LinkPurpose.Intake) return Problem(Problems.LinkUsed);
            if (link.ExpiresAt <= act.Now) return Problem(Problems.LinkExpired);
            return await act.KeyAsync(link.ClientId.Value) is { } key ? await work(act, link, key) : Problem(Problems.LinkUnknown);
        });

        static Task LoadAsync(Act act, Link found) => found.ContactId is { } contact
            ? act.Db.LoadCheckInAsync(act.Clinic, found.Id, found.ClientId.Value, contact, act.Stop)
            : act.Db.LoadIntakeAsync(act.Clinic, found.Id, found.ClientId.Value, found.AppointmentId, act.Stop);

        static Problem Problem(string code) => new(code, $"{Problems.Kind(code).Meaning} {Problems.Kind(code).WayOut}", "link");
    }
}
