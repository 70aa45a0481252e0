using ThinIce.Numbers.Statistics.Distributions;
using ThinIce.Numbers.Statistics.Proportions;

namespace ThinIce.Numbers.Statistics.Power;

/// <summary>What an exact test of one proportion does.</summary>
/// <param name="Critical">The test speaks up at this many events or more.</param>
/// <param name="ActualError">How often it does so at the null rate; at most the error asked for.</param>
/// <param name="Power">How often at the other rate.</param>
public sealed record ExactPower(long Critical, double ActualError, double Power);

/// <summary>Power and sizes for comparing proportions, in the conventions of R's power.prop.test and of the package pwr.</summary>
public static class Comparisons
{
    /// <summary>Power of the two-sided comparison of two equal groups (R: power.prop.test, not strict).</summary>
    public static double Power(double perGroup, double p1, double p2, double error = 0.05)
    {
        var z = -StandardNormal.Quantile(error / 2);
        return StandardNormal.Lower((Math.Sqrt(perGroup) * Math.Abs(p1 - p2) - z * Math.Sqrt((p1 + p2) * (1 - (p1 + p2) / 2))) / Math.Sqrt(p1 * (1 - p1) + p2 * (1 - p2)));
    }

    /// <summary>People in each of two equal groups, not rounded (R: power.prop.test). The rates lie between 0 and 1 and differ.</summary>
    public static double PerGroup(double p1, double p2, double power = 0.8, double error = 0.05)
    {
        Check(p1, p2, power, error);
        var need = -StandardNormal.Quantile(error / 2) * Math.Sqrt((p1 + p2) * (1 - (p1 + p2) / 2)) + StandardNormal.Quantile(power) * Math.Sqrt(p1 * (1 - p1) + p2 * (1 - p2));
        return Math.Pow(need / (p1 - p2), 2);
    }

    /// <summary>Cohen's h: the difference of two proportions on the arcsine scale.</summary>
    public static double ArcsineDifference(double p1, double p2) => 2 * Math.Asin(Math.Sqrt(p1)) - 2 * Math.Asin(Math.Sqrt(p2));

    /// <summary>Power on the arcsine scale for two groups of any sizes (pwr: pwr.2p2n.test); an infinite second group is a known rate (pwr.p.test).</summary>
    public static double ArcsinePower(double n1, double n2, double p1, double p2, double error = 0.05)
    {
        var weight = double.IsInfinity(n2) ? n1 : n1 * n2 / (n1 + n2);
        var (shift, z) = (Math.Abs(ArcsineDifference(p1, p2)) * Math.Sqrt(weight), -StandardNormal.Quantile(error / 2));
        return StandardNormal.Upper(z - shift) + StandardNormal.Lower(-z - shift);
    }

    /// <summary>People in each group, or in the one group beside a known rate, on the arcsine scale; not rounded (pwr: pwr.2p.test, pwr.p.test).</summary>
    public static double ArcsineSize(double p1, double p2, bool oneGroup, double power = 0.8, double error = 0.05)
    {
        Check(p1, p2, power, error);
        double At(double logN) => ArcsinePower(Math.Exp(logN), oneGroup ? double.PositiveInfinity : Math.Exp(logN), p1, p2, error) - power;
        return Math.Exp(Roots.Between(-10, 60, At));
    }

    /// <summary>The exact one-sided test that a rate is higher than p0, when it is p1.</summary>
    public static ExactPower ExactOneSample(long n, double p0, double p1, double error = 0.05)
    {
        Check(p0, p1, 0.5, error);
        var critical = ExactTest.First(0, n + 1, k => BinomialDistribution.AtLeast(k, n, p0) <= error);
        return new(critical, BinomialDistribution.AtLeast(critical, n, p0), BinomialDistribution.AtLeast(critical, n, p1));
    }

    /// <summary>The smallest n at which the interval around the expected rate reaches no further than this on either side.</summary>
    /// <param name="rate">Expected rate, from 0 to 1.</param>
    /// <param name="halfWidth">Furthest distance from the rate to either end, above 0.</param>
    /// <param name="method">Method of the interval.</param>
    /// <param name="level">Confidence.</param>
    public static long ForPrecision(double rate, double halfWidth, ProportionMethod method = ProportionMethod.ClopperPearson, double level = 0.95)
    {
        if (!(rate >= 0 && rate <= 1)) throw new ArgumentOutOfRangeException(nameof(rate), "A rate is from 0 to 1.");
        if (!(halfWidth > 0 && halfWidth < 1)) throw new ArgumentOutOfRangeException(nameof(halfWidth), "A distance lies between 0 and 1.");
        bool Holds(long n)
        {
            var events = (long)Math.Round(rate * n, MidpointRounding.AwayFromZero);
            var interval = ProportionIntervals.Of(events, n, method, level);
            return interval.High - rate <= halfWidth && rate - interval.Low <= halfWidth;
        }

        // Whole events make the width jump; the last n that fails is what counts, so it is walked up from a size that surely fails.
        var high = 2L;
        while (!Holds(high) || !Holds(high + high / 10)) high = checked(high * 2);
        var n = ExactTest.First(1, high, Holds);
        var span = rate > 0 ? (long)Math.Ceiling(2 / rate) : 0;
        for (var k = Math.Min(n + span, high); k > n && k < n + 200_000; k--)
        {
            if (!Holds(k)) return k + 1;
        }

        return n;
    }

    private static void Check(double p1, double p2, double power, double error)
    {
        RareEvents.Inside(p1, nameof(p1));
        RareEvents.Inside(p2, nameof(p2));
        RareEvents.Inside(power, nameof(power));
        RareEvents.Inside(error, nameof(error));
        if (p1 == p2) throw new ArgumentException("Two equal rates cannot be told apart by any number of people.");
    }
}
