using ThinIce.Numbers.Statistics.Distributions;
using ThinIce.Numbers.Statistics.Proportions;

namespace ThinIce.Numbers.Statistics.Paired;

/// <summary>The same people before and after, each asked twice.</summary>
/// <param name="Both">Had it before and after.</param>
/// <param name="OnlyBefore">Had it before, not after.</param>
/// <param name="OnlyAfter">Did not have it before, had it after: new.</param>
/// <param name="Neither">Had it neither time.</param>
public sealed record PairedProportions(long Both, long OnlyBefore, long OnlyAfter, long Neither)
{
    /// <summary>Number of people.</summary>
    public long N => Both + OnlyBefore + OnlyAfter + Neither;

    /// <summary>After less before. A difference says what changed, not what changed it.</summary>
    public double Difference => (double)(OnlyAfter - OnlyBefore) / N;

    /// <summary>
    /// Newcombe's interval 10 of the difference (1998): from the two Wilson intervals and the correlation between them. <c>newcombe-paired</c>
    /// </summary>
    public Interval Newcombe(double level = 0.95)
    {
        var tail = Interval.Tail(level, Sides.Both);
        long after = Both + OnlyAfter, before = Both + OnlyBefore;
        double n = N, p1 = after / n, p2 = before / n;
        var (low1, high1) = ProportionIntervals.Wilson(after, n, tail);
        var (low2, high2) = ProportionIntervals.Wilson(before, n, tail);
        var phi = Correlation(after, before);
        double Root(double a, double b) => Math.Sqrt(Math.Max(0, a * a - 2 * phi * a * b + b * b));
        return new("newcombe-paired", Difference - Root(p1 - low1, high2 - p2), Difference + Root(high1 - p1, p2 - low2), level);
    }

    /// <summary>Bonett and Price's interval of the difference (2012): Wald's with one added to each of the discordant counts. <c>bonett-price</c></summary>
    public Interval BonettPrice(double level = 0.95)
    {
        var z = -StandardNormal.Quantile(Interval.Tail(level, Sides.Both));
        double p12 = (OnlyAfter + 1.0) / (N + 2), p21 = (OnlyBefore + 1.0) / (N + 2);
        var half = z * Math.Sqrt((p12 + p21 - (p12 - p21) * (p12 - p21)) / (N + 2));
        return new("bonett-price", Math.Max(-1, p12 - p21 - half), Math.Min(1, p12 - p21 + half), level);
    }

    /// <summary>McNemar's exact P value: the changed ones against a coin.</summary>
    public double McNemarExact() => OnlyBefore + OnlyAfter == 0 ? 1 : ExactTest.TwoSided(OnlyAfter, OnlyBefore + OnlyAfter, 0.5);

    /// <summary>McNemar's P value with half the probability of what was seen: less cautious than the exact one.</summary>
    public double McNemarMidP()
    {
        var changed = OnlyBefore + OnlyAfter;
        return changed == 0 ? 1 : Math.Min(1, McNemarExact() - BinomialDistribution.Exactly(OnlyAfter, changed, 0.5));
    }

    private double Correlation(long after, long before)
    {
        double n = N, product = Math.Sqrt(after * (n - after)) * Math.Sqrt(before * (n - before));
        if (product == 0) return 0;
        var a = (double)Both * Neither - (double)OnlyBefore * OnlyAfter;
        return (a > n / 2 ? a - n / 2 : a >= 0 ? 0 : a) / product;
    }
}

/// <summary>A mean change.</summary>
/// <param name="Mean">Mean of after less before.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Interval">Student's interval, one degree fewer than people (or clusters).</param>
/// <param name="P">Two-sided P value against no change.</param>
public sealed record MeanChange(double Mean, double StandardError, Interval Interval, double P);

/// <summary>Before–after differences of a measure, such as pain from 0 to 10.</summary>
public static class PairedDifferences
{
    /// <summary>Mean change with Student's interval. Throws <see cref="ArgumentException"/> with fewer than two people or a number that is not finite.</summary>
    public static MeanChange Of(IReadOnlyList<(double Before, double After)> people, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(people);
        var changes = people.Select(p => p.After - p.Before).ToArray();
        if (changes.Length < 2 || changes.Any(c => !double.IsFinite(c))) throw new ArgumentException("At least two people, with finite numbers.", nameof(people));
        var mean = changes.Average();
        var error = Math.Sqrt(changes.Sum(c => (c - mean) * (c - mean)) / (changes.Length - 1) / changes.Length);
        return Make("student", mean, error, changes.Length - 1, level);
    }

    /// <summary>Mean change where people come in clusters (their therapist): the variance is that between clusters. Throws <see cref="ArgumentException"/> with fewer than two clusters.</summary>
    public static MeanChange Clustered(IReadOnlyList<(string Cluster, double Before, double After)> people, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(people);
        var mean = people.Average(p => p.After - p.Before);
        var sums = people.GroupBy(p => p.Cluster).Select(g => g.Sum(p => p.After - p.Before - mean)).ToList();
        if (sums.Count < 2 || !double.IsFinite(mean)) throw new ArgumentException("At least two clusters, with finite numbers.", nameof(people));
        var error = Math.Sqrt(sums.Sum(s => s * s) * sums.Count / (sums.Count - 1)) / people.Count;
        return Make("student, between clusters", mean, error, sums.Count - 1, level);
    }

    private static MeanChange Make(string method, double mean, double error, int df, double level)
    {
        var half = StudentDistribution.UpperQuantile(Interval.Tail(level, Sides.Both), df) * error;
        return new(mean, error, new(method, mean - half, mean + half, level), error == 0 ? mean == 0 ? 1 : 0 : StudentDistribution.TwoSided(mean / error, df));
    }
}
