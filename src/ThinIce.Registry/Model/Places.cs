namespace ThinIce.Registry.Model;

/// <summary>A clinic.</summary>
public sealed class Clinic : Row
{
    /// <summary>Name, as clients know it.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>Country code of two letters, for emergency numbers.</summary>
    public string Country { get; internal set; } = "";

    /// <summary>Time zone, by its IANA name, such as Europe/London.</summary>
    public string TimeZone { get; internal set; } = "";

    /// <summary>From when, on the clinic's clock, no message goes out.</summary>
    public TimeOnly QuietFrom { get; internal set; }

    /// <summary>Until when.</summary>
    public TimeOnly QuietTo { get; internal set; }

    /// <summary>Probability with which an ordinary session is followed up, above 0 up to 1.</summary>
    public double SampleProbability { get; internal set; }

    /// <summary>Probability per day with which a client far from any session is asked as a control, 0 to 1.</summary>
    public double ControlProbability { get; internal set; }

    /// <summary>Minutes after which an unopened alert goes on to the deputy; for emergencies a third of it.</summary>
    public int EscalateMinutes { get; internal set; }

    /// <summary>Sessions below which the officer's view shows no figure.</summary>
    public int MinimumSessions { get; internal set; }

    /// <summary>Years for which the place's law or the clinic's insurer wants a client's record kept after the last session; 0 none.</summary>
    public int RetentionYears { get; internal set; }

    /// <summary>Days for which an intake link opens.</summary>
    public int LinkDays { get; internal set; }

    /// <summary>Whether the public form for reports is switched off for this clinic.</summary>
    public bool NoReports { get; internal set; }

    /// <summary>Cases that its officers can assess a day, so that the board can say what will be late; 0 nobody said.</summary>
    public double CasesADay { get; internal set; }
}

/// <summary>A member of staff.</summary>
public sealed class StaffMember : Row
{
    /// <summary>Id.</summary>
    public StaffId Id { get; internal set; }

    /// <summary>Name.</summary>
    public SealedText? Name { get; internal set; }

    /// <summary>E-mail address.</summary>
    public SealedText? Email { get; internal set; }

    /// <summary>Keyed hash of the address, to find it again.</summary>
    public byte[]? EmailIndex { get; internal set; }

    /// <summary>When the person left; null while there.</summary>
    public DateTimeOffset? LeftAt { get; internal set; }

    internal override Guid? Subject => Id.Value;
}

/// <summary>A role that a member of staff has.</summary>
public sealed class StaffRole : Row
{
    /// <summary>The member of staff.</summary>
    public StaffId StaffId { get; internal set; }

    /// <summary>The role.</summary>
    public Role Role { get; internal set; }
}

/// <summary>Hours in a week in which somebody is there to read alerts, on the clinic's clock.</summary>
public sealed class CoverHours : Row
{
    /// <summary>Id.</summary>
    public RowId Id { get; internal set; }

    /// <summary>Day of the week.</summary>
    public DayOfWeek Day { get; internal set; }

    /// <summary>From.</summary>
    public TimeOnly From { get; internal set; }

    /// <summary>Until; later than <see cref="From"/>.</summary>
    public TimeOnly To { get; internal set; }
}

/// <summary>A published knowledge bundle, kept so that any old answer can be given again. Belongs to the installation.</summary>
public sealed class KeptBundle : Row
{
    /// <summary>Knowledge version.</summary>
    public string Version { get; internal set; } = "";

    /// <summary>SHA-256 of the bytes. The bytes themselves stand in <c>bundle_bytes</c>, not in the events.</summary>
    public byte[] Sha256 { get; internal set; } = [];

    /// <summary>Since when it is kept.</summary>
    public DateTimeOffset KeptAt { get; internal set; }
}
