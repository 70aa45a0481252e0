using System.Numerics;
using ThinIce.Core.Clinical;
using ThinIce.Core.Conditions;

namespace ThinIce.Core.Screening;

/// <summary>How a rule stands in a case. A rule that cannot hold has no outcome.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Verdict">The verdict on its condition.</param>
/// <param name="Applies">Whether its decision counts: it holds, or it is pointed to and says to be treated as present.</param>
public sealed record Outcome<TRule>(TRule Rule, Verdict Verdict, bool Applies)
    where TRule : Rule
{
    /// <summary>Whether it holds as things stand; otherwise it is undetermined.</summary>
    public bool Holds => Verdict.AsNo;
}

/// <summary>
/// Finds the rules that hold or may hold in a case. Compiled: a rule is looked at only when something it needs is
/// mentioned or was not answered. <see cref="PlainRules"/> does the same without any of that.
/// </summary>
/// <typeparam name="TRule">Rules about planned massages, or about what came after.</typeparam>
public sealed class RuleEngine<TRule>
    where TRule : Rule
{
    private readonly KnowledgeBase _knowledge;
    private readonly Entries<TRule> _rules;
    private readonly CompiledConditions _conditions;
    private readonly CompiledCondition?[] _when;
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly int _width;
    private readonly ulong[] _always;
    private readonly ulong[]?[] _byConcept;
    private readonly ulong[][] _byField;

    /// <summary>Finds out which facts each rule needs. Its condition is compiled when one of them first turns up.</summary>
    public RuleEngine(KnowledgeBase knowledge, Entries<TRule> rules)
    {
        _knowledge = knowledge;
        _rules = rules;
        _conditions = new(knowledge);
        _when = new CompiledCondition?[rules.Length];
        _width = (rules.Length + 63) / 64;
        _always = new ulong[_width];
        _byConcept = new ulong[]?[knowledge.Vocabulary.Concepts.Length];
        _byField = new ulong[ClientFields.Count][];
        for (var f = 0; f < _byField.Length; f++) _byField[f] = new ulong[_width];
        for (var r = 0; r < rules.Length; r++)
        {
            Register(r, Gates.Of(rules[r].When, knowledge));
            Ask(Parts.Of(rules[r].When));
            if (rules[r] is ScreeningRule screening)
                foreach (var change in screening.Adapt)
                    if (change.When is { } when) Ask(Parts.Of(when));
        }

        _asked.Add(knowledge.Parameters.Pregnancy.Value);
        _asked.Add(knowledge.Parameters.Benefit.Value);
    }

    /// <summary>The outcomes, in the order of the rules.</summary>
    public List<Outcome<TRule>> Run(CodedCase coded) => Run(Index(coded));

    /// <summary>A case, made ready for <see cref="Run(CaseIndex)"/> and for explaining what it came to.</summary>
    internal CaseIndex Index(CodedCase coded) => new(coded, _conditions);

    /// <summary>What finds out how conditions stand in the case.</summary>
    internal IEvaluator Over(CaseIndex index, bool misreadCounts) => _conditions.Over(index, misreadCounts);

    /// <summary>The outcomes, in the order of the rules.</summary>
    internal List<Outcome<TRule>> Run(CaseIndex index)
    {
        Span<ulong> candidates = stackalloc ulong[_width];
        Candidates(index, candidates);
        var outcomes = new List<Outcome<TRule>>();
        for (var word = 0; word < _width; word++)
        {
            for (var left = candidates[word]; left != 0; left &= left - 1)
            {
                var at = (word << 6) + BitOperations.TrailingZeroCount(left);
                var verdict = (_when[at] ??= _conditions.Of(_rules[at].When, _rules[at].Kind == RuleKind.RedFlag))(index);
                if (verdict.Can && Decide(_rules[at], verdict, IsWorthAsking(_rules[at], index)) is { } outcome) outcomes.Add(outcome);
            }
        }

        return outcomes;
    }

    private bool IsWorthAsking(TRule rule, CaseIndex index) => rule.AskIf is not { } ask || _conditions.Of(ask, misreadCounts: false)(index).AsPointed;

    /// <summary>What a verdict means for a rule; null when nothing. <paramref name="worthAsking"/> is its ask-if.</summary>
    internal static Outcome<TRule>? Decide(TRule rule, Verdict verdict, bool worthAsking)
    {
        if (!verdict.Can) return null;
        var applies = verdict.AsNo || (rule.IfUnknown == IfUnknown.TreatAsPresent && verdict.AsPointed);
        return applies || worthAsking ? new Outcome<TRule>(rule, verdict, applies) : null;
    }

    /// <summary>Whether some rule asks for the concept, or for something wider. Otherwise it is understood, and nothing is known about it.</summary>
    public bool Covers(int concept)
    {
        foreach (var wider in _knowledge.Vocabulary.AncestorsOf(concept))
            if (_asked.Contains(_knowledge.Vocabulary.Kinship.Ids[wider])) return true;
        return false;
    }

    /// <summary>Notes every concept that the parts ask for, through definitions and measures too.</summary>
    private void Ask(IEnumerable<Condition> parts)
    {
        foreach (var part in parts)
        {
            switch (part)
            {
                case HasFact has: _asked.Add(has.Concept.Value); break;
                case IsDefined defined: Ask(Parts.Of(_knowledge.Definitions[defined.Definition.Value].When)); break;
                case MeasureIs measure: Ask(Parts.Of(_knowledge.Measures[measure.Measure.Value].Formula)); break;
                default: break;
            }
        }
    }

    private void Candidates(CaseIndex index, Span<ulong> candidates)
    {
        var coded = index.Case;
        if (!coded.Definitions.IsEmpty)
        {
            candidates.Fill(ulong.MaxValue);
            if (_rules.Length % 64 != 0) candidates[^1] = (1UL << (_rules.Length % 64)) - 1;
            return;
        }

        _always.CopyTo(candidates);
        foreach (var fact in coded.Facts)
        {
            foreach (var wider in _knowledge.Vocabulary.AncestorsOf(fact.Concept))
                if (_byConcept[wider] is { } mask) Add(candidates, mask);
        }

        for (var f = 0; f < ClientFields.Count; f++)
            if ((index.OpenFields & (1 << f)) != 0) Add(candidates, _byField[f]);
    }

    private static void Add(Span<ulong> candidates, ulong[] mask)
    {
        for (var i = 0; i < mask.Length; i++) candidates[i] |= mask[i];
    }

    private void Register(int rule, List<HasFact>? gate)
    {
        if (gate is null)
        {
            Mark(_always, rule);
            return;
        }

        foreach (var has in gate)
        {
            var concept = _knowledge.Vocabulary.IndexOf(has.Concept);
            Mark(_byConcept[concept] ??= new ulong[_width], rule);
            if (FactMatch.FieldOf(has.Test, _knowledge.Vocabulary.KindOf(concept)) is { } home) Mark(_byField[(int)home], rule);
        }
    }

    private static void Mark(ulong[] mask, int rule) => mask[rule >> 6] |= 1UL << (rule & 63);
}

/// <summary>The slow twin of <see cref="RuleEngine{TRule}"/>: every rule, every fact, no index.</summary>
public static class PlainRules
{
    /// <summary>The outcomes, in the order of the rules.</summary>
    public static List<Outcome<TRule>> Run<TRule>(KnowledgeBase knowledge, Entries<TRule> rules, CodedCase coded)
        where TRule : Rule
    {
        var outcomes = new List<Outcome<TRule>>();
        foreach (var rule in rules)
        {
            var verdict = new PlainEvaluator(knowledge, coded, rule.Kind == RuleKind.RedFlag).Evaluate(rule.When);
            var worthAsking = rule.AskIf is not { } ask || new PlainEvaluator(knowledge, coded, misreadCounts: false).Evaluate(ask).AsPointed;
            if (RuleEngine<TRule>.Decide(rule, verdict, worthAsking) is { } outcome) outcomes.Add(outcome);
        }

        return outcomes;
    }
}
