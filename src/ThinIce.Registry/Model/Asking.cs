using ThinIce.Core.Clinical;

namespace ThinIce.Registry.Model;

/// <summary>What kind of series.</summary>
public enum SeriesKind : byte
{
    /// <summary>The evening after, day 3 and day 7.</summary>
    Full = 1,

    /// <summary>The same, of a session drawn at random.</summary>
    Sampled,

    /// <summary>One check-in far from any session, to count what there is anyway.</summary>
    Control,
}

/// <summary>How a series stands.</summary>
public enum SeriesState : byte
{
    /// <summary>Running. A person has at most one.</summary>
    Open = 1,

    /// <summary>All its check-ins were answered or missed.</summary>
    Done,

    /// <summary>Ended by the next session that is followed up. What was answered stays.</summary>
    Overtaken,

    /// <summary>Ended because the person does not want it.</summary>
    OptedOut,
}

/// <summary>A series of check-ins.</summary>
public sealed class Series : ClientRow
{
    /// <summary>Id.</summary>
    public SeriesId Id { get; internal set; }

    /// <summary>The session; null for a control.</summary>
    public SessionId? SessionId { get; internal set; }

    /// <summary>Kind.</summary>
    public SeriesKind Kind { get; internal set; }

    /// <summary>Probability with which it was to be, 0 to 1.</summary>
    public double InclusionProbability { get; internal set; }

    /// <summary>How it stands.</summary>
    public SeriesState State { get; internal set; }

    /// <summary>When it was opened.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset OpenedAt { get; internal set; }

    /// <summary>When it ended.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset? EndedAt { get; internal set; }
}

/// <summary>Which of a series' check-ins.</summary>
public enum Wave : byte
{
    /// <summary>The evening after.</summary>
    Evening = 1,

    /// <summary>Day 3.</summary>
    Day3,

    /// <summary>Day 7.</summary>
    Day7,

    /// <summary>The control.</summary>
    Control,
}

/// <summary>How a check-in stands.</summary>
public enum ContactState : byte
{
    /// <summary>To come.</summary>
    Planned = 1,

    /// <summary>In the outbox, or on its way.</summary>
    Asked,

    /// <summary>Answered.</summary>
    Answered,

    /// <summary>Asked, and not answered in time. Counted; never taken as well.</summary>
    Missed,

    /// <summary>Never asked: the series ended before.</summary>
    CalledOff,
}

/// <summary>One attempt to ask again.</summary>
public sealed class Contact : ClientRow
{
    /// <summary>Id.</summary>
    public ContactId Id { get; internal set; }

    /// <summary>The series.</summary>
    public SeriesId SeriesId { get; internal set; }

    /// <summary>The session; null for a control.</summary>
    public SessionId? SessionId { get; internal set; }

    /// <summary>Which.</summary>
    public Wave Wave { get; internal set; }

    /// <summary>When to ask.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset DueAt { get; internal set; }

    /// <summary>Until when it can be answered.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset ClosesAt { get; internal set; }

    /// <summary>How it stands.</summary>
    public ContactState State { get; internal set; }

    /// <summary>When it went into the outbox.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset? AskedAt { get; internal set; }
}

/// <summary>How far an unwelcome effect reached into daily life.</summary>
public enum Impact : byte
{
    /// <summary>Not at all.</summary>
    None = 1,

    /// <summary>Some things were harder.</summary>
    Some,

    /// <summary>Usual things were not possible.</summary>
    Much,

    /// <summary>Help was needed to look after oneself.</summary>
    SelfCare,
}

/// <summary>Care sought because of it. Ordered.</summary>
public enum CareSought : byte
{
    /// <summary>None.</summary>
    None = 1,

    /// <summary>Pharmacist or advice line.</summary>
    Advice,

    /// <summary>A clinician.</summary>
    Clinician,

    /// <summary>Emergency care.</summary>
    Emergency,

    /// <summary>Stayed in hospital.</summary>
    Hospital,
}

/// <summary>An answer to a check-in. A later one to the same check-in does not replace it: both stay.</summary>
public sealed class CheckInAnswer : ClientRow
{
    /// <summary>Id.</summary>
    public AnswerId Id { get; internal set; }

    /// <summary>The check-in.</summary>
    public ContactId ContactId { get; internal set; }

    /// <summary>The session; null for a control.</summary>
    public SessionId? SessionId { get; internal set; }

    /// <summary>When.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset GivenAt { get; internal set; }

    /// <summary>Hours since the session began; null for a control.</summary>
    public double? HoursAfter { get; internal set; }

    /// <summary>"All fine", in one tap.</summary>
    public bool AllFine { get; internal set; }

    /// <summary>The report as it was judged, in the contract's form (thinice/aftercare/1), words as written.</summary>
    public SealedText? Asked { get; internal set; }

    /// <summary>The whole advice, as JSON of the contract.</summary>
    public SealedText? Answered { get; internal set; }

    /// <summary>What was felt, coded: JSON of one object for each complaint, with concepts, before or not, intensity 0–10, hours, impact. The published scales are worked out from these.</summary>
    public string Complaints { get; internal set; } = "[]";

    /// <summary>How many complaints are new or worse than before the session; null where before was not asked.</summary>
    public int? NewOrWorse { get; internal set; }

    /// <summary>How the question of care sought stands.</summary>
    public AnswerState CareState { get; internal set; }

    /// <summary>Care sought.</summary>
    public CareSought? Care { get; internal set; }

    /// <summary>How the question of benefit stands.</summary>
    public AnswerState BenefitState { get; internal set; }

    /// <summary>Whether there was a benefit.</summary>
    public bool? Benefit { get; internal set; }

    /// <summary>The benefit, in the person's words.</summary>
    public SealedText? BenefitWords { get; internal set; }

    /// <summary>Urgency of the advice, in the contract's word.</summary>
    public string Urgency { get; internal set; } = "";

    /// <summary>Whether a missing fact could have changed it.</summary>
    public bool Undetermined { get; internal set; }

    /// <summary>Harms it may be: JSON of ids.</summary>
    public string Suspected { get; internal set; } = "[]";

    /// <summary>Knowledge version that advised.</summary>
    public string Knowledge { get; internal set; } = "";
}

/// <summary>How an alert stands.</summary>
public enum AlertState : byte
{
    /// <summary>Nobody has opened it.</summary>
    Open = 1,

    /// <summary>Somebody has opened it.</summary>
    Seen,

    /// <summary>Done with.</summary>
    Closed,
}

/// <summary>What became of an alert.</summary>
public enum AlertOutcome : byte
{
    /// <summary>Reached; getting help or already helped.</summary>
    Helped = 1,

    /// <summary>Reached; nothing more needed.</summary>
    Fine,

    /// <summary>Not reached after several tries.</summary>
    NotReached,

    /// <summary>A mistake.</summary>
    Mistake,
}

/// <summary>Somebody needs a call because of what they answered. Never about touch or boundaries: those are complaints.</summary>
public sealed class Alert : ClientRow
{
    /// <summary>Id.</summary>
    public AlertId Id { get; internal set; }

    /// <summary>The answer that raised it.</summary>
    public AnswerId AnswerId { get; internal set; }

    /// <summary>The session's therapist; null for a control.</summary>
    public StaffId? TherapistId { get; internal set; }

    /// <summary>Urgency, in the contract's word.</summary>
    public string Urgency { get; internal set; } = "";

    /// <summary>How it stands.</summary>
    public AlertState State { get; internal set; }

    /// <summary>Raised.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset RaisedAt { get; internal set; }

    /// <summary>When it goes on to the next if nobody has opened it; null when there is nobody left.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset? EscalatesAt { get; internal set; }

    /// <summary>How often it went on: 0 therapist and officer, 1 deputy, 2 everybody of the clinic.</summary>
    public int Level { get; internal set; }

    /// <summary>First opened.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset? SeenAt { get; internal set; }

    /// <summary>By whom.</summary>
    public StaffId? SeenBy { get; internal set; }

    /// <summary>Closed.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset? ClosedAt { get; internal set; }

    /// <summary>What became of it.</summary>
    public AlertOutcome? Outcome { get; internal set; }

    /// <summary>Notes, in the staff's words.</summary>
    public SealedText? Note { get; internal set; }
}

/// <summary>Somebody an alert went to.</summary>
public sealed class AlertRecipient : ClientRow
{
    /// <summary>The alert.</summary>
    public AlertId AlertId { get; internal set; }

    /// <summary>The member of staff.</summary>
    public StaffId StaffId { get; internal set; }

    /// <summary>At which level.</summary>
    public int Level { get; internal set; }
}

/// <summary>How a complaint stands.</summary>
public enum ComplaintState : byte
{
    /// <summary>Nobody has opened it.</summary>
    Open = 1,

    /// <summary>Opened.</summary>
    Seen,

    /// <summary>Done with.</summary>
    Closed,
}

/// <summary>A complaint about touch or boundaries. Never shown to the person it is about, nor to the session's therapist, whatever role they have.</summary>
public sealed class Complaint : Row
{
    /// <summary>Id.</summary>
    public ComplaintId Id { get; internal set; }

    /// <summary>The client; null where it was made by the public form, by somebody who need not say who it is. Then it has a key of its own.</summary>
    public ClientId? ClientId { get; internal set; }

    /// <summary>How to reach whoever made it, where it was made by the public form.</summary>
    public SealedText? Contact { get; internal set; }

    /// <summary>The session; null where the person does not say.</summary>
    public SessionId? SessionId { get; internal set; }

    /// <summary>Whom it is about; null where the person does not say.</summary>
    public StaffId? AboutStaffId { get; internal set; }

    /// <summary>The session's therapist, who does not see it either.</summary>
    public StaffId? TherapistId { get; internal set; }

    /// <summary>What happened, in the person's words.</summary>
    public SealedText? Words { get; internal set; }

    /// <summary>Whether the person wants to be called about it.</summary>
    public bool WantsCall { get; internal set; }

    /// <summary>How it stands.</summary>
    public ComplaintState State { get; internal set; }

    /// <summary>Made.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset MadeAt { get; internal set; }

    /// <summary>Who opened it first.</summary>
    public StaffId? SeenBy { get; internal set; }

    /// <summary>The officer's notes.</summary>
    public SealedText? Note { get; internal set; }

    internal override Guid? Subject => ClientId?.Value ?? Id.Value;
}

/// <summary>How a message travels.</summary>
public enum Channel : byte
{
    /// <summary>E-mail.</summary>
    Email = 1,

    /// <summary>Text message.</summary>
    Text,
}

/// <summary>How a message stands.</summary>
public enum MessageState : byte
{
    /// <summary>Waits until it may go.</summary>
    Waiting = 1,

    /// <summary>A server has taken it and has not begun to hand it over. Goes back to waiting when that server dies.</summary>
    Claimed,

    /// <summary>Being handed over. When the server dies here, nobody knows whether it arrived.</summary>
    HandingOver,

    /// <summary>The mail server took it.</summary>
    Sent,

    /// <summary>Nobody knows whether it arrived. Shown and counted; sent again at most once, with the same Message-ID.</summary>
    DeliveryUnknown,

    /// <summary>Refused for good, or too late to be sent.</summary>
    Failed,

    /// <summary>No longer wanted.</summary>
    CalledOff,
}

/// <summary>What a message says. It names no health fact.</summary>
public enum Template : byte
{
    /// <summary>Please fill this in before you come.</summary>
    IntakeInvitation = 1,

    /// <summary>How are you after your visit?</summary>
    CheckIn,

    /// <summary>To staff: somebody needs a call.</summary>
    Alert,

    /// <summary>To the officer: something to read.</summary>
    Complaint,

    /// <summary>To the officer: a report came in, or waits.</summary>
    Report,

    /// <summary>To the reporter: there is news of the report.</summary>
    Receipt,
}

/// <summary>A message in the outbox. Its text is made when it is sent: the secret of the link in it is stored nowhere.</summary>
[ErasedWhole]
public sealed class Message : Row
{
    /// <summary>Id.</summary>
    public MessageId Id { get; internal set; }

    /// <summary>The client it is about, or to.</summary>
    public ClientId? ClientId { get; internal set; }

    /// <summary>The member of staff it goes to; null where it goes to the client.</summary>
    public StaffId? StaffId { get; internal set; }

    /// <summary>The check-in it asks for. A check-in has one message.</summary>
    public ContactId? ContactId { get; internal set; }

    /// <summary>The alert it tells of.</summary>
    public AlertId? AlertId { get; internal set; }

    /// <summary>The case whose reporter it goes to.</summary>
    public CaseId? CaseId { get; internal set; }

    /// <summary>The link in it.</summary>
    public LinkId? LinkId { get; internal set; }

    /// <summary>How it travels.</summary>
    public Channel Channel { get; internal set; }

    /// <summary>What it says.</summary>
    public Template Template { get; internal set; }

    /// <summary>How it stands.</summary>
    public MessageState State { get; internal set; }

    /// <summary>Not before.</summary>
    public DateTimeOffset NotBefore { get; internal set; }

    /// <summary>Not after: a check-in that comes too late is not sent.</summary>
    public DateTimeOffset NotAfter { get; internal set; }

    /// <summary>How often a server began to hand it over.</summary>
    public int HandOvers { get; internal set; }

    /// <summary>How often it was put off because the mail server could not be reached or asked to wait.</summary>
    public int Deferrals { get; internal set; }

    /// <summary>Whether it was sent again after it was not known whether it had arrived.</summary>
    public bool SentAgain { get; internal set; }

    /// <summary>The server that has taken it.</summary>
    public string? Holder { get; internal set; }

    /// <summary>Until when that server is taken to be alive.</summary>
    public DateTimeOffset? HeldUntil { get; internal set; }

    /// <summary>When it was sent.</summary>
    public DateTimeOffset? SentAt { get; internal set; }

    internal override Guid? Subject => ClientId?.Value ?? StaffId?.Value ?? CaseId?.Value;
}
