using ThinIce.Numbers.Statistics.Distributions;

namespace ThinIce.Numbers.Statistics.Proportions;

/// <summary>How the interval of a rate over time is made.</summary>
public enum RateMethod
{
    /// <summary>Garwood 1936, "exact". <c>poisson-exact</c></summary>
    Exact,

    /// <summary>Exact with half the probability of what was seen counted. <c>poisson-mid-p</c></summary>
    MidP,

    /// <summary>Quantiles of Gamma(x+½), with a low end of 0 when there is no event. <c>poisson-jeffreys</c></summary>
    Jeffreys,
}

/// <summary>Intervals of events over time, and the ratio of two rates. One person's events are taken as independent; where they are not, the interval is too narrow.</summary>
public static class RateIntervals
{
    /// <summary>All methods in the order they are shown.</summary>
    public static IReadOnlyList<RateMethod> Shown { get; } = [RateMethod.Exact, RateMethod.MidP, RateMethod.Jeffreys];

    /// <summary>Name in outputs.</summary>
    public static string Name(RateMethod method) => method switch { RateMethod.Exact => "poisson-exact", RateMethod.MidP => "poisson-mid-p", _ => "poisson-jeffreys" };

    /// <summary>One interval, in events per unit of time. Throws <see cref="ArgumentOutOfRangeException"/> unless the level lies between 0 and 1.</summary>
    public static Interval Of(EventRate rate, RateMethod method, double level = 0.95, Sides sides = Sides.Both)
    {
        ArgumentNullException.ThrowIfNull(rate);
        var tail = Interval.Tail(level, sides);
        var (low, high) = Mean(rate.Events, method, tail);
        return new(Name(method), sides == Sides.Upper ? 0 : low / rate.Time, sides == Sides.Lower ? double.PositiveInfinity : high / rate.Time, level, sides);
    }

    /// <summary>
    /// The ratio of two rates, first by second, with the exact interval and P value given the sum of events, as R's poisson.test
    /// has them. With no event in the second the ratio is infinite; with none in either it is not defined (NaN) and the interval is 0 to infinity.
    /// </summary>
    public static (double Ratio, Interval Interval, double P) Ratio(EventRate first, EventRate second, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var (x, n) = (first.Events, first.Events + second.Events);
        var ratio = first.Estimate / second.Estimate;
        if (n == 0) return (double.NaN, new("poisson-ratio-exact", 0, double.PositiveInfinity, level), 1);
        var (low, high) = ProportionIntervals.ClopperPearson(x, n, Interval.Tail(level, Sides.Both));
        double Odds(double p) => p >= 1 ? double.PositiveInfinity : p / (1 - p) * second.Time / first.Time;
        return (ratio, new("poisson-ratio-exact", Odds(low), Odds(high), level), ExactTest.TwoSided(x, n, first.Time / (first.Time + second.Time)));
    }

    private static (double Low, double High) Mean(long x, RateMethod method, double tail) => method switch
    {
        RateMethod.Exact => (x == 0 ? 0 : GammaDistribution.Quantile(tail, x), GammaDistribution.UpperQuantile(tail, x + 1)),
        RateMethod.MidP => (x == 0 ? 0 : MidP(x, tail, low: true), x == 0 ? -Math.Log(2 * tail) : MidP(x, tail, low: false)),
        _ => (x == 0 ? 0 : GammaDistribution.Quantile(tail, x + 0.5), GammaDistribution.UpperQuantile(tail, x + 0.5)),
    };

    private static double MidP(long x, double tail, bool low)
    {
        double Off(double log)
        {
            var mean = Math.Exp(log);
            var half = PoissonDistribution.Exactly(x, mean) / 2;
            return Math.Log(((low ? PoissonDistribution.AtLeast(x + 1, mean) : PoissonDistribution.AtMost(x - 1, mean)) + half) / tail);
        }

        var (least, most) = (GammaDistribution.Quantile(tail / 2, x), GammaDistribution.UpperQuantile(tail / 2, x + 1));
        return Math.Exp(Roots.Between(Math.Log(least), Math.Log(most), Off));
    }
}

/// <summary>The exact binomial test.</summary>
public static class ExactTest
{
    /// <summary>P value of so many of n at a probability: the sum over all outcomes no more likely than the one seen (R's binom.test).</summary>
    public static double TwoSided(long events, long n, double probability)
    {
        var seen = BinomialDistribution.Exactly(events, n, probability) * (1 + 1e-7);
        var mean = n * probability;
        if (events == mean) return 1;
        // Outcomes on the other side fall in likelihood away from the mean: the first that is unlikely enough is found by halving.
        if (events < mean)
        {
            var first = First((long)Math.Ceiling(mean), n + 1, k => BinomialDistribution.Exactly(k, n, probability) <= seen);
            return Math.Min(1, BinomialDistribution.AtMost(events, n, probability) + BinomialDistribution.AtLeast(first, n, probability));
        }

        var last = First(0, (long)Math.Floor(mean) + 1, k => BinomialDistribution.Exactly(k, n, probability) > seen) - 1;
        return Math.Min(1, BinomialDistribution.AtLeast(events, n, probability) + BinomialDistribution.AtMost(last, n, probability));
    }

    /// <summary>The first number from low on for which a claim holds that, once it holds, goes on holding; the end if none does.</summary>
    internal static long First(long low, long end, Func<long, bool> holds)
    {
        while (low < end)
        {
            var middle = low + (end - low) / 2;
            if (holds(middle)) end = middle;
            else low = middle + 1;
        }

        return low;
    }
}
