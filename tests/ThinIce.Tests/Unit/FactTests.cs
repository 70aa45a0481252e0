using ThinIce.Core;
using ThinIce.Core.Clinical;
using ThinIce.Core.Conditions;
using ThinIce.TestSupport;

namespace ThinIce.Tests.Unit;

/// <summary>What a test of a fact comes to when the place, or the number, is said or not said.</summary>
public sealed class FactTests
{
    private static readonly KnowledgeBase Knowledge = Repository.Compiled;
    private static readonly int Concept = Enumerable.Range(0, Knowledge.Vocabulary.Concepts.Length)
        .First(i => Knowledge.Vocabulary.Concepts[i] is { Kind: ConceptKind.Condition, At.Length: 0 });

    [Theory]
    [InlineData("hand", "back", false, false)]
    [InlineData("hand", "hand", true, true)]
    [InlineData("hand", "arm", true, true)]
    [InlineData("arm", "hand", true, true)]
    [InlineData("hand", "whole-body", true, true)]
    [InlineData("", "whole-body", true, true)]
    [InlineData("", "back", true, false)]
    [InlineData("hand", "", true, false)]
    public void A_local_thing_counts_where_the_massage_is_planned(string at, string planned, bool can, bool must)
    {
        var verdict = Evaluate(new() { AtPlanned = true }, new(Concept, ClientField.Conditions, "words") { Regions = Bits(at) }, planned);
        Assert.Equal((can, must), (verdict.Can, verdict.Must));
        if (can && !must) Assert.True(verdict.AsPointed, "a gap that the words point to is asked about");
    }

    [Theory]
    [InlineData(180, true)]
    [InlineData(179, false)]
    [InlineData(null, false)]
    public void A_number_that_was_not_said_does_not_count_and_is_not_asked_about(int? said, bool holds)
    {
        Assert.True(Comparison.TryParse(">=180", null, out var comparison));
        var verdict = Evaluate(new() { Value = comparison }, new(Concept, ClientField.Conditions, "words") { Value = said }, "back");
        Assert.Equal((holds, holds), (verdict.Can, verdict.Must));
    }

    private static ulong Bits(string region) => region.Length == 0 ? 0 : Knowledge.Vocabulary.ExtentOf(Knowledge.Vocabulary.IndexOf(new(region)));

    private static Verdict Evaluate(FactTest test, Fact fact, string planned)
    {
        var coded = new CodedCase
        {
            Facts = [fact],
            Fields = [.. Enumerable.Repeat(AnswerState.Known, ClientFields.Count)],
            Session = new()
            {
                Regions = planned.Length == 0 ? Said.Nothing : new([Knowledge.Vocabulary.IndexOf(new(planned))], true, planned),
                RegionBits = Bits(planned),
            },
        };
        return new PlainEvaluator(Knowledge, coded, misreadCounts: false).Evaluate(new HasFact(Knowledge.Vocabulary.Concepts[Concept].Id, test));
    }
}
