using System.Collections.Immutable;

namespace ThinIce.Core.Clinical;

/// <summary>Named concepts of the session, and whether anything was said (and understood) about them at all.</summary>
/// <param name="Concepts">Indexes into the vocabulary.</param>
/// <param name="IsKnown">False when nothing was said, or nothing of it was understood.</param>
/// <param name="Words">What was said.</param>
public readonly record struct Said(ImmutableArray<int> Concepts, bool IsKnown, string Words)
{
    /// <summary>Nothing said.</summary>
    public static Said Nothing { get; } = new([], false, "");
}

/// <summary>The planned massage, coded.</summary>
public sealed record CodedSession
{
    /// <summary>Techniques, and what they imply.</summary>
    public Said Techniques { get; init; } = Said.Nothing;

    /// <summary>Regions as words; see <see cref="RegionBits"/>.</summary>
    public Said Regions { get; init; } = Said.Nothing;

    /// <summary>The extent of all regions named.</summary>
    public ulong RegionBits { get; init; }

    /// <summary>Devices.</summary>
    public Said Devices { get; init; } = Said.Nothing;

    /// <summary>Oils and creams.</summary>
    public Said Products { get; init; } = Said.Nothing;

    /// <summary>Position.</summary>
    public Said Position { get; init; } = Said.Nothing;

    /// <summary>Who gives it.</summary>
    public Said Provider { get; init; } = Said.Nothing;

    /// <summary>The pressure named, or else the usual one of the technique; null where neither is known.</summary>
    public PressureLevel? Pressure { get; init; }

    /// <summary>The words the pressure comes from.</summary>
    public string PressureWords { get; init; } = "";

    /// <summary>Minutes.</summary>
    public double? Minutes { get; init; }

    /// <summary>Heat.</summary>
    public bool? Heat { get; init; }

    /// <summary>Sessions before this one.</summary>
    public int? PriorSessions { get; init; }
}

/// <summary>
/// An intake or aftercare report after the words were coded: what the engines reason about. It holds no opinion; every
/// gap is still a gap.
/// </summary>
public sealed record CodedCase
{
    /// <summary>What the words say.</summary>
    public ImmutableArray<Fact> Facts { get; init; } = [];

    /// <summary>How each client field stands, in the order of <see cref="ClientField"/>.</summary>
    public ImmutableArray<AnswerState> Fields { get; init; } = [.. new AnswerState[ClientFields.Count]];

    /// <summary>Fields, one bit each, that hold words nothing was made of.</summary>
    public int MisreadFields { get; init; }

    /// <summary>Years.</summary>
    public double? Age { get; init; }

    /// <summary>Sex.</summary>
    public Sex? Sex { get; init; }

    /// <summary>Completed weeks of pregnancy; 0 when not pregnant; a range when only "pregnant" is known; null when nothing is.</summary>
    public Span? PregnancyWeeks { get; init; }

    /// <summary>The words the pregnancy comes from.</summary>
    public string PregnancyWords { get; init; } = "";

    /// <summary>Kilograms.</summary>
    public double? WeightKg { get; init; }

    /// <summary>The massage.</summary>
    public CodedSession Session { get; init; } = new();

    /// <summary>Answers to questions about whole definitions, by the definition's id; null is "does not know".</summary>
    public ImmutableSortedDictionary<string, bool?> Definitions { get; init; } = ImmutableSortedDictionary<string, bool?>.Empty;

    /// <summary>Hours since the session, in an aftercare report.</summary>
    public double? HoursAfter { get; init; }

    /// <summary>Course since, in an aftercare report.</summary>
    public Course? Course { get; init; }

    /// <summary>Whether the symptoms of before the session were asked for; without that nothing is known to be new.</summary>
    public bool BeforeIsKnown { get; init; }

    /// <summary>How a client field stands.</summary>
    public AnswerState StateOf(ClientField field) => Fields[(int)field];

    /// <summary>Whether the field holds words nothing was made of.</summary>
    public bool IsMisread(ClientField field) => (MisreadFields & (1 << (int)field)) != 0;
}
