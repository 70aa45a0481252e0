using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using ThinIce.Core.Contract;
using ThinIce.Registry.Cases;
using ThinIce.Registry.Events;
using ThinIce.Registry.Keys;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry;

/// <summary>
/// The registry of clinics: state tables, and with every change, in the same transaction, an event in the clinic's chain. Each
/// act is one call, one transaction, and is either refused with coded problems or on the disk when the call returns. Safe for
/// use by many threads, and by several servers on one PostgreSQL.
/// </summary>
public sealed class ClinicRegistry : IAsyncDisposable
{
    private readonly Lazy<Coding> _coding;
    private readonly Lazy<CaseCoding> _caseCoding;
    private readonly ConcurrentDictionary<ClinicId, ActGroup> _groups = new();

    private ClinicRegistry(RegistryOptions options, KnowledgeInUse? knowledge)
    {
        (Options, Knowledge) = (options, knowledge);
        _coding = new(() => new(Knowledge!));
        // A map that cannot be read is said at the start, not on somebody's page.
        Terms = TermMap.Load(options.DataFolder);
        _caseCoding = new(() => new(Knowledge ?? throw new InvalidOperationException("This registry was opened without knowledge.")));
        Private.Folder(options.DataFolder);
        Ring = new(new(options.Keys));
        (Clinics, Clients, Links, Intakes, Sessions) = (new(this), new(this), new(this), new(this), new(this));
        (CheckIns, Outbox, Alerts, Complaints, Courses) = (new(this), new(this), new(this), new(this), new(this));
        (Figures, Imports, Privacy, Knowledges, Accounts, Visits) = (new(this), new(this), new(this), new(this), new(this), new(this));
        (Signals, Reports, Cases, CaseFiles) = (new(this), new(this), new(this), new(this));
        Store = options.PostgreSql is { } connection ? Store.PostgreSql(connection) : Store.Sqlite(options.SqliteFile);
    }

    /// <summary>Opens it: brings tables up to date, opens the keys, keeps the knowledge bundle, and erases again whom the ledger names.</summary>
    /// <param name="options">Where it is.</param>
    /// <param name="knowledge">What answers; null for work that asks nothing, such as a backup.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <exception cref="RegistryException">It cannot be opened; with a coded problem.</exception>
    public static async Task<ClinicRegistry> OpenAsync(RegistryOptions options, KnowledgeInUse? knowledge = null, CancellationToken stop = default)
    {
        var registry = new ClinicRegistry(options, knowledge);
        try
        {
            await registry.Store.MigrateAsync(stop);
            if (registry.Store.IsSqlite) foreach (var ending in new[] { "", "-wal", "-shm" }) Private.Tighten(options.SqliteFile + ending);
            await registry.PrepareAsync(stop);
            if (knowledge is { Bundle.Length: > 0 }) await registry.Knowledges.KeepAsync(knowledge, stop);
            await registry.Privacy.ApplyLedgerAsync(stop);
            return registry;
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }
    }

    /// <summary>Clinics and their staff.</summary>
    public Clinics Clinics { get; }

    /// <summary>Clients and their appointments.</summary>
    public Clients Clients { get; }

    /// <summary>Links given to clients.</summary>
    public Links Links { get; }

    /// <summary>Intakes.</summary>
    public Intakes Intakes { get; }

    /// <summary>Sessions.</summary>
    public Sessions Sessions { get; }

    /// <summary>Check-ins after sessions, and controls.</summary>
    public CheckIns CheckIns { get; }

    /// <summary>Messages on their way.</summary>
    public Outbox Outbox { get; }

    /// <summary>Alerts.</summary>
    public Alerts Alerts { get; }

    /// <summary>Complaints about touch or boundaries.</summary>
    public Complaints Complaints { get; }

    /// <summary>Courses of care.</summary>
    public Courses Courses { get; }

    /// <summary>Figures without names.</summary>
    public Figures Figures { get; }

    /// <summary>What people decided about signals.</summary>
    public SignalDecisions Signals { get; }

    /// <summary>Imports of files.</summary>
    public ClinicImports Imports { get; }

    /// <summary>Erasure, holds, export, keys.</summary>
    public Privacy Privacy { get; }

    /// <summary>Kept knowledge, and old answers given again.</summary>
    public Knowledges Knowledges { get; }

    /// <summary>Visits: an appointment with all that belongs to it.</summary>
    public Visits Visits { get; }

    /// <summary>Reports coming in.</summary>
    public Reports Reports { get; }

    /// <summary>What officers do with cases.</summary>
    public CaseWork Cases { get; }

    /// <summary>Cases as files.</summary>
    public CaseFiles CaseFiles { get; }

    /// <summary>Accounts for signing in.</summary>
    public Accounts Accounts { get; }

    /// <summary>The clock that the registry goes by.</summary>
    public TimeProvider Clock => Options.Clock;

    /// <summary>The address people reach this server under; null where nobody said.</summary>
    public Uri? PublicUrl => Options.PublicUrl;

    /// <summary>Folder for the keys that sign cookies and forms, beside the master keys. Made when it is asked for; readable by its owner only. Without them everybody has to sign in again; nothing else is lost.</summary>
    public string WebKeys => Private.Folder(Path.Combine(Options.Keys, "web"));

    internal RegistryOptions Options { get; }

    internal KnowledgeInUse? Knowledge { get; }

    internal Answerer Answerer => (Knowledge ?? throw new InvalidOperationException("This registry was opened without knowledge.")).Answerer;

    internal Coding Coding => _coding.Value;

    /// <summary>Terms of a licensed vocabulary; read once.</summary>
    internal TermMap Terms { get; }

    internal CaseCoding CaseCoding => _caseCoding.Value;

    internal KeyRing Ring { get; }

    internal Store Store { get; }

    /// <summary>Checks that the chains of events are whole and that state is what the events say. Reads one moment; others may go on writing.</summary>
    public Task<Verification> VerifyAsync(CancellationToken stop = default) => new Verifier(Store, Ring).RunAsync(stop);

    /// <summary>Now, in whole milliseconds.</summary>
    internal DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(Options.Clock.GetUtcNow().ToUnixTimeMilliseconds());

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Store.DisposeAsync();

    /// <summary>Does one act: locks the clinic's chain, checks who may, does the work, writes the events, commits.</summary>
    internal async Task<Outcome<T>> ActAsync<T>(EventType type, Actor actor, CancellationToken stop, Func<Act, Task<Outcome<T>>> work)
    {
        using var turn = await Store.TurnAsync(stop);
        await using var db = Store.Context();
        await using var transaction = await Store.BeginAsync(db, stop);
        if (await Store.LockAsync(db, actor.Clinic, stop) is not { } head) return Refusal.NotFound("clinic");
        var (outcome, _) = await WithinAsync(db, head, type, actor, stop, work);
        if (!outcome.IsDone) return outcome;
        // From here on it is no longer stopped: a commit that was begun is waited for.
        await transaction.CommitAsync(CancellationToken.None);
        return outcome;
    }

    /// <summary>Does one act, together with others of the clinic that wait at the same moment: see <see cref="ActGroup"/>. For acts that come many at a time and change nothing outside of the database.</summary>
    internal Task<Outcome<T>> JoinAsync<T>(EventType type, Actor actor, CancellationToken stop, Func<Act, Task<Outcome<T>>> work) =>
        _groups.GetOrAdd(actor.Clinic, static (clinic, registry) => new(registry, clinic), this).DoAsync(type, actor, stop, work);

    /// <summary>The work of one act with its events, in a transaction that the caller commits.</summary>
    internal async Task<(Outcome<T> Outcome, bool HasFlushed)> WithinAsync<T>(RegistryContext db, ChainHead head, EventType type, Actor actor, CancellationToken stop, Func<Act, Task<Outcome<T>>> work)
    {
        if (await RefuseAsync(db, type, actor, stop) is { } problem) return (problem, false);
        var act = new Act(db, head, type, actor, Ring, Now, stop);
        var outcome = await work(act);
        if (!outcome.IsDone) return (outcome, act.HasFlushed);
        await act.WriteEventsAsync();
        await db.SaveChangesAsync(stop);
        return (outcome, true);
    }

    /// <summary>Reads, without an event: for what names nobody, and for lists of work. What names somebody is an act.</summary>
    internal async Task<Outcome<T>> ReadAsync<T>(EventType may, Actor actor, CancellationToken stop, Func<RegistryContext, Task<Outcome<T>>> work)
    {
        await using var db = Store.Context();
        return await RefuseAsync(db, may, actor, stop) is { } problem ? problem : await work(db);
    }

    private static async Task<Problem?> RefuseAsync(RegistryContext db, EventType type, Actor actor, CancellationToken stop)
    {
        if (actor.Kind != ActorKind.Staff) return null;
        var roles = await RolesAsync(db, actor, stop);
        return roles.Any(r => type.By.Contains(r)) ? null : Refusal.NotAllowed();
    }

    internal static async Task<IReadOnlyCollection<Role>> RolesAsync(RegistryContext db, Actor actor, CancellationToken stop) =>
        actor.StaffId is not { } staff ? [] : await db.Set<StaffRole>().Where(r => r.StaffId == staff && r.ClinicId == actor.Clinic).Select(r => r.Role).ToListAsync(stop);

    private async Task PrepareAsync(CancellationToken stop)
    {
        using var turn = await Store.TurnAsync(stop);
        for (var attempt = 0; ; attempt++)
        {
            await using var db = Store.Context();
            try
            {
                if (!await db.Set<ChainHead>().AnyAsync(h => h.ClinicId == ClinicId.Installation, stop))
                {
                    db.Add(new ChainHead { ClinicId = ClinicId.Installation });
                    await db.SaveChangesAsync(stop);
                }

                await Ring.OpenAsync(db, stop);
                return;
            }
            // Two servers that open a new database at once: the other was first.
            catch (DbUpdateException) when (attempt < 3)
            {
            }
        }
    }
}
