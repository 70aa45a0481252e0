using ThinIce.Core.Clinical;

namespace ThinIce.Core.Conditions;

/// <summary>Whether one coded fact passes a test. Shared by the fast and the plain evaluator; what they do not share is how facts are found.</summary>
internal static class FactMatch
{
    public static Verdict Of(Fact fact, FactTest test, ConceptKind asked, Place at, Parameters parameters, CodedCase coded)
    {
        if (fact.Presence == Presence.Denied) return Verdict.False;
        if (test.AfterEarlierMassage != (fact.Field == ClientField.PastReactions)) return Verdict.False;
        // What stands among the allergies is how somebody reacts, not how they are now.
        if (fact.Field == ClientField.Allergies && asked != ConceptKind.Allergy) return Verdict.False;
        if ((fact.Whose == Whose.Other) != test.InFamily) return Verdict.False;
        if (test.New && fact.Before) return Verdict.False;
        if (test.Value is { } number && !(fact.Value is { } value && number.Over(Span.Exactly(value)).Must)) return Verdict.False;

        var verdict = CountsByTime(fact, test.Currency, asked, parameters);
        if (fact.Presence == Presence.Open || fact.Whose == Whose.Unclear) verdict = verdict.And(Verdict.Pointed);
        if (test.New && !coded.BeforeIsKnown) verdict = verdict.And(Verdict.Pointed);
        if (test.DaysAgo is { } since) verdict = verdict.And(fact.DaysAgo is { } ago ? PointedIfOpen(since.Over(ago)) : Verdict.Pointed);
        if (test.AtLeast is { } degree) verdict = verdict.And(fact.Degree == Degree.Unstated && !test.DegreeSaid ? Verdict.Pointed : Verdict.Of(fact.Degree >= degree));
        if (test.Side is { } side) verdict = verdict.And(OnSide(fact.Side, side));
        if (test.Narrowly) verdict = verdict.And(Verdict.Of((fact.Regions & at.Within) != 0 && (fact.Regions & at.Above) == 0));
        else if (test.At.Length > 0) verdict = verdict.And(fact.Regions == 0 ? Verdict.Pointed : Verdict.Of((fact.Regions & at.Within) != 0));
        return test.AtPlanned ? verdict.And(Planned(fact, coded.Session, at.Everywhere)) : verdict;
    }

    /// <summary>Whether the place is among the planned ones; a plan for the whole body touches every place, said or not.</summary>
    private static Verdict Planned(Fact fact, CodedSession session, ulong everywhere) =>
        session.RegionBits == everywhere || (fact.Regions & session.RegionBits) != 0 ? Verdict.True
        : fact.Regions != 0 && session.Regions.IsKnown ? Verdict.False : Verdict.Pointed;

    /// <summary>A place that is asked for: the regions in it, the wider ones it lies in, and all there are.</summary>
    public readonly record struct Place(ulong Within, ulong Above, ulong Everywhere)
    {
        public static Place Of(Vocabulary vocabulary, System.Collections.Immutable.ImmutableArray<ConceptId> regions)
        {
            ulong within = 0, above = 0;
            foreach (var region in regions)
            {
                var index = vocabulary.IndexOf(region);
                within |= vocabulary.ExtentOf(index);
                above |= vocabulary.AboveOf(index);
            }

            return new(within, above & ~within, vocabulary.AllRegions);
        }
    }

    private static Verdict CountsByTime(Fact fact, CurrencyTest test, ConceptKind asked, Parameters parameters) => test switch
    {
        CurrencyTest.Any => Verdict.True,
        CurrencyTest.Current => Verdict.Of(fact.Currency == Currency.Current),
        CurrencyTest.Recent => fact.Currency == Currency.Current ? Verdict.True : Recent(fact, parameters),
        CurrencyTest.Over => Verdict.Of(fact.Currency != Currency.Current),
        _ => fact.Currency switch
        {
            Currency.Current => Verdict.True,
            Currency.Healed => Verdict.False,
            _ => asked switch
            {
                ConceptKind.Medicine => Verdict.False,
                ConceptKind.Symptom => Recent(fact, parameters),
                _ => Verdict.True,
            },
        },
    };

    /// <summary>Over, but when? Days ago counts, years ago does not, in between or not said is open.</summary>
    private static Verdict Recent(Fact fact, Parameters parameters) =>
        fact.DaysAgo is not { } ago ? Verdict.Pointed
        : ago.High <= parameters.RecentSymptomDays ? Verdict.True
        : ago.Low >= parameters.OldSymptomDays ? Verdict.False : Verdict.Pointed;

    private static Verdict OnSide(Side stated, Side asked) => (stated, asked) switch
    {
        (Side.Unstated, _) => Verdict.Pointed,
        (Side.Both, Side.One) => Verdict.False,
        (_, Side.One) => Verdict.True,
        (Side.Both, _) => Verdict.True,
        (Side.One, Side.Left or Side.Right) => Verdict.Pointed,
        _ => Verdict.Of(stated == asked),
    };

    private static Verdict PointedIfOpen(Verdict verdict) => verdict.IsOpen ? Verdict.Pointed : verdict;

    /// <summary>The client field that would hold what a test asks of a concept of that kind; null for kinds that belong to the session.</summary>
    public static ClientField? FieldOf(FactTest test, ConceptKind kind) => test.AfterEarlierMassage ? ClientField.PastReactions : HomeOf(kind);

    /// <summary>The client field in which a concept of that kind is asked for; null for kinds that belong to the session.</summary>
    public static ClientField? HomeOf(ConceptKind kind) => kind switch
    {
        ConceptKind.Condition => ClientField.Conditions,
        ConceptKind.Medicine => ClientField.Medicines,
        ConceptKind.Procedure => ClientField.Procedures,
        ConceptKind.Symptom => ClientField.Symptoms,
        ConceptKind.Allergy => ClientField.Allergies,
        _ => null,
    };
}
