using ThinIce.Core.Clinical;

namespace ThinIce.Core.Conditions;

/// <summary>The numbers of a case, each with what is known of it.</summary>
internal static class CaseNumbers
{
    /// <summary>The value or the range it may lie in; null where nothing is known.</summary>
    public static Span? Of(CodedCase c, NumberField field) => field switch
    {
        NumberField.Age => Exact(c.Age),
        NumberField.WeightKg => Exact(c.WeightKg),
        NumberField.PregnancyWeeks => c.PregnancyWeeks,
        NumberField.Minutes => Exact(c.Session.Minutes),
        NumberField.PriorSessions => Exact(c.Session.PriorSessions),
        _ => Exact(c.HoursAfter),
    };

    public static Verdict Compare(CodedCase c, NumberField field, Comparison comparison) =>
        Of(c, field) is { } span ? PointedIfStated(comparison.Over(span))
        : field is NumberField.Minutes or NumberField.PriorSessions ? Verdict.Pointed : Verdict.Unknown;

    // "Pregnant", weeks not said: the words point to it.
    private static Verdict PointedIfStated(Verdict verdict) => verdict.IsOpen ? Verdict.Pointed : verdict;

    private static Span? Exact(double? value) => value is { } v ? Span.Exactly(v) : null;
}
