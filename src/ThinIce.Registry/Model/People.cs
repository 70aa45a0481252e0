using ThinIce.Core.Clinical;

namespace ThinIce.Registry.Model;

/// <summary>A client of one clinic.</summary>
public sealed class ClientRecord : ClientRow
{
    /// <summary>Name.</summary>
    public SealedText? Name { get; internal set; }

    /// <summary>E-mail address.</summary>
    public SealedText? Email { get; internal set; }

    /// <summary>Telephone number for messages.</summary>
    public SealedText? Phone { get; internal set; }

    /// <summary>Birth date.</summary>
    public SealedText? BirthDate { get; internal set; }

    /// <summary>The number that the clinic's other program knows the client by.</summary>
    public SealedText? External { get; internal set; }

    /// <summary>Keyed hash of the e-mail address.</summary>
    [Erases(OnErase.Drop)]
    public byte[]? EmailIndex { get; internal set; }

    /// <summary>Keyed hash of the telephone number.</summary>
    [Erases(OnErase.Drop)]
    public byte[]? PhoneIndex { get; internal set; }

    /// <summary>Keyed hash of the other program's number.</summary>
    [Erases(OnErase.Drop)]
    public byte[]? ExternalIndex { get; internal set; }

    /// <summary>Keyed hash of name and birth date.</summary>
    [Erases(OnErase.Drop)]
    public byte[]? PersonIndex { get; internal set; }

    /// <summary>First year of a band of ten years of age when the record was last changed; null not known. 0 for under ten.</summary>
    public int? AgeBand { get; internal set; }

    /// <summary>Sex; null not known.</summary>
    public Sex? Sex { get; internal set; }

    /// <summary>Whether the person asked not to be sent e-mail.</summary>
    public bool NoEmail { get; internal set; }

    /// <summary>Whether the person asked not to be sent text messages.</summary>
    public bool NoText { get; internal set; }

    /// <summary>Pressure the person likes; null not said. A wish, not a safe limit.</summary>
    public PressureLevel? PressureWish { get; internal set; }

    /// <summary>When the record was made.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset CreatedAt { get; internal set; }

    /// <summary>The import that made it; null where it was made by hand.</summary>
    public ImportId? ImportId { get; internal set; }

    /// <summary>The month in which the record was erased; null while it is not.</summary>
    [Erases(OnErase.Month)]
    public DateTimeOffset? ErasedAt { get; internal set; }
}

/// <summary>How an appointment stands.</summary>
public enum AppointmentState : byte
{
    /// <summary>Booked.</summary>
    Booked = 1,

    /// <summary>The session took place.</summary>
    Done,

    /// <summary>Called off.</summary>
    Cancelled,

    /// <summary>Nobody came.</summary>
    NoShow,
}

/// <summary>An appointment. Erasure deletes it: the day of a visit can name a person.</summary>
[ErasedWhole]
public sealed class Appointment : ClientRow
{
    /// <summary>Id.</summary>
    public AppointmentId Id { get; internal set; }

    /// <summary>Therapist; null not settled.</summary>
    public StaffId? TherapistId { get; internal set; }

    /// <summary>When it begins.</summary>
    public DateTimeOffset StartsAt { get; internal set; }

    /// <summary>Minutes.</summary>
    public int Minutes { get; internal set; }

    /// <summary>What was booked, in the clinic's words.</summary>
    public SealedText? Service { get; internal set; }

    /// <summary>How it stands.</summary>
    public AppointmentState State { get; internal set; }

    /// <summary>Whether the person walked in.</summary>
    public bool WalkIn { get; internal set; }

    /// <summary>Keyed hash of the other program's number for it.</summary>
    public byte[]? ExternalIndex { get; internal set; }

    /// <summary>The import that made it.</summary>
    public ImportId? ImportId { get; internal set; }
}

/// <summary>What a link opens.</summary>
public enum LinkPurpose : byte
{
    /// <summary>An intake.</summary>
    Intake = 1,

    /// <summary>A check-in.</summary>
    CheckIn,

    /// <summary>No more messages.</summary>
    OptOut,
}

/// <summary>A link given to a client. The secret in it is not stored: only its hash.</summary>
[ErasedWhole]
public sealed class Link : ClientRow
{
    /// <summary>Id.</summary>
    public LinkId Id { get; internal set; }

    /// <summary>What it opens.</summary>
    public LinkPurpose Purpose { get; internal set; }

    /// <summary>SHA-256 of the secret.</summary>
    public byte[] TokenHash { get; internal set; } = [];

    /// <summary>The appointment it is about.</summary>
    public AppointmentId? AppointmentId { get; internal set; }

    /// <summary>The check-in it is about.</summary>
    public ContactId? ContactId { get; internal set; }

    /// <summary>Until when it opens.</summary>
    public DateTimeOffset ExpiresAt { get; internal set; }

    /// <summary>When it did its work; an intake that was sent, a check-in that was answered.</summary>
    public DateTimeOffset? UsedAt { get; internal set; }

    /// <summary>Wrong birth dates tried on it; after five it opens no earlier answers.</summary>
    public int WrongTries { get; internal set; }

    /// <summary>When the clinic took it back.</summary>
    public DateTimeOffset? WithdrawnAt { get; internal set; }
}

/// <summary>A reason to keep a record for longer than asked: a claim, an inquiry.</summary>
public sealed class Hold : ClientRow
{
    /// <summary>Id.</summary>
    public HoldId Id { get; internal set; }

    /// <summary>Until when.</summary>
    public DateTimeOffset Until { get; internal set; }

    /// <summary>When it was lifted before that.</summary>
    public DateTimeOffset? LiftedAt { get; internal set; }
}

/// <summary>A narrative that a safety officer wrote or cleared so that it names nobody. Erasure leaves it.</summary>
public sealed class Redaction : ClientRow
{
    /// <summary>Id.</summary>
    public RedactionId Id { get; internal set; }

    /// <summary>The session it is about; null where it is about none.</summary>
    public SessionId? SessionId { get; internal set; }

    /// <summary>The narrative. Not encrypted: it names nobody.</summary>
    public string Text { get; internal set; } = "";

    /// <summary>Who cleared it.</summary>
    public StaffId ClearedBy { get; internal set; }
}

/// <summary>One import of a file.</summary>
public sealed class Import : Row
{
    /// <summary>Id.</summary>
    public ImportId Id { get; internal set; }

    /// <summary>What was in it.</summary>
    public Imports.ImportKind Kind { get; internal set; }

    /// <summary>SHA-256 of the file, so that the same file twice is noticed.</summary>
    public byte[] FileHash { get; internal set; } = [];

    /// <summary>When.</summary>
    public DateTimeOffset At { get; internal set; }

    /// <summary>Rows read. Reports are taken in bit by bit: of them, rows read so far.</summary>
    public int Rows { get; internal set; }

    /// <summary>Records made.</summary>
    public int Added { get; internal set; }

    /// <summary>Rows that were there already.</summary>
    public int Known { get; internal set; }

    /// <summary>Rows kept aside.</summary>
    public int Rejected { get; internal set; }

    /// <summary>When it was undone; null while it stands.</summary>
    public DateTimeOffset? UndoneAt { get; internal set; }
}

/// <summary>A row of a file that could not be read, kept aside with line and reason. Encrypted with the import's own key, which is destroyed when the import is undone or the rows are dropped.</summary>
public sealed class ImportReject : Row
{
    /// <summary>Id.</summary>
    public RowId Id { get; internal set; }

    /// <summary>The import.</summary>
    public ImportId ImportId { get; internal set; }

    /// <summary>Line of the file, from 1.</summary>
    public int Line { get; internal set; }

    /// <summary>Code of the problem.</summary>
    public string Code { get; internal set; } = "";

    /// <summary>Column at fault.</summary>
    public string Field { get; internal set; } = "";

    /// <summary>The row as it stood there.</summary>
    public SealedText? Raw { get; internal set; }

    internal override Guid? Subject => ImportId.Value;
}
