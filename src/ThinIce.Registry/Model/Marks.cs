namespace ThinIce.Registry.Model;

/// <summary>What erasure of the person does to a column that it does not simply leave.</summary>
public enum OnErase : byte
{
    /// <summary>Leaves it: it names nobody.</summary>
    Keep,

    /// <summary>Empties it.</summary>
    Drop,

    /// <summary>Keeps only the month.</summary>
    Month,
}

/// <summary>Marks a column that erasure empties or shortens. Encrypted columns are emptied without being marked.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ErasesAttribute(OnErase to) : Attribute
{
    /// <summary>What is done.</summary>
    public OnErase To { get; } = to;
}

/// <summary>Marks a table whose rows erasure deletes.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ErasedWholeAttribute : Attribute;

/// <summary>Words encrypted with the key of the person they are about. Readable only through <see cref="Keys.SubjectKey"/>; nothing is left of them when that key is destroyed.</summary>
public sealed class SealedText
{
    internal SealedText(byte[] bytes) => Bytes = bytes;

    internal byte[] Bytes { get; }

    /// <summary>Hidden: there is nothing to read here.</summary>
    public override string ToString() => "(sealed)";
}

/// <summary>A row of state. Every change of one is written into an event in the same transaction.</summary>
public abstract class Row
{
    /// <summary>The clinic whose chain of events it belongs to.</summary>
    public ClinicId ClinicId { get; internal set; }

    /// <summary>Whose key encrypts it; null where it is about no person.</summary>
    internal virtual Guid? Subject => null;
}

/// <summary>A row about a client.</summary>
public abstract class ClientRow : Row
{
    /// <summary>The client.</summary>
    public ClientId ClientId { get; internal set; }

    internal override Guid? Subject => ClientId.Value;
}
