using System.Collections.Immutable;

namespace ThinIce.Numbers.Statistics.Proportions;

/// <summary>What those who did not answer could change.</summary>
/// <param name="Invited">How many were asked.</param>
/// <param name="Response">Share that answered.</param>
/// <param name="Low">The figure of all if none of the others had the event.</param>
/// <param name="High">The figure of all if all of the others had it.</param>
/// <param name="Interval">Low end of the exact interval around the low figure, high end of that around the high one: at least its level for every answer the others could have given.</param>
public sealed record NonResponseBounds(long Invited, double Response, double Low, double High, Interval Interval);

/// <summary>One group of a survey whose size in the population is known.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Events">Events among those who answered.</param>
/// <param name="Answered">How many answered, at least 1.</param>
/// <param name="Population">How many there are in the population.</param>
public sealed record WeightingGroup(string Name, long Events, long Answered, double Population);

/// <summary>A weighted figure, with what it takes for granted.</summary>
/// <param name="Estimate">Weighted proportion.</param>
/// <param name="Interval">Its interval, with the effective size.</param>
/// <param name="EffectiveN">How many unweighted answers it is worth.</param>
/// <param name="Assumption">What has to be true for it; printed wherever the figure is.</param>
public sealed record WeightedFigure(double Estimate, Interval Interval, double EffectiveN, string Assumption);

/// <summary>What silence can mean: bounds that assume nothing, and weights whose assumption is printed.</summary>
public static class NonResponse
{
    /// <summary>What is printed beside the bounds.</summary>
    public const string NoAssumption = "Whatever happened to the others,";

    /// <summary>What is printed beside the weighted figure.</summary>
    public const string WeightingAssumption = "Assumes that within each group those who stayed silent are like those who answered; nothing in the data can show it.";

    /// <summary>Bounds that assume nothing about the silent (Manski). Throws <see cref="ArgumentOutOfRangeException"/> where fewer were asked than answered.</summary>
    public static NonResponseBounds Bounds<TUnit>(Proportion<TUnit> answered, long invited, double level = 0.95)
        where TUnit : ICountedUnit
    {
        ArgumentNullException.ThrowIfNull(answered);
        ArgumentOutOfRangeException.ThrowIfLessThan(invited, answered.N);
        var most = answered.Events + invited - answered.N;
        var low = ProportionIntervals.Of(answered.Events, invited, ProportionMethod.ClopperPearson, level).Low;
        var high = ProportionIntervals.Of(most, invited, ProportionMethod.ClopperPearson, level).High;
        return new(invited, (double)answered.N / invited, (double)answered.Events / invited, (double)most / invited, new("non-response-bounds", low, high, level));
    }

    /// <summary>
    /// A figure with each group at its share of the population (post-stratification). The interval is Korn and Graubard's: exact, at
    /// the effective size. Throws <see cref="ArgumentException"/> where a group of the population has no answer: it cannot be stood in for.
    /// </summary>
    public static WeightedFigure Weighted(ImmutableArray<WeightingGroup> groups, double level = 0.95)
    {
        if (groups.IsDefaultOrEmpty || groups.Any(g => g.Answered < 1 || g.Events < 0 || g.Events > g.Answered || !(g.Population > 0)))
            throw new ArgumentException("Every group needs answers, no more events than answers, and a size in the population. Join a group without answers to a like one.", nameof(groups));
        var all = groups.Sum(g => g.Population);
        var estimate = groups.Sum(g => g.Population / all * g.Events / g.Answered);
        var n = groups.Sum(g => (double)g.Answered);
        double Variance(Func<WeightingGroup, double> p) => groups.Sum(g => Math.Pow(g.Population / all, 2) * p(g) * (1 - p(g)) / g.Answered);
        // The effective size comes from the groups' own rates; with none or all it comes from the weights alone (Kish).
        var variance = Variance(g => (double)g.Events / g.Answered);
        var kish = 1 / groups.Sum(g => Math.Pow(g.Population / all, 2) / g.Answered);
        var effective = Math.Min(n, variance > 0 ? estimate * (1 - estimate) / variance : kish);
        var (low, high) = ProportionIntervals.ClopperPearson(estimate * effective, effective, Interval.Tail(level, Sides.Both));
        return new(estimate, new("weighted, exact at the effective size", low, high, level), effective, WeightingAssumption);
    }
}
