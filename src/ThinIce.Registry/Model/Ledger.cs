namespace ThinIce.Registry.Model;

/// <summary>An event: one act, as far as it is about one person or about none. Written in the transaction of the act, never changed, except that erasure empties what is about the person.</summary>
public sealed class Event
{
    /// <summary>The clinic whose chain it is in.</summary>
    public ClinicId ClinicId { get; internal set; }

    /// <summary>Number in the chain, from 1 without gaps.</summary>
    public long Number { get; internal set; }

    /// <summary>Type; see the list of types.</summary>
    public string Type { get; internal set; } = "";

    /// <summary>The act: events of one transaction share it.</summary>
    public Guid Act { get; internal set; }

    /// <summary>When. Only the month after erasure.</summary>
    public DateTimeOffset At { get; internal set; }

    /// <summary>What kind of someone acted.</summary>
    public ActorKind ActorKind { get; internal set; }

    /// <summary>Who acted.</summary>
    public Guid? ActorId { get; internal set; }

    /// <summary>Whom it is about; null nobody.</summary>
    public Guid? Subject { get; internal set; }

    /// <summary>Random, so that time and actor cannot be guessed from <see cref="Commitment"/>. Null after erasure.</summary>
    public byte[]? Salt { get; internal set; }

    /// <summary>SHA-256 of salt, act, time, actor and subject.</summary>
    public byte[] Commitment { get; internal set; } = [];

    /// <summary>Why, and each row before and after, as JSON; encrypted where it is about a person. Null after erasure.</summary>
    public byte[]? Payload { get; internal set; }

    /// <summary>Whether the payload is encrypted with the subject's key.</summary>
    public bool IsSealed { get; internal set; }

    /// <summary>SHA-256 of the payload as stored.</summary>
    public byte[] PayloadHash { get; internal set; } = [];

    /// <summary>SHA-256 of the previous event's hash, clinic, number, type, commitment and payload hash.</summary>
    public byte[] Hash { get; internal set; } = [];
}

/// <summary>The end of a clinic's chain. Read and moved on only behind the clinic's lock, so that there is one order.</summary>
public sealed class ChainHead
{
    /// <summary>The clinic.</summary>
    public ClinicId ClinicId { get; internal set; }

    /// <summary>Number of the last event; 0 none.</summary>
    public long Number { get; internal set; }

    /// <summary>Its hash.</summary>
    public byte[] Hash { get; internal set; } = [];
}

/// <summary>A person's key, wrapped by the master key. Destroying it makes everything encrypted with it unreadable for good. In no event.</summary>
public sealed class PersonKey
{
    /// <summary>The person (client or staff), or the import whose rows were kept aside.</summary>
    public Guid Subject { get; internal set; }

    /// <summary>The clinic.</summary>
    public ClinicId ClinicId { get; internal set; }

    /// <summary>The key, encrypted with the master key.</summary>
    public byte[] Wrapped { get; internal set; } = [];

    /// <summary>Which master key.</summary>
    public string Master { get; internal set; } = "";
}

/// <summary>A key of the installation (for keyed hashes, for links), wrapped by the master key. In no event.</summary>
public sealed class SystemKey
{
    /// <summary>What it is for.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>The key, encrypted with the master key.</summary>
    public byte[] Wrapped { get; internal set; } = [];

    /// <summary>Which master key.</summary>
    public string Master { get; internal set; } = "";
}

/// <summary>That a person was erased. Also written outside of the database, so that a restored backup erases again.</summary>
public sealed class Erasure : Row
{
    /// <summary>Whose key was destroyed.</summary>
    public Guid Erased { get; internal set; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; internal set; }
}

/// <summary>The bytes of a kept bundle. In no event: their hash is.</summary>
public sealed class BundleBytes
{
    /// <summary>Knowledge version.</summary>
    public string Version { get; internal set; } = "";

    /// <summary>The bundle.</summary>
    public byte[] Bytes { get; internal set; } = [];
}
