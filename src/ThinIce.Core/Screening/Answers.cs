using System.Collections.Immutable;

namespace ThinIce.Core.Screening;

/// <summary>Whether a finding holds or is still open.</summary>
public enum FindingStatus : byte
{
    /// <summary>It holds.</summary>
    Holds,

    /// <summary>A fact is missing; it may or may not hold.</summary>
    Undetermined,
}

/// <summary>One rule that holds, or may hold, for this person.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Kind">What sort.</param>
/// <param name="Status">Whether it holds.</param>
/// <param name="Because">Words of the intake that it rests on.</param>
/// <param name="Harms">Harms, most important first.</param>
/// <param name="Why">Why, for the person.</param>
/// <param name="ForTherapist">Why, for the therapist.</param>
/// <param name="References">Ids of sources.</param>
/// <param name="Evidence">What each source says, and how well it supports the rule.</param>
/// <param name="Counts">Whether it counted towards the decision: it holds, or is treated as present until known.</param>
public sealed record Finding(
    string Rule, RuleKind Kind, FindingStatus Status, ImmutableArray<string> Because, ImmutableArray<string> Harms,
    string Why, string ForTherapist, ImmutableArray<string> References, ImmutableArray<Evidence> Evidence, bool Counts);

/// <summary>One change to the planned session.</summary>
public sealed record AdviceOnElement(Element Element, string Advice, string Rule);

/// <summary>A question whose answer could change something.</summary>
/// <param name="Id">Stable id; <c>client.answers</c> takes it when <paramref name="YesNo"/>.</param>
/// <param name="Ask">The question in plain words.</param>
/// <param name="Field">Field of the contract that would hold the answer.</param>
/// <param name="Changes">What the answer could change.</param>
/// <param name="YesNo">Whether yes or no answers it.</param>
public sealed record Question(string Id, string Ask, string Field, string Changes, bool YesNo);

/// <summary>Words read as something else: a misspelling taken for the word it is nearest to.</summary>
public sealed record ReadAs(string Words, string As);

/// <summary>A field without an answer, and in which way.</summary>
public sealed record OpenField(string Field, Clinical.AnswerState State);

/// <summary>Numbers to call. Null where the place is not known or ThinIce is not sure: then "your local emergency number".</summary>
public sealed record Help(string? Emergency, string? Advice, string InWords);

/// <summary>The answer to an intake.</summary>
public sealed record ScreeningAnswer
{
    /// <summary>The intake's id.</summary>
    public required string Id { get; init; }

    /// <summary>What to do.</summary>
    public required Decision Decision { get; init; }

    /// <summary>How soon, when it refers.</summary>
    public required Within Within { get; init; }

    /// <summary>Whether a missing or misunderstood fact could change it.</summary>
    public required bool Undetermined { get; init; }

    /// <summary>What holds or may hold, the gravest first.</summary>
    public required ImmutableArray<Finding> Findings { get; init; }

    /// <summary>Changes, in order of the findings.</summary>
    public required ImmutableArray<AdviceOnElement> Adaptations { get; init; }

    /// <summary>At most eight harms, most important first.</summary>
    public required ImmutableArray<string> Harms { get; init; }

    /// <summary>Questions, the one that could change most first; at most twelve.</summary>
    public required ImmutableArray<Question> Questions { get; init; }

    /// <summary>How many more questions there would be.</summary>
    public required int MoreQuestions { get; init; }

    /// <summary>Input words that matched nothing.</summary>
    public required ImmutableArray<string> NotUnderstood { get; init; }

    /// <summary>Words that were understood and that no rule is about: known by name only.</summary>
    public required ImmutableArray<string> NoRule { get; init; }

    /// <summary>Misspellings, and what they were taken for.</summary>
    public required ImmutableArray<ReadAs> ReadAs { get; init; }

    /// <summary>Client fields without an answer.</summary>
    public required ImmutableArray<OpenField> Unknown { get; init; }

    /// <summary>Paths of fields that were not read.</summary>
    public required ImmutableArray<string> NotRead { get; init; }

    /// <summary>Whom to call.</summary>
    public required Help Help { get; init; }

    /// <summary>What every answer says about itself: not reviewed by a clinician, not a diagnosis, and how little is known so far.</summary>
    public required string Notice { get; init; }

    /// <summary>Knowledge version.</summary>
    public required string Knowledge { get; init; }

    /// <summary>Whether a named clinician has reviewed every rule.</summary>
    public required bool ReviewedByClinician { get; init; }
}

/// <summary>The answer to an aftercare report.</summary>
public sealed record TriageAnswer
{
    /// <summary>The report's id.</summary>
    public required string Id { get; init; }

    /// <summary>How soon to act.</summary>
    public required Urgency Urgency { get; init; }

    /// <summary>Whether a missing or misunderstood fact could change it.</summary>
    public required bool Undetermined { get; init; }

    /// <summary>Harms it may be, most important first; at most eight. Suspected, not diagnosed.</summary>
    public required ImmutableArray<string> Suspected { get; init; }

    /// <summary>Words for what is new or worse since the session.</summary>
    public required ImmutableArray<string> NewOrWorse { get; init; }

    /// <summary>Words it rests on.</summary>
    public required ImmutableArray<string> Because { get; init; }

    /// <summary>What to do, in plain words.</summary>
    public required string Advice { get; init; }

    /// <summary>What holds or may hold.</summary>
    public required ImmutableArray<Finding> Findings { get; init; }

    /// <summary>Questions, the one that could change most first; at most twelve.</summary>
    public required ImmutableArray<Question> Questions { get; init; }

    /// <summary>How many more questions there would be.</summary>
    public required int MoreQuestions { get; init; }

    /// <summary>Ids of sources.</summary>
    public required ImmutableArray<string> References { get; init; }

    /// <summary>Input words that matched nothing.</summary>
    public required ImmutableArray<string> NotUnderstood { get; init; }

    /// <summary>Words that were understood and that no rule is about: known by name only.</summary>
    public required ImmutableArray<string> NoRule { get; init; }

    /// <summary>Misspellings, and what they were taken for.</summary>
    public required ImmutableArray<ReadAs> ReadAs { get; init; }

    /// <summary>Client fields without an answer.</summary>
    public required ImmutableArray<OpenField> Unknown { get; init; }

    /// <summary>Paths of fields that were not read.</summary>
    public required ImmutableArray<string> NotRead { get; init; }

    /// <summary>Whom to call.</summary>
    public required Help Help { get; init; }

    /// <summary>What every answer says about itself: not reviewed by a clinician, not a diagnosis, and how little is known so far.</summary>
    public required string Notice { get; init; }

    /// <summary>Knowledge version.</summary>
    public required string Knowledge { get; init; }

    /// <summary>Whether a named clinician has reviewed every rule.</summary>
    public required bool ReviewedByClinician { get; init; }
}
