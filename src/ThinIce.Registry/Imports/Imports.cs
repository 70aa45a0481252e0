using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Registry.Events;
using ThinIce.Registry.FollowUp;
using ThinIce.Registry.Imports;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry;

/// <summary>What an import would do, for whoever has to say yes to it. Nothing is written.</summary>
/// <param name="Columns">The file's headings.</param>
/// <param name="Mapping">What each column is taken for.</param>
/// <param name="Rows">How many rows there are.</param>
/// <param name="First">The first rows as they would be taken, at most twenty.</param>
/// <param name="Rejected">Rows that would be kept aside, with line and reason.</param>
public sealed record ImportPreview(ImmutableArray<string> Columns, ImportMapping Mapping, int Rows, ImmutableArray<ClientDetails> First, ImmutableArray<RejectedRow> Rejected);

/// <summary>A row that is kept aside.</summary>
/// <param name="Line">Line of the file, from 1.</param>
/// <param name="Problem">Why; the path is the heading of the column.</param>
/// <param name="Raw">The row as it stands there.</param>
public sealed record RejectedRow(int Line, Problem Problem, string Raw);

/// <summary>What an import did.</summary>
/// <param name="Id">Id, to undo it by.</param>
/// <param name="Added">Records made.</param>
/// <param name="Known">Rows that were there already; nothing of them was changed.</param>
/// <param name="Rejected">Rows kept aside.</param>
public sealed record ImportResult(ImportId Id, int Added, int Known, ImmutableArray<RejectedRow> Rejected);

/// <summary>Imports of clients and appointments out of other programs' files: looked at first, and undone if wrong.</summary>
public sealed class ClinicImports
{
    /// <summary>Rows of a file at most.</summary>
    public const int MostRows = 100_000;

    private static readonly string[] Cancelled = ["CANCELLED", "CANCELED", "TRUE", "YES", "NOSHOW", "ARCHIVED", "DELETED"];

    private readonly ClinicRegistry _registry;

    internal ClinicImports(ClinicRegistry registry) => _registry = registry;

    /// <summary>Looks at a file: guesses what the columns mean, unless told, and says what would happen. Writes nothing and asks no database.</summary>
    public Outcome<ImportPreview> Preview(ReadOnlySpan<byte> file, ImportKind kind, ImportMapping? mapping = null)
    {
        if (CsvTable.Read(file) is not { } table) return new Problem(Problems.CsvNoHeader, $"{Problems.Kind(Problems.CsvNoHeader).Meaning} {Problems.Kind(Problems.CsvNoHeader).WayOut}", "");
        mapping ??= ImportMapping.Guess(table);
        if (Check(table, kind, mapping).ToList() is { Count: > 0 } problems) return Outcome<ImportPreview>.Refused(problems);
        var read = table.Rows.Select(r => Read(new(table, mapping, r), kind, _registry.Now)).ToList();
        return new ImportPreview(table.Columns, mapping, table.Rows.Length, [.. read.Where(r => r.Problem is null).Take(20).Select(r => r.Details!)],
            [.. read.Zip(table.Rows).Where(r => r.First.Problem is not null).Select(r => new RejectedRow(r.Second.Line, r.First.Problem!, r.Second.Raw))]);
    }

    /// <summary>The headings of a file; empty where it is no table.</summary>
    public static ImmutableArray<string> Headings(ReadOnlySpan<byte> file) => CsvTable.Read(file)?.Columns ?? [];

    /// <summary>Takes a file in, in one act. Broken rows are kept aside, encrypted, with line and reason; the good ones beside them are in.</summary>
    public async Task<Outcome<ImportResult>> TakeAsync(Actor actor, ReadOnlyMemory<byte> file, ImportKind kind, ImportMapping? mapping = null, CancellationToken stop = default)
    {
        if (CsvTable.Read(file.Span) is not { } table) return new Problem(Problems.CsvNoHeader, $"{Problems.Kind(Problems.CsvNoHeader).Meaning} {Problems.Kind(Problems.CsvNoHeader).WayOut}", "");
        mapping ??= ImportMapping.Guess(table);
        if (Check(table, kind, mapping).ToList() is { Count: > 0 } problems) return Outcome<ImportResult>.Refused(problems);
        return await _registry.ActAsync<ImportResult>(EventTypes.Imported, actor, stop, async act =>
        {
            var import = act.Add(new Import { Id = new(Guid.NewGuid()), Kind = kind, At = act.Now, FileHash = SHA256.HashData(file.Span), Rows = table.Rows.Length });
            act.Db.ChangeTracker.AutoDetectChangesEnabled = false;
            var known = await KnownClients.LoadAsync(act, stop);
            var taking = new Taking(act, import, known, kind == ImportKind.Appointments ? await TherapistsAsync(act, stop) : [], new((await act.FindAsync<Clinic>(act.Clinic))!),
                kind == ImportKind.Appointments ? await AppointmentsAsync(act, stop) : []);
            var rejected = ImmutableArray.CreateBuilder<RejectedRow>();
            foreach (var row in table.Rows)
            {
                var cells = new Cells(table, mapping, row);
                var read = Read(cells, kind, act.Now);
                if ((read.Problem ?? (kind == ImportKind.Clients ? taking.Client(read.Details!) : await taking.AppointmentAsync(cells, read.Details!))) is { } problem) rejected.Add(new(row.Line, problem, row.Raw));
            }

            (import.Added, import.Known, import.Rejected) = (taking.Added, taking.Known, rejected.Count);
            if (rejected.Count > 0) KeepAside(act, import.Id, rejected);
            return new ImportResult(import.Id, taking.Added, taking.Known, rejected.ToImmutable());
        });
    }

    /// <summary>Takes an import back: removes what it made, as far as nothing has been added since, and the rows kept aside.</summary>
    /// <returns>How many records were removed, and how many were kept because something was added to them.</returns>
    public Task<Outcome<(int Removed, int Kept)>> UndoAsync(Actor actor, ImportId id, CancellationToken stop = default) =>
        _registry.ActAsync<(int, int)>(EventTypes.ImportUndone, actor, stop, async act =>
        {
            if (await act.FindAsync<Import>(id) is not { } import) return Refusal.NotFound("import");
            if (import.UndoneAt is not null) return Refusal.WrongState("import", "It was undone already.");
            var appointments = await act.Rows<Appointment>().Where(a => a.ImportId == id && a.State == AppointmentState.Booked
                && !act.Db.Set<IntakeRecord>().Any(i => i.AppointmentId == a.Id) && !act.Db.Set<Session>().Any(s => s.AppointmentId == a.Id) && !act.Db.Set<Link>().Any(l => l.AppointmentId == a.Id)).ToListAsync(stop);
            act.Db.RemoveRange(appointments);
            var clients = await act.Rows<ClientRecord>().Where(c => c.ImportId == id && c.ErasedAt == null
                && !act.Db.Set<Appointment>().Any(a => a.ClientId == c.ClientId && a.ImportId != id) && !act.Db.Set<IntakeRecord>().Any(i => i.ClientId == c.ClientId) && !act.Db.Set<Session>().Any(s => s.ClientId == c.ClientId)
                && !act.Db.Set<Link>().Any(l => l.ClientId == c.ClientId) && !act.Db.Set<Hold>().Any(h => h.ClientId == c.ClientId) && !act.Db.Set<CourseRecord>().Any(h => h.ClientId == c.ClientId) && !act.Db.Set<Redaction>().Any(h => h.ClientId == c.ClientId)).ToListAsync(stop);
            var made = await act.Rows<Appointment>().CountAsync(a => a.ImportId == id, stop) + await act.Rows<ClientRecord>().CountAsync(c => c.ImportId == id, stop);
            import.UndoneAt = act.Now;
            await act.FlushAsync();
            // They were never clients of this clinic: nothing of them is left, neither here nor in the events.
            List<Guid> gone = [.. clients.Select(c => c.ClientId.Value), .. await act.KeyAsync(id.Value) is null ? [] : new[] { id.Value }];
            if (gone.Count > 0) _registry.Privacy.Note(act, gone);
            foreach (var subject in gone) await Privacy.DestroyAsync(act, subject);
            return (appointments.Count + clients.Count, made - appointments.Count - clients.Count);
        });

    /// <summary>The clinic's imports, the latest first, at most a hundred. They name nobody.</summary>
    public Task<Outcome<ImmutableArray<Import>>> ListAsync(Actor actor, CancellationToken stop = default) =>
        _registry.ReadAsync<ImmutableArray<Import>>(EventTypes.Imported, actor, stop, async db =>
            (await db.Set<Import>().AsNoTracking().Where(i => i.ClinicId == actor.Clinic).OrderByDescending(i => i.At).Take(100).ToListAsync(stop)).ToImmutableArray());

    /// <summary>The rows that an import kept aside. The reading is an event.</summary>
    public Task<Outcome<ImmutableArray<RejectedRow>>> RejectedAsync(Actor actor, ImportId id, CancellationToken stop = default) =>
        _registry.ActAsync<ImmutableArray<RejectedRow>>(EventTypes.Imported, actor, stop, async act =>
        {
            if (await act.FindAsync<Import>(id) is null) return Refusal.NotFound("import");
            if (await act.KeyAsync(id.Value) is not { } key) return ImmutableArray<RejectedRow>.Empty;
            act.NoteRead(id.Value);
            return (await act.Rows<ImportReject>().AsNoTracking().Where(r => r.ImportId == id).OrderBy(r => r.Line).ToListAsync(stop))
                .Select(r => new RejectedRow(r.Line, new(r.Code, Problems.Kind(r.Code).Meaning, r.Field), key.Open(r.Raw, "raw")!)).ToImmutableArray();
        });

    /// <summary>Drops the rows that an import kept aside, with their key, once they were put right.</summary>
    public Task<Outcome<Done>> DropRejectedAsync(Actor actor, ImportId id, CancellationToken stop = default) =>
        _registry.ActAsync<Done>(EventTypes.Imported, actor, stop, async act =>
        {
            if (await act.FindAsync<Import>(id) is null || await act.KeyAsync(id.Value) is null) return Refusal.NotFound("import");
            _registry.Privacy.Note(act, [id.Value]);
            await Privacy.DestroyAsync(act, id.Value);
            return new Done();
        });

    private static void KeepAside(Act act, ImportId import, IEnumerable<RejectedRow> rejected)
    {
        var key = act.NewKey(import.Value);
        foreach (var row in rejected)
            act.Add(new ImportReject { Id = new(Guid.NewGuid()), ImportId = import, Line = row.Line, Code = row.Problem.Code, Field = row.Problem.Path, Raw = key.Seal(row.Raw, "raw") });
    }

    private static IEnumerable<Problem> Check(CsvTable table, ImportKind kind, ImportMapping mapping)
    {
        if (table.Rows.Length > MostRows) yield return new(Problems.TooMany, "At most 100,000 rows in a file: cut it into several.", "");
        foreach (var (field, column) in mapping.Columns)
            if (!table.Columns.Contains(column)) yield return new(Problems.CsvColumn, Problems.Kind(Problems.CsvColumn).WayOut, field.ToString());
        var has = mapping.Columns.ContainsKey;
        if (!has(ImportField.Name) && !has(ImportField.LastName) && !has(ImportField.FirstName) && !(kind == ImportKind.Appointments && has(ImportField.Client)))
            yield return Refusal.Missing("Name", "Choose the column of the name, or those of first and last name.");
        if (kind == ImportKind.Appointments && !has(ImportField.Start)) yield return Refusal.Missing("Start", "Choose the column that says when the appointment is.");
    }

    private static (ClientDetails? Details, Problem? Problem) Read(Cells cells, ImportKind kind, DateTimeOffset now)
    {
        if (cells.IsBroken) return (null, new(Problems.CsvRow, "A quotation mark is not closed, or there are more cells than headings.", ""));
        var name = cells[ImportField.Name] ?? string.Join(' ', new[] { cells[ImportField.FirstName], cells[ImportField.LastName] }.OfType<string>());
        if (name.Length == 0 && (kind == ImportKind.Clients || cells[ImportField.Client] is null)) return (null, Refusal.Missing(cells.Heading(ImportField.Name, ImportField.LastName), "Give the name."));
        DateTime? born = null;
        if (cells[ImportField.BirthDate] is { } date && (born = ImportMapping.Date(date, cells.Dates)) is null) return (null, new(Problems.NotADate, Problems.Kind(Problems.NotADate).WayOut, cells.Heading(ImportField.BirthDate)));
        var details = new ClientDetails
        {
            Name = name, Email = cells[ImportField.Email], Phone = cells[ImportField.Phone], External = cells[ImportField.Client],
            BirthDate = born is { } day ? DateOnly.FromDateTime(day) : null,
            Sex = cells[ImportField.Sex]?.ToUpperInvariant() switch { "F" or "FEMALE" or "WOMAN" => Sex.Female, "M" or "MALE" or "MAN" => Sex.Male, _ => null },
        };
        if (kind == ImportKind.Appointments && name.Length == 0) return (details, null);
        var wrong = Clients.Check(details, now).FirstOrDefault();
        return wrong is null ? (details, null) : (null, wrong with { Path = cells.Heading(FieldOf(wrong.Path)) });
    }

    private static ImportField FieldOf(string path) => path switch { "email" => ImportField.Email, "phone" => ImportField.Phone, "birthDate" => ImportField.BirthDate, _ => ImportField.Name };

    private static async Task<Dictionary<string, StaffId>> TherapistsAsync(Act act, CancellationToken stop)
    {
        var names = new Dictionary<string, StaffId>(StringComparer.OrdinalIgnoreCase);
        foreach (var staff in await act.Rows<StaffMember>().AsNoTracking().Where(s => s.LeftAt == null).ToListAsync(stop))
            if (await act.KeyAsync(staff.Id.Value) is { } key)
                foreach (var name in new[] { key.Open(staff.Name, "name"), key.Open(staff.Email, "email") }.OfType<string>()) names[name] = staff.Id;
        return names;
    }

    private static async Task<HashSet<string>> AppointmentsAsync(Act act, CancellationToken stop) =>
        [.. (await act.Rows<Appointment>().Where(a => a.ExternalIndex != null).Select(a => a.ExternalIndex!).ToListAsync(stop)).Select(Convert.ToBase64String)];

    /// <summary>The cells of one row by what they mean.</summary>
    private sealed class Cells(CsvTable table, ImportMapping mapping, CsvRow row)
    {
        public string? this[ImportField field] => mapping.Columns.TryGetValue(field, out var column) && table.Columns.IndexOf(column) is >= 0 and var at && at < row.Cells.Length && row.Cells[at].Trim() is { Length: > 0 } text ? text : null;

        public bool IsBroken => row.IsBroken;

        public DateOrder Dates => mapping.Dates;

        public string Heading(params ImportField[] fields) => fields.Where(mapping.Columns.ContainsKey).Select(f => mapping.Columns[f]).FirstOrDefault(fields[0].ToString());
    }

    /// <summary>Who is known in the clinic, so that thousands of rows ask the database once.</summary>
    private sealed class KnownClients(Act act)
    {
        private readonly Dictionary<string, ClientId> _external = [], _person = [], _email = [];

        public static async Task<KnownClients> LoadAsync(Act act, CancellationToken stop)
        {
            var known = new KnownClients(act);
            foreach (var c in await act.Rows<ClientRecord>().AsNoTracking().Where(c => c.ErasedAt == null).Select(c => new { c.ClientId, c.ExternalIndex, c.PersonIndex, c.EmailIndex }).ToListAsync(stop))
                known.Note(c.ClientId, c.ExternalIndex, c.PersonIndex, c.EmailIndex);
            return known;
        }

        public void Note(ClientRecord c) => Note(c.ClientId, c.ExternalIndex, c.PersonIndex, c.EmailIndex);

        public ClientId? Find(ClientDetails d, bool byEmail)
        {
            if (act.Ring.Index(act.Clinic, "external", d.External) is { } external) return Get(_external, external) ?? (byEmail ? null : Get(_person, Clients.PersonIndex(act, d)));
            return Get(_person, Clients.PersonIndex(act, d)) ?? (byEmail ? Get(_email, act.Ring.Index(act.Clinic, "email", d.Email)) : null);
        }

        private void Note(ClientId id, byte[]? external, byte[]? person, byte[]? email)
        {
            if (external is not null) _external.TryAdd(Convert.ToBase64String(external), id);
            // Two people of one name and birth date are told apart by the other program's numbers.
            if (person is not null && external is null) _person.TryAdd(Convert.ToBase64String(person), id);
            if (email is not null) _email.TryAdd(Convert.ToBase64String(email), id);
        }

        private static ClientId? Get(Dictionary<string, ClientId> from, byte[]? index) => index is not null && from.TryGetValue(Convert.ToBase64String(index), out var id) ? id : null;
    }

    /// <summary>The taking of one file.</summary>
    private sealed class Taking(Act act, Import import, KnownClients known, Dictionary<string, StaffId> therapists, ClinicClock clock, HashSet<string> appointments)
    {
        public int Added { get; private set; }

        public int Known { get; private set; }

        public Problem? Client(ClientDetails details)
        {
            if (known.Find(details, byEmail: false) is not null)
            {
                Known++;
                return null;
            }

            known.Note(Clients.Make(act, details, import.Id));
            Added++;
            return null;
        }

        public async Task<Problem?> AppointmentAsync(Cells cells, ClientDetails details)
        {
            if (cells[ImportField.Status] is { } status && (Cancelled.Contains(ImportMapping.Bare(status)) || ImportMapping.Date(status, cells.Dates) is not null)) return null;
            if (Start(cells) is not { } start) return new(Problems.NotADate, Problems.Kind(Problems.NotADate).WayOut, cells.Heading(ImportField.Start));
            if (Minutes(cells, start) is not { } minutes) return Refusal.OutOfRange(cells.Heading(ImportField.Minutes, ImportField.End), "1 to 1,440 minutes");
            var external = act.Ring.Index(act.Clinic, "appointment", cells[ImportField.Appointment]);
            if (external is not null && !appointments.Add(Convert.ToBase64String(external)))
            {
                Known++;
                return null;
            }

            if (known.Find(details, byEmail: true) is not { } client)
            {
                if (details.Name.Length == 0) return new(Problems.NotFound, "No client of this number: import the clients first.", cells.Heading(ImportField.Client));
                var made = Clients.Make(act, details, import.Id);
                known.Note(made);
                client = made.ClientId;
            }

            StaffId? therapist = cells[ImportField.Therapist] is { } name && therapists.TryGetValue(name, out var id) ? id : null;
            var appointment = Clients.Book(act, client, therapist, clock.Moment(start), minutes, walkIn: false);
            (appointment.ImportId, appointment.ExternalIndex) = (import.Id, external);
            if (cells[ImportField.Service] is { } service && await act.KeyAsync(client.Value) is { } key) appointment.Service = key.Seal(service, "service");
            Added++;
            return null;
        }

        private static DateTime? Start(Cells cells)
        {
            if (cells[ImportField.Start] is not { } text || ImportMapping.Date(text, cells.Dates) is not { } start) return null;
            if (cells[ImportField.Time] is not { } time) return start;
            return ImportMapping.TimeOfDay(time) is { } of ? start.Date + of.ToTimeSpan() : null;
        }

        private static int? Minutes(Cells cells, DateTime start)
        {
            if (cells[ImportField.Minutes] is { } text) return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1440 ? number : null;
            if (cells[ImportField.End] is not { } end) return 60;
            var until = ImportMapping.Date(end, cells.Dates) ?? (ImportMapping.TimeOfDay(end) is { } of ? start.Date + of.ToTimeSpan() : null);
            return until is { } to && (to - start).TotalMinutes is >= 1 and <= 1440 and var minutes ? (int)minutes : null;
        }
    }
}
