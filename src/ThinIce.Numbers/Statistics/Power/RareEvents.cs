using ThinIce.Numbers.Statistics.Distributions;

namespace ThinIce.Numbers.Statistics.Power;

/// <summary>What a survey of a given size can see, and what it can rule out. People (or visits) are taken as independent; see <see cref="DesignInflation"/>.</summary>
public static class RareEvents
{
    /// <summary>The smallest number of people among whom at least so many events are seen with at least this probability.</summary>
    /// <param name="rate">True rate, above 0 and below 1.</param>
    /// <param name="probability">Wanted probability, above 0 and below 1.</param>
    /// <param name="atLeast">Events to be seen, at least 1.</param>
    /// <returns>A number of people; throws <see cref="ArgumentOutOfRangeException"/> outside the ranges, and <see cref="OverflowException"/> beyond 10¹⁸.</returns>
    public static long SizeToSee(double rate, double probability = 0.95, int atLeast = 1)
    {
        Inside(rate, nameof(rate));
        Inside(probability, nameof(probability));
        ArgumentOutOfRangeException.ThrowIfLessThan(atLeast, 1);
        // The waiting time in a Poisson process is a little short of the answer or at it; double until it is past.
        long low = atLeast, high = atLeast;
        while (BinomialDistribution.AtLeast(atLeast, high, rate) < probability)
        {
            low = high;
            high = checked(high * 2);
            if (high > 1_000_000_000_000_000_000) throw new OverflowException("So rare an event needs more people than there are.");
        }

        return Proportions.ExactTest.First(low, high, n => BinomialDistribution.AtLeast(atLeast, n, rate) >= probability);
    }

    /// <summary>The lowest rate at which n people show at least so many events with this probability; NaN where n is smaller than that many.</summary>
    public static double DetectableRate(double n, double probability = 0.95, int atLeast = 1)
    {
        Inside(probability, nameof(probability));
        ArgumentOutOfRangeException.ThrowIfLessThan(atLeast, 1);
        if (!(n > 0)) throw new ArgumentOutOfRangeException(nameof(n), "At least one person.");
        if (n < atLeast) return double.NaN;
        return atLeast == 1 ? -double.ExpM1(double.LogP1(-probability) / n) : BetaDistribution.UpperQuantile(1 - probability, atLeast, n - atLeast + 1);
    }

    /// <summary>The highest rate that no event among n does not rule out: the exact upper bound at this level. A bound, not a rate.</summary>
    public static double UpperBoundIfNone(double n, double level = 0.95, Proportions.Sides sides = Proportions.Sides.Upper)
    {
        Inside(level, nameof(level));
        if (!(n > 0)) throw new ArgumentOutOfRangeException(nameof(n), "At least one person.");
        return -double.ExpM1(Math.Log(Proportions.Interval.Tail(level, sides)) / n);
    }

    /// <summary>Time of observation in which at least so many events of a rate are seen with this probability, in the unit of the rate.</summary>
    public static double TimeToSee(double rate, double probability = 0.95, int atLeast = 1)
    {
        if (!(rate > 0)) throw new ArgumentOutOfRangeException(nameof(rate), "A rate is positive.");
        Inside(probability, nameof(probability));
        ArgumentOutOfRangeException.ThrowIfLessThan(atLeast, 1);
        return GammaDistribution.UpperQuantile(1 - probability, atLeast) / rate;
    }

    internal static void Inside(double value, string name)
    {
        if (!(value > 0 && value < 1)) throw new ArgumentOutOfRangeException(name, "It lies between 0 and 1.");
    }
}
