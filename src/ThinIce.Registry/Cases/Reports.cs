using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Cases;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.Registry.Events;
using ThinIce.Registry.Keys;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry.Cases;

/// <summary>A report as it comes in: plain words first.</summary>
public sealed record NewReport
{
    /// <summary>What is reported.</summary>
    public required ReportKind Kind { get; init; }

    /// <summary>What happened, in the reporter's words.</summary>
    public required string Words { get; init; }

    /// <summary>Who reports.</summary>
    public ReporterKind Reporter { get; init; }

    /// <summary>How to reach the reporter; null where that is not wanted.</summary>
    public string? Contact { get; init; }

    /// <summary>Whether the reporter says that it is about more than one person.</summary>
    public bool IsAboutSeveral { get; init; }

    /// <summary>Answers to ThinIce's own questions.</summary>
    public ImmutableArray<DirectAnswer> Answers { get; init; } = [];

    /// <summary>The client it is about, where staff report.</summary>
    public ClientId? Client { get; init; }

    /// <summary>Number or address under which it stands elsewhere.</summary>
    public string? CrossReference { get; init; }
}

/// <summary>What somebody has who reported.</summary>
/// <param name="Id">The case.</param>
/// <param name="Number">Its number in the clinic.</param>
/// <param name="Receipt">Secret of the receipt.</param>
/// <param name="Advice">Advice where the words are alarming; null none.</param>
public sealed record ReportReceived(CaseId Id, int Number, LinkToken Receipt, TriageAnswer? Advice);

/// <summary>A day as somebody tells it: the day, the month or only the year.</summary>
/// <param name="On">The day, or the first of the month or year.</param>
/// <param name="Precision">How exactly.</param>
public readonly record struct ToldDate(DateOnly On, DatePrecision Precision)
{
    /// <summary>A kept day as it is told: 2026, 2026-03 or 2026-03-05, as exactly as it is known; null where it is not.</summary>
    public static string? Text(DateTimeOffset? at, DatePrecision? precision) =>
        at?.ToString(precision switch { DatePrecision.Year => "yyyy", DatePrecision.Month => "yyyy-MM", _ => "yyyy-MM-dd" }, CultureInfo.InvariantCulture);
}

/// <summary>What is told of a report afterwards. Null is not said; what was told before then stays.</summary>
public sealed record ReportDetails
{
    /// <summary>Age in years when it happened, 0 to 120.</summary>
    public double? AgeYears { get; init; }

    /// <summary>Age group, where the age is not known.</summary>
    public string? AgeGroup { get; init; }

    /// <summary>Sex.</summary>
    public Sex? Sex { get; init; }

    /// <summary>Day of the massage.</summary>
    public ToldDate? Massage { get; init; }

    /// <summary>Day of the first sign.</summary>
    public ToldDate? Event { get; init; }

    /// <summary>Country code of two letters.</summary>
    public string? Country { get; init; }

    /// <summary>Why the person came for the massage.</summary>
    public string? Reason { get; init; }

    /// <summary>Who gave it, in words.</summary>
    public string? Provider { get; init; }

    /// <summary>Pressure.</summary>
    public PressureLevel? Pressure { get; init; }

    /// <summary>Minutes, above 0, up to 600.</summary>
    public double? Minutes { get; init; }

    /// <summary>Massages of the same kind before this one.</summary>
    public int? MassagesBefore { get; init; }

    /// <summary>Who reports.</summary>
    public ReporterKind? Reporter { get; init; }

    /// <summary>How to reach the reporter.</summary>
    public string? Contact { get; init; }

    /// <summary>Facts of what happened, told of the first event. What is not known in them leaves what was told before.</summary>
    public EventFacts? Facts { get; init; }
}

/// <summary>Something that was added to a report.</summary>
/// <param name="Kind">Kind.</param>
/// <param name="At">When.</param>
/// <param name="By">Who; null the reporter.</param>
/// <param name="Words">The words; null after erasure.</param>
public sealed record NoteView(NoteKind Kind, DateTimeOffset At, StaffId? By, string? Words);

/// <summary>What the receipt of a report shows.</summary>
/// <param name="Row">The case. Pages show of it what the reporter may know.</param>
/// <param name="Clinic">Name of the clinic.</param>
/// <param name="Country">Its country, for telephone numbers.</param>
/// <param name="TimeZone">Its time zone.</param>
/// <param name="Words">What was reported.</param>
/// <param name="Notes">What was added, and what was written to the reporter.</param>
/// <param name="Facts">Facts told so far.</param>
/// <param name="Onset">Time to onset, as it was told, read in the words, or follows from the days.</param>
/// <param name="Missing">Dimensions of completeness that only the reporter can fill.</param>
/// <param name="Contradictions">What contradicts itself.</param>
/// <param name="Advice">Advice where the words are alarming.</param>
/// <param name="Answer">The released answer; null none yet.</param>
/// <param name="IsAssessed">Whether somebody has judged the cause.</param>
public sealed record ReceiptView(CaseRecord Row, string Clinic, string Country, string TimeZone, string Words, ImmutableArray<NoteView> Notes, EventFacts Facts, Answer<TimeToOnset> Onset,
    ImmutableArray<string> Missing, ImmutableArray<string> Contradictions, TriageAnswer? Advice, string? Answer, bool IsAssessed);

/// <summary>A clinic that takes reports by the public form.</summary>
/// <param name="Id">Id.</param>
/// <param name="Code">The end of its address: eight digits of its id.</param>
/// <param name="Name">Name.</param>
/// <param name="Country">Country.</param>
public sealed record ReportDesk(ClinicId Id, string Code, string Name, string Country);

/// <summary>
/// Reports coming in: by anybody, by staff, from a check-in. What somebody sends is kept at once, as it is, and only then asked about; the
/// secret of the receipt lets the reporter add to it and see what became of it, and is stored nowhere.
/// </summary>
public sealed class Reports
{
    /// <summary>Characters of words that are kept. Of these the program reads the first 20,000; people read all.</summary>
    public const int MostWords = 400_000;

    internal const int MostContact = 200, MostReason = 2_000;

    private const int MostNotes = 200;
    private static readonly TimeSpan SentTwice = TimeSpan.FromHours(1);
    private readonly ClinicRegistry _registry;

    internal Reports(ClinicRegistry registry) => _registry = registry;

    private CaseCoding Coding => _registry.CaseCoding;

    /// <summary>The clinics that take reports by the public form, by name. A clinic's name is no secret.</summary>
    public async Task<ImmutableArray<ReportDesk>> DesksAsync(CancellationToken stop = default) =>
        [.. (await _registry.Clinics.AllAsync(stop)).Where(c => !c.NoReports).Select(c => new ReportDesk(c.ClinicId, c.ClinicId.Value.ToString("N")[..8], c.Name, c.Country))];

    /// <summary>Takes a report by the public form, from somebody who need not say who it is.</summary>
    /// <param name="clinic">The clinic it goes to.</param>
    /// <param name="report">The report.</param>
    /// <param name="once">Id of the page that it was sent from: sent twice within the hour with the same words, it is kept once.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<Outcome<ReportReceived>> MakeAsync(ClinicId clinic, NewReport report, CaseId once, CancellationToken stop = default)
    {
        if (Check(report).ToList() is { Count: > 0 } problems) return Outcome<ReportReceived>.Refused(problems);
        if ((await DesksAsync(stop)).FirstOrDefault(d => d.Id == clinic) is not { } desk) return Refusal.NotFound("clinic");
        // Read before the clinic is locked: words can be long.
        var read = Coding.Read(report.Words, desk.Country, report.Answers);
        return await _registry.JoinAsync<ReportReceived>(EventTypes.ReportMade, Actor.Reporter(clinic), stop, async act =>
        {
            if (await act.FindAsync<CaseRecord>(once) is { } kept)
            {
                var same = act.Now - kept.ReceivedAt < SentTwice && await act.KeyAsync(once.Value) is { } own && own.Open(kept.Words, "words") == report.Words;
                return same && kept.ReceiptId is { } receipt ? new ReportReceived(once, kept.Number, act.Ring.Token(receipt), Alarming(read.Advice)) : Refusal.NotFound("once");
            }

            var made = await AddAsync(act, once, report, ReportSource.PublicForm, read, desk.Country);
            return new ReportReceived(once, made.Case.Number, act.Ring.Token(made.Case.ReceiptId!.Value), Alarming(read.Advice));
        });
    }

    /// <summary>Takes a report by a member of staff: what the therapist noticed, or what somebody told the officer.</summary>
    public async Task<Outcome<ReportReceived>> MakeAsync(Actor actor, NewReport report, ReportSource source, CaseId once, CancellationToken stop = default)
    {
        if (source is not (ReportSource.Therapist or ReportSource.Officer or ReportSource.Literature)) return Refusal.Unknown("source", "therapist, officer or literature");
        if (Check(report).ToList() is { Count: > 0 } problems) return Outcome<ReportReceived>.Refused(problems);
        var country = (await _registry.Clinics.AllAsync(stop)).FirstOrDefault(c => c.ClinicId == actor.Clinic)?.Country;
        var read = Coding.Read(report.Words, country, report.Answers);
        return await _registry.ActAsync<ReportReceived>(EventTypes.ReportMade, actor, stop, async act =>
        {
            if (await act.FindAsync<CaseRecord>(once) is { } kept) return kept.WrittenBy == actor.StaffId && kept.ReceiptId is { } receipt ? new ReportReceived(once, kept.Number, act.Ring.Token(receipt), Alarming(read.Advice)) : Refusal.NotFound("once");
            if (source != ReportSource.Therapist && !(await ClinicRegistry.RolesAsync(act.Db, actor, stop)).Any(r => r is Role.SafetyOfficer or Role.Deputy)) return Refusal.NotAllowed("source");
            if (report.Client is { } client && await act.ClientAsync(client) is { Problem: { } problem }) return problem;
            var made = await AddAsync(act, once, report, source, read, source == ReportSource.Literature ? null : country);
            return new ReportReceived(once, made.Case.Number, act.Ring.Token(made.Case.ReceiptId!.Value), Alarming(read.Advice));
        });
    }

    /// <summary>Makes a case of an alert: what the client answered, with its numbers, session and person. Made already, it hands back that case.</summary>
    public Task<Outcome<CaseId>> FromAlertAsync(Actor actor, AlertId id, CancellationToken stop = default) =>
        _registry.ActAsync<CaseId>(EventTypes.ReportMade, actor, stop, async act =>
        {
            var (alert, problem) = await Alerts.MineAsync(act, actor, id);
            if (alert is null) return problem!;
            if (await act.Rows<CaseRecord>().FirstOrDefaultAsync(c => c.AlertId == id, stop) is { } made) return made.CaseId;
            if (await act.KeyAsync(alert.ClientId.Value) is not { } key) return Refusal.Erased("alert");
            var answer = (await act.FindAsync<CheckInAnswer>(alert.AnswerId))!;
            var asked = JsonNode.Parse(key.Open(answer.Asked, "asked")!)!.AsObject();
            var told = (asked["symptoms"] as JsonArray ?? []).Select(s => s!.GetValue<string>()).ToList();
            var clinic = (await act.FindAsync<Clinic>(act.Clinic))!;
            var words = told.Count > 0 ? string.Join("\n", told) : "(ticked, without words)";
            var report = new NewReport { Kind = ReportKind.AdverseEvent, Words = words, Reporter = ReporterKind.Client, Client = alert.ClientId };
            // What was felt is told after the massage here, so each line stands by itself.
            var rows = await AddAsync(act, new(Guid.NewGuid()), report, ReportSource.CheckIn, Coding.Read($"After the massage: {words}", clinic.Country, []) with { Advice = null }, clinic.Country);
            (rows.Case.AlertId, rows.Case.Urgency) = (id, alert.Urgency);
            FromCheckIn(act, rows, answer);
            if (answer.SessionId is { } session) await FromSessionAsync(act, rows, session, key);
            rows.Update(act, Coding);
            return rows.Case.CaseId;
        });

    /// <summary>Opens a receipt.</summary>
    public Task<Outcome<ReceiptView>> OpenAsync(LinkToken receipt, CancellationToken stop = default) =>
        FollowAsync<ReceiptView>(receipt, EventTypes.CaseRead, stop, async (act, rows) =>
        {
            var clinic = (await act.FindAsync<Clinic>(act.Clinic))!;
            var words = rows.Key!.Open(rows.Case.Words, "words")!;
            // Advice is worked out anew, so that it is that of today's knowledge; it is never an old one.
            var read = Coding.Read(words, clinic.Country, []);
            var onset = rows.Onset.IsKnown || read.Codes.OnsetHours is not { } hours ? rows.Onset : Answer<TimeToOnset>.Known(TimeToOnset.Hours(hours));
            var missing = Completeness.Of(rows.Dimensions with { Onset = ReportDimensions.Precision(onset) }).Penalties.Select(p => p.Dimension).ToImmutableArray();
            return new ReceiptView(rows.Case, clinic.Name, clinic.Country, clinic.TimeZone, words,
                [.. rows.Notes.Where(n => n.Kind != NoteKind.Internal).Select(n => new NoteView(n.Kind, n.At, n.By, rows.Key.Open(n.Words, "words")))],
                rows.First, onset, missing, rows.Contradictions, Alarming(read.Advice), rows.Key.Open(rows.Case.Answer, "answer") ?? await AnswerAboveAsync(act, rows.Case.MergedInto), rows.Assessments.Count > 0);
        });

    /// <summary>Adds words to a report.</summary>
    /// <param name="receipt">Secret of the receipt.</param>
    /// <param name="words">What there is to add.</param>
    /// <param name="once">Id of the page that it was sent from.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>Advice where the added words are alarming; null none.</returns>
    public Task<Outcome<TriageAnswer?>> AddAsync(LinkToken receipt, string words, RowId once, CancellationToken stop = default) =>
        FollowAsync<TriageAnswer?>(receipt, EventTypes.ReportAdded, stop, async (act, rows) =>
        {
            if (rows.Notes.Exists(n => n.Id == once)) return (TriageAnswer?)null;
            if (string.IsNullOrWhiteSpace(words)) return Refusal.Missing("words", "Write what you want to add.");
            if (words.Length > MostWords) return new Problem(Problems.TooLong, Problems.Kind(Problems.TooLong).WayOut, "words");
            if (rows.Notes.Count >= MostNotes) return new Problem(Problems.TooMany, Problems.Kind(Problems.TooMany).WayOut, "words");
            var read = Coding.Read(words, (await act.FindAsync<Clinic>(act.Clinic))!.Country, []);
            rows.Add(act, NoteKind.FollowUp, words, once);
            // Suggestions point into the first words; of what was added only the codes are taken, without a place.
            rows.Suggest(act, read with { Codes = WithoutPlaces(read.Codes) });
            Reopen(rows);
            await TakeUpAsync(act, rows, words, read);
            await CaseWork.LiftAsync(act, Coding, rows.Case.MergedInto, reopen: true);
            return Alarming(read.Advice);
        });

    /// <summary>Fills in what is asked about a report.</summary>
    public Task<Outcome<Done>> TellAsync(LinkToken receipt, ReportDetails details, CancellationToken stop = default) =>
        FollowAsync<Done>(receipt, EventTypes.ReportAdded, stop, async (act, rows) =>
        {
            if (Check(details, act.Today).ToList() is { Count: > 0 } problems) return Outcome<Done>.Refused(problems);
            Set(act, rows, details);
            rows.Update(act, Coding);
            await CaseWork.LiftAsync(act, Coding, rows.Case.MergedInto);
            await TellOfficersAsync(act, rows);
            return new Done();
        });

    /// <summary>What was refused of some details; the rest can be kept.</summary>
    internal static IEnumerable<Problem> Check(ReportDetails details, DateOnly today)
    {
        if (details.AgeYears is < 0 or > 120) yield return Refusal.OutOfRange("age", "0 to 120");
        if (details.Minutes is <= 0 or > 600) yield return Refusal.OutOfRange("minutes", "above 0, up to 600");
        if (details.MassagesBefore is < 0 or > 10_000) yield return Refusal.OutOfRange("before", "0 to 10,000");
        if (details.Massage?.On > today) yield return new(Problems.InTheFuture, Problems.Kind(Problems.InTheFuture).WayOut, "massage");
        if (details.Event?.On > today) yield return new(Problems.InTheFuture, Problems.Kind(Problems.InTheFuture).WayOut, "event");
        if (details.Massage?.On.Year < 1900) yield return Refusal.OutOfRange("massage", "1900 or later");
        if (details.Event?.On.Year < 1900) yield return Refusal.OutOfRange("event", "1900 or later");
        if (details.Country is { } country && (country.Length != 2 || !country.All(char.IsAsciiLetterUpper))) yield return Refusal.Unknown("country", "a country code of two capital letters");
        if (details.Reason is { Length: > MostReason }) yield return new(Problems.TooLong, Problems.Kind(Problems.TooLong).WayOut, "reason");
        if (details.Contact is { Length: > MostContact }) yield return new(Problems.TooLong, Problems.Kind(Problems.TooLong).WayOut, "contact");
    }

    /// <summary>Takes details over into a case.</summary>
    internal void Set(Act act, CaseRows rows, ReportDetails details)
    {
        var of = rows.Case;
        if (details.AgeYears is { } age) (of.AgeYears, of.AgeGroup) = (age, null);
        else if (details.AgeGroup is { } group && of.AgeYears is null) of.AgeGroup = group;
        of.Sex = details.Sex ?? of.Sex;
        if (details.Massage is { } massage) (of.MassageAt, of.MassagePrecision) = (Midnight(massage.On), massage.Precision);
        if (details.Event is { } begun) (of.EventAt, of.EventPrecision) = (Midnight(begun.On), begun.Precision);
        of.Country = details.Country ?? of.Country;
        of.Provider = Coding.Provider(details.Provider) ?? of.Provider;
        of.Pressure = details.Pressure is { } pressure ? FactsJson.Name(pressure) : of.Pressure;
        of.Minutes = details.Minutes ?? of.Minutes;
        of.MassagesBefore = details.MassagesBefore ?? of.MassagesBefore;
        of.Reporter = details.Reporter ?? of.Reporter;
        if (rows.Key is { } key)
        {
            if (!string.IsNullOrWhiteSpace(details.Reason)) of.Reason = key.Seal(details.Reason.Trim(), "reason");
            if (!string.IsNullOrWhiteSpace(details.Contact)) of.Contact = key.Seal(details.Contact.Trim(), "contact");
        }

        if (details.Facts is { } facts && FactsJson.Write(facts) != "{}")
        {
            var first = rows.FirstOrNew(act);
            first.Facts = FactsJson.Write(Over(FactsJson.Read(first.Facts), facts));
        }
    }

    /// <summary>Facts over others: what is known in the later ones counts.</summary>
    internal static EventFacts Over(EventFacts before, EventFacts later) => new()
    {
        Intensity = Later(before.Intensity, later.Intensity), DurationHours = Later(before.DurationHours, later.DurationHours), Impact = Later(before.Impact, later.Impact), Onset = Later(before.Onset, later.Onset),
        Before = Later(before.Before, later.Before), Course = Later(before.Course, later.Course), Care = Later(before.Care, later.Care), Outcome = Later(before.Outcome, later.Outcome), Criteria = before.Criteria.SetItems(later.Criteria),
    };

    internal static IEnumerable<Problem> Check(NewReport report)
    {
        if (!Enum.IsDefined(report.Kind)) yield return Refusal.Missing("kind", "Choose what it is about.");
        if (string.IsNullOrWhiteSpace(report.Words)) yield return Refusal.Missing("words", "Say in your own words what happened, as much as you like.");
        if (report.Words is { Length: > MostWords }) yield return new(Problems.TooLong, "At most 400,000 characters: send the rest as an addition.", "words");
        if (report.Contact is { Length: > MostContact }) yield return new(Problems.TooLong, Problems.Kind(Problems.TooLong).WayOut, "contact");
        if (report.CrossReference is { Length: > MostContact }) yield return new(Problems.TooLong, Problems.Kind(Problems.TooLong).WayOut, "reference");
    }

    /// <summary>A case with its rows, as it comes in. The caller has checked it.</summary>
    internal async Task<CaseRows> AddAsync(Act act, CaseId id, NewReport report, ReportSource source, WordsRead read, string? country)
    {
        var key = act.NewKey(id.Value);
        var receipt = new LinkId(Guid.NewGuid());
        var rows = CaseRows.New(act.Add(new CaseRecord
        {
            CaseId = id, Number = (await act.Rows<CaseRecord>().MaxAsync(c => (int?)c.Number, act.Stop) ?? 0) + 1, Kind = report.Kind, Source = source, Reporter = report.Reporter, State = CaseState.Received, ReceivedAt = act.Now,
            ReceiptId = receipt, ReceiptHash = act.Ring.Token(receipt).Hash, Words = key.Seal(report.Words, "words"), Contact = key.Seal(string.IsNullOrWhiteSpace(report.Contact) ? null : report.Contact.Trim(), "contact"),
            WrittenBy = act.Actor.StaffId, IsAboutSeveral = report.IsAboutSeveral, Country = country, PatientId = report.Client, CrossReference = string.IsNullOrWhiteSpace(report.CrossReference) ? null : report.CrossReference.Trim(),
        }), key);
        if (report.Client is { } client && await act.FindAsync<ClientRecord>(client) is { } person && await act.KeyAsync(client.Value) is { } own) OfClient(act, rows, Clients.Details(person, own));
        rows.Suggest(act, read);
        if (report.Kind is ReportKind.AdverseEvent or ReportKind.MissedCondition) rows.Add(act, null).Facts = FactsJson.Write(read.Codes.OnsetHours is { } hours ? new() { Onset = Answer<TimeToOnset>.Known(TimeToOnset.Hours(hours)) } : new());
        if (source == ReportSource.Therapist && act.Actor.StaffId is { } writer && report.Reporter == ReporterKind.Therapist) rows.Conflict(act, writer, ConflictReason.GaveTheMassage);
        await TakeUpAsync(act, rows, report.Words, read);
        return rows;
    }

    /// <summary>What follows from new words: staff who are named may not assess it, urgency, class, due time, and a word to the officers.</summary>
    private async Task TakeUpAsync(Act act, CaseRows rows, string words, WordsRead read)
    {
        foreach (var named in await NamedStaff.InAsync(act, words)) rows.Conflict(act, named, ConflictReason.Named);
        if (Alarming(read.Advice) is { } advice && (CaseRows.UrgencyOf(rows.Case.Urgency) ?? Urgency.None) < advice.Urgency) rows.Case.Urgency = ContractNames.Of(advice.Urgency);
        rows.Update(act, Coding);
        await TellOfficersAsync(act, rows);
    }

    /// <summary>One message waiting for each officer is enough, however many reports there are. None is told of a report about themselves, as long as there is another.</summary>
    internal static async Task TellOfficersAsync(Act act, CaseRows rows)
    {
        if (rows.Case.State != CaseState.Received) return;
        foreach (var role in new[] { Role.SafetyOfficer, Role.Deputy })
        {
            var officers = await act.Rows<StaffRole>().Where(r => r.Role == role).Select(r => r.StaffId).ToListAsync(act.Stop);
            var free = officers.Where(o => !rows.IsConflicted(o)).ToList();
            if (free.Count == 0) continue;
            var told = await act.Rows<Message>().Where(m => m.Template == Template.Report && m.State == MessageState.Waiting).Select(m => m.StaffId).ToListAsync(act.Stop);
            foreach (var officer in free.Where(o => !told.Contains(o) && !act.Db.Set<Message>().Local.Any(m => m.Template == Template.Report && m.StaffId == o))) Outbox.Tell(act, officer, Template.Report, null);
            return;
        }
    }

    /// <summary>The answer that was released for the case which a report was put under.</summary>
    private static async Task<string?> AnswerAboveAsync(Act act, CaseId? above)
    {
        while (above is { } id && await act.FindAsync<CaseRecord>(id) is { } main)
        {
            if (main.Answer is not null && await act.KeyAsync(id.Value) is { } key) return key.Open(main.Answer, "answer");
            above = main.MergedInto;
        }

        return null;
    }

    private static void Reopen(CaseRows rows)
    {
        // What somebody adds to a case that was done with has to be read.
        if (rows.Case.State == CaseState.Closed) (rows.Case.State, rows.Case.ClosedAt) = (CaseState.InWork, null);
    }

    private void FromCheckIn(Act act, CaseRows rows, CheckInAnswer answer)
    {
        var complaints = JsonNode.Parse(answer.Complaints)!.AsArray().Select(n => n!.AsObject()).ToList();
        for (var at = 0; at < complaints.Count; at++)
        {
            var told = at == 0 ? rows.FirstOrNew(act) : rows.Add(act, null);
            var facts = Facts(complaints[at]) with { Care = Care(answer) };
            if (answer is { CareState: AnswerState.Known, Care: CareSought.Hospital }) facts = facts.With(SeriousnessCriterion.Hospitalisation, met: true);
            told.Facts = FactsJson.Write(Over(FactsJson.Read(told.Facts), facts));
        }
    }

    private EventFacts Facts(JsonObject told)
    {
        var strength = told["intensity"] is JsonValue i && i.TryGetValue<int>(out var much) ? Coding.Guide.IntensityOf(much) : null;
        var impact = told["impact"]?.GetValueKind() == System.Text.Json.JsonValueKind.String ? FactsJson.Parse<Impact>(told["impact"]!.GetValue<string>() is "selfcare" ? "self-care" : told["impact"]!.GetValue<string>()) : null;
        return new()
        {
            Intensity = strength is { } known ? Answer<Intensity>.Known(known) : default,
            DurationHours = told["hours"] is JsonValue h && h.TryGetValue<double>(out var hours) ? Answer<double>.Known(hours) : default,
            Impact = impact is { } reach ? Answer<ImpactOnLife>.Known(reach switch { Impact.None => ImpactOnLife.None, Impact.SelfCare => ImpactOnLife.SelfCare, _ => ImpactOnLife.UsualActivities }) : default,
            Outcome = told["stillThere"] is JsonValue s && s.TryGetValue<bool>(out var still) ? Answer<EventOutcome>.Known(still ? EventOutcome.NotRecovered : EventOutcome.Recovered) : default,
        };
    }

    /// <summary>Being seen somewhere is not yet being treated: a check-in does not ask what was done.</summary>
    private static Answer<CareReceived> Care(CheckInAnswer answer) => answer is not { CareState: AnswerState.Known, Care: { } care } ? default : Answer<CareReceived>.Known(care == CareSought.None ? CareReceived.None : CareReceived.Consulted);

    private static async Task FromSessionAsync(Act act, CaseRows rows, SessionId id, SubjectKey key)
    {
        if (await act.FindAsync<Session>(id) is not { } session) return;
        var of = rows.Case;
        (of.SessionId, of.MassageAt, of.MassagePrecision) = (id, Midnight(DateOnly.FromDateTime(session.StartedAt.UtcDateTime)), DatePrecision.Day);
        rows.Conflict(act, session.TherapistId, ConflictReason.GaveTheMassage);
        var plan = JsonNode.Parse(session.Performed ?? session.Plan)!.AsObject();
        (of.Pressure, of.Minutes) = (plan["pressure"]?.GetValue<string>(), plan["minutes"]?.GetValue<double>());
        var knowledge = session.Knowledge;
        foreach (var (kind, list) in new[] { (CodeKind.Technique, "techniques"), (CodeKind.Region, "regions"), (CodeKind.Device, "devices") })
            foreach (var code in plan[list]?.AsArray().Select(n => n!.GetValue<string>()) ?? [])
            {
                if (rows.Codes.Find(c => c.Kind == kind && c.Code == code) is { } there) there.Decision = CodeDecision.Accepted;
                // Recorded by the therapist at the session: nothing of it is a guess.
                else rows.Codes.Add(act.Add(new CaseCode { CaseId = of.CaseId, Id = new(Guid.NewGuid()), Kind = kind, Code = code, Decision = CodeDecision.Accepted, DecidedBy = session.TherapistId, Knowledge = knowledge }));
            }

        if (JsonNode.Parse(key.Open(session.Asked, "asked")!)?["session"]?["priorSessions"] is JsonValue prior && prior.TryGetValue<int>(out var before)) of.MassagesBefore = before;
    }

    private static void OfClient(Act act, CaseRows rows, ClientDetails details)
    {
        rows.Case.Sex = details.Sex;
        if (details.BirthDate is { } born) rows.Case.AgeYears = Math.Max(0, act.Today.Year - born.Year - (act.Today < born.AddYears(act.Today.Year - born.Year) ? 1 : 0));
    }

    private static Core.Narratives.NarrativeCodes WithoutPlaces(Core.Narratives.NarrativeCodes codes)
    {
        static ImmutableArray<Core.Narratives.SuggestedCode> Bare(ImmutableArray<Core.Narratives.SuggestedCode> list) => [.. list.Select(c => c with { Spans = [] })];
        return codes with { Harms = Bare(codes.Harms), Symptoms = Bare(codes.Symptoms), Regions = Bare(codes.Regions), Techniques = Bare(codes.Techniques), Devices = Bare(codes.Devices), Negated = Bare(codes.Negated), Before = Bare(codes.Before) };
    }

    internal static TriageAnswer? Alarming(TriageAnswer? advice) => advice is not null && Alerts.IsAlarming(advice) ? advice : null;

    private static Answer<T> Later<T>(Answer<T> before, Answer<T> later) => later.State != AnswerState.NotAsked ? later : before;

    internal static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary>Does an act as whoever has a receipt.</summary>
    private async Task<Outcome<T>> FollowAsync<T>(LinkToken receipt, EventType type, CancellationToken stop, Func<Act, CaseRows, Task<Outcome<T>>> work)
    {
        var hash = receipt.Hash;
        await using var db = _registry.Store.Context();
        if (await db.Set<CaseRecord>().AsNoTracking().FirstOrDefaultAsync(c => c.ReceiptHash == hash, stop) is not { } found) return Unknown();
        return await _registry.JoinAsync(type, Actor.Reporter(found.ClinicId), stop, async act => await CaseRows.FindAsync(act, found.CaseId) is { Key: not null } rows ? await work(act, rows) : Unknown());

        static Problem Unknown() => new(Problems.LinkUnknown, $"{Problems.Kind(Problems.LinkUnknown).Meaning} {Problems.Kind(Problems.LinkUnknown).WayOut}", "link");
    }
}
