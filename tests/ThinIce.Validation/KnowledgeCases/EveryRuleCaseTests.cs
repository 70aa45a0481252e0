using ThinIce.Knowledge;
using ThinIce.Knowledge.Cases;
using ThinIce.TestSupport;

namespace ThinIce.Validation.KnowledgeCases;

public sealed class EveryRuleCaseTests
{
    private static readonly List<KnowledgeError> Errors = [];
    private static readonly Dictionary<string, RuleCase> Cases =
        CaseFiles.Read(Repository.Knowledge, Repository.Compiled, Errors).ToDictionary(c => $"{c.Rule}: {c.Name}");

    private static readonly CaseRunner Runner = new(Repository.Compiled);

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_case_beside_a_rule_comes_out_as_it_says(string name) => Assert.Empty(Runner.Run(Cases[name]).Failures);

    [Fact]
    public void Every_rule_has_a_case_that_fires_a_near_miss_and_one_with_the_answer_missing() => Assert.Empty(Errors);
}
