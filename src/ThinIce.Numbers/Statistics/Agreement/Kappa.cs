using ThinIce.Numbers.Statistics.Distributions;
using ThinIce.Numbers.Statistics.Proportions;

namespace ThinIce.Numbers.Statistics.Agreement;

/// <summary>Agreement beyond chance. Not how right anybody is: raters can agree on the same mistake.</summary>
/// <param name="Method">Which kappa: <c>cohen</c>, <c>weighted</c> or <c>fleiss</c>.</param>
/// <param name="Subjects">How many things were rated.</param>
/// <param name="Observed">Share of agreement that was seen.</param>
/// <param name="ByChance">Share expected if each rater kept to their own habits and looked at nothing.</param>
/// <param name="Value">Kappa, at most 1; NaN where everybody put everything into one category, so that chance alone gives full agreement.</param>
/// <param name="StandardError">Standard error for intervals, not the one for a test of "no agreement".</param>
/// <param name="Interval">Interval around kappa, cut off at −1 and 1.</param>
public sealed record Kappa(string Method, int Subjects, double Observed, double ByChance, double Value, double StandardError, Interval Interval)
{
    /// <summary>Cohen's kappa of two raters who rated the same things.</summary>
    /// <param name="table">How often the first rater said i and the second j.</param>
    /// <param name="level">Confidence of the interval.</param>
    public static Kappa Cohen(long[,] table, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Weighted(table, AgreementWeights.Identity(table.GetLength(0)), level) with { Method = "cohen" };
    }

    /// <summary>
    /// Weighted kappa of two raters on ordered categories, with the large-sample standard error of Fleiss, Cohen and Everitt (1969) as
    /// R's vcd computes it. Throws <see cref="ArgumentException"/> on a table that is not square, is empty or has a count below 0, and
    /// on weights of another size.
    /// </summary>
    /// <param name="table">How often the first rater said i and the second j.</param>
    /// <param name="weights">Weights of agreement, see <see cref="AgreementWeights"/>.</param>
    /// <param name="level">Confidence of the interval.</param>
    public static Kappa Weighted(long[,] table, double[,] weights, double level = 0.95)
    {
        var (p, n) = Shares(table, weights);
        var k = p.GetLength(0);
        double[] rows = new double[k], columns = new double[k];
        Each(k, (i, j) => (rows[i], columns[j]) = (rows[i] + p[i, j], columns[j] + p[i, j]));
        double observed = 0, chance = 0;
        double[] ofRow = new double[k], ofColumn = new double[k];
        Each(k, (i, j) =>
        {
            observed += weights[i, j] * p[i, j];
            chance += weights[i, j] * rows[i] * columns[j];
            ofRow[i] += weights[i, j] * columns[j];
            ofColumn[j] += weights[i, j] * rows[i];
        });
        var spread = -Math.Pow(observed * chance - 2 * chance + observed, 2);
        Each(k, (i, j) => spread += p[i, j] * Math.Pow(weights[i, j] * (1 - chance) - (ofRow[i] + ofColumn[j]) * (1 - observed), 2));
        var error = Math.Sqrt(Math.Max(0, spread) / n) / Math.Pow(1 - chance, 2);
        return Made("weighted", (int)n, observed, chance, error, "fleiss-cohen-everitt", level);
    }

    /// <summary>
    /// Fleiss' kappa of any number of raters, who need not be the same persons for each thing, but as many. Its interval is by the
    /// jackknife over things rated: ours, since the standard error of 1971 is for a test of "no agreement" only (<see cref="FleissTest"/>).
    /// Throws <see cref="ArgumentException"/> where things have different numbers of raters, or there are fewer than two of either.
    /// </summary>
    /// <param name="counts">For each thing, how many raters chose each category.</param>
    /// <param name="level">Confidence of the interval.</param>
    public static Kappa Fleiss(IReadOnlyList<IReadOnlyList<int>> counts, double level = 0.95)
    {
        var raters = Raters(counts);
        var totals = new double[counts[0].Count];
        var pairs = counts.Select(row => Pairs(row, raters)).ToList();
        foreach (var row in counts)
            for (var j = 0; j < totals.Length; j++) totals[j] += row[j];
        var (observed, chance) = FleissShares(pairs.Sum(), totals, counts.Count, raters);
        var without = counts.Select((row, i) => BeyondChance(FleissShares(pairs.Sum() - pairs[i], [.. totals.Select((t, j) => t - row[j])], counts.Count - 1, raters))).ToList();
        var middle = without.Average();
        var error = Math.Sqrt(without.Sum(v => (v - middle) * (v - middle)) * (counts.Count - 1) / counts.Count);
        return Made("fleiss", counts.Count, observed, chance, error, "jackknife", level);
    }

    /// <summary>z of the test that raters agree by chance alone, as Fleiss gave it in 1971. Not for intervals.</summary>
    public static double FleissTest(IReadOnlyList<IReadOnlyList<int>> counts)
    {
        var kappa = Fleiss(counts);
        double n = counts.Count, m = Raters(counts);
        var p = Enumerable.Range(0, counts[0].Count).Select(j => counts.Sum(row => row[j]) / (n * m)).ToList();
        var pq = p.Sum(x => x * (1 - x));
        var variance = 2 * (pq * pq - p.Sum(x => x * (1 - x) * (1 - 2 * x))) / (pq * pq * n * m * (m - 1));
        return kappa.Value / Math.Sqrt(variance);
    }

    private static double BeyondChance((double Observed, double Chance) shares) => (shares.Observed - shares.Chance) / (1 - shares.Chance);

    private static (double Observed, double Chance) FleissShares(double pairs, double[] totals, int things, int raters) =>
        (pairs / things, totals.Sum(t => Math.Pow(t / ((double)things * raters), 2)));

    private static double Pairs(IReadOnlyList<int> row, int raters) => row.Sum(c => (double)c * (c - 1)) / ((double)raters * (raters - 1));

    private static int Raters(IReadOnlyList<IReadOnlyList<int>> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (counts.Count < 2) throw new ArgumentException("At least two things have to be rated.", nameof(counts));
        var raters = counts[0].Sum();
        if (raters < 2 || counts.Any(row => row.Count != counts[0].Count || row.Sum() != raters || row.Any(c => c < 0)))
            throw new ArgumentException("Each thing has the same number of raters, two or more, and no count below 0.", nameof(counts));
        return raters;
    }

    private static (double[,] Shares, double Total) Shares(long[,] table, double[,] weights)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(weights);
        var k = table.GetLength(0);
        if (k < 2 || table.GetLength(1) != k || weights.GetLength(0) != k || weights.GetLength(1) != k) throw new ArgumentException("The table and the weights are square, of one size, with two categories or more.", nameof(table));
        if (table.Cast<long>().Any(c => c < 0) || table.Cast<long>().Sum() is not > 0) throw new ArgumentException("Counts are 0 or more, and not all 0.", nameof(table));
        double total = table.Cast<long>().Sum();
        var shares = new double[k, k];
        Each(k, (i, j) => shares[i, j] = table[i, j] / total);
        return (shares, total);
    }

    private static Kappa Made(string method, int subjects, double observed, double chance, double error, string how, double level)
    {
        var value = chance < 1 ? (observed - chance) / (1 - chance) : double.NaN;
        var reach = StandardNormal.Quantile(1 - Interval.Tail(level, Sides.Both)) * error;
        return new(method, subjects, observed, chance, value, error, new(how, Math.Max(-1, value - reach), Math.Min(1, value + reach), level));
    }

    private static void Each(int k, Action<int, int> act)
    {
        for (var i = 0; i < k; i++)
            for (var j = 0; j < k; j++) act(i, j);
    }
}
