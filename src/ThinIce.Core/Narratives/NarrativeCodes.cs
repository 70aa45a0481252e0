using System.Collections.Immutable;
using ThinIce.Core.Clinical;

namespace ThinIce.Core.Narratives;

/// <summary>A stretch of the narrative: for highlighting the words a suggestion comes from.</summary>
/// <param name="Start">First character, from 0.</param>
/// <param name="Length">How many characters.</param>
public readonly record struct TextSpan(int Start, int Length);

/// <summary>A suggested code, and the words it comes from. A suggestion: a person accepts it or not, and both are kept.</summary>
/// <param name="Id">Id of a harm, or of a concept of the vocabulary.</param>
/// <param name="Spans">Where the words stand.</param>
public sealed record SuggestedCode(string Id, ImmutableArray<TextSpan> Spans);

/// <summary>What is suggested for one narrative. It says what the words say, not what is true and not what caused it.</summary>
public sealed record NarrativeCodes
{
    /// <summary>Harms.</summary>
    public ImmutableArray<SuggestedCode> Harms { get; init; } = [];

    /// <summary>Symptoms that came during or after.</summary>
    public ImmutableArray<SuggestedCode> Symptoms { get; init; } = [];

    /// <summary>Regions, of the massage and of the complaint.</summary>
    public ImmutableArray<SuggestedCode> Regions { get; init; } = [];

    /// <summary>Techniques.</summary>
    public ImmutableArray<SuggestedCode> Techniques { get; init; } = [];

    /// <summary>Devices.</summary>
    public ImmutableArray<SuggestedCode> Devices { get; init; } = [];

    /// <summary>Hours from the massage to the first sign; null where it was not said.</summary>
    public double? OnsetHours { get; init; }

    /// <summary>Where the onset was said.</summary>
    public ImmutableArray<TextSpan> OnsetSpans { get; init; } = [];

    /// <summary>Symptoms and harms said not to be there.</summary>
    public ImmutableArray<SuggestedCode> Negated { get; init; } = [];

    /// <summary>What the person had before, or came for: shown, and coded nowhere else.</summary>
    public ImmutableArray<SuggestedCode> Before { get; init; } = [];

    /// <summary>Whether the narrative was longer than what is read of it.</summary>
    public bool IsCut { get; init; }

    /// <summary>Words that nothing was made of.</summary>
    public ImmutableArray<string> NotUnderstood { get; init; } = [];
}
