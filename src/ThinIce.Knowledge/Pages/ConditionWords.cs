using System.Collections.Immutable;
using System.Globalization;
using ThinIce.Core;
using ThinIce.Core.Clinical;
using ThinIce.Core.Conditions;

namespace ThinIce.Knowledge.Pages;

/// <summary>Says a condition in words, for reference pages and <c>knowledge show</c>.</summary>
internal sealed class ConditionWords(KnowledgeBase knowledge)
{
    public string Of(Condition condition) => condition switch
    {
        AllOf all => string.Join(" and ", all.Of.Select(Inner)),
        AnyOf any => string.Join(" or ", any.Of.Select(Inner)),
        NoneOf none => $"none of: {string.Join("; ", none.Of.Select(Of))}",
        AtLeast some => $"at least {some.Needed} of: {string.Join("; ", some.Of.Select(Of))}",
        HasFact has => Fact(has),
        NumberIs number => $"{Name(number.Field)} {Compare(number.Comparison)}",
        SexIs sex => sex.Sex.ToString().ToLowerInvariant(),
        MeasureIs measure => $"{knowledge.Measures[measure.Measure.Value].Name.In("en")} {Compare(measure.Comparison)}",
        IsDefined defined => $"{knowledge.Definitions[defined.Definition.Value].Name.In("en")} [{defined.Definition}]",
        PressureIs pressure => pressure.AtMost == PressureLevel.Strong ? $"pressure at least {Lower(pressure.AtLeast)}"
            : pressure.AtLeast == PressureLevel.Light ? $"pressure at most {Lower(pressure.AtMost)}" : $"pressure {Lower(pressure.AtLeast)} to {Lower(pressure.AtMost)}",
        RegionIs region => $"on {Names(region.Regions)}",
        SessionHas session => $"{session.Field.ToString().ToLowerInvariant()} {Names(session.Concepts)}",
        HeatIs heat => heat.Used ? "heat" : "no heat",
        CourseIs course => $"getting {Lower(course.Course)}",
        _ => "",
    };

    private string Inner(Condition condition) => condition is AnyOf { Of.Length: > 1 } or AllOf { Of.Length: > 1 } or NoneOf or AtLeast ? $"({Of(condition)})" : Of(condition);

    private string Fact(HasFact has)
    {
        var test = has.Test;
        var words = new List<string> { Name(has.Concept) };
        if (test.Side is { } side) words.Add(side == Side.One ? "on one side" : $"on the {Lower(side)} side");
        if (test.At.Length > 0) words.Add($"at {Names(test.At)}");
        if (test.AtPlanned) words.Add("where the massage is planned");
        if (test.Value is { } value) words.Add($"of {Compare(value)}");
        if (test.AtLeast is { } degree) words.Add($"at least {Lower(degree)}");
        if (test.DaysAgo is { } days) words.Add($"{Compare(days)} days ago");
        if (test.InFamily) words.Add("in the family");
        if (test.AfterEarlierMassage) words.Add("after an earlier massage");
        if (test.New) words.Add("new since the session");
        if (test.Currency != CurrencyTest.ByKind) words.Add($"({Lower(test.Currency)})");
        return string.Join(' ', words);
    }

    private string Names(ImmutableArray<ConceptId> ids) => string.Join(" or ", ids.Select(Name));

    private string Name(ConceptId id) => knowledge.Vocabulary.Concepts[knowledge.Vocabulary.IndexOf(id)].Name.In("en");

    private static string Name(NumberField field) => field switch
    {
        NumberField.Age => "age",
        NumberField.WeightKg => "weight in kg",
        NumberField.PregnancyWeeks => "weeks of pregnancy",
        NumberField.Minutes => "minutes",
        NumberField.PriorSessions => "sessions before",
        _ => "hours after",
    };

    private static string Compare(Comparison c) =>
        double.IsNegativeInfinity(c.Low) ? $"{(c.HighIncluded ? "at most" : "under")} {Number(c.High)}"
        : double.IsPositiveInfinity(c.High) ? $"{(c.LowIncluded ? "at least" : "over")} {Number(c.Low)}"
        : c.Low == c.High ? Number(c.Low) : $"{Number(c.Low)} to {Number(c.High)}";

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
