using System.Collections.Immutable;
using ThinIce.Core.Clinical;

namespace ThinIce.Core.AdverseEvents;

/// <summary>What people read about a published scale. How grades are worked out is code; every word about it is data, in <c>knowledge/scales/</c>.</summary>
/// <param name="Id">Id, as in <see cref="Grade.Scale"/>.</param>
/// <param name="Name">Name.</param>
/// <param name="Source">Where it was published, and what of it was read when.</param>
/// <param name="Licence">What may be done with it.</param>
public sealed record ScaleText(string Id, LocalText Name, string Source, string Licence)
{
    /// <summary>What it is.</summary>
    public LocalText Is { get; init; } = LocalText.None;

    /// <summary>What it is not.</summary>
    public LocalText IsNot { get; init; } = LocalText.None;

    /// <summary>Where ThinIce goes beyond its source.</summary>
    public LocalText Ours { get; init; } = LocalText.None;

    /// <summary>Its categories, questions or headings.</summary>
    public ImmutableArray<ScaleItem> Items { get; init; } = [];
}

/// <summary>A category, question or heading of a scale.</summary>
/// <param name="Id">Id within the scale.</param>
/// <param name="Text">In plain words.</param>
public sealed record ScaleItem(string Id, LocalText Text);
