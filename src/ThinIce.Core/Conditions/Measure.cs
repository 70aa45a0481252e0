using System.Collections.Immutable;
using ThinIce.Core.Clinical;

namespace ThinIce.Core.Conditions;

/// <summary>
/// A named number made of several facts, such as a dose of pressure or an osteoporosis score. With facts missing it is a
/// range, and a comparison with it may stay open.
/// </summary>
/// <param name="Id">Permanent id.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Unit">Its unit, or a plain word that it has none.</param>
/// <param name="Formula">How it is made.</param>
public sealed record Measure(MeasureId Id, LocalText Name, string Unit, Formula Formula)
{
    /// <summary>Sources, as in a rule.</summary>
    public ImmutableArray<ReferenceId> References { get; init; } = [];
}

/// <summary>A formula over facts.</summary>
public abstract record Formula;

/// <summary>A fixed number.</summary>
public sealed record Constant(double Value) : Formula;

/// <summary>A number of the case; a missing one lies in its plausible range (<c>knowledge/parameters/fields.yaml</c>).</summary>
public sealed record FieldValue(NumberField Field) : Formula;

/// <summary>Sum.</summary>
public sealed record SumOf(ImmutableArray<Formula> Of) : Formula;

/// <summary>Product.</summary>
public sealed record ProductOf(ImmutableArray<Formula> Of) : Formula;

/// <summary>Cut towards zero to a whole number.</summary>
public sealed record WholePart(Formula Of) : Formula;

/// <summary>One number for each pressure.</summary>
public sealed record ByPressure(double Light, double Moderate, double Strong) : Formula;

/// <summary>The value of the first band whose upper limit lies above the number; the last band has no limit.</summary>
public sealed record ByBand(NumberField Field, ImmutableArray<Band> Bands) : Formula;

/// <summary>One band: up to, not including, <paramref name="Below"/>.</summary>
public sealed record Band(double Below, double Value);

/// <summary>One number if the condition holds, another if not.</summary>
public sealed record IfHolds(Condition Condition, double Then, double Otherwise) : Formula;

/// <summary>
/// What a formula comes to: the range it may lie in, and its value with every gap read as "no" (not a number where that
/// has no meaning).
/// </summary>
public readonly record struct Estimate(double Low, double High, double AsNo)
{
    /// <summary>A number that is known.</summary>
    public static Estimate Exactly(double value) => new(value, value, value);

    /// <summary>A number known to lie in a range, with the mild end taken as it stands.</summary>
    public static Estimate Between(double low, double high) => new(Math.Min(low, high), Math.Max(low, high), Math.Min(low, high));

    /// <summary>What a comparison with it comes to.</summary>
    public Verdict Compare(Comparison comparison)
    {
        var over = comparison.Over(new Span(Low, High));
        return over.IsOpen && comparison.Passes(AsNo) ? over.Or(AsNoOnly) : over;
    }

    private static readonly Verdict AsNoOnly = Verdict.AtLeast(1, 1, 1, 0, 1);
}
