using System.Collections.Immutable;
using System.Globalization;
using ThinIce.Core.Clinical;
using ThinIce.Core.Conditions;

namespace ThinIce.Core.Screening;

/// <summary>Something missing that leaves a condition open.</summary>
/// <param name="Id">Stable id of the question: <c>has:…</c>, <c>is:…</c>, <c>when:…</c>, <c>field:…</c>.</param>
/// <param name="Field">Field of the contract that would hold the answer.</param>
/// <param name="Ask">The question.</param>
/// <param name="YesNo">Whether yes or no answers it.</param>
internal sealed record Gap(string Id, string Field, string Ask, bool YesNo);

/// <summary>Says why a condition came out as it did: the words it rests on, and what is missing.</summary>
/// <param name="knowledge">Names and questions.</param>
/// <param name="coded">The case.</param>
/// <param name="evaluator">What finds out how conditions stand in the case.</param>
/// <param name="language">Language of names and questions.</param>
internal sealed class Explanation(KnowledgeBase knowledge, CodedCase coded, IEvaluator evaluator, string language)
{
    /// <summary>The words of the intake that made it hold, or that point to it.</summary>
    public ImmutableArray<string> Because(Condition condition)
    {
        var words = new List<string>();
        CollectWords(condition, words);
        return [.. words.Where(w => w.Length > 0).Distinct()];
    }

    /// <summary>
    /// What to ask next: where several things have to be true together, only the first that is open, because a "no" to it
    /// spares the rest. <c>Settles</c> says whether an answer alone settles the condition.
    /// </summary>
    public (IReadOnlyCollection<Gap> Gaps, bool Settles) Gaps(Condition condition)
    {
        var gaps = new Dictionary<string, Gap>(StringComparer.Ordinal);
        _waits = false;
        CollectGaps(condition, gaps);
        return (gaps.Values, gaps.Count == 1 && !_waits);
    }

    private bool _waits;

    private void CollectWords(Condition condition, List<string> words)
    {
        var verdict = evaluator.Evaluate(condition);
        if (!verdict.AsNo && !verdict.AsPointed && condition is not (AllOf or AnyOf or AtLeast or HasFact or IsDefined)) return;
        switch (condition)
        {
            case AllOf all: Each(all.Of, words); break;
            case AnyOf any: Each(any.Of, words); break;
            case AtLeast some: Each(some.Of, words); break;
            case IsDefined defined:
                if (coded.Definitions.TryGetValue(defined.Definition.Value, out var said) && said == true) words.Add(knowledge.Definitions[defined.Definition.Value].Name.In(language));
                CollectWords(knowledge.Definitions[defined.Definition.Value].When, words);
                break;
            case HasFact has: words.AddRange(evaluator.Matches(has).Where(m => m.Verdict.AsNo || m.Verdict.AsPointed).Select(m => m.Fact.Words)); break;
            case NumberIs number: words.Add(NumberWords(number.Field)); break;
            case SexIs: words.Add(knowledge.Text(coded.Sex == Sex.Female ? "because.female" : "because.male", language)); break;
            case PressureIs: words.Add(coded.Session.PressureWords); break;
            case RegionIs: words.Add(coded.Session.Regions.Words); break;
            case SessionHas session: words.Add(SessionFields.Of(coded.Session, session.Field).Words); break;
            case HeatIs { Used: true }: words.Add(knowledge.Text("because.heat", language)); break;
            case MeasureIs measure: CollectWords(knowledge.Measures[measure.Measure.Value].Formula, words); break;
            default: break;
        }
    }

    private void CollectWords(Formula formula, List<string> words)
    {
        switch (formula)
        {
            case SumOf sum: foreach (var part in sum.Of) CollectWords(part, words); break;
            case ProductOf product: foreach (var part in product.Of) CollectWords(part, words); break;
            case WholePart whole: CollectWords(whole.Of, words); break;
            case FieldValue value: words.Add(NumberWords(value.Field)); break;
            case ByBand band: words.Add(NumberWords(band.Field)); break;
            case ByPressure: words.Add(coded.Session.PressureWords); break;
            case IfHolds either: CollectWords(either.Condition, words); break;
            default: break;
        }
    }

    private void Each(ImmutableArray<Condition> of, List<string> words)
    {
        foreach (var part in of)
        {
            var verdict = evaluator.Evaluate(part);
            if (verdict.AsNo || verdict.AsPointed) CollectWords(part, words);
        }
    }

    private string NumberWords(NumberField field)
    {
        if (field == NumberField.PregnancyWeeks && coded.PregnancyWords.Length > 0) return coded.PregnancyWords;
        return CaseNumbers.Of(coded, field) is { IsExact: true } span
            ? knowledge.Text($"because.{Name(field)}", language).Replace("{n}", span.Low.ToString("0.##", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            : "";
    }

    private void CollectGaps(Condition condition, Dictionary<string, Gap> gaps)
    {
        if (!evaluator.Evaluate(condition).IsOpen) return;
        switch (condition)
        {
            case AllOf all:
                var open = all.Of.Where(part => evaluator.Evaluate(part).IsOpen).ToList();
                _waits |= open.Count > 1;
                CollectGaps(open[0], gaps);
                break;
            case AnyOf any: foreach (var part in any.Of) CollectGaps(part, gaps); break;
            case NoneOf none: foreach (var part in none.Of) CollectGaps(part, gaps); break;
            case AtLeast some: foreach (var part in some.Of) CollectGaps(part, gaps); break;
            case IsDefined defined: DefinitionGap(knowledge.Definitions[defined.Definition.Value], gaps); break;
            case HasFact has: FactGaps(has, gaps); break;
            case NumberIs number: Add(gaps, FieldGap(Name(number.Field))); break;
            case MeasureIs measure: CollectGaps(knowledge.Measures[measure.Measure.Value].Formula, gaps); break;
            case SexIs: Add(gaps, FieldGap("sex")); break;
            case PressureIs: Add(gaps, FieldGap("pressure")); break;
            case RegionIs: Add(gaps, FieldGap("regions")); break;
            case SessionHas session: Add(gaps, FieldGap(Name(session.Field))); break;
            case HeatIs: Add(gaps, FieldGap("heat")); break;
            case CourseIs: Add(gaps, FieldGap("course")); break;
            default: break;
        }
    }

    private void CollectGaps(Formula formula, Dictionary<string, Gap> gaps)
    {
        switch (formula)
        {
            case SumOf sum: foreach (var part in sum.Of) CollectGaps(part, gaps); break;
            case ProductOf product: foreach (var part in product.Of) CollectGaps(part, gaps); break;
            case WholePart whole: CollectGaps(whole.Of, gaps); break;
            case IfHolds either: CollectGaps(either.Condition, gaps); break;
            case FieldValue value when CaseNumbers.Of(coded, value.Field) is null: Add(gaps, FieldGap(Name(value.Field))); break;
            case ByBand band when CaseNumbers.Of(coded, band.Field) is null: Add(gaps, FieldGap(Name(band.Field))); break;
            case ByPressure when coded.Session.Pressure is null: Add(gaps, FieldGap("pressure")); break;
            default: break;
        }
    }

    private void DefinitionGap(Definition definition, Dictionary<string, Gap> gaps)
    {
        // Words that point to it are asked about precisely; otherwise one plain question settles the whole.
        if (definition.Ask is null || evaluator.Evaluate(definition.When).AsPointed) CollectGaps(definition.When, gaps);
        else Add(gaps, new($"is:{definition.Id}", definition.AskIn.Name(), definition.Ask.In(language), YesNo: true));
    }

    private void FactGaps(HasFact has, Dictionary<string, Gap> gaps)
    {
        var pointed = evaluator.Matches(has).Where(m => m.Verdict.IsOpen).Select(m => m.Fact).ToList();
        foreach (var fact in pointed) Add(gaps, DetailGap(has, fact));
        if (pointed.Count > 0) return;
        var concept = Asked(knowledge.Vocabulary.IndexOf(has.Concept));
        var field = FactMatch.FieldOf(has.Test, knowledge.Vocabulary.KindOf(knowledge.Vocabulary.IndexOf(has.Concept)))?.Name() ?? "";
        var family = has.Test.InFamily ? "family" : has.Test.AfterEarlierMassage ? "earlier" : "has";
        var ask = family == "has" && concept.Ask is { } own ? own.In(language)
            : knowledge.Text($"question.{family}", language).Replace("{thing}", concept.Name.In(language), StringComparison.Ordinal);
        Add(gaps, new($"{family}:{concept.Id}", field, ask, YesNo: true));
    }

    /// <summary>The concept, or the nearest wider one that has a question of its own.</summary>
    private Concept Asked(int concept)
    {
        foreach (var wider in knowledge.Vocabulary.AncestorsOf(concept))
            if (knowledge.Vocabulary.Concepts[wider] is { Ask: not null } asked) return asked;
        return knowledge.Vocabulary.Concepts[concept];
    }

    private Gap DetailGap(HasFact has, Fact fact)
    {
        var test = has.Test;
        var detail = fact.Presence == Presence.Open ? "certain"
            : fact.Whose == Whose.Unclear ? "whose"
            : test.DaysAgo is not null && (fact.DaysAgo is not { } ago || test.DaysAgo.Over(ago).IsOpen) ? "when"
            : test.Side is not null && fact.Side is Side.Unstated or Side.One ? "side"
            : (test.At.Length > 0 || test.AtPlanned) && fact.Regions == 0 ? "where"
            : test.AtLeast is not null && fact.Degree == Degree.Unstated ? "degree"
            : fact.Currency != Currency.Current ? "over" : "new";
        if (detail == "new" && test.AtPlanned && !coded.Session.Regions.IsKnown) return FieldGap("regions");
        var concept = knowledge.Vocabulary.Concepts[fact.Concept];
        return new($"{detail}:{concept.Id}", fact.Field.Name(),
            knowledge.Text($"question.{detail}", language).Replace("{thing}", concept.Name.In(language), StringComparison.Ordinal), YesNo: false);
    }

    private Gap FieldGap(string field) => new($"field:{field}", field, knowledge.Text($"question.field.{field}", language), YesNo: false);

    private static void Add(Dictionary<string, Gap> gaps, Gap gap) => gaps.TryAdd(gap.Id, gap);

    private static string Name(NumberField field) => field switch
    {
        NumberField.Age => "age",
        NumberField.WeightKg => "weightKg",
        NumberField.PregnancyWeeks => "pregnancyWeeks",
        NumberField.Minutes => "minutes",
        NumberField.PriorSessions => "priorSessions",
        _ => "hoursAfter",
    };

    private static string Name(SessionField field) => field switch
    {
        SessionField.Technique => "technique",
        SessionField.Device => "devices",
        SessionField.Product => "products",
        SessionField.Position => "position",
        _ => "provider",
    };
}
