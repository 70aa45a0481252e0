namespace ThinIce.Numbers.Linkage;

/// <summary>Where the list of scored pairs is cut, and what the fitted mixture expects of the cut.</summary>
/// <param name="Count">How many of the first pairs are suspected.</param>
/// <param name="Expected">Expected duplicates among all scored pairs.</param>
/// <param name="Precision">Expected share of right ones among the suspected.</param>
/// <param name="Recall">Expected share of the duplicates that is suspected.</param>
internal readonly record struct Cut(int Count, double Expected, double Precision, double Recall)
{
    /// <summary>
    /// The cut with the greatest expected F1, 2 Σp / (k + Σ all p), never below even odds. It needs no labels, only probabilities that can be
    /// trusted; where they are too high, it cuts too low.
    /// </summary>
    public static Cut BestF1(ReadOnlySpan<double> falling)
    {
        double all = 0, above = 0, best = 0;
        foreach (var odds in falling) all += Probability(odds);
        var cut = new Cut(0, all, double.NaN, 0);
        for (var k = 1; k <= falling.Length && falling[k - 1] >= 0; k++)
        {
            above += Probability(falling[k - 1]);
            var f1 = 2 * above / (k + all);
            if (f1 < best) continue;
            best = f1;
            cut = new(k, all, above / k, above / all);
        }

        return cut;
    }

    /// <summary>The cut after the first k, of a fit that is not believed below it: it expects no others, and how many there are is not known.</summary>
    public static Cut At(ReadOnlySpan<double> falling, int k)
    {
        var above = 0.0;
        foreach (var odds in falling[..k]) above += Probability(odds);
        return new(k, above, k == 0 ? double.NaN : above / k, k == 0 ? 0 : double.NaN);
    }

    private static double Probability(double odds) => 1 / (1 + Math.Exp(-odds));
}
