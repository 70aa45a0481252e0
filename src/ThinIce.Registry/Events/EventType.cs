using System.Collections.Immutable;
using System.Reflection;

namespace ThinIce.Registry.Events;

/// <summary>A kind of act: its name in the events, what it means, and which roles of staff may do it. Names are never reused.</summary>
/// <param name="Name">Name.</param>
/// <param name="Means">What it means.</param>
/// <param name="By">Roles of staff that may do it. The program, the operator and, for their own record, clients are not held to it.</param>
public sealed record EventType(string Name, string Means, ImmutableArray<Role> By);

/// <summary>All kinds of acts.</summary>
public static class EventTypes
{
    private static readonly ImmutableArray<Role> Care = [Role.Therapist, Role.SafetyOfficer, Role.Deputy, Role.ClinicAdmin];
    private static readonly ImmutableArray<Role> Treat = [Role.Therapist];
    private static readonly ImmutableArray<Role> Safety = [Role.SafetyOfficer, Role.Deputy];
    private static readonly ImmutableArray<Role> Admin = [Role.ClinicAdmin];
    private static readonly ImmutableArray<Role> AdminOrOfficer = [Role.ClinicAdmin, Role.SafetyOfficer, Role.Deputy];
    private static readonly ImmutableArray<Role> Nobody = [];

    /// <summary>A clinic was opened.</summary>
    public static readonly EventType ClinicOpened = new("clinic-opened", "A clinic was opened.", Nobody);

    /// <summary>Settings changed.</summary>
    public static readonly EventType ClinicChanged = new("clinic-changed", "A clinic's settings were changed.", Admin);

    /// <summary>Cover hours set.</summary>
    public static readonly EventType CoverHoursSet = new("cover-hours-set", "The hours were set in which somebody reads alerts.", Admin);

    /// <summary>Staff added.</summary>
    public static readonly EventType StaffAdded = new("staff-added", "A member of staff was added, with roles.", Admin);

    /// <summary>Roles set.</summary>
    public static readonly EventType RolesSet = new("roles-set", "The roles of a member of staff were set.", Admin);

    /// <summary>Staff left.</summary>
    public static readonly EventType StaffLeft = new("staff-left", "A member of staff left; all roles ended.", Admin);

    /// <summary>Account made.</summary>
    public static readonly EventType AccountMade = new("account-made", "An account for signing in was made.", Nobody);

    /// <summary>Signed in.</summary>
    public static readonly EventType SignedIn = new("signed-in", "Somebody signed in.", Nobody);

    /// <summary>Account locked.</summary>
    public static readonly EventType AccountLocked = new("account-locked", "An account was locked after too many wrong passwords or codes.", Nobody);

    /// <summary>Credential changed.</summary>
    public static readonly EventType CredentialChanged = new("credential-changed", "A way of signing in was added, changed or taken away.", Nobody);

    /// <summary>Safety read.</summary>
    public static readonly EventType SafetyRead = new("safety-read", "Whoever runs the installation confirmed having read the safety documents.", [Role.SystemAdmin]);

    /// <summary>Bundle kept.</summary>
    public static readonly EventType BundleKept = new("bundle-kept", "A knowledge bundle was kept, so that its answers can be given again.", Nobody);

    /// <summary>Keys rotated.</summary>
    public static readonly EventType KeysRotated = new("keys-rotated", "Every key was wrapped anew by another master key.", Nobody);

    /// <summary>Restored.</summary>
    public static readonly EventType Restored = new("restored", "The registry was put back from a backup.", Nobody);

    /// <summary>Client added.</summary>
    public static readonly EventType ClientAdded = new("client-added", "A client's record was made.", Care);

    /// <summary>Client changed.</summary>
    public static readonly EventType ClientChanged = new("client-changed", "A client's name, address or wishes were changed.", Care);

    /// <summary>Contact choice.</summary>
    public static readonly EventType ContactChosen = new("contact-chosen", "A client said whether to be written to.", Care);

    /// <summary>Walk-in.</summary>
    public static readonly EventType WalkedIn = new("walked-in", "Somebody came without an appointment; record and appointment were made.", Care);

    /// <summary>Booked.</summary>
    public static readonly EventType AppointmentBooked = new("appointment-booked", "An appointment was made.", Care);

    /// <summary>Appointment changed.</summary>
    public static readonly EventType AppointmentChanged = new("appointment-changed", "An appointment was moved, called off, or nobody came.", Care);

    /// <summary>Imported.</summary>
    public static readonly EventType Imported = new("imported", "A file of clients, appointments or reports was taken in, or a part of one.", Admin);

    /// <summary>Import undone.</summary>
    public static readonly EventType ImportUndone = new("import-undone", "An import was taken back, as far as nothing had been added to its records.", Admin);

    /// <summary>Intake invited.</summary>
    public static readonly EventType IntakeInvited = new("intake-invited", "A link to an intake was made.", Care);

    /// <summary>Link withdrawn.</summary>
    public static readonly EventType LinkWithdrawn = new("link-withdrawn", "A link was taken back.", Care);

    /// <summary>Intake saved.</summary>
    public static readonly EventType IntakeSaved = new("intake-saved", "An intake was begun or saved as it went.", Care);

    /// <summary>Intake sent.</summary>
    public static readonly EventType IntakeSent = new("intake-sent", "An intake was sent.", Care);

    /// <summary>Session recorded.</summary>
    public static readonly EventType SessionRecorded = new("session-recorded", "A session was recorded with intake, plan, advice and what became of it; whether to follow it up was drawn.", Treat);

    /// <summary>Session corrected.</summary>
    public static readonly EventType SessionCorrected = new("session-corrected", "A session's record was corrected; intake, plan and advice stay as they were.", Treat);

    /// <summary>Control opened.</summary>
    public static readonly EventType ControlOpened = new("control-opened", "A client far from any session was drawn to be asked as a control.", Nobody);

    /// <summary>Asked.</summary>
    public static readonly EventType ContactAsked = new("contact-asked", "A check-in fell due; its link was made and its message put into the outbox.", Nobody);

    /// <summary>Missed.</summary>
    public static readonly EventType ContactMissed = new("contact-missed", "A check-in was not answered in time.", Nobody);

    /// <summary>Answered.</summary>
    public static readonly EventType ContactAnswered = new("contact-answered", "A check-in was answered; an alarming answer raised an alert.", Care);

    /// <summary>Alert seen.</summary>
    public static readonly EventType AlertSeen = new("alert-seen", "An alert was opened.", Care);

    /// <summary>Alert escalated.</summary>
    public static readonly EventType AlertEscalated = new("alert-escalated", "An alert that nobody had opened went on to the next.", Nobody);

    /// <summary>Alert closed.</summary>
    public static readonly EventType AlertClosed = new("alert-closed", "An alert was closed, with what became of it.", Care);

    /// <summary>Complaint made.</summary>
    public static readonly EventType ComplaintMade = new("complaint-made", "A complaint about touch or boundaries was made.", Safety);

    /// <summary>Complaint read.</summary>
    public static readonly EventType ComplaintRead = new("complaint-read", "A complaint about touch or boundaries was read.", Safety);

    /// <summary>Complaint closed.</summary>
    public static readonly EventType ComplaintClosed = new("complaint-closed", "A complaint about touch or boundaries was dealt with.", Safety);

    /// <summary>Report made.</summary>
    public static readonly EventType ReportMade = new("report-made", "A report came in, or was written down, and became a case.", Care);

    /// <summary>Report added to.</summary>
    public static readonly EventType ReportAdded = new("report-added", "Something was added to a report.", Safety);

    /// <summary>Case read.</summary>
    public static readonly EventType CaseRead = new("case-read", "A case was read.", Safety);

    /// <summary>Case assigned.</summary>
    public static readonly EventType CaseAssigned = new("case-assigned", "Somebody was given a case to look after, or it was said who may not assess it.", Safety);

    /// <summary>Case escalated.</summary>
    public static readonly EventType CaseEscalated = new("case-escalated", "A case that nobody had assessed in time went on to the next.", Nobody);

    /// <summary>Case coded.</summary>
    public static readonly EventType CaseCoded = new("case-coded", "Suggested codes were accepted or not, or codes and facts of a case were set.", Safety);

    /// <summary>Case assessed.</summary>
    public static readonly EventType CaseAssessed = new("case-assessed", "The cause of an event was judged, or the raters agreed.", Safety);

    /// <summary>Answer drafted.</summary>
    public static readonly EventType AnswerDrafted = new("answer-drafted", "An answer to the reporter was drafted.", Safety);

    /// <summary>Answer released.</summary>
    public static readonly EventType AnswerReleased = new("answer-released", "An answer was released to the reporter.", Safety);

    /// <summary>Case amended.</summary>
    public static readonly EventType CaseAmended = new("case-amended", "A case was amended, closed, opened again or nullified.", Safety);

    /// <summary>Case merged.</summary>
    public static readonly EventType CaseMerged = new("case-merged", "Two cases were found to be the same, or taken apart again.", Safety);

    /// <summary>Cases exported.</summary>
    public static readonly EventType CasesExported = new("cases-exported", "Cases were handed out as a file or as a case report.", [Role.SafetyOfficer, Role.Deputy, Role.Researcher]);

    /// <summary>Message claimed.</summary>
    public static readonly EventType MessagesClaimed = new("messages-claimed", "A server took messages from the outbox to send them.", Nobody);

    /// <summary>Handover begun.</summary>
    public static readonly EventType HandOverBegun = new("hand-over-begun", "A server began to hand a message over.", Nobody);

    /// <summary>Message sent.</summary>
    public static readonly EventType MessageSent = new("message-sent", "The mail server took a message.", Nobody);

    /// <summary>Message deferred.</summary>
    public static readonly EventType MessageDeferred = new("message-deferred", "A message was put off: the mail server could not be reached, or it is quiet time.", Nobody);

    /// <summary>Message failed.</summary>
    public static readonly EventType MessageFailed = new("message-failed", "A message was refused for good, or came too late.", Nobody);

    /// <summary>Claims settled.</summary>
    public static readonly EventType ClaimsSettled = new("claims-settled", "Messages of a server that died were given back, or marked as of unknown delivery.", Nobody);

    /// <summary>Message again.</summary>
    public static readonly EventType MessageAgain = new("message-again", "A message of unknown delivery is to be sent once more, with the same Message-ID.", AdminOrOfficer);

    /// <summary>Course opened.</summary>
    public static readonly EventType CourseOpened = new("course-opened", "A course of care was agreed.", Treat);

    /// <summary>Score given.</summary>
    public static readonly EventType ScoreGiven = new("score-given", "Pain and function were told.", Care);

    /// <summary>Course closed.</summary>
    public static readonly EventType CourseClosed = new("course-closed", "A course of care ended.", Treat);

    /// <summary>Signal considered.</summary>
    public static readonly EventType SignalConsidered = new("signal-considered", "Somebody read the cases of a pair that is told together more often than expected, and thinks it worth looking into.", Safety);

    /// <summary>Signal validated.</summary>
    public static readonly EventType SignalValidated = new("signal-validated", "Somebody looked into a signal and found it good enough to act on or to watch.", Safety);

    /// <summary>Signal put aside.</summary>
    public static readonly EventType SignalPutAside = new("signal-put-aside", "Somebody looked into a signal and put it aside, with the reason.", Safety);

    /// <summary>Record read.</summary>
    public static readonly EventType RecordRead = new("record-read", "A record was read with its name.", Care);

    /// <summary>Record exported.</summary>
    public static readonly EventType RecordExported = new("record-exported", "All that is kept about a person was handed out.", AdminOrOfficer);

    /// <summary>Redacted.</summary>
    public static readonly EventType NarrativeRedacted = new("narrative-redacted", "A narrative was written or cleared so that it names nobody.", Safety);

    /// <summary>Hold placed.</summary>
    public static readonly EventType HoldPlaced = new("hold-placed", "A record has to be kept until a date.", AdminOrOfficer);

    /// <summary>Hold lifted.</summary>
    public static readonly EventType HoldLifted = new("hold-lifted", "A reason to keep a record ended.", AdminOrOfficer);

    /// <summary>Erased.</summary>
    public static readonly EventType PersonErased = new("person-erased", "A person's key was destroyed; what names nobody was kept.", AdminOrOfficer);

    /// <summary>All of them.</summary>
    public static ImmutableArray<EventType> All { get; } =
        [.. typeof(EventTypes).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.FieldType == typeof(EventType)).Select(f => (EventType)f.GetValue(null)!)];
}
