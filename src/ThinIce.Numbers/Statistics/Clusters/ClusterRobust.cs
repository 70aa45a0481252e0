using ThinIce.Numbers.Statistics.Distributions;
using ThinIce.Numbers.Statistics.Proportions;

namespace ThinIce.Numbers.Statistics.Clusters;

/// <summary>A proportion of visits or people in clusters.</summary>
/// <param name="Estimate">Weighted proportion.</param>
/// <param name="Answers">Number of answers.</param>
/// <param name="Clusters">Number of outermost clusters.</param>
/// <param name="StandardError">Linearised, between clusters; covers any likeness further inside (visits within clients).</param>
/// <param name="DesignEffect">Variance over that of as many independent answers; NaN where it cannot be seen (no event, or nothing but).</param>
/// <param name="EffectiveN">Independent answers that these are worth.</param>
/// <param name="Interval">The interval, by the method it names.</param>
/// <param name="Assumption">What was taken for granted beyond the data; empty where nothing was.</param>
public sealed record ClusteredProportion(double Estimate, double Answers, int Clusters, double StandardError, double DesignEffect, double EffectiveN, Interval Interval, string Assumption);

/// <summary>
/// Intervals that know that clients of one therapist, and visits of one client, are alike. The variance is that between the totals
/// of the outermost clusters (with replacement, Taylor-linearised ratio, as R's survey package has it), so that no model of what
/// happens inside is needed. Below about 20 clusters it is rough.
/// </summary>
public static class ClusterRobust
{
    /// <summary>Of single answers. Throws <see cref="ArgumentException"/> with fewer than two therapists, or a weight that is not above 0.</summary>
    public static ClusteredProportion Of(IEnumerable<SurveyAnswer> answers, ClusterMethod method = ClusterMethod.Wilson, double level = 0.95, double? assumedIcc = null)
    {
        var totals = answers.GroupBy(a => a.Therapist).Select(g => new ClusterTotal(g.Sum(a => a.Event ? a.Weight : 0), g.Sum(a => a.Weight), g.Count())).ToList();
        return Of(totals, method, level, assumedIcc);
    }

    /// <summary>Of clusters added up.</summary>
    /// <param name="totals">At least two, each with a size above 0.</param>
    /// <param name="method">The interval.</param>
    /// <param name="level">Confidence.</param>
    /// <param name="assumedIcc">How alike answers of a cluster are taken to be where the data cannot show it (no event, or nothing but events); without it, the interval is that of as many answers as there are clusters.</param>
    public static ClusteredProportion Of(IReadOnlyList<ClusterTotal> totals, ClusterMethod method = ClusterMethod.Wilson, double level = 0.95, double? assumedIcc = null)
    {
        ArgumentNullException.ThrowIfNull(totals);
        if (totals.Count < 2 || totals.Any(t => !(t.Size > 0) || t.Events < 0 || t.Events > t.Size * (1 + 1e-12))) throw new ArgumentException("At least two clusters, with events from 0 to their size.", nameof(totals));
        double size = 0, events = 0, n = 0;
        foreach (var t in totals) (size, events, n) = (size + t.Size, events + t.Events, n + t.Count);
        var p = events / size;
        if (events <= 0 || events >= size) return Extreme(totals, p, n, level, assumedIcc);
        var k = totals.Count;
        var squares = 0.0;
        foreach (var t in totals) squares += (t.Events - p * t.Size) * (t.Events - p * t.Size);
        var variance = squares / (size * size) * k / (k - 1);
        var effect = variance / (p * (1 - p) / n);
        var (interval, effective) = Make(p, n, k, variance, method, level);
        return new(p, n, k, Math.Sqrt(variance), effect, effective, interval, "");
    }

    private static (Interval Interval, double EffectiveN) Make(double p, double n, int k, double variance, ClusterMethod method, double level)
    {
        var tail = Interval.Tail(level, Sides.Both);
        var t = StudentDistribution.UpperQuantile(tail, k - 1);
        if (method == ClusterMethod.Logit)
        {
            var (logit, half) = (Math.Log(p / (1 - p)), t * Math.Sqrt(variance) / (p * (1 - p)));
            return (new("cluster-logit", 1 / (1 + Math.Exp(half - logit)), 1 / (1 + Math.Exp(-half - logit)), level), p * (1 - p) / variance);
        }

        if (method == ClusterMethod.KornGraubard)
        {
            var ratio = StudentDistribution.UpperQuantile(tail, n - 1) / t;
            var size = p * (1 - p) / variance * ratio * ratio;
            var (low, high) = ProportionIntervals.ClopperPearson(p * size, size, tail);
            return (new("korn-graubard", low, high, level), size);
        }

        // Few events make the variance between clusters look too small by chance: never fewer than independent answers would have.
        var effective = Math.Min(n, p * (1 - p) / variance);
        var ends = ProportionIntervals.WilsonAt(p * effective, effective, t);
        return (new("cluster-wilson", ends.Low, ends.High, level), effective);
    }

    private static ClusteredProportion Extreme(IReadOnlyList<ClusterTotal> totals, double p, double n, double level, double? icc)
    {
        // Kish's effect with unequal sizes and weights: 1 + (Σ m² / Σ m − 1)·ICC.
        var (sum, squares) = (totals.Sum(t => t.Count), totals.Sum(t => t.Count * t.Count));
        var effect = icc is { } r ? 1 + (squares / sum - 1) * r : double.NaN;
        var effective = icc is null ? totals.Count : n / effect;
        var (low, high) = ProportionIntervals.ClopperPearson(p * effective, effective, Interval.Tail(level, Sides.Both));
        var assumption = icc is { } said ? FormattableString.Invariant($"With {(p == 0 ? "no event" : "nothing but events")} the data cannot show how alike answers of one therapist are; an intra-cluster correlation of {said:0.###} was assumed.")
            : $"With {(p == 0 ? "no event" : "nothing but events")} the data cannot show how alike answers of one therapist are; each of the {totals.Count} therapists counts as one answer, the widest there is.";
        return new(p, n, totals.Count, 0, double.NaN, effective, new("exact at the effective size", low, high, level), assumption);
    }
}
