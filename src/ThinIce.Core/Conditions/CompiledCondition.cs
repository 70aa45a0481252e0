using System.Collections.Concurrent;
using System.Collections.Immutable;
using ThinIce.Core.Clinical;

namespace ThinIce.Core.Conditions;

/// <summary>A condition with every id resolved to a number. Gives exactly the verdicts of <see cref="PlainEvaluator"/>, faster; a property test holds the two together.</summary>
internal delegate Verdict CompiledCondition(CaseIndex c);

/// <summary>A formula with every id resolved.</summary>
internal delegate Estimate CompiledFormula(CaseIndex c);

/// <summary>Turns conditions into delegates over a <see cref="CaseIndex"/>, each once: two conditions are the same only when they are one object.</summary>
/// <param name="knowledge">Vocabulary, definitions and measures.</param>
/// <param name="misreadCounts">As in <see cref="PlainEvaluator"/>.</param>
/// <param name="definitions">Where a case remembers what a definition came to: at the place given, or at the next where misread words count.</param>
/// <param name="measures">The same for measures.</param>
internal sealed class ConditionCompiler(KnowledgeBase knowledge, bool misreadCounts, Dictionary<string, int> definitions, Dictionary<string, int> measures)
{
    private readonly ConcurrentDictionary<Condition, CompiledCondition> _compiled = new(ReferenceEqualityComparer.Instance);

    public CompiledCondition Compile(Condition condition)
    {
        if (_compiled.TryGetValue(condition, out var known)) return known;
        var made = Make(condition);
        _compiled.TryAdd(condition, made);
        return made;
    }

    private CompiledCondition Make(Condition condition) => condition switch
    {
        // What is told at a look stands first: mostly the rest need not be worked out.
        AllOf all => All([.. all.Of.Where(IsQuick).Select(Compile), .. all.Of.Where(c => !IsQuick(c)).Select(Compile)]),
        AnyOf any => Any([.. any.Of.Select(Compile)]),
        NoneOf none => Not(Any([.. none.Of.Select(Compile)])),
        AtLeast some => Some(some.Needed, [.. some.Of.Select(Compile)]),
        HasFact has => Has(has),
        NumberIs number => c => CaseNumbers.Compare(c.Case, number.Field, number.Comparison),
        SexIs sex => c => c.Case.Sex is { } known ? Verdict.Of(known == sex.Sex) : Verdict.Unknown,
        MeasureIs measure => Measured(measures[measure.Measure.Value] + Wary, Compile(knowledge.Measures[measure.Measure.Value].Formula), measure.Comparison),
        IsDefined defined => Defined(defined.Definition.Value),
        PressureIs p => c => c.Case.Session.Pressure is { } known ? Verdict.Of(known >= p.AtLeast && known <= p.AtMost) : Verdict.Pointed,
        RegionIs region => Region(Bits(region.Regions)),
        SessionHas session => InSession(session.Field, Indexes(session.Concepts)),
        HeatIs heat => c => c.Case.Session.Heat is { } used ? Verdict.Of(used == heat.Used) : Verdict.Pointed,
        CourseIs course => c => c.Case.Course is { } known ? Verdict.Of(known == course.Course) : Verdict.Unknown,
        _ => throw new InvalidOperationException($"No compilation for {condition.GetType().Name}."),
    };

    private int Wary => misreadCounts ? 1 : 0;

    private static bool IsQuick(Condition condition) => condition is not (AllOf or AnyOf or NoneOf or AtLeast or IsDefined or MeasureIs);

    private CompiledFormula Compile(Formula formula) => formula switch
    {
        Constant constant => _ => Estimate.Exactly(constant.Value),
        FieldValue value => Value(value.Field, knowledge.Parameters.RangeOf(value.Field)),
        SumOf sum => Fold([.. sum.Of.Select(Compile)], static (a, b) => new(a.Low + b.Low, a.High + b.High, a.AsNo + b.AsNo)),
        ProductOf product => Fold([.. product.Of.Select(Compile)], EstimateMaths.Multiply),
        WholePart whole => Truncated(Compile(whole.Of)),
        ByPressure table => c => EstimateMaths.Pressure(table, c.Case.Session.Pressure),
        ByBand bands => c => EstimateMaths.Banded(bands, CaseNumbers.Of(c.Case, bands.Field)),
        IfHolds either => Either(Compile(either.Condition), either),
        _ => throw new InvalidOperationException($"No compilation for {formula.GetType().Name}."),
    };

    private static CompiledCondition All(CompiledCondition[] of) => c =>
    {
        var verdict = Verdict.True;
        foreach (var part in of)
        {
            verdict = verdict.And(part(c));
            if (!verdict.Can) return verdict;
        }

        return verdict;
    };

    private static CompiledCondition Any(CompiledCondition[] of) => c =>
    {
        var verdict = Verdict.False;
        foreach (var part in of)
        {
            verdict = verdict.Or(part(c));
            if (verdict.Must) return verdict;
        }

        return verdict;
    };

    private static CompiledCondition Not(CompiledCondition of) => c => of(c).Not();

    private static CompiledCondition Some(int needed, CompiledCondition[] of) => c =>
    {
        int asNo = 0, can = 0, must = 0, pointed = 0;
        foreach (var part in of)
        {
            var verdict = part(c);
            asNo += verdict.AsNo ? 1 : 0;
            can += verdict.Can ? 1 : 0;
            must += verdict.Must ? 1 : 0;
            pointed += verdict.AsPointed ? 1 : 0;
        }

        return Verdict.AtLeast(needed, asNo, can, must, pointed);
    };

    private CompiledCondition Has(HasFact has)
    {
        var concept = knowledge.Vocabulary.IndexOf(has.Concept);
        var kind = knowledge.Vocabulary.KindOf(concept);
        var field = FactMatch.FieldOf(has.Test, kind);
        var deniable = has.Test is { InFamily: false, AfterEarlierMassage: false };
        var at = FactMatch.Place.Of(knowledge.Vocabulary, has.Test.At);
        var parameters = knowledge.Parameters;
        return c =>
        {
            var found = Verdict.False;
            if (c.Mentions(concept))
            {
                foreach (var fact in c.Case.Facts)
                {
                    if (c.Vocabulary.IsA(fact.Concept, concept))
                        found = found.Or(FactMatch.Of(fact, has.Test, kind, at, parameters, c.Case));
                }
            }

            if (found.Can || (deniable && c.Denies(concept)) || field is not { } home) return found;
            var answered = c.Case.StateOf(home) == AnswerState.Known && !(misreadCounts && c.Case.IsMisread(home));
            return answered ? found : Verdict.Unknown;
        };
    }

    private static CompiledCondition Measured(int place, CompiledFormula formula, Comparison comparison) => c =>
        (c.Measured[place] ??= formula(c)).Compare(comparison);

    private CompiledCondition Defined(string id)
    {
        var when = knowledge.Definitions[id].When;
        var (place, inner) = (definitions[id] + Wary, Compile(when));
        var gate = Gates.Of(when, knowledge) is { } facts ? Gate.Of(facts, knowledge.Vocabulary) : null;
        return c => c.Defined[place] ??= gate?.IsOpen(c) == false ? Verdict.False
            : c.Case.Definitions.TryGetValue(id, out var said) ? DirectAnswers.Combine(inner(c), said) : inner(c);
    }

    private static CompiledCondition Region(ulong bits) => c =>
        (bits & c.Case.Session.RegionBits) != 0 ? Verdict.True : c.Case.Session.Regions.IsKnown ? Verdict.False : Verdict.Pointed;

    private static CompiledCondition InSession(SessionField field, int[] asked) => c =>
    {
        var said = SessionFields.Of(c.Case.Session, field);
        foreach (var concept in said.Concepts)
        {
            foreach (var wider in asked)
                if (c.Vocabulary.IsA(concept, wider)) return Verdict.True;
        }

        return said.IsKnown ? Verdict.False : Verdict.Pointed;
    };

    private static CompiledFormula Value(NumberField field, Span range) => c => EstimateMaths.Value(CaseNumbers.Of(c.Case, field), range);

    private static CompiledFormula Truncated(CompiledFormula of) => c => EstimateMaths.Truncate(of(c));

    private static CompiledFormula Either(CompiledCondition condition, IfHolds either) => c => EstimateMaths.Either(condition(c), either);

    private static CompiledFormula Fold(CompiledFormula[] of, Func<Estimate, Estimate, Estimate> join) => c =>
    {
        var total = of[0](c);
        for (var i = 1; i < of.Length; i++) total = join(total, of[i](c));
        return total;
    };

    private int[] Indexes(ImmutableArray<ConceptId> ids) => [.. ids.Select(knowledge.Vocabulary.IndexOf)];

    private ulong Bits(ImmutableArray<ConceptId> regions) =>
        Indexes(regions).Aggregate(0UL, (bits, r) => bits | knowledge.Vocabulary.ExtentOf(r));
}
