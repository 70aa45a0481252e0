namespace ThinIce.Registry;

/// <summary>What a member of staff may do. One person can have several.</summary>
public enum Role : byte
{
    /// <summary>Treats clients, records sessions, sees own figures.</summary>
    Therapist = 1,

    /// <summary>Receives alerts and complaints, writes redactions, erases.</summary>
    SafetyOfficer,

    /// <summary>Stands in for the safety officer.</summary>
    Deputy,

    /// <summary>Runs the clinic: settings, staff, imports, links.</summary>
    ClinicAdmin,

    /// <summary>Sees figures and cases without identity, never a name.</summary>
    Researcher,

    /// <summary>Runs the installation: opens clinics, backs up, rotates keys. Sees no client.</summary>
    SystemAdmin,
}

/// <summary>What kind of someone acted.</summary>
public enum ActorKind : byte
{
    /// <summary>The program by itself: the outbox, an escalation.</summary>
    System = 1,

    /// <summary>Whoever works at the machine's command line.</summary>
    Operator,

    /// <summary>A member of staff.</summary>
    Staff,

    /// <summary>A client, through a link or at the clinic's tablet.</summary>
    Client,

    /// <summary>Whoever reports by the public form, or has the receipt: nobody known.</summary>
    Reporter,
}

/// <summary>Who acts, in which clinic, and why. Goes into the event of every act.</summary>
/// <param name="Clinic">The clinic.</param>
/// <param name="Kind">What kind of someone.</param>
/// <param name="Id">Staff or client; null for the program and the operator.</param>
public sealed record Actor(ClinicId Clinic, ActorKind Kind, Guid? Id)
{
    /// <summary>Why, in the actor's words; may be empty. Kept encrypted where the act is about a person.</summary>
    public string Why { get; init; } = "";

    /// <summary>The program.</summary>
    public static Actor System(ClinicId clinic) => new(clinic, ActorKind.System, null);

    /// <summary>The command line.</summary>
    public static Actor Operator(ClinicId clinic) => new(clinic, ActorKind.Operator, null);

    /// <summary>A member of staff.</summary>
    public static Actor Staff(ClinicId clinic, StaffId staff) => new(clinic, ActorKind.Staff, staff.Value);

    internal static Actor Reporter(ClinicId clinic) => new(clinic, ActorKind.Reporter, null);

    internal static Actor Client(ClinicId clinic, ClientId client) => new(clinic, ActorKind.Client, client.Value);

    internal StaffId? StaffId => Kind == ActorKind.Staff && Id is { } id ? new StaffId(id) : null;
}
