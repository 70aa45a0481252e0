namespace ThinIce.Core.Clinical;

/// <summary>Whether the words say that the thing is there.</summary>
public enum Presence : byte
{
    /// <summary>They say so.</summary>
    Present,

    /// <summary>They deny it.</summary>
    Denied,

    /// <summary>They leave it open: "maybe", "possible", "being checked".</summary>
    Open,
}

/// <summary>Whose it is.</summary>
public enum Whose : byte
{
    /// <summary>The person who would be massaged.</summary>
    Own,

    /// <summary>Somebody else's: a mother's clot.</summary>
    Other,

    /// <summary>The words name somebody else where the person's own belongs: a relative's medicine in one's own list.</summary>
    Unclear,
}

/// <summary>Whether it is over.</summary>
public enum Currency : byte
{
    /// <summary>Now, or nothing said.</summary>
    Current,

    /// <summary>In the past, or stopped; not said to be healed.</summary>
    Past,

    /// <summary>Said to be healed, cured, gone.</summary>
    Healed,
}

/// <summary>
/// One thing that the words of an intake say, coded. It is what was said, not what is true: <see cref="Presence"/>,
/// <see cref="Whose"/> and <see cref="Currency"/> travel with it.
/// </summary>
/// <param name="Concept">Index into <see cref="Vocabulary.Concepts"/>.</param>
/// <param name="Field">The client's field that holds the words.</param>
/// <param name="Words">The words themselves, as written.</param>
public sealed record Fact(int Concept, ClientField Field, string Words)
{
    /// <summary>Said to be there, denied, or left open.</summary>
    public Presence Presence { get; init; }

    /// <summary>Whose it is.</summary>
    public Whose Whose { get; init; }

    /// <summary>Now, past or healed.</summary>
    public Currency Currency { get; init; }

    /// <summary>How long ago it began, in days; null where not said.</summary>
    public Span? DaysAgo { get; init; }

    /// <summary>Which side.</summary>
    public Side Side { get; init; }

    /// <summary>How bad.</summary>
    public Degree Degree { get; init; }

    /// <summary>Where, as a set of regions (see <see cref="Vocabulary.ExtentOf"/>); 0 where not said.</summary>
    public ulong Regions { get; init; }

    /// <summary>The number said with it, in the unit it was said in: a blood pressure's upper number, a temperature; null where none was said.</summary>
    public double? Value { get; init; }

    /// <summary>Said to be worse than it was.</summary>
    public bool Worse { get; init; }

    /// <summary>In an aftercare report: present before the session too, and not said to be worse since. False in an intake.</summary>
    public bool Before { get; init; }
}
