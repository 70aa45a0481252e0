using System.Collections.Immutable;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Registry.Events;
using ThinIce.Registry.FollowUp;
using ThinIce.Registry.Keys;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry;

/// <summary>What is known of a client. Only the name is needed.</summary>
public sealed record ClientDetails
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>E-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>Telephone number.</summary>
    public string? Phone { get; init; }

    /// <summary>Birth date.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>Sex.</summary>
    public Sex? Sex { get; init; }

    /// <summary>The number that the clinic's other program knows the client by.</summary>
    public string? External { get; init; }
}

/// <summary>A client's record with its name.</summary>
/// <param name="Id">Id.</param>
/// <param name="Details">Details.</param>
/// <param name="NoEmail">Whether the person does not want e-mail.</param>
/// <param name="NoText">Whether the person does not want text messages.</param>
/// <param name="PressureWish">Pressure the person likes.</param>
public sealed record ClientView(ClientId Id, ClientDetails Details, bool NoEmail, bool NoText, PressureLevel? PressureWish);

/// <summary>One appointment of a day.</summary>
public sealed record DayLine(AppointmentId Appointment, ClientId Client, string Name, StaffId? Therapist, DateTimeOffset StartsAt, int Minutes, AppointmentState State, IntakeState? Intake, bool IsFirst);

/// <summary>Clients and their appointments.</summary>
public sealed class Clients
{
    /// <summary>Names shown at once at most: each is an event of reading.</summary>
    public const int MostAtOnce = 50;

    private readonly ClinicRegistry _registry;

    internal Clients(ClinicRegistry registry) => _registry = registry;

    /// <summary>Makes a client's record. Refused as a duplicate where somebody of the same name and birth date, or the same other number, is there.</summary>
    public Task<Outcome<ClientId>> AddAsync(Actor actor, ClientDetails details, CancellationToken stop = default) =>
        _registry.ActAsync(EventTypes.ClientAdded, actor, stop, act => AddAsync(act, details, null));

    /// <summary>Changes a client's record.</summary>
    public Task<Outcome<Done>> ChangeAsync(Actor actor, ClientId id, ClientDetails details, PressureLevel? pressureWish, CancellationToken stop = default) =>
        _registry.ActAsync<Done>(EventTypes.ClientChanged, actor, stop, async act =>
        {
            var (client, key, problem) = await act.ClientAsync(id);
            if (problem is not null) return problem;
            if (Check(details, act.Now).ToList() is { Count: > 0 } problems) return Outcome<Done>.Refused(problems);
            Set(act, client!, key!, details);
            client!.PressureWish = pressureWish;
            return new Done();
        });

    /// <summary>Says whether a client is to be written to. An open series of check-ins ends when no way is left.</summary>
    public Task<Outcome<Done>> ChooseContactAsync(Actor actor, ClientId id, bool noEmail, bool noText, CancellationToken stop = default) =>
        _registry.ActAsync(EventTypes.ContactChosen, actor, stop, act => ChooseAsync(act, id, noEmail, noText));

    /// <summary>A client's record with its name. The reading is an event.</summary>
    public Task<Outcome<ClientView>> ReadAsync(Actor actor, ClientId id, CancellationToken stop = default) =>
        _registry.ActAsync<ClientView>(EventTypes.RecordRead, actor, stop, async act =>
        {
            var (client, key, problem) = await act.ClientAsync(id);
            if (problem is not null) return problem;
            act.NoteRead(id.Value);
            return View(client!, key!);
        });

    /// <summary>Clients whose name contains the words, at most <see cref="MostAtOnce"/>. Each reading is an event.</summary>
    public Task<Outcome<ImmutableArray<ClientView>>> FindAsync(Actor actor, string words, CancellationToken stop = default) =>
        _registry.ActAsync<ImmutableArray<ClientView>>(EventTypes.RecordRead, actor, stop, async act =>
        {
            var keys = await _registry.Clinics.KeysOf(act.Db, act.Clinic, stop);
            var found = ImmutableArray.CreateBuilder<ClientView>();
            foreach (var client in await act.Rows<ClientRecord>().AsNoTracking().Where(c => c.ErasedAt == null).ToListAsync(stop))
            {
                if (keys(client.ClientId.Value) is not { } key || key.Open(client.Name, "name") is not { } name || !name.Contains(words.Trim(), StringComparison.OrdinalIgnoreCase)) continue;
                act.NoteRead(client.ClientId.Value);
                found.Add(View(client, key));
                if (found.Count == MostAtOnce) break;
            }

            return found.ToImmutable();
        });

    /// <summary>Somebody comes without an appointment: makes record and appointment in one act. Only a name is needed.</summary>
    public Task<Outcome<(ClientId Client, AppointmentId Appointment)>> WalkInAsync(Actor actor, ClientDetails details, StaffId? therapist, int minutes, CancellationToken stop = default) =>
        _registry.ActAsync<(ClientId, AppointmentId)>(EventTypes.WalkedIn, actor, stop, async act =>
        {
            if (await CheckAppointmentAsync(act, therapist, minutes) is { } problem) return problem;
            var client = await AddAsync(act, details, null);
            if (!client.IsDone) return Outcome<(ClientId, AppointmentId)>.Refused(client.Problems);
            return (client.Value, Book(act, client.Value, therapist, act.Now, minutes, walkIn: true).Id);
        });

    /// <summary>Books an appointment.</summary>
    public Task<Outcome<AppointmentId>> BookAsync(Actor actor, ClientId id, StaffId? therapist, DateTimeOffset startsAt, int minutes, CancellationToken stop = default) =>
        _registry.ActAsync<AppointmentId>(EventTypes.AppointmentBooked, actor, stop, async act =>
        {
            var (_, _, problem) = await act.ClientAsync(id);
            if ((problem ?? await CheckAppointmentAsync(act, therapist, minutes)) is { } wrong) return wrong;
            return Book(act, id, therapist, startsAt, minutes, walkIn: false).Id;
        });

    /// <summary>Moves an appointment, gives it to somebody else, calls it off, or notes that nobody came.</summary>
    public Task<Outcome<Done>> ChangeAppointmentAsync(Actor actor, AppointmentId id, StaffId? therapist, DateTimeOffset startsAt, AppointmentState state, CancellationToken stop = default) =>
        _registry.ActAsync<Done>(EventTypes.AppointmentChanged, actor, stop, async act =>
        {
            if (await act.FindAsync<Appointment>(id) is not { } appointment) return Refusal.NotFound("appointment");
            if (appointment.State == AppointmentState.Done || state == AppointmentState.Done) return Refusal.WrongState("state", "A session that took place is recorded, or corrected, as a session.");
            if (await CheckAppointmentAsync(act, therapist, appointment.Minutes) is { } problem) return problem;
            (appointment.TherapistId, appointment.StartsAt, appointment.State) = (therapist, Whole(startsAt), state);
            return new Done();
        });

    /// <summary>The clinic's date and time now; null where there is no such clinic.</summary>
    public async Task<DateTime?> NowAsync(ClinicId id, CancellationToken stop = default)
    {
        await using var db = _registry.Store.Context();
        return await db.Set<Clinic>().AsNoTracking().FirstOrDefaultAsync(c => c.ClinicId == id, stop) is { } clinic ? new ClinicClock(clinic).Local(_registry.Now) : null;
    }

    /// <summary>A day of the clinic, on its own calendar, with names. Each reading is an event.</summary>
    public Task<Outcome<ImmutableArray<DayLine>>> DayAsync(Actor actor, DateOnly day, StaffId? therapist = null, CancellationToken stop = default) =>
        _registry.ActAsync<ImmutableArray<DayLine>>(EventTypes.RecordRead, actor, stop, async act =>
        {
            var clock = new ClinicClock((await act.FindAsync<Clinic>(act.Clinic))!);
            var (from, to) = (clock.Moment(day.ToDateTime(default)), clock.Moment(day.AddDays(1).ToDateTime(default)));
            var appointments = await act.Rows<Appointment>().AsNoTracking().Where(a => a.StartsAt >= from && a.StartsAt < to && (therapist == null || a.TherapistId == therapist)).OrderBy(a => a.StartsAt).ToListAsync(stop);
            var ids = appointments.Select(a => (AppointmentId?)a.Id).ToList();
            var who = appointments.Select(a => a.ClientId).Distinct().ToList();
            var intakes = await act.Rows<IntakeRecord>().AsNoTracking().Where(i => ids.Contains(i.AppointmentId)).ToDictionaryAsync(i => i.AppointmentId!.Value, i => i.State, stop);
            var known = (await act.Rows<Session>().Where(s => who.Contains(s.ClientId)).Select(s => s.ClientId).Distinct().ToListAsync(stop)).ToHashSet();
            var clients = await act.Rows<ClientRecord>().AsNoTracking().Where(c => who.Contains(c.ClientId)).ToDictionaryAsync(c => c.ClientId, stop);
            var lines = ImmutableArray.CreateBuilder<DayLine>();
            foreach (var a in appointments)
            {
                if (await act.KeyAsync(a.ClientId.Value) is not { } key) continue;
                act.NoteRead(a.ClientId.Value);
                lines.Add(new(a.Id, a.ClientId, key.Open(clients[a.ClientId].Name, "name") ?? "", a.TherapistId, a.StartsAt, a.Minutes, a.State, intakes.TryGetValue(a.Id, out var state) ? state : null, !known.Contains(a.ClientId)));
            }

            return lines.ToImmutable();
        });

    internal static async Task<Outcome<ClientId>> AddAsync(Act act, ClientDetails details, ImportId? import)
    {
        if (Check(details, act.Now).ToList() is { Count: > 0 } problems) return Outcome<ClientId>.Refused(problems);
        if (await SameAsync(act, details) is { } same) return new Problem(Problems.Duplicate, "This person has a record here already.", $"client/{same}");
        return Make(act, details, import).ClientId;
    }

    /// <summary>Makes a record that was looked at already.</summary>
    internal static ClientRecord Make(Act act, ClientDetails details, ImportId? import)
    {
        var client = act.Add(new ClientRecord { ClientId = new(Guid.NewGuid()), CreatedAt = act.Now, ImportId = import });
        Set(act, client, act.NewKey(client.ClientId.Value), details);
        return client;
    }

    /// <summary>The record of the same person: by the other program's number, or by name and birth date where both are known.</summary>
    internal static async Task<ClientId?> SameAsync(Act act, ClientDetails details)
    {
        var external = act.Ring.Index(act.Clinic, "external", details.External);
        var person = PersonIndex(act, details);
        var found = external is null ? null : await act.Rows<ClientRecord>().FirstOrDefaultAsync(c => c.ExternalIndex == external, act.Stop);
        if (found is null && person is not null) found = await act.Rows<ClientRecord>().FirstOrDefaultAsync(c => c.PersonIndex == person && (c.ExternalIndex == null || external == null), act.Stop);
        return found?.ClientId;
    }

    internal static Appointment Book(Act act, ClientId client, StaffId? therapist, DateTimeOffset startsAt, int minutes, bool walkIn) => act.Add(new Appointment
    {
        Id = new(Guid.NewGuid()), ClientId = client, TherapistId = therapist, StartsAt = Whole(startsAt), Minutes = minutes, State = AppointmentState.Booked, WalkIn = walkIn,
    });

    internal static async Task<Outcome<Done>> ChooseAsync(Act act, ClientId id, bool noEmail, bool noText)
    {
        if (await act.FindAsync<ClientRecord>(id) is not { } client) return Refusal.NotFound("client");
        (client.NoEmail, client.NoText) = (noEmail, noText);
        if (!CanBeAsked(client)) await CheckIns.EndOpenSeriesAsync(act, id, SeriesState.OptedOut);
        return new Done();
    }

    internal static bool CanBeAsked(ClientRecord client) => (client.Email is not null && !client.NoEmail) || (client.Phone is not null && !client.NoText);

    internal static DateTimeOffset Whole(DateTimeOffset at) => DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());

    internal static ClientDetails Details(ClientRecord client, SubjectKey key) => new()
    {
        Name = key.Open(client.Name, "name") ?? "",
        Email = key.Open(client.Email, "email"),
        Phone = key.Open(client.Phone, "phone"),
        BirthDate = key.Open(client.BirthDate, "birth_date") is { } date ? DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
        Sex = client.Sex,
        External = key.Open(client.External, "external"),
    };

    private static ClientView View(ClientRecord client, SubjectKey key) => new(client.ClientId, Details(client, key), client.NoEmail, client.NoText, client.PressureWish);

    private static void Set(Act act, ClientRecord client, SubjectKey key, ClientDetails d)
    {
        client.Name = key.Seal(d.Name.Trim(), "name");
        client.Email = key.Seal(Empty(d.Email), "email");
        client.Phone = key.Seal(Contacts.Phone(d.Phone), "phone");
        client.BirthDate = key.Seal(d.BirthDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), "birth_date");
        client.External = key.Seal(Empty(d.External), "external");
        client.EmailIndex = act.Ring.Index(act.Clinic, "email", d.Email);
        client.PhoneIndex = act.Ring.Index(act.Clinic, "phone", Contacts.Phone(d.Phone));
        client.ExternalIndex = act.Ring.Index(act.Clinic, "external", d.External);
        client.PersonIndex = PersonIndex(act, d);
        client.Sex = d.Sex;
        client.AgeBand = d.BirthDate is { } born ? Age(born, act.Now) / 10 * 10 : client.AgeBand;
    }

    internal static int Age(DateOnly born, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return today.Year - born.Year - (today < born.AddYears(today.Year - born.Year) ? 1 : 0);
    }

    internal static byte[]? PersonIndex(Act act, ClientDetails d) => d.BirthDate is { } born
        ? act.Ring.Index(act.Clinic, "person", $"{string.Join(' ', d.Name.Split(' ', StringSplitOptions.RemoveEmptyEntries))}|{born:yyyyMMdd}") : null;

    internal static IEnumerable<Problem> Check(ClientDetails d, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(d.Name)) yield return Refusal.Missing("name", "Give the name.");
        if (d.Name is { Length: > 200 }) yield return new(Problems.TooLong, "A name has at most 200 characters.", "name");
        if (Empty(d.Email) is { } email && !Contacts.IsEmail(email)) yield return Refusal.Unknown("email", "an e-mail address");
        if (Empty(d.Phone) is { } phone && Contacts.Phone(phone) is null) yield return Refusal.Unknown("phone", "a telephone number of 6 to 15 digits");
        if (d.BirthDate is { } born && born > DateOnly.FromDateTime(now.UtcDateTime.AddDays(1))) yield return new(Problems.InTheFuture, Problems.Kind(Problems.InTheFuture).WayOut, "birthDate");
        else if (d.BirthDate is { } old && Age(old, now) > 130) yield return Refusal.OutOfRange("birthDate", "at most 130 years ago");
    }

    private static string? Empty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static async Task<Problem?> CheckAppointmentAsync(Act act, StaffId? therapist, int minutes)
    {
        if (minutes is not (>= 1 and <= 1440)) return Refusal.OutOfRange("minutes", "1 to 1,440");
        return therapist is { } id && await act.FindAsync<StaffMember>(id) is not { LeftAt: null } ? Refusal.NotFound("therapist") : null;
    }
}
