using Microsoft.EntityFrameworkCore;
using ThinIce.Core.Contract;
using ThinIce.Registry.Events;
using ThinIce.Registry.Keys;
using ThinIce.Registry.Model;

namespace ThinIce.Registry.Storage;

/// <summary>One act while it is being done: the rows it reads and changes, in one transaction, behind the lock of its clinic's chain.</summary>
internal sealed class Act
{
    private readonly Dictionary<Guid, SubjectKey?> _keys = [];
    private readonly ChainHead _head;
    private readonly EventType _type;
    private readonly HashSet<Guid> _read = [];
    private readonly List<(Guid? Subject, RowChange Change)> _changes = [];

    public Act(RegistryContext db, ChainHead head, EventType type, Actor actor, KeyRing ring, DateTimeOffset now, CancellationToken stop) =>
        (Db, _head, _type, Actor, Ring, Now, Stop) = (db, head, type, actor, ring, now, stop);

    public RegistryContext Db { get; }

    public Actor Actor { get; set; }

    public ClinicId Clinic => _head.ClinicId;

    public KeyRing Ring { get; }

    /// <summary>The moment of the act, in whole milliseconds.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>The day of it, in UTC, which "in 2019" is counted from.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    public CancellationToken Stop { get; }

    /// <summary>Whether something was sent to the database before the end of the act.</summary>
    public bool HasFlushed { get; private set; }

    /// <summary>Whether the act needs an event although it changes no row. True for reading.</summary>
    public void NoteRead(Guid subject) => _read.Add(subject);

    public T Add<T>(T row)
        where T : Row
    {
        row.ClinicId = Clinic;
        Db.Add(row);
        return row;
    }

    /// <summary>The row of that id in this clinic; null where there is none, or it is another clinic's.</summary>
    public async Task<T?> FindAsync<T>(params object[] key)
        where T : Row => await Db.Set<T>().FindAsync(key, Stop) is { } row && row.ClinicId == Clinic ? row : null;

    public IQueryable<T> Rows<T>()
        where T : Row => Db.Set<T>().Where(r => r.ClinicId == Clinic);

    public SubjectKey NewKey(Guid subject)
    {
        Db.Add(Ring.New(subject, Clinic, out var key));
        _keys[subject] = key;
        return key;
    }

    /// <summary>A person's key; null after erasure.</summary>
    public async Task<SubjectKey?> KeyAsync(Guid subject)
    {
        if (_keys.TryGetValue(subject, out var known)) return known;
        var row = await Db.Set<PersonKey>().FindAsync([subject], Stop);
        return _keys[subject] = row is null || Db.Entry(row).State == EntityState.Deleted ? null : Ring.Open(row);
    }

    /// <summary>A client that is there and not erased, with its key.</summary>
    public async Task<(ClientRecord? Client, SubjectKey? Key, Problem? Problem)> ClientAsync(ClientId id)
    {
        if (await FindAsync<ClientRecord>(id) is not { } client) return (null, null, Refusal.NotFound("client"));
        return await KeyAsync(id.Value) is { } key ? (client, key, null) : (client, null, Refusal.Erased("client"));
    }

    /// <summary>Forgets a key that was just destroyed.</summary>
    public void ForgetKey(Guid subject) => _keys[subject] = null;

    /// <summary>Sends what was changed so far to the database, where the order matters to one of its constraints. The events come with the rest.</summary>
    public async Task FlushAsync()
    {
        Collect();
        HasFlushed = true;
        await Db.SaveChangesAsync(Stop);
    }

    /// <summary>Writes the events of everything that was changed: one for each person concerned, and one for what is about nobody.</summary>
    public async Task WriteEventsAsync()
    {
        Collect();
        // Whoever switched it off for thousands of rows: the head of the chain is moved on below, and has to be seen.
        Db.ChangeTracker.AutoDetectChangesEnabled = true;
        var act = Guid.NewGuid();
        var changes = _changes.ToLookup(c => c.Subject, c => c.Change);
        foreach (var subject in changes.Select(g => g.Key).Concat(_read.Select(r => (Guid?)r)).Distinct())
        {
            var key = subject is { } one ? await KeyAsync(one) : null;
            var payload = new EventPayload { Why = Actor.Why.Length > 0 && (key is not null || subject is null) ? Actor.Why : null, Rows = [.. changes[subject]] };
            Db.Add(Chain.Append(_head, _type, act, Now, Actor, subject, key, payload));
        }
    }

    private void Collect()
    {
        Db.ChangeTracker.DetectChanges();
        foreach (var entry in Db.ChangeTracker.Entries<Row>().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted))
            if (RowImage.Change(entry) is { } change) _changes.Add((entry.Entity.Subject, change));
    }

    /// <summary>Writes an event whose payload is made elsewhere.</summary>
    public void WriteEvent(Guid? subject, EventPayload payload) => Db.Add(Chain.Append(_head, _type, Guid.NewGuid(), Now, Actor, subject, null, payload));
}
