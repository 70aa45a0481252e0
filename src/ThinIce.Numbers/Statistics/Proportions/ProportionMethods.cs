using ThinIce.Numbers.Statistics.Distributions;

namespace ThinIce.Numbers.Statistics.Proportions;

/// <summary>How the interval of a proportion is made.</summary>
public enum ProportionMethod
{
    /// <summary>Clopper and Pearson 1934, "exact": never below its level, often above. <c>clopper-pearson</c></summary>
    ClopperPearson,

    /// <summary>Exact, with half the probability of what was seen counted (Lancaster): about its level on average. <c>mid-p</c></summary>
    MidP,

    /// <summary>Wilson 1927, the score interval without correction. <c>wilson</c></summary>
    Wilson,

    /// <summary>Wilson with the correction for continuity (Newcombe 1998, method 4; R's prop.test). <c>wilson-corrected</c></summary>
    WilsonCorrected,

    /// <summary>Jeffreys in the convention of Brown, Cai and DasGupta 2001: low end 0 with no event, high end 1 with all. <c>jeffreys</c></summary>
    Jeffreys,

    /// <summary>Jeffreys as the plain quantiles of Beta(x+½, n−x+½), so that with no event the low end is above 0. <c>jeffreys-equal-tailed</c></summary>
    JeffreysEqualTailed,

    /// <summary>Agresti and Coull 1998, not cut off at 0 and 1, as R's packages print it. <c>agresti-coull</c></summary>
    AgrestiCoull,
}

/// <summary>Intervals of a proportion. Nothing here knows of clusters: events of the same client or therapist need the cluster-robust intervals.</summary>
public static class ProportionIntervals
{
    /// <summary>The methods in the order they are shown; Agresti and Coull's is left out, as it can leave 0 to 1.</summary>
    public static IReadOnlyList<ProportionMethod> Shown { get; } =
    [
        ProportionMethod.ClopperPearson, ProportionMethod.MidP, ProportionMethod.Wilson, ProportionMethod.WilsonCorrected, ProportionMethod.Jeffreys, ProportionMethod.JeffreysEqualTailed,
    ];

    /// <summary>Name in outputs.</summary>
    public static string Name(ProportionMethod method) => method switch
    {
        ProportionMethod.ClopperPearson => "clopper-pearson",
        ProportionMethod.MidP => "mid-p",
        ProportionMethod.Wilson => "wilson",
        ProportionMethod.WilsonCorrected => "wilson-corrected",
        ProportionMethod.Jeffreys => "jeffreys",
        ProportionMethod.JeffreysEqualTailed => "jeffreys-equal-tailed",
        _ => "agresti-coull",
    };

    /// <summary>One interval. Throws <see cref="ArgumentOutOfRangeException"/> unless the level lies between 0 and 1.</summary>
    public static Interval Of<TUnit>(Proportion<TUnit> proportion, ProportionMethod method, double level = 0.95, Sides sides = Sides.Both)
        where TUnit : ICountedUnit
    {
        ArgumentNullException.ThrowIfNull(proportion);
        return Of(proportion.Events, proportion.N, method, level, sides);
    }

    internal static Interval Of(long events, long n, ProportionMethod method, double level, Sides sides = Sides.Both)
    {
        var tail = Interval.Tail(level, sides);
        var (low, high) = Ends(events, n, method, tail);
        if (sides == Sides.Upper) low = 0;
        if (sides == Sides.Lower) high = 1;
        return new(Name(method), low, high, level, sides);
    }

    private static (double Low, double High) Ends(long x, long n, ProportionMethod method, double tail) => method switch
    {
        ProportionMethod.ClopperPearson => ClopperPearson(x, n, tail),
        ProportionMethod.MidP => (MidP(x, n, tail), 1 - MidP(n - x, n, tail)),
        ProportionMethod.Wilson => Wilson(x, n, tail),
        ProportionMethod.WilsonCorrected => (WilsonCorrected(x, n, tail), 1 - WilsonCorrected(n - x, n, tail)),
        ProportionMethod.Jeffreys => (x == 0 ? 0 : Jeffreys(x, n, tail).Low, x == n ? 1 : Jeffreys(x, n, tail).High),
        ProportionMethod.JeffreysEqualTailed => Jeffreys(x, n, tail),
        _ => AgrestiCoull(x, n, tail),
    };

    /// <summary>Ends for counts that need not be whole, as effective sample sizes are not.</summary>
    internal static (double Low, double High) ClopperPearson(double x, double n, double tail) =>
        (x <= 0 ? 0 : BetaDistribution.Quantile(tail, x, n - x + 1), x >= n ? 1 : BetaDistribution.UpperQuantile(tail, x + 1, n - x));

    internal static (double Low, double High) Jeffreys(double x, double n, double tail) =>
        (BetaDistribution.Quantile(tail, x + 0.5, n - x + 0.5), BetaDistribution.UpperQuantile(tail, x + 0.5, n - x + 0.5));

    internal static (double Low, double High) Wilson(double x, double n, double tail) => WilsonAt(x, n, -StandardNormal.Quantile(tail));

    internal static (double Low, double High) WilsonAt(double x, double n, double z)
    {
        var (p, square) = (x / n, z * z);
        var half = z / (1 + square / n) * Math.Sqrt(p * (1 - p) / n + square / (4 * n * n));
        var centre = (p + square / (2 * n)) / (1 + square / n);
        // Near 0 the difference of centre and half cancels; the product of the two ends is known exactly.
        var low = x <= 0 ? 0 : x / n * (x / n) / (1 + square / n) / (centre + half);
        return (low, x >= n ? 1 : centre + half);
    }

    /// <summary>Low end of mid-P: P(X &gt; x) + ½ P(X = x) = tail.</summary>
    private static double MidP(long x, long n, double tail)
    {
        if (x == 0) return 0;
        if (x == n) return Math.Exp(Math.Log(2 * tail) / n);
        double Off(double logit)
        {
            var p = 1 / (1 + Math.Exp(-logit));
            return Math.Log((BinomialDistribution.AtLeast(x + 1, n, p) + BinomialDistribution.Exactly(x, n, p) / 2) / tail);
        }

        var exact = ClopperPearson(x, n, tail).Low;
        var root = Roots.Between(Math.Log(exact) - double.LogP1(-exact) - 1e-9, Math.Log((x + 0.5) / (n - x + 0.5)) + 1, Off);
        return 1 / (1 + Math.Exp(-root));
    }

    private static double WilsonCorrected(long x, long n, double tail)
    {
        if (x == 0) return 0;
        var z = -StandardNormal.Quantile(tail);
        var p = (double)x / n;
        // R's prop.test corrects by no more than the distance to ½, at which it tests.
        var correction = Math.Min(0.5, Math.Abs(x - n * 0.5));
        return Math.Max(0, (2 * (x - correction) + z * z - z * Math.Sqrt(z * z + 4 * (x - correction) * (1 - (x - correction) / n))) / (2 * (n + z * z)));
    }

    private static (double Low, double High) AgrestiCoull(long x, long n, double tail)
    {
        var z = -StandardNormal.Quantile(tail);
        var size = n + z * z;
        var centre = (x + z * z / 2) / size;
        var half = z * Math.Sqrt(centre * (1 - centre) / size);
        return (centre - half, centre + half);
    }
}
