using ThinIce.Core.Clinical;

namespace ThinIce.Registry.Model;

/// <summary>How an intake stands.</summary>
public enum IntakeState : byte
{
    /// <summary>Begun; saved as it goes.</summary>
    Open = 1,

    /// <summary>Sent.</summary>
    Sent,
}

/// <summary>What a client told before a session. Kept as words (encrypted) and coded.</summary>
public sealed class IntakeRecord : ClientRow
{
    /// <summary>Id.</summary>
    public IntakeId Id { get; internal set; }

    /// <summary>The appointment.</summary>
    [Erases(OnErase.Drop)]
    public AppointmentId? AppointmentId { get; internal set; }

    /// <summary>How it stands.</summary>
    public IntakeState State { get; internal set; }

    /// <summary>Counts every saving, so that two tabs do not overwrite each other.</summary>
    public int Revision { get; internal set; }

    /// <summary>The answers in the contract's form (thinice/intake/1), words as written.</summary>
    public SealedText? Words { get; internal set; }

    /// <summary>The answers coded: JSON of facts, without words.</summary>
    public string Coded { get; internal set; } = "[]";

    /// <summary>Knowledge version that coded it.</summary>
    public string Knowledge { get; internal set; } = "";

    /// <summary>How the question of consent stands.</summary>
    public AnswerState ConsentState { get; internal set; }

    /// <summary>Consent, where that is known.</summary>
    public bool? Consent { get; internal set; }

    /// <summary>How the question of pain stands.</summary>
    public AnswerState PainState { get; internal set; }

    /// <summary>Pain now, 0 none to 10 worst.</summary>
    public int? Pain { get; internal set; }

    /// <summary>How the question of function stands.</summary>
    public AnswerState FunctionState { get; internal set; }

    /// <summary>How well daily things go, 0 not at all to 10 as ever.</summary>
    public int? Function { get; internal set; }

    /// <summary>When it was begun.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset StartedAt { get; internal set; }

    /// <summary>When it was sent.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset? SentAt { get; internal set; }
}

/// <summary>What the therapist did with the advice.</summary>
public enum AdviceTaken : byte
{
    /// <summary>There was no advice to change anything.</summary>
    NoneGiven = 1,

    /// <summary>Followed.</summary>
    Followed,

    /// <summary>Something else was done; what, is in the words beside it.</summary>
    Instead,

    /// <summary>Not said.</summary>
    NotSaid,
}

/// <summary>Why a session ended early.</summary>
public enum StopReason : byte
{
    /// <summary>The client asked.</summary>
    ClientAsked = 1,

    /// <summary>A sign that something is wrong.</summary>
    Sign,

    /// <summary>Too painful.</summary>
    Pain,

    /// <summary>No time, or another reason that has nothing to do with the body.</summary>
    Other,
}

/// <summary>Why a session is followed up, or is not.</summary>
public enum FollowUpReason : byte
{
    /// <summary>First visit.</summary>
    FirstVisit = 1,

    /// <summary>Another or a riskier plan than the last time.</summary>
    ChangedPlan,

    /// <summary>Drawn at random.</summary>
    Drawn,

    /// <summary>Not drawn.</summary>
    NotDrawn,

    /// <summary>Nobody can be asked: no address, or the person does not want it.</summary>
    NoContact,

    /// <summary>A control, far from any session.</summary>
    Control,
}

/// <summary>A session that took place, with everything that was known and advised at the time.</summary>
public sealed class Session : ClientRow
{
    /// <summary>Id.</summary>
    public SessionId Id { get; internal set; }

    /// <summary>Who gave it.</summary>
    public StaffId TherapistId { get; internal set; }

    /// <summary>The appointment.</summary>
    [Erases(OnErase.Drop)]
    public AppointmentId? AppointmentId { get; internal set; }

    /// <summary>The intake.</summary>
    public IntakeId? IntakeId { get; internal set; }

    /// <summary>The course of care it belongs to.</summary>
    public CourseId? CourseId { get; internal set; }

    /// <summary>When it began.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset StartedAt { get; internal set; }

    /// <summary>When it was recorded.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset RecordedAt { get; internal set; }

    /// <summary>How many sessions of this person went before it in this clinic.</summary>
    public int PriorSessions { get; internal set; }

    /// <summary>Intake and plan as they were answered, in the contract's form, words as written.</summary>
    public SealedText? Asked { get; internal set; }

    /// <summary>The whole answer, as JSON of the contract.</summary>
    public SealedText? Answered { get; internal set; }

    /// <summary>The intake coded: JSON of facts, without words.</summary>
    public string Coded { get; internal set; } = "[]";

    /// <summary>The plan: JSON of technique, regions, pressure, minutes, devices, as picked from lists.</summary>
    public string Plan { get; internal set; } = "{}";

    /// <summary>What was done, in the same form; null where it was as planned.</summary>
    public string? Performed { get; internal set; }

    /// <summary>The findings: JSON of rule, kind, status and whether it counted.</summary>
    public string Findings { get; internal set; } = "[]";

    /// <summary>The decision, in the contract's word.</summary>
    public string Decision { get; internal set; } = "";

    /// <summary>Whether a missing fact could have changed it.</summary>
    public bool Undetermined { get; internal set; }

    /// <summary>Knowledge version that answered.</summary>
    public string Knowledge { get; internal set; } = "";

    /// <summary>Version of the program that answered.</summary>
    public string Program { get; internal set; } = "";

    /// <summary>What became of the advice.</summary>
    public AdviceTaken Advice { get; internal set; }

    /// <summary>"What I did instead", in the therapist's words.</summary>
    public SealedText? Instead { get; internal set; }

    /// <summary>Why it ended early; null where it did not.</summary>
    public StopReason? Stopped { get; internal set; }

    /// <summary>Anything noticed, in the therapist's words.</summary>
    public SealedText? Noticed { get; internal set; }

    /// <summary>Price, in the clinic's currency; null where not said.</summary>
    public decimal? Price { get; internal set; }

    /// <summary>Why it is followed up, or is not.</summary>
    public FollowUpReason FollowUp { get; internal set; }

    /// <summary>Probability with which it was to be followed up, 0 to 1: the inverse weight of its answers.</summary>
    public double InclusionProbability { get; internal set; }

    /// <summary>Counts every correction, so that two tabs do not overwrite each other.</summary>
    public int Revision { get; internal set; }
}

/// <summary>A course of care: what is hoped for, and after how many sessions to think again.</summary>
public sealed class CourseRecord : ClientRow
{
    /// <summary>Id.</summary>
    public CourseId Id { get; internal set; }

    /// <summary>What is hoped for, in the person's words.</summary>
    public SealedText? Goal { get; internal set; }

    /// <summary>After how many sessions to think again when nothing has improved.</summary>
    public int AgreedSessions { get; internal set; }

    /// <summary>When it began.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset OpenedAt { get; internal set; }

    /// <summary>When it ended.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset? ClosedAt { get; internal set; }
}

/// <summary>Pain and function at one time of a course.</summary>
public sealed class Score : ClientRow
{
    /// <summary>Id.</summary>
    public ScoreId Id { get; internal set; }

    /// <summary>The course.</summary>
    public CourseId CourseId { get; internal set; }

    /// <summary>The session it was asked before; null after the course.</summary>
    public SessionId? SessionId { get; internal set; }

    /// <summary>Order within the course, from 0.</summary>
    public int Order { get; internal set; }

    /// <summary>How the question of pain stands.</summary>
    public AnswerState PainState { get; internal set; }

    /// <summary>Pain, 0 none to 10 worst.</summary>
    public int? Pain { get; internal set; }

    /// <summary>How the question of function stands.</summary>
    public AnswerState FunctionState { get; internal set; }

    /// <summary>Function, 0 not at all to 10 as ever.</summary>
    public int? Function { get; internal set; }
}
