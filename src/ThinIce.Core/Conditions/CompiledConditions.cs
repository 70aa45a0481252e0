using System.Collections.Concurrent;
using ThinIce.Core.Clinical;

namespace ThinIce.Core.Conditions;

/// <summary>What finds out how conditions stand in one case.</summary>
internal interface IEvaluator
{
    /// <summary>The verdict on a condition.</summary>
    Verdict Evaluate(Condition condition);

    /// <summary>The facts that may be what the condition asks for, each with how well it fits.</summary>
    IEnumerable<(Fact Fact, Verdict Verdict)> Matches(HasFact has);
}

/// <summary>
/// The conditions of the knowledge, each compiled when it is first asked, and kept: once as it is, and once for red flags, for
/// which words that were not understood count. Safe for use by many threads.
/// </summary>
internal sealed class CompiledConditions
{
    private readonly KnowledgeBase _knowledge;
    private readonly ConditionCompiler _calm;
    private readonly ConditionCompiler _wary;

    public CompiledConditions(KnowledgeBase knowledge)
    {
        _knowledge = knowledge;
        Slots = new(2 * knowledge.Definitions.Count, 2 * knowledge.Measures.Count);
        var (definitions, measures) = (Places(knowledge.Definitions.Ids), Places(knowledge.Measures.Ids));
        _calm = new(knowledge, misreadCounts: false, definitions, measures);
        _wary = new(knowledge, misreadCounts: true, definitions, measures);
    }

    public Vocabulary Vocabulary => _knowledge.Vocabulary;

    /// <summary>How many verdicts and numbers a case has to remember.</summary>
    public (int Definitions, int Measures) Slots { get; }

    public CompiledCondition Of(Condition condition, bool misreadCounts) => (misreadCounts ? _wary : _calm).Compile(condition);

    /// <summary>Finds out about one case.</summary>
    public IEvaluator Over(CaseIndex index, bool misreadCounts) => new Evaluator(_knowledge, index, misreadCounts ? _wary : _calm, misreadCounts);

    private static Dictionary<string, int> Places(IEnumerable<string> ids)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var id in ids) places.Add(id, 2 * places.Count);
        return places;
    }

    private sealed class Evaluator(KnowledgeBase knowledge, CaseIndex index, ConditionCompiler compiler, bool misreadCounts) : IEvaluator
    {
        public Verdict Evaluate(Condition condition) => compiler.Compile(condition)(index);

        public IEnumerable<(Fact Fact, Verdict Verdict)> Matches(HasFact has) =>
            index.Mentions(index.Vocabulary.IndexOf(has.Concept)) ? new PlainEvaluator(knowledge, index.Case, misreadCounts).Matches(has) : [];
    }
}
