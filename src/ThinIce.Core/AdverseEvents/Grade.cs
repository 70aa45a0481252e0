using System.Collections.Immutable;

namespace ThinIce.Core.AdverseEvents;

/// <summary>How sure a grade is.</summary>
public enum GradeState : byte
{
    /// <summary>The scale gives this grade.</summary>
    Defined,

    /// <summary>At least this grade: facts that are missing could raise it.</summary>
    AtLeast,

    /// <summary>The facts are there, and the scale has no grade for them. Its authors left the cell empty.</summary>
    NotClassified,

    /// <summary>Facts are missing, and without them there is no grade.</summary>
    NotKnown,
}

/// <summary>A grade on one published scale. The texts of the categories are in <c>knowledge/scales/</c>.</summary>
/// <param name="Scale">Id of the scale.</param>
/// <param name="Category">Id of the category; null where there is none.</param>
/// <param name="State">How sure.</param>
/// <param name="Missing">Facts that would settle it.</param>
public sealed record Grade(string Scale, string? Category, GradeState State, ImmutableArray<string> Missing)
{
    internal static Grade Defined(string scale, string category) => new(scale, category, GradeState.Defined, []);

    internal static Grade NotClassified(string scale) => new(scale, null, GradeState.NotClassified, []);

    internal static Grade NotKnown(string scale, IEnumerable<string> missing) => new(scale, null, GradeState.NotKnown, [.. missing]);
}
