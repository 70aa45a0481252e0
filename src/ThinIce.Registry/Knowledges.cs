using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using ThinIce.Core.Contract;
using ThinIce.Knowledge;
using ThinIce.Registry.Events;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry;

/// <summary>An old answer given again.</summary>
/// <param name="Then">What was answered then, as JSON of the contract.</param>
/// <param name="Again">What the kept bundle answers now, in this version of the program.</param>
public sealed record Replay(string Then, string Again)
{
    /// <summary>Whether both are the same, character for character.</summary>
    public bool IsSame => Then == Again;
}

/// <summary>Published knowledge, kept so that any old answer can be given again.</summary>
public sealed class Knowledges
{
    private readonly ClinicRegistry _registry;

    internal Knowledges(ClinicRegistry registry) => _registry = registry;

    /// <summary>Gives a session's answer again, with the bundle of its day. The reading is an event.</summary>
    public Task<Outcome<Replay>> ReplayAsync(Actor actor, SessionId id, CancellationToken stop = default) =>
        _registry.ActAsync<Replay>(EventTypes.RecordRead, actor, stop, async act =>
        {
            if (await act.FindAsync<Session>(id) is not { } session) return Refusal.NotFound("session");
            if (await act.KeyAsync(session.ClientId.Value) is not { } key) return Refusal.Erased("session");
            if (await act.Db.Set<BundleBytes>().AsNoTracking().FirstOrDefaultAsync(b => b.Version == session.Knowledge, stop) is not { } bundle) return Refusal.NotFound("knowledge");
            act.NoteRead(session.ClientId.Value);
            var answerer = new Answerer(KnowledgeFolder.LoadKept(bundle.Bytes), () => DateOnly.FromDateTime(session.RecordedAt.UtcDateTime));
            var again = Coding.Written(answerer.Screen(Coding.Item(key.Open(session.Asked, "asked")!)), Answerer.Write);
            return new Replay(key.Open(session.Answered, "answered")!, again);
        });

    /// <summary>The bundle of a version; null where it was not kept.</summary>
    internal static byte[]? Kept(RegistryContext db, string version) => db.Set<BundleBytes>().AsNoTracking().Where(b => b.Version == version).Select(b => b.Bytes).FirstOrDefault();

    internal async Task KeepAsync(KnowledgeInUse knowledge, CancellationToken stop)
    {
        var version = knowledge.Answerer.Knowledge.Version;
        await using (var db = _registry.Store.Context())
            if (await db.Set<KeptBundle>().AnyAsync(b => b.Version == version, stop)) return;
        var bytes = knowledge.Bundle.ToArray();
        await _registry.ActAsync<Done>(EventTypes.BundleKept, Actor.System(ClinicId.Installation), stop, async act =>
        {
            // Two servers that start at once: the other was first.
            if (await act.Rows<KeptBundle>().AnyAsync(b => b.Version == version, stop)) return new Done();
            act.Add(new KeptBundle { Version = version, Sha256 = SHA256.HashData(bytes), KeptAt = act.Now });
            act.Db.Add(new BundleBytes { Version = version, Bytes = bytes });
            return new Done();
        });
    }
}
