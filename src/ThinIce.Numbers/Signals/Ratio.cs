using MathNet.Numerics;

namespace ThinIce.Numbers.Signals;

/// <summary>A ratio with its 95 % interval. A ratio of reports, not of risks.</summary>
/// <param name="Estimate">The ratio, above 0.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Adjusted">Whether ½ was added to every cell, because the ratio is not defined without.</param>
public readonly record struct Ratio(double Estimate, double Low, double High, bool Adjusted)
{
    /// <summary>The normal distribution's 97.5th percentile.</summary>
    internal const double Z = 1.959963984540054;

    /// <summary>
    /// PRR: the event's share of the reports with the exposure, divided by its share of the others; Evans' form, Wald interval on the
    /// logarithm. Where no other report names the event (c = 0), or none names the pair, ½ is added to each cell.
    /// </summary>
    public static Ratio ProportionalReporting(PairTable table)
    {
        var adjusted = table.A == 0 || table.C == 0;
        var half = adjusted ? 0.5 : 0;
        var (a, b, c, d) = (table.A + half, table.B + half, table.C + half, table.D + half);
        return Around(a / (a + b) / (c / (c + d)), 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d), adjusted);
    }

    /// <summary>
    /// ROR: ad ÷ bc, Wald interval on the logarithm (Woolf). Where a cell is empty, ½ is added to each (Haldane and Anscombe).
    /// </summary>
    public static Ratio ReportingOdds(PairTable table)
    {
        var adjusted = table.A == 0 || table.B == 0 || table.C == 0 || table.D == 0;
        var half = adjusted ? 0.5 : 0;
        var (a, b, c, d) = (table.A + half, table.B + half, table.C + half, table.D + half);
        return Around(a * d / (b * c), 1 / a + 1 / b + 1 / c + 1 / d, adjusted);
    }

    private static Ratio Around(double estimate, double variance, bool adjusted)
    {
        var factor = Math.Exp(Z * Math.Sqrt(Math.Max(variance, 0)));
        return new(estimate, estimate / factor, estimate * factor, adjusted);
    }
}

/// <summary>Other measures of one table, for those who know them. None of them says how risky anything is.</summary>
public static class PairTests
{
    /// <summary>Relative reporting ratio: observed ÷ expected.</summary>
    public static double RelativeReporting(PairTable table) => table.A / table.Expected;

    /// <summary>Yule's Q: (ad − bc) ÷ (ad + bc), from −1 to 1; 0 where both products are nil.</summary>
    public static double YulesQ(PairTable table)
    {
        var (ad, bc) = ((double)table.A * table.D, (double)table.B * table.C);
        return ad + bc > 0 ? (ad - bc) / (ad + bc) : 0;
    }

    /// <summary>Pearson's χ² with one degree of freedom, with Yates' correction taken off or without; 0 where a margin is empty.</summary>
    public static double ChiSquare(PairTable table, bool yates)
    {
        double a = table.A, b = table.B, c = table.C, d = table.D, n = a + b + c + d;
        var margins = (a + b) * (c + d) * (a + c) * (b + d);
        if (margins <= 0) return 0;
        // R takes off no more than the smallest of |observed − expected|, which is the same in all four cells.
        var difference = Math.Abs(a * d - b * c);
        var excess = yates ? difference - Math.Min(n / 2, difference) : difference;
        return n * excess * excess / margins;
    }

    /// <summary>Upper tail of χ² with one degree of freedom.</summary>
    public static double ChiSquareP(double chiSquare) => SpecialFunctions.Erfc(Math.Sqrt(chiSquare / 2));

    /// <summary>Fisher's exact test, both sides: the probability of all tables that are no more likely than this one.</summary>
    public static double FisherP(PairTable table)
    {
        long row = table.A + table.B, column = table.A + table.C, n = row + table.C + table.D;
        var (low, high) = (Math.Max(0, row + column - n), Math.Min(row, column));
        double Log(long k) => Choose(row, k) + Choose(n - row, column - k) - Choose(n, column);
        // R's relative tolerance for ties.
        var limit = Log(table.A) + Math.Log(1 + 1e-7);
        var sum = 0.0;
        for (var k = low; k <= high; k++)
        {
            if (Log(k) is var log && log <= limit) sum += Math.Exp(log);
        }

        return Math.Min(1, sum);
    }

    private static double Choose(long n, long k) => SpecialFunctions.GammaLn(n + 1) - SpecialFunctions.GammaLn(k + 1) - SpecialFunctions.GammaLn(n - k + 1);

    /// <summary>Probability of at least so many reports if they came as a Poisson count with the expected mean.</summary>
    public static double PoissonP(PairTable table) => table.A == 0 ? 1 : SpecialFunctions.GammaLowerRegularized(table.A, table.Expected);
}
