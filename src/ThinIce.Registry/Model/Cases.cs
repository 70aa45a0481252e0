using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Cases;
using ThinIce.Core.Clinical;

// The tables of cases. A case is one report with what was added to it since; every case has a key of its own, under which its words are
// encrypted, so that a report by nobody known can be erased as a client's record can.
//
//   cases             one row each: who reports, about whom (age, sex), when (massage, event), where, with what, by whom, how it stands.
//                     What linkage compares stands here in the clear, and names nobody: age_years, age_group, sex, massage_at and event_at with
//                     their precision, harms, symptoms, regions, techniques, devices (JSON lists of ids: those accepted, before that those
//                     suggested), provider, country, cross_reference. A merged case points to the one it was merged into, and keeps everything.
//   case_events       one adverse event each, with its facts as JSON; every scale of severity is worked out from them when it is shown.
//   case_codes        codes suggested for the words, or chosen by a person, and whether they were accepted. Both stay.
//   case_notes        what was added: follow-ups by the reporter, notes, messages to the reporter. Never changed.
//   case_assessments  judgements of cause, one a rater and event, and the consensus. Never changed: a rater who thinks again adds another.
//   case_conflicts    staff who may not assess the case, because it is about them or they said so.
//   case_pairs        two cases that somebody looked at side by side, and whether they are the same: what the weights of linkage are fitted to.
//
// There is no table of versions: the chain of events holds every row before and after each act, and Cases.VersionsAsync reads it.
namespace ThinIce.Registry.Model;

/// <summary>A row about a case.</summary>
public abstract class CaseRow : Row
{
    /// <summary>The case.</summary>
    public CaseId CaseId { get; internal set; }

    internal override Guid? Subject => CaseId.Value;
}

/// <summary>Where a report came from.</summary>
public enum ReportSource : byte
{
    /// <summary>The public form.</summary>
    PublicForm = 1,

    /// <summary>An answer to a check-in.</summary>
    CheckIn,

    /// <summary>The therapist who gave the massage, or another.</summary>
    Therapist,

    /// <summary>An officer, for somebody who told it.</summary>
    Officer,

    /// <summary>A published case.</summary>
    Literature,

    /// <summary>A file.</summary>
    Import,
}

/// <summary>Who reports.</summary>
public enum ReporterKind : byte
{
    /// <summary>Not said.</summary>
    NotSaid,

    /// <summary>The person who had the massage.</summary>
    Client,

    /// <summary>Family, friend or carer.</summary>
    Relative,

    /// <summary>Whoever gave the massage, or a colleague.</summary>
    Therapist,

    /// <summary>A doctor, nurse or another health professional.</summary>
    HealthProfessional,

    /// <summary>Somebody else.</summary>
    Other,
}

/// <summary>How a case stands.</summary>
public enum CaseState : byte
{
    /// <summary>Received. Nobody has opened it.</summary>
    Received = 1,

    /// <summary>Being worked on.</summary>
    InWork,

    /// <summary>Done with. It can be opened again.</summary>
    Closed,

    /// <summary>No case after all; kept, counted nowhere. It can be opened again.</summary>
    Nullified,

    /// <summary>The same as another case, under which it is shown. It can be taken apart again.</summary>
    Merged,
}

/// <summary>How exactly a date is known.</summary>
public enum DatePrecision : byte
{
    /// <summary>The day.</summary>
    Day = 1,

    /// <summary>The month.</summary>
    Month,

    /// <summary>The year.</summary>
    Year,
}

/// <summary>A case: one report, with what was added to it since. After erasure age, sex, month, codes, facts and judgements are left, and a narrative that an officer cleared.</summary>
public sealed class CaseRecord : CaseRow
{
    /// <summary>Number of the case in its clinic, from 1.</summary>
    public int Number { get; internal set; }

    /// <summary>What is reported.</summary>
    public ReportKind Kind { get; internal set; }

    /// <summary>Where it came from.</summary>
    public ReportSource Source { get; internal set; }

    /// <summary>Who reports.</summary>
    public ReporterKind Reporter { get; internal set; }

    /// <summary>How it stands.</summary>
    public CaseState State { get; internal set; }

    /// <summary>How it stood before it was nullified or merged.</summary>
    public CaseState? StateBefore { get; internal set; }

    /// <summary>When it was received.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset ReceivedAt { get; internal set; }

    /// <summary>When it was done with.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset? ClosedAt { get; internal set; }

    /// <summary>Id that the secret of the receipt is made of.</summary>
    [Erases(OnErase.Drop)]
    public LinkId? ReceiptId { get; internal set; }

    /// <summary>Hash of that secret.</summary>
    [Erases(OnErase.Drop)]
    public byte[]? ReceiptHash { get; internal set; }

    /// <summary>What happened, in the reporter's words. Never changed.</summary>
    public SealedText? Words { get; internal set; }

    /// <summary>How to reach the reporter, where the reporter wants that.</summary>
    public SealedText? Contact { get; internal set; }

    /// <summary>Why the person came for the massage, in words.</summary>
    public SealedText? Reason { get; internal set; }

    /// <summary>The member of staff who wrote it down; null where the reporter did.</summary>
    public StaffId? WrittenBy { get; internal set; }

    /// <summary>Whether the reporter says that it is about more than one person.</summary>
    public bool IsAboutSeveral { get; internal set; }

    /// <summary>Age in years when it happened.</summary>
    public double? AgeYears { get; internal set; }

    /// <summary>Age group, where the age is not known: child, teenager, adult, older.</summary>
    public string? AgeGroup { get; internal set; }

    /// <summary>Sex.</summary>
    public Sex? Sex { get; internal set; }

    /// <summary>Day of the massage, at midnight UTC; the first of the month or year where only that is known.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset? MassageAt { get; internal set; }

    /// <summary>How exactly.</summary>
    public DatePrecision? MassagePrecision { get; internal set; }

    /// <summary>Day of the first sign, as the day of the massage is kept. It may lie before it: then the two contradict each other, and both are kept.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset? EventAt { get; internal set; }

    /// <summary>How exactly.</summary>
    public DatePrecision? EventPrecision { get; internal set; }

    /// <summary>Country code of two letters.</summary>
    public string? Country { get; internal set; }

    /// <summary>Ids of harms: JSON list. Accepted ones; before any was, those suggested.</summary>
    public string Harms { get; internal set; } = "[]";

    /// <summary>Ids of symptoms, likewise.</summary>
    public string Symptoms { get; internal set; } = "[]";

    /// <summary>Ids of regions, likewise.</summary>
    public string Regions { get; internal set; } = "[]";

    /// <summary>Ids of techniques, likewise.</summary>
    public string Techniques { get; internal set; } = "[]";

    /// <summary>Ids of devices, likewise.</summary>
    public string Devices { get; internal set; } = "[]";

    /// <summary>Who gave the massage: id of the vocabulary.</summary>
    public string? Provider { get; internal set; }

    /// <summary>Pressure, in the contract's word.</summary>
    public string? Pressure { get; internal set; }

    /// <summary>Minutes of the massage.</summary>
    public double? Minutes { get; internal set; }

    /// <summary>Massages before this one, of the same kind.</summary>
    public int? MassagesBefore { get; internal set; }

    /// <summary>Number or address under which the same case stands elsewhere, such as a DOI.</summary>
    [Erases(OnErase.Drop)]
    public string? CrossReference { get; internal set; }

    /// <summary>The client it is about, where the clinic knows. Erasing the client erases the case.</summary>
    [Erases(OnErase.Drop)]
    public ClientId? PatientId { get; internal set; }

    /// <summary>The session it is about.</summary>
    public SessionId? SessionId { get; internal set; }

    /// <summary>The alert it was made from.</summary>
    [Erases(OnErase.Drop)]
    public AlertId? AlertId { get; internal set; }

    /// <summary>The file it was taken in from.</summary>
    public ImportId? ImportId { get; internal set; }

    /// <summary>Urgency of the advice given to the reporter, in the contract's word; empty none.</summary>
    public string Urgency { get; internal set; } = "";

    /// <summary>Whether it is serious, as far as is known.</summary>
    public ReviewClass Class { get; internal set; }

    /// <summary>Completeness by vigiGrade, 0.07 to 1.</summary>
    public double Completeness { get; internal set; }

    /// <summary>How far the knowledge named the least expected of its harms; null while no harm is coded.</summary>
    public Expected? Expected { get; internal set; }

    /// <summary>Knowledge version by which it was coded last.</summary>
    public string Knowledge { get; internal set; } = "";

    /// <summary>By when it has to be assessed; null when it was.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset? DueAt { get; internal set; }

    /// <summary>When it goes on to the deputy if it has not been assessed; null when it did, or was assessed.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset? EscalatesAt { get; internal set; }

    /// <summary>How often it went on.</summary>
    public int Level { get; internal set; }

    /// <summary>Who looks after it.</summary>
    public StaffId? AssigneeId { get; internal set; }

    /// <summary>The answer to "could the massage have caused this?", as drafted.</summary>
    public SealedText? Draft { get; internal set; }

    /// <summary>The answer as it was released to the reporter.</summary>
    public SealedText? Answer { get; internal set; }

    /// <summary>When.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset? ReleasedAt { get; internal set; }

    /// <summary>By whom.</summary>
    public StaffId? ReleasedBy { get; internal set; }

    /// <summary>The case that this one is the same as.</summary>
    public CaseId? MergedInto { get; internal set; }

    /// <summary>Texts under the headings of a case report, as JSON.</summary>
    public SealedText? Report { get; internal set; }

    /// <summary>Headings of it that an officer cleared of anything that could tell who it is: JSON list.</summary>
    public string Cleared { get; internal set; } = "[]";

    /// <summary>A narrative that names nobody, which stays after erasure; null none.</summary>
    public string? Redacted { get; internal set; }

    /// <summary>The officer who answers for that.</summary>
    public StaffId? RedactedBy { get; internal set; }

    /// <summary>When its words were erased; null while they are there.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset? ErasedAt { get; internal set; }
}

/// <summary>One adverse event of a case.</summary>
public sealed class CaseEvent : CaseRow
{
    /// <summary>Id.</summary>
    public CaseEventId Id { get; internal set; }

    /// <summary>Its place in the case, from 0: the one that the reporter told of first.</summary>
    public int Order { get; internal set; }

    /// <summary>Id of the harm, or of the symptom; null while it is not coded.</summary>
    public string? Code { get; internal set; }

    /// <summary>Its facts, as JSON: intensity, duration, impact, onset, before, course, care, outcome, criteria of seriousness. Each scale is worked out from them.</summary>
    public string Facts { get; internal set; } = "{}";

    /// <summary>Taken out of the case again, and why it is still here: nothing is deleted.</summary>
    public bool IsDropped { get; internal set; }
}

/// <summary>What a code of a case is about.</summary>
public enum CodeKind : byte
{
    /// <summary>A harm.</summary>
    Harm = 1,

    /// <summary>A symptom during or after.</summary>
    Symptom,

    /// <summary>A region.</summary>
    Region,

    /// <summary>A technique.</summary>
    Technique,

    /// <summary>A device.</summary>
    Device,

    /// <summary>Said not to be there.</summary>
    Denied,

    /// <summary>There before.</summary>
    Before,
}

/// <summary>What a person made of a suggested code.</summary>
public enum CodeDecision : byte
{
    /// <summary>Nobody has looked.</summary>
    Open,

    /// <summary>Accepted, or chosen by a person.</summary>
    Accepted,

    /// <summary>Not accepted. It stays on record.</summary>
    Refused,
}

/// <summary>A code of a case: suggested for the words, or chosen by a person. The suggestion stays whatever becomes of it.</summary>
public sealed class CaseCode : CaseRow
{
    /// <summary>Id.</summary>
    public RowId Id { get; internal set; }

    /// <summary>What it is about.</summary>
    public CodeKind Kind { get; internal set; }

    /// <summary>Id of a harm, or of the vocabulary.</summary>
    public string Code { get; internal set; } = "";

    /// <summary>Where in the words it comes from: JSON list of pairs, first character and length. Empty where a person chose it.</summary>
    public string Spans { get; internal set; } = "[]";

    /// <summary>Whether the program suggested it.</summary>
    public bool IsSuggested { get; internal set; }

    /// <summary>What a person made of it.</summary>
    public CodeDecision Decision { get; internal set; }

    /// <summary>Who.</summary>
    public StaffId? DecidedBy { get; internal set; }

    /// <summary>Knowledge version that suggested it, or by which it was chosen.</summary>
    public string Knowledge { get; internal set; } = "";
}

/// <summary>What kind of a note.</summary>
public enum NoteKind : byte
{
    /// <summary>Told by the reporter afterwards.</summary>
    FollowUp = 1,

    /// <summary>By staff, for staff.</summary>
    Internal,

    /// <summary>By staff, for the reporter, who sees it with the receipt.</summary>
    ToReporter,
}

/// <summary>Something added to a case. Never changed.</summary>
public sealed class CaseNote : CaseRow
{
    /// <summary>Id.</summary>
    public RowId Id { get; internal set; }

    /// <summary>Kind.</summary>
    public NoteKind Kind { get; internal set; }

    /// <summary>When.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset At { get; internal set; }

    /// <summary>Who; null the reporter.</summary>
    public StaffId? By { get; internal set; }

    /// <summary>The words.</summary>
    public SealedText? Words { get; internal set; }
}

/// <summary>How a cause was judged.</summary>
public enum CausalityMethod : byte
{
    /// <summary>WHO-UMC's categories.</summary>
    WhoUmc = 1,

    /// <summary>Naranjo's score, for comparison with print.</summary>
    Naranjo,

    /// <summary>Not judged: it cannot be.</summary>
    CannotBeAssessed,
}

/// <summary>A judgement of cause. Never changed: a rater who thinks again adds another, and the latest counts.</summary>
public sealed class CaseAssessment : CaseRow
{
    /// <summary>Id.</summary>
    public RowId Id { get; internal set; }

    /// <summary>The event judged.</summary>
    public CaseEventId EventId { get; internal set; }

    /// <summary>Who judged; for a consensus, who wrote it down.</summary>
    public StaffId RaterId { get; internal set; }

    /// <summary>When.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset At { get; internal set; }

    /// <summary>How.</summary>
    public CausalityMethod Method { get; internal set; }

    /// <summary>What it came to: a category of the method's scale.</summary>
    public string Category { get; internal set; } = "";

    /// <summary>The answers that led there, as JSON.</summary>
    public string Answers { get; internal set; } = "{}";

    /// <summary>Why, in the rater's words.</summary>
    public SealedText? Reason { get; internal set; }

    /// <summary>Whether it is what the raters agreed on after having judged alone.</summary>
    public bool IsConsensus { get; internal set; }
}

/// <summary>Somebody of the staff who may not assess a case.</summary>
public sealed class CaseConflict : CaseRow
{
    /// <summary>The member of staff.</summary>
    public StaffId StaffId { get; internal set; }

    /// <summary>Why: gave the massage, is named in the words, or said so.</summary>
    public ConflictReason Reason { get; internal set; }
}

/// <summary>Why somebody may not assess a case.</summary>
public enum ConflictReason : byte
{
    /// <summary>Gave the massage.</summary>
    GaveTheMassage = 1,

    /// <summary>Named in the report.</summary>
    Named,

    /// <summary>Said so.</summary>
    Declared,
}

/// <summary>What a person decided about two cases that look alike.</summary>
public enum PairDecision : byte
{
    /// <summary>The same.</summary>
    Same = 1,

    /// <summary>Two different ones.</summary>
    Different,

    /// <summary>Nobody can tell yet.</summary>
    Undecided,
}

/// <summary>Two cases that somebody looked at side by side. Kept when they are merged and when they are taken apart again: the decisions are what the weights of linkage are fitted to. Names nobody.</summary>
public sealed class CasePair : Row
{
    /// <summary>The one whose id comes first.</summary>
    public CaseId OneId { get; internal set; }

    /// <summary>The other.</summary>
    public CaseId OtherId { get; internal set; }

    /// <summary>What was decided.</summary>
    public PairDecision Decision { get; internal set; }

    /// <summary>By whom.</summary>
    public StaffId DecidedBy { get; internal set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; internal set; }

    /// <summary>Score at that time; null where nobody worked one out.</summary>
    public double? Score { get; internal set; }

    /// <summary>Which fields agreed how far, as JSON.</summary>
    public string Comparison { get; internal set; } = "{}";
}
