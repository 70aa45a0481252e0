using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry;

/// <summary>One complaint that was told, without its words.</summary>
/// <param name="Concepts">Ids of the vocabulary; empty where nothing was made of the words.</param>
/// <param name="IsNewOrWorse">Whether it was new or worse than before the session.</param>
public sealed record ToldComplaint(ImmutableArray<string> Concepts, bool IsNewOrWorse);

/// <summary>One answer to a check-in, without words.</summary>
/// <param name="GivenAt">When.</param>
/// <param name="IsBeforeKnown">Whether it was asked what was there before the session: only then is "new" known.</param>
/// <param name="Urgency">Urgency of the advice, in the contract's word.</param>
/// <param name="Complaints">What was felt.</param>
/// <param name="Suspected">Ids of the harms it may be.</param>
public sealed record SurveyedAnswer(DateTimeOffset GivenAt, bool IsBeforeKnown, string Urgency, ImmutableArray<ToldComplaint> Complaints, ImmutableArray<string> Suspected);

/// <summary>One check-in of a visit or of a control, with its answers: none, one, or several.</summary>
/// <param name="Wave">Which.</param>
/// <param name="State">How it stands.</param>
/// <param name="Answers">Answers.</param>
public sealed record SurveyedCheckIn(Wave Wave, ContactState State, ImmutableArray<SurveyedAnswer> Answers);

/// <summary>What was done in a session, by ids of the vocabulary.</summary>
/// <param name="Techniques">Techniques.</param>
/// <param name="Regions">Regions.</param>
/// <param name="Pressure">light, moderate or strong; null where not said.</param>
public sealed record SurveyedPlan(ImmutableArray<string> Techniques, ImmutableArray<string> Regions, string? Pressure);

/// <summary>One session as a survey sees it: who was asked with which probability, and what was answered. Names nobody.</summary>
public sealed record SurveyedVisit
{
    /// <summary>The session.</summary>
    public required SessionId Session { get; init; }

    /// <summary>Its appointment, for the page of the visit; null where there was none.</summary>
    public AppointmentId? Appointment { get; init; }

    /// <summary>The client.</summary>
    public required ClientId Client { get; init; }

    /// <summary>The therapist.</summary>
    public required StaffId Therapist { get; init; }

    /// <summary>When it began. Of somebody erased, only the month is right.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Whether it was the client's first here.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Why it was followed up, or was not.</summary>
    public FollowUpReason FollowUp { get; init; }

    /// <summary>Probability with which it was to be asked about, 0 to 1: the inverse weight of its answers.</summary>
    public double InclusionProbability { get; init; }

    /// <summary>Decision of the check before, in the contract's word.</summary>
    public string Decision { get; init; } = "";

    /// <summary>What was done.</summary>
    public SurveyedPlan Plan { get; init; } = new([], [], null);

    /// <summary>Ids of what was felt before the session. Says nothing where nobody asked: see <see cref="SurveyedAnswer.IsBeforeKnown"/>.</summary>
    public ImmutableArray<string> Before { get; init; } = [];

    /// <summary>Its check-ins; empty where none was planned.</summary>
    public ImmutableArray<SurveyedCheckIn> CheckIns { get; init; } = [];
}

/// <summary>A check-in far from any session, to count what is there anyway.</summary>
/// <param name="Client">The client.</param>
/// <param name="DueAt">When it was to be asked.</param>
/// <param name="CheckIn">The check-in.</param>
public sealed record SurveyedControl(ClientId Client, DateTimeOffset DueAt, SurveyedCheckIn CheckIn);

/// <summary>All that rates are made of: plain rows, without names and words. What they say is worked out elsewhere.</summary>
/// <param name="Visits">Sessions, the earliest first.</param>
/// <param name="Controls">Controls, the earliest first.</param>
public sealed record Surveyed(ImmutableArray<SurveyedVisit> Visits, ImmutableArray<SurveyedControl> Controls);

/// <summary>Reads sessions with their check-ins into plain rows.</summary>
internal static class SurveyedRows
{
    public static async Task<Surveyed> ReadAsync(RegistryContext db, ClinicId clinic, IQueryable<Session> sessions, DateTimeOffset from, DateTimeOffset to, CancellationToken stop)
    {
        var rows = await sessions.AsNoTracking().OrderBy(s => s.StartedAt).Select(s => new { s.Id, s.AppointmentId, s.ClientId, s.TherapistId, s.StartedAt, s.PriorSessions, s.FollowUp, s.InclusionProbability, s.Decision, s.Plan, s.Performed, s.Coded }).ToListAsync(stop);
        var contacts = await db.Set<Contact>().AsNoTracking().Where(c => c.ClinicId == clinic && (c.SessionId == null ? c.DueAt >= from && c.DueAt < to : sessions.Any(s => s.Id == c.SessionId)))
            .OrderBy(c => c.DueAt).Select(c => new { c.Id, c.ClientId, c.SessionId, c.Wave, c.State, c.DueAt }).ToListAsync(stop);
        var answers = await AnswersAsync(db, clinic, from, stop);
        var bySession = contacts.Where(c => c.SessionId is not null).ToLookup(c => c.SessionId!.Value, c => new SurveyedCheckIn(c.Wave, c.State, [.. answers[c.Id]]));
        return new(
            [.. rows.Select(s => new SurveyedVisit
            {
                Session = s.Id, Appointment = s.AppointmentId, Client = s.ClientId, Therapist = s.TherapistId, StartedAt = s.StartedAt, IsFirst = s.PriorSessions == 0, FollowUp = s.FollowUp,
                InclusionProbability = s.InclusionProbability, Decision = s.Decision, Plan = Plan(s.Performed ?? s.Plan), Before = Before(s.Coded), CheckIns = [.. bySession[s.Id]],
            })],
            [.. contacts.Where(c => c.Wave == Wave.Control).Select(c => new SurveyedControl(c.ClientId, c.DueAt, new(c.Wave, c.State, [.. answers[c.Id]])))]);
    }

    private static async Task<ILookup<ContactId, SurveyedAnswer>> AnswersAsync(RegistryContext db, ClinicId clinic, DateTimeOffset from, CancellationToken stop)
    {
        // No answer is older than its session. Of somebody erased both stand at the beginning of their month.
        var since = from.AddDays(-31);
        var rows = await db.Set<CheckInAnswer>().AsNoTracking().Where(a => a.ClinicId == clinic && a.GivenAt >= since).OrderBy(a => a.GivenAt)
            .Select(a => new { a.ContactId, a.GivenAt, a.NewOrWorse, a.Urgency, a.Complaints, a.Suspected }).ToListAsync(stop);
        return rows.ToLookup(a => a.ContactId, a => new SurveyedAnswer(a.GivenAt, a.NewOrWorse is not null, a.Urgency, Complaints(a.Complaints), Ids(JsonNode.Parse(a.Suspected))));
    }

    private static ImmutableArray<ToldComplaint> Complaints(string json) =>
        [.. JsonNode.Parse(json)!.AsArray().Select(c => new ToldComplaint(Ids(c!["concepts"]), c["newOrWorse"]?.GetValue<bool>() == true))];

    private static SurveyedPlan Plan(string json) => JsonNode.Parse(json)! is var plan ? new(Ids(plan["techniques"]), Ids(plan["regions"]), plan["pressure"]?.GetValue<string>()) : null!;

    /// <summary>What somebody felt before: own, present, and not long past.</summary>
    private static ImmutableArray<string> Before(string coded) =>
        [.. JsonNode.Parse(coded)!.AsArray().Where(f => f!["field"]?.GetValue<string>() == "symptoms" && f["presence"]?.GetValue<string>() == "present" && f["whose"] is null && f["currency"] is null).Select(f => f!["concept"]!.GetValue<string>()).Distinct()];

    private static ImmutableArray<string> Ids(JsonNode? list) => [.. (list as JsonArray ?? []).Select(n => n!.GetValue<string>()).Distinct()];
}
