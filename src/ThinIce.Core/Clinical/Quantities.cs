namespace ThinIce.Core.Clinical;

/// <summary>How hard the hands press, as the contract names it. Ordered: a later value presses harder. Not a force in newtons.</summary>
public enum PressureLevel : byte
{
    /// <summary>Stroking, lotioning.</summary>
    Light = 1,

    /// <summary>The middle of an ordinary session.</summary>
    Moderate = 2,

    /// <summary>Deep, strong, walking on, "no pain no gain".</summary>
    Strong = 3,
}

/// <summary>The sex written on the intake. Only what the contract names; null there is not known here.</summary>
public enum Sex : byte
{
    /// <summary>Female.</summary>
    Female = 1,

    /// <summary>Male.</summary>
    Male = 2,
}

/// <summary>Which side of the body a word names.</summary>
public enum Side : byte
{
    /// <summary>No side was named.</summary>
    Unstated,

    /// <summary>The left.</summary>
    Left,

    /// <summary>The right.</summary>
    Right,

    /// <summary>One of the two, not said which.</summary>
    One,

    /// <summary>Both.</summary>
    Both,
}

/// <summary>How bad a word says it is. Ordered; <see cref="Unstated"/> is not "mild".</summary>
public enum Degree : byte
{
    /// <summary>Nothing was said.</summary>
    Unstated,

    /// <summary>Mild, slight, a bit.</summary>
    Mild,

    /// <summary>Moderate.</summary>
    Moderate,

    /// <summary>Severe, very bad, the worst.</summary>
    Severe,
}

/// <summary>Which way things went since the session.</summary>
public enum Course : byte
{
    /// <summary>Easing.</summary>
    Better = 1,

    /// <summary>Unchanged.</summary>
    Same = 2,

    /// <summary>Getting worse.</summary>
    Worse = 3,
}

/// <summary>
/// A closed range of numbers that a quantity may lie in; a single number has <see cref="Low"/> equal to <see cref="High"/>.
/// Not a confidence interval. Units are the owner's (days, weeks, years, minutes).
/// </summary>
public readonly record struct Span(double Low, double High)
{
    /// <summary>Just this number.</summary>
    public static Span Exactly(double value) => new(value, value);

    /// <summary>Whether the number is pinned down.</summary>
    public bool IsExact => Low == High;
}
