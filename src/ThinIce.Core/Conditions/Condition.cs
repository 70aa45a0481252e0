using System.Collections.Immutable;
using ThinIce.Core.Clinical;

namespace ThinIce.Core.Conditions;

/// <summary>A condition of the rule language: a question about a coded case that has a <see cref="Verdict"/> whatever is missing.</summary>
public abstract record Condition;

/// <summary>All of these. Empty holds.</summary>
public sealed record AllOf(ImmutableArray<Condition> Of) : Condition;

/// <summary>Any of these. Empty does not hold.</summary>
public sealed record AnyOf(ImmutableArray<Condition> Of) : Condition;

/// <summary>None of these: the excuses. A missing excuse does not excuse.</summary>
public sealed record NoneOf(ImmutableArray<Condition> Of) : Condition;

/// <summary>At least so many of these.</summary>
public sealed record AtLeast(int Needed, ImmutableArray<Condition> Of) : Condition;

/// <summary>A fact about the person: <c>has</c>.</summary>
public sealed record HasFact(ConceptId Concept, FactTest Test) : Condition;

/// <summary>A number: <c>age</c>, <c>pregnancy</c>, <c>minutes</c> …</summary>
public sealed record NumberIs(NumberField Field, Comparison Comparison) : Condition;

/// <summary><c>sex</c>.</summary>
public sealed record SexIs(Sex Sex) : Condition;

/// <summary><c>measure</c> or <c>score</c>: a number made of several facts, see <see cref="Measure"/>.</summary>
public sealed record MeasureIs(MeasureId Measure, Comparison Comparison) : Condition;

/// <summary><c>is</c>: a definition that several rules share. Its own question is asked instead of its parts'.</summary>
public sealed record IsDefined(DefinitionId Definition) : Condition;

/// <summary><c>session: { pressure }</c>. Only the ordered comparison is there; how hard is not measured.</summary>
public sealed record PressureIs(PressureLevel AtLeast, PressureLevel AtMost) : Condition;

/// <summary><c>session: { region }</c>: a planned region lies in, or contains, one of these.</summary>
public sealed record RegionIs(ImmutableArray<ConceptId> Regions) : Condition;

/// <summary><c>session: { technique | device | product | position | provider }</c>: one of these, or a kind of one.</summary>
public sealed record SessionHas(SessionField Field, ImmutableArray<ConceptId> Concepts) : Condition;

/// <summary><c>session: { heat }</c>.</summary>
public sealed record HeatIs(bool Used) : Condition;

/// <summary><c>course</c>, in aftercare.</summary>
public sealed record CourseIs(Course Course) : Condition;

/// <summary>Numbers a condition or measure may use.</summary>
public enum NumberField : byte
{
    /// <summary>Years.</summary>
    Age,

    /// <summary>Kilograms.</summary>
    WeightKg,

    /// <summary>Completed weeks; 0 not pregnant.</summary>
    PregnancyWeeks,

    /// <summary>Minutes of the session.</summary>
    Minutes,

    /// <summary>Sessions before this one.</summary>
    PriorSessions,

    /// <summary>Hours since the session.</summary>
    HoursAfter,
}

/// <summary>Fields of the session that hold concepts.</summary>
public enum SessionField : byte
{
    /// <summary>Technique.</summary>
    Technique,

    /// <summary>Devices.</summary>
    Device,

    /// <summary>Products.</summary>
    Product,

    /// <summary>Position.</summary>
    Position,

    /// <summary>Provider.</summary>
    Provider,
}

/// <summary>Which facts count by whether they are over.</summary>
public enum CurrencyTest : byte
{
    /// <summary>
    /// By kind: a condition, operation or allergy counts unless healed; a medicine only while taken; a symptom while it
    /// lasts or when it was there a few days ago (<c>knowledge/parameters</c>).
    /// </summary>
    ByKind,

    /// <summary>Whatever it is.</summary>
    Any,

    /// <summary>Only what is there now.</summary>
    Current,

    /// <summary>Only what is over.</summary>
    Over,

    /// <summary>What is there now, and what was there a few days ago and is gone: for signs that matter even when they pass.</summary>
    Recent,
}

/// <summary>What a fact must be like to count. Everything left out is not tested.</summary>
public sealed record FactTest
{
    /// <summary>Nothing beyond being the person's own and not over.</summary>
    public static FactTest Plain { get; } = new();

    /// <summary>Days since it began.</summary>
    public Comparison? DaysAgo { get; init; }

    /// <summary>Which side; <see cref="Clinical.Side.One"/> means one-sided, left or right.</summary>
    public Side? Side { get; init; }

    /// <summary>At least this bad.</summary>
    public Degree? AtLeast { get; init; }

    /// <summary>Only a degree that was said counts; a complaint without one is not asked about it.</summary>
    public bool DegreeSaid { get; init; }

    /// <summary>Over or not.</summary>
    public CurrencyTest Currency { get; init; }

    /// <summary>In the family instead of the person's own.</summary>
    public bool InFamily { get; init; }

    /// <summary>Where: touches one of these regions.</summary>
    public ImmutableArray<ConceptId> At { get; init; } = [];

    /// <summary>
    /// Where, and said so: a complaint with no place, or one "all over", does not count. For places that make an alarm of
    /// an everyday complaint, such as pain in the chest.
    /// </summary>
    public bool Narrowly { get; init; }

    /// <summary>Where: touches a region that is planned to be massaged. What makes a local thing no reason to change a massage elsewhere.</summary>
    public bool AtPlanned { get; init; }

    /// <summary>The number said with it; where none was said the fact does not count, and is not asked about.</summary>
    public Comparison? Value { get; init; }

    /// <summary>Among reactions to earlier massages, and nowhere else.</summary>
    public bool AfterEarlierMassage { get; init; }

    /// <summary>In aftercare: not there before the session.</summary>
    public bool New { get; init; }
}
