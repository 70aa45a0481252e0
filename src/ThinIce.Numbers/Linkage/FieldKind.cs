namespace ThinIce.Numbers.Linkage;

/// <summary>What sort of value a field holds: it decides how two values are compared. It is not the type of a column.</summary>
public enum FieldKind
{
    /// <summary>A name of a person, street or place: compared by Jaro–Winkler, without regard to case, accents and punctuation.</summary>
    Name,

    /// <summary>Free words. Up to 40 letters it is compared like a name; longer by the words in common, rare ones counting more.</summary>
    Text,

    /// <summary>A day: typed digits and swapped day and month are near. Parts may be missing.</summary>
    Date,

    /// <summary>An identifier, or a set of codes divided by a bar or semicolon.</summary>
    Code,

    /// <summary>A number: differences of 1, of one digit and of a tenth are near.</summary>
    Number,

    /// <summary>One of few values: the same or not.</summary>
    Category,
}

/// <summary>A column to compare, and how.</summary>
/// <param name="Column">Name of the column.</param>
/// <param name="Kind">How its values are compared.</param>
public sealed record LinkageField(string Column, FieldKind Kind);
