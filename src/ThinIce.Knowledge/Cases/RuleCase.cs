using System.Collections.Immutable;
using System.Text.Json;
using ThinIce.Core.Screening;

namespace ThinIce.Knowledge.Cases;

/// <summary>What a case expects of its rule and of the whole answer. Null means not tested.</summary>
public sealed record Expectation
{
    /// <summary>Whether the rule holds, is undetermined, or (null with <see cref="IsNone"/>) says nothing.</summary>
    public FindingStatus? Status { get; init; }

    /// <summary>The rule is expected to say nothing.</summary>
    public bool IsNone { get; init; }

    /// <summary>Decision or urgency of the whole answer, as the contract names it.</summary>
    public string? Outcome { get; init; }

    /// <summary>Elements this rule is to change.</summary>
    public ImmutableArray<string> Elements { get; init; } = [];

    /// <summary>Harms that are to stand among the first four.</summary>
    public ImmutableArray<string> Harms { get; init; } = [];

    /// <summary>Id of a question that is to be asked.</summary>
    public string? Question { get; init; }

    /// <summary>Whether the answer is to be undetermined.</summary>
    public bool? Undetermined { get; init; }
}

/// <summary>A person and a massage, in a sentence, with what the rule beside it should say.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Name">The sentence.</param>
/// <param name="At">File and line.</param>
/// <param name="Input">The intake or report, as the contract's JSON.</param>
/// <param name="IsAftercare">Whether it is a report.</param>
/// <param name="Expect">What is expected.</param>
public sealed record RuleCase(string Rule, string Name, SourceLine At, JsonElement Input, bool IsAftercare, Expectation Expect);

/// <summary>How a case came out.</summary>
/// <param name="Case">The case.</param>
/// <param name="Failures">What differed; empty when nothing did.</param>
/// <param name="Outcome">Decision or urgency that came out.</param>
/// <param name="Answer">The answer in short: the outcome, what changes in the session, and whether it is undetermined.</param>
public sealed record CaseResult(RuleCase Case, ImmutableArray<string> Failures, string Outcome, string Answer);
