using System.Collections.Immutable;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using ThinIce.Core.Contract;
using ThinIce.Registry.Events;
using ThinIce.Registry.FollowUp;
using ThinIce.Registry.Keys;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry;

/// <summary>One reading or change of a record: for the person, who may ask who saw it.</summary>
public sealed record AccessLine(DateTimeOffset At, string Type, ActorKind Actor, Guid? ActorId);

/// <summary>Erasure, holds, export and keys.</summary>
public sealed class Privacy
{
    private readonly ClinicRegistry _registry;

    internal Privacy(ClinicRegistry registry) => _registry = registry;

    /// <summary>
    /// Erases a person: destroys the key, so that names, contacts and words are unreadable in state, in events and, once the
    /// ledger is applied, in a restored backup; deletes appointments, links and messages; keeps age band, month, coded facts and
    /// redacted narratives. Refused while the record has to be kept. Cannot be undone.
    /// </summary>
    /// <param name="actor">Who.</param>
    /// <param name="client">Whom.</param>
    /// <param name="despiteRetention">Whether to erase although the clinic's retention period runs. A hold is never passed over.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<Outcome<Done>> EraseAsync(Actor actor, ClientId client, bool despiteRetention = false, CancellationToken stop = default)
    {
        var outcome = await _registry.ActAsync<Done>(EventTypes.PersonErased, actor, stop, async act =>
        {
            if (await act.FindAsync<ClientRecord>(client) is not { } row) return Refusal.NotFound("client");
            if (row.ErasedAt is not null) return Refusal.Erased("client");
            if (await KeptUntilAsync(act, client, despiteRetention) is { } until) return new Problem(Problems.Held, $"The record has to be kept until {until:yyyy-MM-dd}. {Problems.Kind(Problems.Held).WayOut}", "client");
            // On the disk before it is done here: should this server die in between, the next start finishes it.
            ErasureLedger.Add(_registry.Ring.Masters.Ledger, new ErasedLine(client.Value, act.Clinic.Value, act.Now));
            await EraseAsync(act, client.Value);
            return new Done();
        });
        if (outcome.IsDone) await _registry.Store.ScrubAsync(stop);
        return outcome;
    }

    /// <summary>Clients whose retention period has passed: those to erase.</summary>
    public async Task<ImmutableArray<ClientId>> ExpiredAsync(ClinicId clinic, CancellationToken stop = default)
    {
        await using var db = _registry.Store.Context();
        if (await db.Set<Clinic>().AsNoTracking().FirstOrDefaultAsync(c => c.ClinicId == clinic, stop) is not { RetentionYears: > 0 } settings) return [];
        var (limit, now) = (_registry.Now.AddYears(-settings.RetentionYears), _registry.Now);
        return [.. await db.Set<ClientRecord>().Where(c => c.ClinicId == clinic && c.ErasedAt == null && c.CreatedAt < limit
            && !db.Set<Session>().Any(s => s.ClientId == c.ClientId && s.StartedAt >= limit) && !db.Set<Appointment>().Any(a => a.ClientId == c.ClientId && a.StartsAt >= limit)
            && !db.Set<Hold>().Any(h => h.ClientId == c.ClientId && h.LiftedAt == null && h.Until > now)).Select(c => c.ClientId).ToListAsync(stop)];
    }

    /// <summary>Keeps a record until a date.</summary>
    public Task<Outcome<HoldId>> HoldAsync(Actor actor, ClientId client, DateTimeOffset until, CancellationToken stop = default) =>
        _registry.ActAsync<HoldId>(EventTypes.HoldPlaced, actor, stop, async act =>
        {
            var (_, _, problem) = await act.ClientAsync(client);
            if (problem is not null) return problem;
            if (until <= act.Now) return Refusal.OutOfRange("until", "a date to come");
            return act.Add(new Hold { Id = new(Guid.NewGuid()), ClientId = client, Until = Clients.Whole(until) }).Id;
        });

    /// <summary>Lifts a hold.</summary>
    public Task<Outcome<Done>> LiftAsync(Actor actor, HoldId id, CancellationToken stop = default) =>
        _registry.ActAsync<Done>(EventTypes.HoldLifted, actor, stop, async act =>
        {
            if (await act.FindAsync<Hold>(id) is not { } hold) return Refusal.NotFound("hold");
            hold.LiftedAt ??= act.Now;
            return new Done();
        });

    /// <summary>Keeps a narrative that names nobody, so that the case stays readable after erasure. The officer who writes or clears it answers for that.</summary>
    public Task<Outcome<RedactionId>> RedactAsync(Actor actor, ClientId client, SessionId? session, string text, CancellationToken stop = default) =>
        _registry.ActAsync<RedactionId>(EventTypes.NarrativeRedacted, actor, stop, async act =>
        {
            var (row, key, problem) = await act.ClientAsync(client);
            if (problem is not null) return problem;
            if (actor.StaffId is not { } officer) return Refusal.NotAllowed("redaction");
            if (string.IsNullOrWhiteSpace(text)) return Refusal.Missing("text", "Write the narrative.");
            if (session is { } id && (await act.FindAsync<Session>(id))?.ClientId != client) return Refusal.NotFound("session");
            if (Names(Clients.Details(row!, key!)).Any(n => text.Contains(n, StringComparison.OrdinalIgnoreCase))) return new Problem(Problems.WrongState, "It still contains the person's name, address, number or birth date: take it out.", "text");
            return act.Add(new Redaction { Id = new(Guid.NewGuid()), ClientId = client, SessionId = session, Text = text, ClearedBy = officer }).Id;
        });

    /// <summary>Everything that is kept about a person, decrypted, as JSON, for the person. Complaints are in it only where the actor may see them.</summary>
    public Task<Outcome<string>> ExportAsync(Actor actor, ClientId client, CancellationToken stop = default) =>
        _registry.ActAsync<string>(EventTypes.RecordExported, actor, stop, async act =>
        {
            var (_, key, problem) = await act.ClientAsync(client);
            if (problem is not null) return problem;
            act.NoteRead(client.Value);
            var all = new JsonObject { ["format"] = "thinice/person/1", ["exportedAt"] = RowImage.Instant(act.Now) };
            foreach (var type in OfPerson(act.Db.Model))
            {
                var rows = (await RowsOf(act.Db, type, client.Value)).Where(r => r is not Complaint c || actor.StaffId is null || (c.AboutStaffId != actor.StaffId && c.TherapistId != actor.StaffId));
                if (type.ClrType == typeof(Complaint) && actor.StaffId is not null && !(await ClinicRegistry.RolesAsync(act.Db, actor, stop)).Any(r => r is Role.SafetyOfficer or Role.Deputy)) continue;
                all[RowImage.Table(type)] = new JsonArray([.. rows.Select(r => (JsonNode)Readable(type, r, key!))]);
            }

            return all.ToJsonString(new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        });

    /// <summary>Who read or changed a record, the latest first. Not what: and nothing of complaints, which have their own circle.</summary>
    public Task<Outcome<ImmutableArray<AccessLine>>> AccessAsync(Actor actor, ClientId client, CancellationToken stop = default) =>
        _registry.ReadAsync<ImmutableArray<AccessLine>>(EventTypes.RecordExported, actor, stop, async db =>
        {
            var hidden = new[] { EventTypes.ComplaintMade.Name, EventTypes.ComplaintRead.Name, EventTypes.ComplaintClosed.Name };
            return (await db.Set<Event>().AsNoTracking().Where(e => e.ClinicId == actor.Clinic && e.Subject == client.Value && !hidden.Contains(e.Type)).OrderByDescending(e => e.Number).Take(1000).ToListAsync(stop))
                .Select(e => new AccessLine(e.At, e.Type, e.ActorKind, e.ActorId)).ToImmutableArray();
        });

    /// <summary>
    /// Makes a new master key and wraps every key anew with it; names and words are not touched. With <paramref name="forgetOld"/>
    /// the old master keys are destroyed: then backups from before, and the people erased since, cannot be read by anybody.
    /// </summary>
    /// <returns>How many keys were wrapped anew.</returns>
    public async Task<int> RotateAsync(bool forgetOld, CancellationToken stop = default)
    {
        var masters = _registry.Ring.Masters;
        var old = masters.Ids.ToList();
        masters.Use(masters.Make());
        // Most of them while the clinics go on working, the rest while everything waits: no key made meanwhile is left behind.
        var count = 0;
        while (await RewrapAsync(masters.CurrentId, 500, alone: false, stop) is var some and > 0) count += some;
        count += await RewrapAsync(masters.CurrentId, int.MaxValue, alone: true, stop);
        await _registry.ActAsync<Done>(EventTypes.KeysRotated, Actor.Operator(ClinicId.Installation), stop, act =>
        {
            act.WriteEvent(null, new());
            return Task.FromResult<Outcome<Done>>(new Done());
        });
        if (forgetOld) old.ForEach(masters.Forget);
        return count;
    }

    /// <summary>Erases again whom the ledger names, and writes into the ledger whom the database names: after a restore, and between servers with folders of their own.</summary>
    internal async Task<int> ApplyLedgerAsync(CancellationToken stop)
    {
        var lines = ErasureLedger.Read(_registry.Ring.Masters.Ledger);
        HashSet<Guid> done;
        await using (var db = _registry.Store.Context())
        {
            var rows = await db.Set<Erasure>().AsNoTracking().ToListAsync(stop);
            done = [.. rows.Select(r => r.Erased)];
            var listed = lines.Select(l => l.Subject).ToHashSet();
            foreach (var row in rows.Where(r => !listed.Contains(r.Erased))) ErasureLedger.Add(_registry.Ring.Masters.Ledger, new ErasedLine(row.Erased, row.ClinicId.Value, row.At));
        }

        var again = 0;
        foreach (var line in lines.Where(l => !done.Contains(l.Subject)).DistinctBy(l => l.Subject))
        {
            var outcome = await _registry.ActAsync<bool>(EventTypes.PersonErased, Actor.System(new(line.Clinic)) with { Why = "In the erasure ledger." }, stop, async act =>
            {
                if (await act.FindAsync<ClientRecord>(new ClientId(line.Subject)) is { ErasedAt: null })
                {
                    // Taken back with its import: of such a client nothing is left, unless a backup was made before and something added since.
                    await EraseAsync(act, line.Subject);
                    return true;
                }

                if (await act.FindAsync<Import>(new ImportId(line.Subject)) is null || await act.KeyAsync(line.Subject) is null) return false;
                await DestroyAsync(act, line.Subject);
                return true;
            });
            if (outcome is { IsDone: true, Value: true }) again++;
        }

        if (again > 0) await _registry.Store.ScrubAsync(stop);
        return again;
    }

    private static async Task EraseAsync(Act act, Guid subject)
    {
        // What was reported of the person goes the same way: the words are the person's, and the codes name nobody.
        var cases = await act.Rows<CaseRecord>().Where(c => c.PatientId == new ClientId(subject)).ToListAsync(act.Stop);
        // So does what an officer found to be of the same event: those above it and those under it.
        for (var at = 0; at < cases.Count; at++)
        {
            var (id, above) = (cases[at].CaseId, cases[at].MergedInto);
            cases.AddRange((await act.Rows<CaseRecord>().Where(c => c.ErasedAt == null && (c.CaseId == above || c.MergedInto == id)).ToListAsync(act.Stop)).Except(cases));
        }

        foreach (var of in cases) await EraseCaseAsync(act, of);
        var left = new List<RowChange>();
        foreach (var type in OfPerson(act.Db.Model))
        {
            var rows = await RowsOf(act.Db, type, subject);
            if (type.ClrType.GetCustomAttribute<ErasedWholeAttribute>() is not null) act.Db.RemoveRange(rows);
            else foreach (var row in rows) left.Add(Blank(type, row, act.Now));
        }

        await DestroyKeyAsync(act, subject);
        act.WriteEvent(subject, new() { Why = act.Actor.Why.Length > 0 ? act.Actor.Why : null, Rows = left, IsAllThatIsLeft = true });
        foreach (var of in cases) act.Add(new Erasure { Erased = of.CaseId.Value, At = Month(act.Now) });
        act.Add(new Erasure { Erased = subject, At = Month(act.Now) });
    }

    private static async Task EraseCaseAsync(Act act, CaseRecord of)
    {
        var left = new List<RowChange>();
        foreach (var type in act.Db.Model.GetEntityTypes().Where(t => typeof(CaseRow).IsAssignableFrom(t.ClrType)).OrderBy(RowImage.Table, StringComparer.Ordinal))
            foreach (var row in await (Task<List<Row>>)typeof(Privacy).GetMethod(nameof(RowsOfCase), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type.ClrType).Invoke(null, [act.Db, of.CaseId])!)
                left.Add(Blank(type, row, act.Now));
        await DestroyKeyAsync(act, of.CaseId.Value);
        act.WriteEvent(of.CaseId.Value, new() { Rows = left, IsAllThatIsLeft = true });
    }

    private static async Task<List<Row>> RowsOfCase<T>(RegistryContext db, CaseId id)
        where T : CaseRow => [.. await db.Set<T>().Where(r => r.CaseId == id).ToListAsync()];

    /// <summary>Deletes what an import made of somebody, or what it kept aside, with the key, as if it had never been there. What is erased stands in the ledger.</summary>
    internal static async Task DestroyAsync(Act act, Guid subject)
    {
        // What the act has done so far gets its events as usual.
        await act.FlushAsync();
        act.Db.RemoveRange(await RowsOf(act.Db, act.Db.Model.FindEntityType(typeof(Appointment))!, subject));
        act.Db.RemoveRange(await RowsOf(act.Db, act.Db.Model.FindEntityType(typeof(ClientRecord))!, subject));
        act.Db.RemoveRange(await act.Db.Set<ImportReject>().Where(r => r.ImportId == new ImportId(subject)).ToListAsync(act.Stop));
        await DestroyKeyAsync(act, subject);
        act.WriteEvent(subject, new() { IsAllThatIsLeft = true });
        act.Add(new Erasure { Erased = subject, At = Month(act.Now) });
    }

    /// <summary>Writes into the ledger whom an act is about to destroy.</summary>
    internal void Note(Act act, IEnumerable<Guid> subjects) => ErasureLedger.Add(_registry.Ring.Masters.Ledger, [.. subjects.Select(s => new ErasedLine(s, act.Clinic.Value, act.Now))]);

    private static async Task DestroyKeyAsync(Act act, Guid subject)
    {
        act.Db.RemoveRange(await act.Db.Set<PersonKey>().Where(k => k.Subject == subject).ToListAsync(act.Stop));
        act.ForgetKey(subject);
        await BlankEventsAsync(act, subject);
        // Straight to the database, past the usual writing of events: what is left is told by one event of its own.
        await act.Db.SaveChangesAsync(act.Stop);
    }

    private static RowChange Blank(IEntityType type, object row, DateTimeOffset now)
    {
        if (row is ClientRecord client) client.ErasedAt = now;
        if (row is CaseRecord of) of.ErasedAt = now;
        foreach (var property in type.GetProperties().Select(p => p.PropertyInfo!))
        {
            if (property.PropertyType == typeof(SealedText)) property.SetValue(row, null);
            else if (property.GetCustomAttribute<ErasesAttribute>() is { To: OnErase.Drop }) property.SetValue(row, null);
            else if (property.GetCustomAttribute<ErasesAttribute>() is { To: OnErase.Month } && property.GetValue(row) is DateTimeOffset at) property.SetValue(row, Month(at));
        }

        return new() { Table = RowImage.Table(type), Key = RowImage.Key(type, row), After = RowImage.Of(type, row) };
    }

    private static async Task BlankEventsAsync(Act act, Guid subject)
    {
        foreach (var made in await act.Db.Set<Event>().Where(e => e.ClinicId == act.Clinic && e.Subject == subject).ToListAsync(act.Stop))
            (made.At, made.Salt, made.Payload) = (Month(made.At), null, null);
    }

    internal static DateTimeOffset Month(DateTimeOffset at) => new(at.UtcDateTime.Year, at.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Tables with rows about a client.</summary>
    internal static IEnumerable<IEntityType> OfPerson(IModel model) =>
        model.GetEntityTypes().Where(t => typeof(Row).IsAssignableFrom(t.ClrType) && t.FindProperty(nameof(ClientRow.ClientId)) is not null).OrderBy(RowImage.Table, StringComparer.Ordinal);

    private static Task<List<Row>> RowsOf(RegistryContext db, IEntityType type, Guid subject) =>
        (Task<List<Row>>)typeof(Privacy).GetMethod(nameof(TypedRowsOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type.ClrType).Invoke(null, [db, new ClientId(subject)])!;

    private static async Task<List<Row>> TypedRowsOf<T>(RegistryContext db, ClientId client)
        where T : Row => [.. typeof(ClientRow).IsAssignableFrom(typeof(T))
            ? await db.Set<T>().Where(r => EF.Property<ClientId>(r, nameof(ClientRow.ClientId)) == client).ToListAsync()
            : await db.Set<T>().Where(r => EF.Property<ClientId?>(r, nameof(ClientRow.ClientId)) == client).ToListAsync()];

    private static JsonObject Readable(IEntityType type, Row row, SubjectKey key)
    {
        var json = new JsonObject();
        var image = RowImage.Of(type, row);
        foreach (var property in type.GetProperties())
        {
            var column = RowImage.Column(property);
            if (property.ClrType == typeof(byte[])) continue;
            json[column] = property.PropertyInfo!.GetValue(row) is SealedText words ? key.Open(words, column) : image[column];
        }

        return json;
    }

    private static async Task<DateTimeOffset?> KeptUntilAsync(Act act, ClientId client, bool despiteRetention)
    {
        var holds = await act.Rows<Hold>().Where(h => h.ClientId == client && h.LiftedAt == null && h.Until > act.Now).ToListAsync(act.Stop);
        if (holds.Count > 0) return holds.Max(h => h.Until);
        var years = (await act.FindAsync<Clinic>(act.Clinic))!.RetentionYears;
        if (despiteRetention || years == 0) return null;
        var last = await act.Rows<Session>().Where(s => s.ClientId == client).OrderByDescending(s => s.StartedAt).Select(s => (DateTimeOffset?)s.StartedAt).FirstOrDefaultAsync(act.Stop);
        return last?.AddYears(years) is { } until && until > act.Now ? until : null;
    }

    private static IEnumerable<string> Names(ClientDetails details) =>
        details.Name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(n => n.Length > 2)
            .Concat(new[] { details.Email, details.Phone, details.BirthDate?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) }.OfType<string>());

    private async Task<int> RewrapAsync(string master, int most, bool alone, CancellationToken stop)
    {
        using var turn = await _registry.Store.TurnAsync(stop);
        await using var db = _registry.Store.Context();
        await using var transaction = await Store.BeginAsync(db, stop);
        if (alone) await _registry.Store.LockAllAsync(db, stop);
        var people = await db.Set<PersonKey>().Where(k => k.Master != master).OrderBy(k => k.Subject).Take(most).ToListAsync(stop);
        var own = await db.Set<SystemKey>().Where(k => k.Master != master).ToListAsync(stop);
        people.ForEach(_registry.Ring.Rewrap);
        own.ForEach(_registry.Ring.Rewrap);
        try
        {
            await db.SaveChangesAsync(stop);
            await transaction.CommitAsync(stop);
        }
        catch (DbUpdateConcurrencyException) when (!alone)
        {
            // Somebody was erased meanwhile: those that are left come in the next round.
            return 1;
        }

        return people.Count + own.Count;
    }
}
