using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Cases;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.Registry.Keys;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry.Cases;

/// <summary>The rows of one case during an act, and what is worked out of them whenever something changed: summary of codes, class, completeness, expectedness, due time.</summary>
internal sealed class CaseRows
{
    private CaseRows(CaseRecord record, SubjectKey? key) => (Case, Key) = (record, key);

    public CaseRecord Case { get; }

    /// <summary>Null after erasure.</summary>
    public SubjectKey? Key { get; }

    public List<CaseEvent> Events { get; private init; } = [];

    public List<CaseCode> Codes { get; private init; } = [];

    public List<CaseNote> Notes { get; private init; } = [];

    public List<CaseAssessment> Assessments { get; private init; } = [];

    public List<CaseConflict> Conflicts { get; private init; } = [];

    /// <summary>What was known before the massage, and by which knowledge: what expectedness is judged by. Filled in for officers, who alone see it.</summary>
    public CaseDay Day { get; set; } = new(null, null);

    /// <summary>Cases that are put under this one.</summary>
    public List<CaseRecord> Merged { get; private init; } = [];

    /// <summary>Events that count.</summary>
    public IEnumerable<CaseEvent> Live => Events.Where(e => !e.IsDropped);

    /// <summary>A new case.</summary>
    public static CaseRows New(CaseRecord record, SubjectKey key) => new(record, key);

    /// <summary>The rows of a case; null where there is none of that id in this clinic.</summary>
    public static async Task<CaseRows?> FindAsync(Act act, CaseId id)
    {
        if (await act.FindAsync<CaseRecord>(id) is not { } record) return null;
        return new(record, await act.KeyAsync(id.Value))
        {
            Events = await Of<CaseEvent>(act, id).OrderBy(e => e.Order).ToListAsync(act.Stop), Codes = await Of<CaseCode>(act, id).ToListAsync(act.Stop),
            Notes = await Of<CaseNote>(act, id).OrderBy(n => n.At).ToListAsync(act.Stop), Assessments = await Of<CaseAssessment>(act, id).OrderBy(a => a.At).ToListAsync(act.Stop),
            Conflicts = await Of<CaseConflict>(act, id).ToListAsync(act.Stop), Merged = await act.Rows<CaseRecord>().Where(c => c.State == CaseState.Merged && c.MergedInto == id).ToListAsync(act.Stop),
        };
    }

    /// <summary>Whether a member of staff may not assess it.</summary>
    public bool IsConflicted(StaffId? staff) => staff is { } one && Conflicts.Exists(c => c.StaffId == one);

    /// <summary>Facts of the event told of first; blank where there is no event.</summary>
    public EventFacts First => Live.FirstOrDefault() is { } first ? FactsJson.Read(first.Facts) : new();

    /// <summary>The event told of first, made where there is none.</summary>
    public CaseEvent FirstOrNew(Act act) => Live.FirstOrDefault() ?? Add(act, null);

    public CaseEvent Add(Act act, string? code)
    {
        var made = act.Add(new CaseEvent { CaseId = Case.CaseId, Id = new(Guid.NewGuid()), Order = Events.Count, Code = code });
        Events.Add(made);
        return made;
    }

    public void Add(Act act, NoteKind kind, string words, RowId? id = null) =>
        Notes.Add(act.Add(new CaseNote { CaseId = Case.CaseId, Id = id ?? new(Guid.NewGuid()), Kind = kind, At = act.Now, By = act.Actor.StaffId, Words = Key!.Seal(words, "words") }));

    public void Conflict(Act act, StaffId staff, ConflictReason reason)
    {
        if (!Conflicts.Exists(c => c.StaffId == staff)) Conflicts.Add(act.Add(new CaseConflict { CaseId = Case.CaseId, StaffId = staff, Reason = reason }));
    }

    /// <summary>Adds what the program suggests and had not suggested yet.</summary>
    public void Suggest(Act act, WordsRead read)
    {
        foreach (var (kind, code) in Suggested(read))
            if (!Codes.Exists(c => c.Kind == kind && c.Code == code.Id))
                Codes.Add(act.Add(new CaseCode { CaseId = Case.CaseId, Id = new(Guid.NewGuid()), Kind = kind, Code = code.Id, Spans = CaseCoding.Spans(code.Spans), IsSuggested = true, Knowledge = read.Knowledge }));
    }

    /// <summary>What the case is, in the ten dimensions of vigiGrade.</summary>
    public ReportDimensions Dimensions => new()
    {
        Onset = ReportDimensions.Precision(Onset), ReasonForVisit = Case.Reason is not null, Outcome = First.Outcome.IsKnown, Sex = Case.Sex is not null,
        Age = Case.AgeYears is not null ? AgeKnown.Yes : Case.AgeGroup is not null ? AgeKnown.GroupOnly : AgeKnown.No,
        Dose = Case.Pressure is not null && Case.Minutes is not null && Case.Regions != "[]", Country = Case.Country is not null, Reporter = Case.Reporter != ReporterKind.NotSaid, ReportType = true, Comments = true,
    };

    /// <summary>Time to onset: as it was told, or else from the two days. Not known where they contradict each other.</summary>
    public Answer<TimeToOnset> Onset
    {
        get
        {
            if (First.Onset.IsKnown || Case is not { MassageAt: { } massage, MassagePrecision: { } massagePrecision, EventAt: { } begun, EventPrecision: { } eventPrecision }) return First.Onset;
            var (least, most) = ((begun - End(massage, massagePrecision)).TotalHours, (End(begun, eventPrecision) - massage).TotalHours);
            return most <= 0 ? default : Answer<TimeToOnset>.Known(TimeToOnset.Between(Math.Max(0, least), most));
        }
    }

    /// <summary>What contradicts itself: words for the page. It is kept as it was told.</summary>
    public ImmutableArray<string> Contradictions
    {
        get
        {
            var found = ImmutableArray.CreateBuilder<string>();
            if (Case is { MassageAt: { } massage, EventAt: { } begun, EventPrecision: { } precision } && End(begun, precision) <= massage) found.Add("event-before-massage");
            if (First is { Before: { IsKnown: true, Value: BeforeMassage.AsBefore } } && Case.Kind == ReportKind.AdverseEvent) found.Add("as-before");
            if (First is { Outcome: { IsKnown: true, Value: EventOutcome.Fatal } } && Case.Reporter == ReporterKind.Client) found.Add("fatal-told-by-the-person");
            if (Case.IsAboutSeveral) found.Add("several-people");
            return found.ToImmutable();
        }
    }

    /// <summary>Works out anew what stands in the case about its codes, facts and time.</summary>
    public void Update(Act act, CaseCoding coding, Func<string, Expected?>? expected = null)
    {
        (Case.Harms, Case.Symptoms, Case.Regions, Case.Techniques, Case.Devices) = (Summary(CodeKind.Harm), Summary(CodeKind.Symptom), Summary(CodeKind.Region), Summary(CodeKind.Technique), Summary(CodeKind.Device));
        var guide = coding.Guide;
        var was = Case.Class;
        Case.Class = ReviewClasses.Of(Case.Kind, [.. Live.Select(e => FactsJson.Read(e.Facts))], coding.Gravity(CaseCoding.Ids(Case.Harms)), UrgencyOf(Case.Urgency), guide);
        // It is as serious as the gravest of the reports of it.
        foreach (var merged in Merged) if (merged.Class > Case.Class) Case.Class = merged.Class;
        Case.Completeness = Math.Round(Completeness.Of(Dimensions).Score, 4);
        Case.Knowledge = coding.Base.Version;
        if (expected is not null) Case.Expected = CaseCoding.Ids(Case.Harms).Select(expected).Min();
        SetDue(act, guide, was);
    }

    /// <summary>When it has to be assessed. What becomes more serious gets its time from now at the latest; what was assessed has none.</summary>
    private void SetDue(Act act, CaseGuide guide, ReviewClass was)
    {
        if (Case.State is not (CaseState.Received or CaseState.InWork) || Assessments.Count > 0)
        {
            (Case.DueAt, Case.EscalatesAt) = (null, null);
            return;
        }

        if (Case.Class == was && Case.DueAt is not null) return;
        var within = guide.Within(Case.Class);
        var from = was != default && Case.Class > was && Case.ReceivedAt + within < act.Now + within / 2 ? act.Now : Case.ReceivedAt;
        var due = from + within;
        if (Case.Class > was && Case.DueAt is { } before && before < due) due = before;
        Case.DueAt = due;
        if (Case.Level == 0) Case.EscalatesAt = due - (within * (1 - guide.EscalateAfter));
    }

    /// <summary>Ids that were accepted; before any was decided, those suggested.</summary>
    private string Summary(CodeKind kind)
    {
        var of = Codes.Where(c => c.Kind == kind).ToList();
        var taken = of.Exists(c => c.Decision == CodeDecision.Accepted) ? of.Where(c => c.Decision == CodeDecision.Accepted) : of.Where(c => c.Decision == CodeDecision.Open);
        return new JsonArray([.. taken.Select(c => c.Code).Distinct().Order(StringComparer.Ordinal).Select(c => (JsonNode)c)]).ToJsonString();
    }

    internal static Urgency? UrgencyOf(string name) => Enum.GetValues<Urgency>().Cast<Urgency?>().FirstOrDefault(u => ContractNames.Of(u!.Value) == name);

    /// <summary>The first moment after a day, month or year.</summary>
    internal static DateTimeOffset End(DateTimeOffset at, DatePrecision precision) => precision switch { DatePrecision.Year => at.AddYears(1), DatePrecision.Month => at.AddMonths(1), _ => at.AddDays(1) };

    private static IEnumerable<(CodeKind Kind, Core.Narratives.SuggestedCode Code)> Suggested(WordsRead read) =>
        read.Codes.Harms.Select(c => (CodeKind.Harm, c)).Concat(read.Codes.Symptoms.Select(c => (CodeKind.Symptom, c))).Concat(read.Codes.Regions.Select(c => (CodeKind.Region, c))).Concat(read.Codes.Techniques.Select(c => (CodeKind.Technique, c)))
            .Concat(read.Codes.Devices.Select(c => (CodeKind.Device, c))).Concat(read.Codes.Negated.Select(c => (CodeKind.Denied, c))).Concat(read.Codes.Before.Select(c => (CodeKind.Before, c)));

    private static IQueryable<T> Of<T>(Act act, CaseId id)
        where T : CaseRow => act.Rows<T>().Where(r => r.CaseId == id);
}
