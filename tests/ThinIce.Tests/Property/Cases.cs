using System.Collections.Immutable;
using CsCheck;
using ThinIce.Core;
using ThinIce.Core.Clinical;
using ThinIce.Core.Conditions;
using ThinIce.TestSupport;

namespace ThinIce.Tests.Property;

/// <summary>Random coded cases over the real vocabulary: any concept, any qualifier, any field missing in any way.</summary>
internal static class Cases
{
    private static readonly KnowledgeBase Knowledge = Repository.Compiled;

    private static readonly int[] ClientConcepts =
        [.. Enumerable.Range(0, Knowledge.Vocabulary.Concepts.Length).Where(i => Knowledge.Vocabulary.Concepts[i].Kind <= ConceptKind.Allergy)];

    private static readonly Gen<Span?> DaysAgo =
        Gen.OneOf(Gen.Const((Span?)null), Gen.Int[0, 400].Select(d => (Span?)Span.Exactly(d)), Gen.Int[0, 100].Select(Gen.Int[0, 300], (a, b) => (Span?)new Span(a, a + b)));

    private static readonly Gen<ulong> Regions = Gen.OneOf(Gen.Const(0UL), Gen.OneOf<ulong>(
        [.. Of(ConceptKind.Region).Select(Knowledge.Vocabulary.ExtentOf)]));

    public static Gen<Fact> Fact { get; } =
        from concept in Gen.OneOf(ClientConcepts)
        from presence in Gen.Frequency((6, Gen.Const(Presence.Present)), (1, Gen.Const(Presence.Denied)), (1, Gen.Const(Presence.Open)))
        from whose in Gen.Frequency((8, Gen.Const(Whose.Own)), (1, Gen.Const(Whose.Other)), (1, Gen.Const(Whose.Unclear)))
        from currency in Gen.Frequency((6, Gen.Const(Currency.Current)), (1, Gen.Const(Currency.Past)), (1, Gen.Const(Currency.Healed)))
        from days in DaysAgo
        from side in Gen.Enum<Side>()
        from degree in Gen.Enum<Degree>()
        from regions in Regions
        from field in Gen.Frequency((9, Gen.Const(-1)), (1, Gen.Const((int)ClientField.PastReactions)))
        from before in Gen.Bool
        from value in Gen.Frequency((3, Gen.Const((double?)null)), (1, Gen.Int[1, 250].Select(v => (double?)v)))
        let home = Home(concept)
        select new Fact(concept, field < 0 ? home : (ClientField)field, Knowledge.Vocabulary.Concepts[concept].Id.Value)
        {
            Presence = presence, Whose = whose, Currency = currency, DaysAgo = days, Side = side, Degree = degree, Regions = regions, Before = before, Value = value,
        };

    public static Gen<CodedSession> Session { get; } =
        from techniques in Said(ConceptKind.Technique)
        from regions in Said(ConceptKind.Region)
        from devices in Said(ConceptKind.Device)
        from products in Said(ConceptKind.Product)
        from position in Said(ConceptKind.Position)
        from pressure in Gen.OneOf(Gen.Const((PressureLevel?)null), Gen.Enum<PressureLevel>().Select(p => (PressureLevel?)p))
        from minutes in Gen.OneOf(Gen.Const((double?)null), Gen.Int[5, 180].Select(m => (double?)m))
        from heat in Gen.OneOf<bool?>(null, true, false)
        select new CodedSession
        {
            Techniques = techniques, Regions = regions, RegionBits = regions.Concepts.Aggregate(0UL, (bits, r) => bits | Knowledge.Vocabulary.ExtentOf(r)),
            Devices = devices, Products = products, Position = position, Pressure = pressure, Minutes = minutes, Heat = heat,
            PressureWords = pressure?.ToString() ?? "",
        };

    public static Gen<CodedCase> Any { get; } =
        from facts in Fact.Array[0, 6]
        from states in Gen.Frequency((4, Gen.Const(AnswerState.Known)), (1, Gen.Const(AnswerState.NotAsked)), (1, Gen.Const(AnswerState.Declined)), (1, Gen.Const(AnswerState.Unknown))).Array[ClientFields.Count]
        from misread in Gen.Frequency((5, Gen.Const(0)), (1, Gen.Int[0, 63]))
        from age in Gen.OneOf(Gen.Const((double?)null), Gen.Int[0, 100].Select(a => (double?)a))
        from sex in Gen.OneOf<Sex?>(null, Core.Clinical.Sex.Female, Core.Clinical.Sex.Male)
        from weeks in Gen.OneOf(Gen.Const((Span?)null), Gen.Int[0, 42].Select(w => (Span?)Span.Exactly(w)), Gen.Const((Span?)new Span(double.Epsilon, 43)))
        from session in Session
        from definition in Gen.OneOf([.. Knowledge.Definitions.Where(d => d.Ask is not null).Select(d => d.Id.Value)])
        from said in Gen.Frequency((6, Gen.Const(0)), (1, Gen.Const(1)), (1, Gen.Const(2)), (1, Gen.Const(3)))
        from hours in Gen.OneOf(Gen.Const((double?)null), Gen.Int[0, 500].Select(h => (double?)h))
        from course in Gen.OneOf<Course?>(null, Core.Clinical.Course.Better, Core.Clinical.Course.Worse)
        from beforeKnown in Gen.Bool
        select new CodedCase
        {
            Facts = [.. facts], Fields = [.. states], MisreadFields = misread, Age = age, Sex = sex, PregnancyWeeks = weeks, Session = session,
            HoursAfter = hours, Course = course, BeforeIsKnown = beforeKnown,
            Definitions = said == 0 ? ImmutableSortedDictionary<string, bool?>.Empty
                : ImmutableSortedDictionary<string, bool?>.Empty.Add(definition, said == 1 ? true : said == 2 ? false : null),
        };

    /// <summary>The client field a concept's kind is asked in.</summary>
    public static ClientField Home(int concept) => Knowledge.Vocabulary.Concepts[concept].Kind switch
    {
        ConceptKind.Condition => ClientField.Conditions,
        ConceptKind.Medicine => ClientField.Medicines,
        ConceptKind.Procedure => ClientField.Procedures,
        ConceptKind.Symptom => ClientField.Symptoms,
        _ => ClientField.Allergies,
    };

    private static IEnumerable<int> Of(ConceptKind kind) =>
        Enumerable.Range(0, Knowledge.Vocabulary.Concepts.Length).Where(i => Knowledge.Vocabulary.Concepts[i].Kind == kind);

    private static Gen<Said> Said(ConceptKind kind) => Gen.OneOf(
        Gen.Const(Core.Clinical.Said.Nothing),
        Gen.OneOf([.. Of(kind)]).Array[0, 2].Select(Gen.Bool, (c, known) => new Said([.. c.Distinct()], known, "words")));
}
