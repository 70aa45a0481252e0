using ThinIce.Core;
using ThinIce.Numbers.Statistics.Proportions;

namespace ThinIce.Web.Features.Rates;

/// <summary>A published rate with its exact interval. People and visits are told apart by their types, so that no figure mixes them.</summary>
/// <param name="Rate">What is printed.</param>
public sealed record CountedRate(PublishedRate Rate)
{
    /// <summary>No percentage is made of fewer people or visits than this: a share of 25 looks more certain than it is.</summary>
    public const int LeastForPercent = 50;

    /// <summary>Confidence of the intervals.</summary>
    public const double Level = 0.95;

    /// <summary>The exact two-sided interval (Clopper–Pearson), worked out here for all alike. It takes visits of one person as independent.</summary>
    public Interval Interval { get; } = Rate.Unit == RateUnit.People ? Of<People>(Rate) : Of<Visits>(Rate);

    /// <summary>Whether nothing was seen: then the interval is a bound and there is no rate.</summary>
    public bool IsBound => Rate.Events == 0;

    /// <summary>The share in per cent; null for a bound and where too few were counted.</summary>
    public double? Percent => IsBound || Rate.Of < LeastForPercent ? null : 100.0 * Rate.Events / Rate.Of;

    private static Interval Of<TUnit>(PublishedRate rate)
        where TUnit : ICountedUnit => ProportionIntervals.Of(new Proportion<TUnit>(rate.Events, rate.Of), ProportionMethod.ClopperPearson, Level);
}
