using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using ThinIce.Registry.Events;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry;

/// <summary>Counts behind every rate: never a rate without them.</summary>
/// <param name="Sessions">Sessions.</param>
/// <param name="People">People.</param>
/// <param name="FollowedUp">Sessions that were followed up.</param>
/// <param name="NoContact">Sessions whose client cannot be asked.</param>
/// <param name="Asked">Check-ins asked.</param>
/// <param name="Answered">Check-ins answered.</param>
/// <param name="Missed">Check-ins not answered in time.</param>
/// <param name="AnsweredSessions">Sessions with one answer at least.</param>
/// <param name="WithNewOrWorse">Of those, sessions with a new or worse complaint.</param>
/// <param name="BeforeUnknown">Of those, sessions where nobody asked what was there before: new is not known of them.</param>
/// <param name="WithBenefit">Of those, sessions that did good.</param>
/// <param name="Emergencies">Answers that were emergencies.</param>
public sealed record Counts(int Sessions, int People, int FollowedUp, int NoContact, int Asked, int Answered, int Missed, int AnsweredSessions, int WithNewOrWorse, int BeforeUnknown, int WithBenefit, int Emergencies);

/// <summary>How often a rule fired and what the therapists did.</summary>
/// <param name="Rule">Rule.</param>
/// <param name="Held">Sessions in which it held.</param>
/// <param name="Open">Sessions in which it was undetermined.</param>
/// <param name="Followed">Of those in which it held, those whose advice was followed.</param>
/// <param name="Instead">Those in which something else was done.</param>
/// <param name="FollowedByNewOrWorse">Those after which a new or worse complaint was told.</param>
public sealed record RuleRecord(string Rule, int Held, int Open, int Followed, int Instead, int FollowedByNewOrWorse);

/// <summary>Figures without names. A therapist's own are for that therapist; nobody is ranked.</summary>
public sealed class Figures
{
    private readonly ClinicRegistry _registry;

    internal Figures(ClinicRegistry registry) => _registry = registry;

    /// <summary>The actor's own figures as a therapist, in a time.</summary>
    public Task<Outcome<Counts>> OwnAsync(Actor actor, DateTimeOffset from, DateTimeOffset to, CancellationToken stop = default) =>
        _registry.ReadAsync<Counts>(EventTypes.SessionRecorded, actor, stop, async db => actor.StaffId is { } staff
            ? await CountAsync(db, db.Set<Session>().Where(s => s.ClinicId == actor.Clinic && s.TherapistId == staff && s.StartedAt >= from && s.StartedAt < to), stop)
            : Refusal.NotAllowed("figures"));

    /// <summary>The clinic's figures, of all therapists together; null below the clinic's minimum of sessions. For officers, administrators and researchers.</summary>
    public async Task<Outcome<Counts?>> ClinicAsync(Actor actor, DateTimeOffset from, DateTimeOffset to, CancellationToken stop = default)
    {
        await using var db = _registry.Store.Context();
        if (actor.StaffId is not null && !(await ClinicRegistry.RolesAsync(db, actor, stop)).Any(IsForFigures)) return Refusal.NotAllowed("figures");
        var clinic = await db.Set<Clinic>().AsNoTracking().FirstOrDefaultAsync(c => c.ClinicId == actor.Clinic, stop);
        if (clinic is null) return Refusal.NotFound("clinic");
        var counts = await CountAsync(db, db.Set<Session>().Where(s => s.ClinicId == actor.Clinic && s.StartedAt >= from && s.StartedAt < to), stop);
        return counts.Sessions < clinic.MinimumSessions ? (Outcome<Counts?>)(Counts?)null : counts;
    }

    /// <summary>Rows for the rates of the clinic's sessions in a time; null below the clinic's minimum of sessions. For officers, administrators and researchers.</summary>
    public async Task<Outcome<Surveyed?>> SurveyedAsync(Actor actor, DateTimeOffset from, DateTimeOffset to, CancellationToken stop = default)
    {
        await using var db = _registry.Store.Context();
        if (actor.StaffId is not null && !(await ClinicRegistry.RolesAsync(db, actor, stop)).Any(IsForFigures)) return Refusal.NotAllowed("figures");
        var clinic = await db.Set<Clinic>().AsNoTracking().FirstOrDefaultAsync(c => c.ClinicId == actor.Clinic, stop);
        if (clinic is null) return Refusal.NotFound("clinic");
        var rows = await SurveyedRows.ReadAsync(db, actor.Clinic, db.Set<Session>().Where(s => s.ClinicId == actor.Clinic && s.StartedAt >= from && s.StartedAt < to), from, to, stop);
        return rows.Visits.Length < clinic.MinimumSessions ? (Outcome<Surveyed?>)(Surveyed?)null : rows;
    }

    /// <summary>The same of the actor's own sessions as a therapist, with the controls of the whole clinic.</summary>
    public Task<Outcome<Surveyed>> OwnSurveyedAsync(Actor actor, DateTimeOffset from, DateTimeOffset to, CancellationToken stop = default) =>
        _registry.ReadAsync<Surveyed>(EventTypes.SessionRecorded, actor, stop, async db => actor.StaffId is { } staff
            ? await SurveyedRows.ReadAsync(db, actor.Clinic, db.Set<Session>().Where(s => s.ClinicId == actor.Clinic && s.TherapistId == staff && s.StartedAt >= from && s.StartedAt < to), from, to, stop)
            : Refusal.NotAllowed("figures"));

    /// <summary>Each rule's own record in this clinic.</summary>
    public async Task<Outcome<ImmutableArray<RuleRecord>>> RulesAsync(Actor actor, CancellationToken stop = default)
    {
        await using var db = _registry.Store.Context();
        if (actor.StaffId is not null && (await ClinicRegistry.RolesAsync(db, actor, stop)).All(r => r == Role.SystemAdmin)) return Refusal.NotAllowed("figures");
        var harmed = (await db.Set<CheckInAnswer>().Where(a => a.ClinicId == actor.Clinic && a.SessionId != null && a.NewOrWorse > 0).Select(a => a.SessionId).Distinct().ToListAsync(stop)).ToHashSet();
        var rules = new SortedDictionary<string, RuleRecord>(StringComparer.Ordinal);
        await foreach (var s in db.Set<Session>().Where(s => s.ClinicId == actor.Clinic).Select(s => new { s.Id, s.Findings, s.Advice }).AsAsyncEnumerable().WithCancellation(stop))
            foreach (var finding in System.Text.Json.Nodes.JsonNode.Parse(s.Findings)!.AsArray())
            {
                var rule = finding!["rule"]!.GetValue<string>();
                var record = rules.GetValueOrDefault(rule) ?? new(rule, 0, 0, 0, 0, 0);
                rules[rule] = finding["status"]!.GetValue<string>() != "holds" ? record with { Open = record.Open + 1 } : record with
                {
                    Held = record.Held + 1,
                    Followed = record.Followed + (s.Advice == AdviceTaken.Followed ? 1 : 0),
                    Instead = record.Instead + (s.Advice == AdviceTaken.Instead ? 1 : 0),
                    FollowedByNewOrWorse = record.FollowedByNewOrWorse + (harmed.Contains(s.Id) ? 1 : 0),
                };
            }

        return rules.Values.ToImmutableArray();
    }

    internal static bool IsForFigures(Role role) => role is Role.SafetyOfficer or Role.Deputy or Role.ClinicAdmin or Role.Researcher;

    private static async Task<Counts> CountAsync(RegistryContext db, IQueryable<Session> sessions, CancellationToken stop)
    {
        var rows = await sessions.Select(s => new { s.Id, s.ClientId, s.FollowUp }).ToListAsync(stop);
        var contacts = await db.Set<Contact>().Where(c => c.SessionId != null && sessions.Any(s => s.Id == c.SessionId)).GroupBy(c => c.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, stop);
        var answers = await db.Set<CheckInAnswer>().Where(a => a.SessionId != null && sessions.Any(s => s.Id == a.SessionId)).Select(a => new { a.SessionId, a.NewOrWorse, a.Benefit, a.Urgency }).ToListAsync(stop);
        var bySession = answers.GroupBy(a => a.SessionId).ToList();
        var answered = contacts.GetValueOrDefault(ContactState.Answered);
        var missed = contacts.GetValueOrDefault(ContactState.Missed);
        return new(rows.Count, rows.Select(r => r.ClientId).Distinct().Count(), rows.Count(r => FollowUp.FollowUpPolicy.Asks(r.FollowUp)), rows.Count(r => r.FollowUp == FollowUpReason.NoContact),
            answered + missed + contacts.GetValueOrDefault(ContactState.Asked), answered, missed, bySession.Count, bySession.Count(g => g.Any(a => a.NewOrWorse > 0)),
            bySession.Count(g => g.All(a => a.NewOrWorse is null)), bySession.Count(g => g.Any(a => a.Benefit == true)), answers.Count(a => a.Urgency == "emergency"));
    }
}
