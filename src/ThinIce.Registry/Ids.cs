namespace ThinIce.Registry;

/// <summary>What all ids of the registry have in common: a random number under a name of its own, so that none is taken for another.</summary>
public interface IStrongId<TSelf>
    where TSelf : struct, IStrongId<TSelf>
{
    /// <summary>The number.</summary>
    Guid Value { get; }

    /// <summary>The id of that number.</summary>
    static abstract TSelf From(Guid value);
}

/// <summary>A clinic: one tenant, with its own chain of events. All zeros is the installation itself.</summary>
public readonly record struct ClinicId(Guid Value) : IStrongId<ClinicId>
{
    /// <summary>The installation: what belongs to no clinic.</summary>
    public static ClinicId Installation => default;

    /// <inheritdoc/>
    public static ClinicId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>A member of staff of one clinic.</summary>
public readonly record struct StaffId(Guid Value) : IStrongId<StaffId>
{
    /// <inheritdoc/>
    public static StaffId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>A client of one clinic. Random: it says nothing about the person or the day.</summary>
public readonly record struct ClientId(Guid Value) : IStrongId<ClientId>
{
    /// <inheritdoc/>
    public static ClientId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>An account for signing in: one person, whatever clinics that person works in.</summary>
public readonly record struct AccountId(Guid Value) : IStrongId<AccountId>
{
    /// <inheritdoc/>
    public static AccountId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>An appointment.</summary>
public readonly record struct AppointmentId(Guid Value) : IStrongId<AppointmentId>
{
    /// <inheritdoc/>
    public static AppointmentId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>A link that was given to a client. Not the secret in it.</summary>
public readonly record struct LinkId(Guid Value) : IStrongId<LinkId>
{
    /// <inheritdoc/>
    public static LinkId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>An intake.</summary>
public readonly record struct IntakeId(Guid Value) : IStrongId<IntakeId>
{
    /// <inheritdoc/>
    public static IntakeId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>A session that took place.</summary>
public readonly record struct SessionId(Guid Value) : IStrongId<SessionId>
{
    /// <inheritdoc/>
    public static SessionId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>A series of check-ins after a session, or a control series.</summary>
public readonly record struct SeriesId(Guid Value) : IStrongId<SeriesId>
{
    /// <inheritdoc/>
    public static SeriesId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>One attempt to ask again.</summary>
public readonly record struct ContactId(Guid Value) : IStrongId<ContactId>
{
    /// <inheritdoc/>
    public static ContactId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>One answer to a check-in.</summary>
public readonly record struct AnswerId(Guid Value) : IStrongId<AnswerId>
{
    /// <inheritdoc/>
    public static AnswerId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>An alert.</summary>
public readonly record struct AlertId(Guid Value) : IStrongId<AlertId>
{
    /// <inheritdoc/>
    public static AlertId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>A complaint about touch or boundaries.</summary>
public readonly record struct ComplaintId(Guid Value) : IStrongId<ComplaintId>
{
    /// <inheritdoc/>
    public static ComplaintId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>A course of care.</summary>
public readonly record struct CourseId(Guid Value) : IStrongId<CourseId>
{
    /// <inheritdoc/>
    public static CourseId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>One pair of scores, pain and function.</summary>
public readonly record struct ScoreId(Guid Value) : IStrongId<ScoreId>
{
    /// <inheritdoc/>
    public static ScoreId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>One import of a file.</summary>
public readonly record struct ImportId(Guid Value) : IStrongId<ImportId>
{
    /// <inheritdoc/>
    public static ImportId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>A message in the outbox. Not the Message-ID in its header, which is made from it.</summary>
public readonly record struct MessageId(Guid Value) : IStrongId<MessageId>
{
    /// <inheritdoc/>
    public static MessageId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>A reason to keep a record for longer.</summary>
public readonly record struct HoldId(Guid Value) : IStrongId<HoldId>
{
    /// <inheritdoc/>
    public static HoldId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>A narrative without identity.</summary>
public readonly record struct RedactionId(Guid Value) : IStrongId<RedactionId>
{
    /// <inheritdoc/>
    public static RedactionId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>A case: one report, with what was added to it since. Its key encrypts its words.</summary>
public readonly record struct CaseId(Guid Value) : IStrongId<CaseId>
{
    /// <inheritdoc/>
    public static CaseId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>One adverse event of a case.</summary>
public readonly record struct CaseEventId(Guid Value) : IStrongId<CaseEventId>
{
    /// <inheritdoc/>
    public static CaseEventId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}

/// <summary>A row that nothing else refers to.</summary>
public readonly record struct RowId(Guid Value) : IStrongId<RowId>
{
    /// <inheritdoc/>
    public static RowId From(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString();
}
