using System.Collections.Immutable;
using ThinIce.Core.Clinical;

namespace ThinIce.Core.Conditions;

/// <summary>
/// Evaluates conditions the slow and obvious way: every fact looked at for every question, every id looked up by name.
/// It is the reference that <see cref="CompiledCondition"/> is tested against on random cases. Not for hot paths.
/// </summary>
/// <param name="knowledge">Vocabulary, definitions and measures.</param>
/// <param name="coded">The case.</param>
/// <param name="misreadCounts">Whether words that were not understood leave a fact open: so for red flags only, or one odd word would open every rule.</param>
public sealed class PlainEvaluator(KnowledgeBase knowledge, CodedCase coded, bool misreadCounts) : IEvaluator
{
    private Vocabulary Vocabulary => knowledge.Vocabulary;

    /// <summary>The verdict on a condition.</summary>
    public Verdict Evaluate(Condition condition) => condition switch
    {
        AllOf all => all.Of.Aggregate(Verdict.True, (v, c) => v.And(Evaluate(c))),
        AnyOf any => any.Of.Aggregate(Verdict.False, (v, c) => v.Or(Evaluate(c))),
        NoneOf none => none.Of.Aggregate(Verdict.False, (v, c) => v.Or(Evaluate(c))).Not(),
        AtLeast some => Count(some),
        HasFact has => Has(has),
        NumberIs number => CaseNumbers.Compare(coded, number.Field, number.Comparison),
        SexIs sex => coded.Sex is { } known ? Verdict.Of(known == sex.Sex) : Verdict.Unknown,
        MeasureIs measure => Estimate(knowledge.Measures[measure.Measure.Value].Formula).Compare(measure.Comparison),
        IsDefined defined => Defined(defined),
        PressureIs pressure => coded.Session.Pressure is { } known
            ? Verdict.Of(known >= pressure.AtLeast && known <= pressure.AtMost) : Verdict.Pointed,
        RegionIs region => region.Regions.Any(r => (Vocabulary.ExtentOf(Vocabulary.IndexOf(r)) & coded.Session.RegionBits) != 0) ? Verdict.True
            : coded.Session.Regions.IsKnown ? Verdict.False : Verdict.Pointed,
        SessionHas session => InSession(session),
        HeatIs heat => coded.Session.Heat is { } used ? Verdict.Of(used == heat.Used) : Verdict.Pointed,
        CourseIs course => coded.Course is { } known ? Verdict.Of(known == course.Course) : Verdict.Unknown,
        _ => throw new InvalidOperationException($"No evaluation for {condition.GetType().Name}."),
    };

    /// <summary>What a formula comes to.</summary>
    public Estimate Estimate(Formula formula) => formula switch
    {
        Constant constant => Conditions.Estimate.Exactly(constant.Value),
        FieldValue value => ValueOf(value.Field),
        SumOf sum => sum.Of.Select(Estimate).Aggregate((a, b) => new(a.Low + b.Low, a.High + b.High, a.AsNo + b.AsNo)),
        ProductOf product => product.Of.Select(Estimate).Aggregate(EstimateMaths.Multiply),
        WholePart whole => EstimateMaths.Truncate(Estimate(whole.Of)),
        ByPressure table => EstimateMaths.Pressure(table, coded.Session.Pressure),
        ByBand bands => EstimateMaths.Banded(bands, CaseNumbers.Of(coded, bands.Field)),
        IfHolds either => EstimateMaths.Either(Evaluate(either.Condition), either),
        _ => throw new InvalidOperationException($"No evaluation for {formula.GetType().Name}."),
    };

    /// <summary>The facts that may be what the condition asks for, each with how well it fits.</summary>
    public IEnumerable<(Fact Fact, Verdict Verdict)> Matches(HasFact has)
    {
        var asked = Vocabulary.IndexOf(has.Concept);
        var at = FactMatch.Place.Of(Vocabulary, has.Test.At);
        foreach (var fact in coded.Facts)
        {
            if (!Vocabulary.IsA(fact.Concept, asked)) continue;
            var verdict = FactMatch.Of(fact, has.Test, Vocabulary.KindOf(asked), at, knowledge.Parameters, coded);
            if (verdict.Can) yield return (fact, verdict);
        }
    }

    /// <summary>Whether the question was answered, or a wider thing denied, so that its absence is known.</summary>
    public bool AbsenceIsKnown(HasFact has)
    {
        var asked = Vocabulary.IndexOf(has.Concept);
        if (has.Test is { InFamily: false, AfterEarlierMassage: false } && coded.Facts.Any(f =>
                f.Presence == Presence.Denied && f.Whose == Whose.Own && f.Field != ClientField.PastReactions && Vocabulary.IsA(asked, f.Concept)))
            return true;
        return FieldOf(has) is not { } field || (coded.StateOf(field) == AnswerState.Known && !(misreadCounts && coded.IsMisread(field)));
    }

    /// <summary>The field that would hold the answer.</summary>
    private ClientField? FieldOf(HasFact has) => FactMatch.FieldOf(has.Test, Vocabulary.KindOf(Vocabulary.IndexOf(has.Concept)));

    private Verdict Has(HasFact has)
    {
        var found = Matches(has).Aggregate(Verdict.False, (v, m) => v.Or(m.Verdict));
        return found.Can || AbsenceIsKnown(has) ? found : Verdict.Unknown;
    }

    private Verdict Defined(IsDefined defined)
    {
        var worked = Evaluate(knowledge.Definitions[defined.Definition.Value].When);
        return coded.Definitions.TryGetValue(defined.Definition.Value, out var said) ? DirectAnswers.Combine(worked, said) : worked;
    }

    private Verdict Count(AtLeast some)
    {
        var verdicts = some.Of.Select(Evaluate).ToList();
        return Verdict.AtLeast(some.Needed, verdicts.Count(v => v.AsNo), verdicts.Count(v => v.Can), verdicts.Count(v => v.Must), verdicts.Count(v => v.AsPointed));
    }

    private Verdict InSession(SessionHas has)
    {
        var said = SessionFields.Of(coded.Session, has.Field);
        if (said.Concepts.Any(c => has.Concepts.Any(asked => Vocabulary.IsA(c, Vocabulary.IndexOf(asked))))) return Verdict.True;
        return said.IsKnown ? Verdict.False : Verdict.Pointed;
    }

    private Estimate ValueOf(NumberField field) => EstimateMaths.Value(CaseNumbers.Of(coded, field), knowledge.Parameters.RangeOf(field));
}

/// <summary>Where the concepts of a session field stand.</summary>
internal static class SessionFields
{
    public static Said Of(CodedSession session, SessionField field) => field switch
    {
        SessionField.Technique => session.Techniques,
        SessionField.Device => session.Devices,
        SessionField.Product => session.Products,
        SessionField.Position => session.Position,
        _ => session.Provider,
    };
}

/// <summary>How a direct answer about a whole definition joins what the words say.</summary>
internal static class DirectAnswers
{
    /// <summary>Yes makes it hold; no closes what was open but does not overrule words that say yes; "does not know" leaves it open.</summary>
    public static Verdict Combine(Verdict worked, bool? said) => said switch
    {
        true => Verdict.True,
        false => worked.AsPointed ? worked : Verdict.False,
        null => worked.Or(Verdict.Unknown),
    };
}

/// <summary>Arithmetic with estimates: interval arithmetic on the range, plain arithmetic on the "as no" reading.</summary>
internal static class EstimateMaths
{
    public static Estimate Multiply(Estimate a, Estimate b)
    {
        ReadOnlySpan<double> corners = [a.Low * b.Low, a.Low * b.High, a.High * b.Low, a.High * b.High];
        double low = corners[0], high = corners[0];
        foreach (var corner in corners) (low, high) = (Math.Min(low, corner), Math.Max(high, corner));
        return new(low, high, a.AsNo * b.AsNo);
    }

    public static Estimate Truncate(Estimate e) => new(Math.Truncate(e.Low), Math.Truncate(e.High), Math.Truncate(e.AsNo));

    public static Estimate Pressure(ByPressure table, PressureLevel? pressure) => pressure switch
    {
        PressureLevel.Light => Estimate.Exactly(table.Light),
        PressureLevel.Moderate => Estimate.Exactly(table.Moderate),
        PressureLevel.Strong => Estimate.Exactly(table.Strong),
        _ => Estimate.Between(Math.Min(table.Light, table.Moderate), Math.Max(table.Moderate, table.Strong)),
    };

    public static Estimate Banded(ByBand bands, Span? value)
    {
        if (value is { IsExact: true } exact) return Estimate.Exactly(ValueAt(bands, exact.Low));
        double low = double.PositiveInfinity, high = double.NegativeInfinity, from = double.NegativeInfinity;
        foreach (var band in bands.Bands)
        {
            if (value is not { } span || (span.Low < band.Below && span.High >= from)) (low, high) = (Math.Min(low, band.Value), Math.Max(high, band.Value));
            from = band.Below;
        }

        return Estimate.Between(low, high);
    }

    public static Estimate Either(Verdict verdict, IfHolds either)
    {
        var asNo = verdict.AsNo ? either.Then : either.Otherwise;
        return verdict.IsOpen
            ? new(Math.Min(either.Then, either.Otherwise), Math.Max(either.Then, either.Otherwise), asNo)
            : Estimate.Exactly(asNo);
    }

    public static Estimate Value(Span? value, Span range) => value is { } span
        ? new(span.Low, span.High, span.IsExact ? span.Low : double.NaN)
        : new(range.Low, range.High, double.NaN);

    private static double ValueAt(ByBand bands, double value)
    {
        foreach (var band in bands.Bands)
            if (value < band.Below) return band.Value;
        return bands.Bands[^1].Value;
    }
}
