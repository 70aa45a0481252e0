using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using ThinIce.Core.Contract;
using ThinIce.Registry.Events;
using ThinIce.Registry.FollowUp;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry;

/// <summary>What a clinic is set to. Numbers are conventions until a clinic knows better.</summary>
public sealed record ClinicSettings
{
    /// <summary>Name, as clients know it.</summary>
    public required string Name { get; init; }

    /// <summary>Country code of two letters.</summary>
    public required string Country { get; init; }

    /// <summary>IANA name of the time zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>No message from here on …</summary>
    public TimeOnly QuietFrom { get; init; } = new(20, 30);

    /// <summary>… until here, on the clinic's clock.</summary>
    public TimeOnly QuietTo { get; init; } = new(8, 0);

    /// <summary>Probability of following up an ordinary session.</summary>
    public double SampleProbability { get; init; } = 0.25;

    /// <summary>Probability per day of asking somebody far from any session.</summary>
    public double ControlProbability { get; init; } = 0.01;

    /// <summary>Minutes until an unopened alert goes on.</summary>
    public int EscalateMinutes { get; init; } = 60;

    /// <summary>Sessions below which the officer's view shows no figure.</summary>
    public int MinimumSessions { get; init; } = 30;

    /// <summary>Years a record is kept after the last session; 0 where nothing says so.</summary>
    public int RetentionYears { get; init; }

    /// <summary>Days for which an intake link opens.</summary>
    public int LinkDays { get; init; } = 14;

    /// <summary>Whether the public form for reports is switched off.</summary>
    public bool NoReports { get; init; }

    /// <summary>Cases that the officers can assess a day; 0 not said.</summary>
    public double CasesADay { get; init; }

    /// <summary>The settings that a clinic has now. Whoever changes some of them begins here, so that the others stay.</summary>
    public static ClinicSettings Of(Clinic clinic)
    {
        ArgumentNullException.ThrowIfNull(clinic);
        return new()
        {
            Name = clinic.Name, Country = clinic.Country, TimeZone = clinic.TimeZone, QuietFrom = clinic.QuietFrom, QuietTo = clinic.QuietTo, SampleProbability = clinic.SampleProbability, ControlProbability = clinic.ControlProbability,
            EscalateMinutes = clinic.EscalateMinutes, MinimumSessions = clinic.MinimumSessions, RetentionYears = clinic.RetentionYears, LinkDays = clinic.LinkDays, NoReports = clinic.NoReports, CasesADay = clinic.CasesADay,
        };
    }
}

/// <summary>A member of staff by name.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">Name; empty where the record was erased.</param>
public sealed record StaffName(StaffId Id, string Name);

/// <summary>A member of staff to be added.</summary>
/// <param name="Name">Name.</param>
/// <param name="Email">E-mail address.</param>
/// <param name="Roles">Roles; at least one.</param>
public sealed record NewStaff(string Name, string Email, ImmutableArray<Role> Roles);

/// <summary>A member of staff as colleagues see them.</summary>
/// <param name="Id">Id.</param>
/// <param name="Name">Name.</param>
/// <param name="Email">E-mail address.</param>
/// <param name="Roles">Roles.</param>
/// <param name="HasLeft">Whether the person left.</param>
public sealed record StaffView(StaffId Id, string Name, string Email, ImmutableArray<Role> Roles, bool HasLeft);

/// <summary>Hours of one day in which somebody reads alerts.</summary>
public sealed record Cover(DayOfWeek Day, TimeOnly From, TimeOnly To);

/// <summary>Clinics and their staff.</summary>
public sealed class Clinics
{
    private readonly ClinicRegistry _registry;

    internal Clinics(ClinicRegistry registry) => _registry = registry;

    /// <summary>Opens a clinic with its first member of staff, who can add the others.</summary>
    public async Task<Outcome<(ClinicId Clinic, StaffId Staff)>> OpenAsync(ClinicSettings settings, NewStaff first, CancellationToken stop = default)
    {
        var problems = Check(settings).Concat(Check(first)).Concat(Misplaced(new(Guid.NewGuid()), first.Roles) is { } misplaced ? [misplaced] : []).ToList();
        if (problems.Count > 0) return Outcome<(ClinicId, StaffId)>.Refused(problems);
        using var turn = await _registry.Store.TurnAsync(stop);
        await using var db = _registry.Store.Context();
        await using var transaction = await Store.BeginAsync(db, stop);
        // Behind the lock of the installation, as every act is behind that of its clinic.
        await _registry.Store.LockAsync(db, ClinicId.Installation, stop);
        var head = new ChainHead { ClinicId = new(Guid.NewGuid()), Hash = [] };
        db.Add(head);
        var act = new Act(db, head, EventTypes.ClinicOpened, Actor.Operator(head.ClinicId), _registry.Ring, _registry.Now, stop);
        Set(act.Add(new Clinic()), settings);
        var staff = Add(act, first);
        await act.WriteEventsAsync();
        await db.SaveChangesAsync(stop);
        await transaction.CommitAsync(CancellationToken.None);
        return (head.ClinicId, staff);
    }

    /// <summary>All clinics of the installation. They name no client.</summary>
    public async Task<ImmutableArray<Clinic>> AllAsync(CancellationToken stop = default)
    {
        await using var db = _registry.Store.Context();
        return [.. await db.Set<Clinic>().AsNoTracking().OrderBy(c => c.Name).ToListAsync(stop)];
    }

    /// <summary>Changes a clinic's settings.</summary>
    public Task<Outcome<Done>> ChangeAsync(Actor actor, ClinicSettings settings, CancellationToken stop = default) =>
        _registry.ActAsync<Done>(EventTypes.ClinicChanged, actor, stop, async act =>
        {
            if (Check(settings).ToList() is { Count: > 0 } problems) return Outcome<Done>.Refused(problems);
            Set((await act.FindAsync<Clinic>(act.Clinic))!, settings);
            return new Done();
        });

    /// <summary>Sets the hours in which somebody reads alerts.</summary>
    public Task<Outcome<Done>> SetCoverAsync(Actor actor, IReadOnlyCollection<Cover> hours, CancellationToken stop = default) =>
        _registry.ActAsync<Done>(EventTypes.CoverHoursSet, actor, stop, async act =>
        {
            if (hours.Any(h => h.To <= h.From)) return Refusal.OutOfRange("to", "later than 'from'; two lines for a night");
            act.Db.RemoveRange(await act.Rows<CoverHours>().ToListAsync(stop));
            foreach (var h in hours) act.Add(new CoverHours { Id = new(Guid.NewGuid()), Day = h.Day, From = h.From, To = h.To });
            return new Done();
        });

    /// <summary>The hours in which somebody reads alerts.</summary>
    public Task<Outcome<ImmutableArray<Cover>>> HoursAsync(Actor actor, CancellationToken stop = default) =>
        _registry.ReadAsync<ImmutableArray<Cover>>(EventTypes.AlertSeen, actor, stop, async db =>
            (await db.Set<CoverHours>().AsNoTracking().Where(h => h.ClinicId == actor.Clinic).ToListAsync(stop)).OrderBy(h => h.Day).ThenBy(h => h.From).Select(h => new Cover(h.Day, h.From, h.To)).ToImmutableArray());

    /// <summary>Whether somebody reads alerts at this moment, and when somebody will; null where no hours are set.</summary>
    public async Task<(bool Now, DateTimeOffset? Next)> CoverAsync(ClinicId clinic, CancellationToken stop = default)
    {
        await using var db = _registry.Store.Context();
        var hours = await db.Set<CoverHours>().AsNoTracking().Where(h => h.ClinicId == clinic).ToListAsync(stop);
        var zone = new ClinicClock(await db.Set<Clinic>().AsNoTracking().SingleAsync(c => c.ClinicId == clinic, stop));
        return zone.Cover(_registry.Now, hours);
    }

    /// <summary>Adds a member of staff.</summary>
    public Task<Outcome<StaffId>> AddStaffAsync(Actor actor, NewStaff staff, CancellationToken stop = default) =>
        _registry.ActAsync<StaffId>(EventTypes.StaffAdded, actor, stop, async act =>
        {
            if (Check(staff).ToList() is { Count: > 0 } problems) return Outcome<StaffId>.Refused(problems);
            if (Misplaced(act.Clinic, staff.Roles) is { } misplaced) return misplaced;
            var index = act.Ring.Index(act.Clinic, "staff", staff.Email);
            if (await act.Rows<StaffMember>().AnyAsync(s => s.EmailIndex == index, stop)) return new Problem(Problems.Duplicate, "Somebody has this address already.", "email");
            return Add(act, staff);
        });

    /// <summary>Sets the roles of a member of staff. A clinic keeps at least one administrator.</summary>
    public Task<Outcome<Done>> SetRolesAsync(Actor actor, StaffId staff, IReadOnlyCollection<Role> roles, CancellationToken stop = default) =>
        _registry.ActAsync(EventTypes.RolesSet, actor, stop, act => SetRolesAsync(act, staff, roles, leaves: false));

    /// <summary>A member of staff leaves. The name stays on the sessions given; it can be erased later.</summary>
    public Task<Outcome<Done>> LeaveAsync(Actor actor, StaffId staff, CancellationToken stop = default) =>
        _registry.ActAsync(EventTypes.StaffLeft, actor, stop, act => SetRolesAsync(act, staff, [], leaves: true));

    /// <summary>The staff of a clinic, for colleagues.</summary>
    public Task<Outcome<ImmutableArray<StaffView>>> StaffAsync(Actor actor, CancellationToken stop = default) =>
        _registry.ReadAsync<ImmutableArray<StaffView>>(EventTypes.RecordRead, actor, stop, async db =>
        {
            var roles = (await db.Set<StaffRole>().AsNoTracking().Where(r => r.ClinicId == actor.Clinic).ToListAsync(stop)).ToLookup(r => r.StaffId, r => r.Role);
            var keys = await KeysOf(db, actor.Clinic, stop);
            return (await db.Set<StaffMember>().AsNoTracking().Where(s => s.ClinicId == actor.Clinic).ToListAsync(stop))
                .Select(s => new StaffView(s.Id, keys(s.Id.Value)?.Open(s.Name, "name") ?? "", keys(s.Id.Value)?.Open(s.Email, "email") ?? "", [.. roles[s.Id].Order()], s.LeftAt is not null))
                .ToImmutableArray();
        });

    /// <summary>The member of staff with this address, for signing in; null where there is none. Across clinics: one person may work in several.</summary>
    public async Task<ImmutableArray<(ClinicId Clinic, StaffId Staff)>> FindStaffAsync(string email, CancellationToken stop = default)
    {
        var found = ImmutableArray.CreateBuilder<(ClinicId, StaffId)>();
        foreach (var clinic in await AllAsync(stop))
        {
            await using var db = _registry.Store.Context();
            var index = _registry.Ring.Index(clinic.ClinicId, "staff", email);
            if (await db.Set<StaffMember>().AsNoTracking().FirstOrDefaultAsync(s => s.ClinicId == clinic.ClinicId && s.EmailIndex == index && s.LeftAt == null, stop) is { } staff)
                found.Add((clinic.ClinicId, staff.Id));
        }

        return found.ToImmutable();
    }

    /// <summary>The roles that an actor has.</summary>
    public async Task<IReadOnlyCollection<Role>> RolesAsync(Actor actor, CancellationToken stop = default)
    {
        await using var db = _registry.Store.Context();
        return await ClinicRegistry.RolesAsync(db, actor, stop);
    }

    /// <summary>Names of some of a clinic's staff, in no order.</summary>
    internal async Task<ImmutableArray<StaffName>> NamesOf(RegistryContext db, ClinicId clinic, IReadOnlyCollection<StaffId> staff, CancellationToken stop)
    {
        var rows = await db.Set<StaffMember>().AsNoTracking().Where(s => s.ClinicId == clinic && staff.Contains(s.Id)).ToListAsync(stop);
        var subjects = rows.ConvertAll(r => r.Id.Value);
        var keys = await db.Set<PersonKey>().AsNoTracking().Where(k => k.ClinicId == clinic && subjects.Contains(k.Subject)).ToDictionaryAsync(k => k.Subject, stop);
        return [.. rows.Select(r => new StaffName(r.Id, keys.TryGetValue(r.Id.Value, out var key) ? _registry.Ring.Open(key).Open(r.Name, "name") ?? "" : ""))];
    }

    internal async Task<Func<Guid, Keys.SubjectKey?>> KeysOf(RegistryContext db, ClinicId clinic, CancellationToken stop)
    {
        var keys = await db.Set<PersonKey>().AsNoTracking().Where(k => k.ClinicId == clinic).ToDictionaryAsync(k => k.Subject, stop);
        return subject => keys.TryGetValue(subject, out var key) ? _registry.Ring.Open(key) : null;
    }

    private static StaffId Add(Act act, NewStaff staff)
    {
        var id = new StaffId(Guid.NewGuid());
        var key = act.NewKey(id.Value);
        act.Add(new StaffMember { Id = id, Name = key.Seal(staff.Name.Trim(), "name"), Email = key.Seal(staff.Email.Trim(), "email"), EmailIndex = act.Ring.Index(act.Clinic, "staff", staff.Email) });
        foreach (var role in staff.Roles.Distinct()) act.Add(new StaffRole { StaffId = id, Role = role });
        return id;
    }

    private static async Task<Outcome<Done>> SetRolesAsync(Act act, StaffId staff, IReadOnlyCollection<Role> roles, bool leaves)
    {
        if (await act.FindAsync<StaffMember>(staff) is not { } member) return Refusal.NotFound("staff");
        if (Misplaced(act.Clinic, roles) is { } misplaced) return misplaced;
        var had = await act.Rows<StaffRole>().Where(r => r.StaffId == staff).ToListAsync(act.Stop);
        var losesAdmin = had.Any(r => r.Role == Role.ClinicAdmin) && !roles.Contains(Role.ClinicAdmin);
        if (losesAdmin && !await act.Rows<StaffRole>().AnyAsync(r => r.Role == Role.ClinicAdmin && r.StaffId != staff, act.Stop))
            return Refusal.WrongState("roles", "A clinic keeps one administrator at least: give the role to somebody else first.");
        act.Db.RemoveRange(had.Where(r => !roles.Contains(r.Role)));
        foreach (var role in roles.Distinct().Where(r => had.TrueForAll(h => h.Role != r))) act.Add(new StaffRole { StaffId = staff, Role = role });
        if (leaves) (member.LeftAt, member.EmailIndex) = (act.Now, null);
        return new Done();
    }

    /// <summary>The installation has system administrators and nobody else; a clinic has none.</summary>
    private static Problem? Misplaced(ClinicId clinic, IEnumerable<Role> roles) =>
        roles.Any(r => (r == Role.SystemAdmin) != (clinic == ClinicId.Installation)) ? Refusal.Unknown("roles", clinic == ClinicId.Installation ? "system administrator" : "the roles of a clinic") : null;

    private static IEnumerable<Problem> Check(ClinicSettings s)
    {
        if (string.IsNullOrWhiteSpace(s.Name)) yield return Refusal.Missing("name", "Give the clinic's name.");
        if (s.Country is not { Length: 2 } || !s.Country.All(char.IsAsciiLetterUpper)) yield return Refusal.Unknown("country", "a country code of two capital letters, such as GB");
        if (!ClinicClock.Knows(s.TimeZone)) yield return Refusal.Unknown("timeZone", "an IANA name such as Europe/London");
        if (s.SampleProbability is not (> 0 and <= 1)) yield return Refusal.OutOfRange("sampleProbability", "above 0, at most 1");
        if (s.ControlProbability is not (>= 0 and <= 1)) yield return Refusal.OutOfRange("controlProbability", "0 to 1");
        if (s.EscalateMinutes is not (>= 3 and <= 1440)) yield return Refusal.OutOfRange("escalateMinutes", "3 to 1440");
        if (s.RetentionYears is not (>= 0 and <= 100)) yield return Refusal.OutOfRange("retentionYears", "0 to 100");
        if (s.LinkDays is not (>= 1 and <= 90)) yield return Refusal.OutOfRange("linkDays", "1 to 90");
        if (s.CasesADay is not (>= 0 and <= 100_000)) yield return Refusal.OutOfRange("casesADay", "0 to 100,000");
        if (s.MinimumSessions is not (>= 5 and <= 100_000)) yield return Refusal.OutOfRange("minimumSessions", "5 to 100,000");
    }

    private static IEnumerable<Problem> Check(NewStaff s)
    {
        if (string.IsNullOrWhiteSpace(s.Name)) yield return Refusal.Missing("name", "Give the name.");
        if (!Contacts.IsEmail(s.Email)) yield return Refusal.Unknown("email", "an e-mail address");
        if (s.Roles.IsDefaultOrEmpty) yield return Refusal.Missing("roles", "Choose one role at least.");
    }

    private static void Set(Clinic clinic, ClinicSettings s) =>
        (clinic.Name, clinic.Country, clinic.TimeZone, clinic.QuietFrom, clinic.QuietTo, clinic.SampleProbability, clinic.ControlProbability, clinic.EscalateMinutes, clinic.MinimumSessions, clinic.RetentionYears, clinic.LinkDays, clinic.NoReports, clinic.CasesADay)
        = (s.Name.Trim(), s.Country, s.TimeZone, s.QuietFrom, s.QuietTo, s.SampleProbability, s.ControlProbability, s.EscalateMinutes, s.MinimumSessions, s.RetentionYears, s.LinkDays, s.NoReports, s.CasesADay);
}
