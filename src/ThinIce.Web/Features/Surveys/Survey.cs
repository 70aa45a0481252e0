using ThinIce.Numbers.Statistics.Distributions;
using ThinIce.Numbers.Statistics.Power;
using ThinIce.Numbers.Statistics.Proportions;

namespace ThinIce.Web.Features.Surveys;

/// <summary>A survey of people, each counted once, and a harm somebody has in mind. People are taken as independent and honest, and all answer.</summary>
/// <param name="Asked">How many answered, at least 1.</param>
/// <param name="Had">How many of them had the harm.</param>
/// <param name="OneIn">The harm in mind comes to one in so many, at least 2.</param>
public sealed record Survey(long Asked, long Had, long OneIn)
{
    /// <summary>Confidence of every figure here.</summary>
    public const double Level = 0.95;

    /// <summary>The founding document's sizes.</summary>
    private static readonly long[] Sizes = [100, 1_000, 10_000];

    /// <summary>The exact two-sided interval (Clopper–Pearson) of the share that has the harm.</summary>
    public Interval Interval => ProportionIntervals.Of(new Proportion<People>(Had, Asked), ProportionMethod.ClopperPearson, Level);

    /// <summary>Probability that so many people show the harm in mind at least once, if it comes to one in so many.</summary>
    public double ChanceToSee => BinomialDistribution.AtLeast(1, Asked, 1.0 / OneIn);

    /// <summary>How many have to be asked to see the harm in mind at least once with 95 % probability.</summary>
    public long SizeToSee => RareEvents.SizeToSee(1.0 / OneIn, Level);

    /// <summary>This survey, and others of the founding document's sizes that find the same share, rounded to whole people; smallest first.</summary>
    public IReadOnlyList<Survey> Beside =>
        [.. Sizes.Where(size => size != Asked).Select(size => this with { Asked = size, Had = Math.Min(size, (long)Math.Round((double)Had * size / Asked)) }).Append(this).OrderBy(s => s.Asked)];
}
