using System.Collections.Immutable;
using ThinIce.Core.Clinical;
using ThinIce.Core.Conditions;
using ThinIce.Core.Words;

namespace ThinIce.Core.Narratives;

/// <summary>What words of a narrative say about the things named after them.</summary>
public enum NarrativeRole : byte
{
    /// <summary>What came during or after the massage: "now", "complains of", "woke up with".</summary>
    Event,

    /// <summary>What the massage was for.</summary>
    Reason,

    /// <summary>What the person had before.</summary>
    History,

    /// <summary>What stands before it happened after it: "after", "since".</summary>
    After,

    /// <summary>Had a massage: what was named before it in the same sentence was there before.</summary>
    Got,

    /// <summary>The words after it are not about this person's event at all.</summary>
    Aside,
}

/// <summary>A phrase and the role it gives.</summary>
/// <param name="Phrase">The phrase.</param>
/// <param name="Role">The role.</param>
public sealed record RoleWords(string Phrase, NarrativeRole Role);

/// <summary>A phrase for a length of time.</summary>
/// <param name="Phrase">The phrase, such as "next day".</param>
/// <param name="Hours">How many hours it stands for.</param>
public sealed record TimeWords(string Phrase, double Hours);

/// <summary>When a harm is suggested.</summary>
/// <param name="Harm">The harm.</param>
/// <param name="When">What has to have been said of what came after the massage.</param>
public sealed record HarmCode(HarmId Harm, Condition When)
{
    /// <summary>Suggested only where nothing worse explains the same words: soreness beside a broken rib is not coded.</summary>
    public bool Alone { get; init; }

    /// <summary>Phrases that name the harm outright and are no concept of the vocabulary: "splenic laceration".</summary>
    public ImmutableArray<string> Named { get; init; } = [];

    /// <summary>Harms that explain the same words better, and in whose presence this one is not suggested.</summary>
    public ImmutableArray<HarmId> Unless { get; init; } = [];
}

/// <summary>A concept that is coded as another one: of one word only, or always.</summary>
/// <param name="Concept">What was recognised.</param>
/// <param name="As">What it is coded as.</param>
/// <param name="Words">The words for which this holds; empty for all.</param>
public sealed record ReadConceptAs(ConceptId Concept, ConceptId As, ImmutableArray<string> Words);

/// <summary>How narratives are read and coded: data from <c>knowledge/narratives/</c>. It decides nothing about an intake or an aftercare report.</summary>
public sealed record NarrativeKnowledge
{
    /// <summary>Shorthand that means the same in every narrative.</summary>
    public ImmutableArray<SameWord> Shorthand { get; init; } = [];

    /// <summary>Shorthand that counts in notes only, or where it is written in capitals: CP, HA, R.</summary>
    public ImmutableArray<SameWord> Notes { get; init; } = [];

    /// <summary>Shorthand right after a number: yof, m.</summary>
    public ImmutableArray<SameWord> AfterNumber { get; init; } = [];

    /// <summary>Shorthand that is found in notes also where it was glued to the word before or after.</summary>
    public ImmutableArray<SameWord> Glued { get; init; } = [];

    /// <summary>Words that show that a text is a clerk's or therapist's note.</summary>
    public ImmutableArray<string> NoteWords { get; init; } = [];

    /// <summary>Phrases that are passed over: "came back", "face down".</summary>
    public ImmutableArray<string> PassedOver { get; init; } = [];

    /// <summary>Phrases that give roles.</summary>
    public ImmutableArray<RoleWords> Roles { get; init; } = [];

    /// <summary>A complaint that lasts so many days or longer, and is not said to follow the massage, was there before.</summary>
    public double LongStandingDays { get; init; } = double.PositiveInfinity;

    /// <summary>From the massage to the first sign, as a fixed phrase.</summary>
    public ImmutableArray<TimeWords> Onsets { get; init; } = [];

    /// <summary>How long ago something was, as a fixed phrase.</summary>
    public ImmutableArray<TimeWords> Dates { get; init; } = [];

    /// <summary>Words after a length of time that make it the onset: later, after.</summary>
    public ImmutableArray<string> Later { get; init; } = [];

    /// <summary>Words before a length of time that make it the onset: after, within.</summary>
    public ImmutableArray<string> Within { get; init; } = [];

    /// <summary>Words before a length of time that make it a duration: for.</summary>
    public ImmutableArray<string> Lasting { get; init; } = [];

    /// <summary>Words that, alone at the end of a clause, say "from the massage on": since.</summary>
    public ImmutableArray<string> SinceThen { get; init; } = [];

    /// <summary>Symptoms that are coded under their own id, and what is a kind of them under theirs.</summary>
    public ImmutableArray<ConceptId> Symptoms { get; init; } = [];

    /// <summary>Techniques and devices that are classes only, or furniture, and are never coded.</summary>
    public ImmutableArray<ConceptId> NotCoded { get; init; } = [];

    /// <summary>A massage whose kind was not said: not coded beside a device.</summary>
    public ImmutableArray<ConceptId> PlainMassage { get; init; } = [];

    /// <summary>Concepts coded as others.</summary>
    public ImmutableArray<ReadConceptAs> ReadAs { get; init; } = [];

    /// <summary>When each harm is suggested.</summary>
    public ImmutableArray<HarmCode> Harms { get; init; } = [];
}
