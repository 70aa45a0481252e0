using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace ThinIce.Numbers.Signals;

/// <summary>
/// log₂ of observed over expected, pulled towards 0 when there are few reports, with a 95 % interval. Above 0 means reported together
/// more often than expected, which is not the same as risk.
/// </summary>
/// <param name="Value">The component.</param>
/// <param name="Low">Lower end (IC025).</param>
/// <param name="High">Upper end (IC975).</param>
public readonly record struct InformationComponent(double Value, double Low, double High)
{
    private const double Ln2 = 0.6931471805599453;

    /// <summary>
    /// Norén's shrinkage, log₂((n + ½) ÷ (E + ½)), with the closed interval that goes with it (3.3 and 2 below, 2.4 and ½ above), as in
    /// pharmsignal's obsexp_shrink_signal. This is what the table of scores shows. Never undefined.
    /// </summary>
    public static InformationComponent Shrunk(double observed, double expected)
    {
        var (n, value) = (observed + 0.5, Math.Log2((observed + 0.5) / (expected + 0.5)));
        var root = 1 / Math.Sqrt(n);
        return new(value, value - root * (3.3 + 2 / n), value + root * (2.4 - 0.5 / n));
    }

    /// <summary>The same component with the quantiles of its gamma posterior, which the closed interval stands in for.</summary>
    public static InformationComponent ShrunkExact(double observed, double expected) => new(
        Math.Log2((observed + 0.5) / (expected + 0.5)),
        Math.Log2(Gamma.InvCDF(observed + 0.5, expected + 0.5, 0.025)),
        Math.Log2(Gamma.InvCDF(observed + 0.5, expected + 0.5, 0.975)));

    /// <summary>
    /// The older neural-network form (BCPNN) with a normal interval, as in pharmsignal's bcpnn_norm_signal and pvm's BCPNN: beta priors
    /// on margins and pair, mean and variance of the logarithm by digamma and trigamma.
    /// </summary>
    public static InformationComponent Bcpnn(PairTable table)
    {
        double n = table.Reports, row = 1.0 + table.A + table.B, column = 1.0 + table.A + table.C, pair = 1.0 + table.A;
        var all = n + (2 + n) * (2 + n) / (row * column);
        var value = (SpecialFunctions.DiGamma(pair) - SpecialFunctions.DiGamma(all) - SpecialFunctions.DiGamma(row) - SpecialFunctions.DiGamma(column)
            + 2 * SpecialFunctions.DiGamma(n + 2)) / Ln2;
        var variance = (TriGamma(pair) - TriGamma(all) + TriGamma(row) + TriGamma(column) - 2 * TriGamma(n + 2)) / (Ln2 * Ln2);
        var half = Ratio.Z * Math.Sqrt(variance);
        return new(value, value - half, value + half);
    }

    /// <summary>Second derivative of log Γ; recurrence up to 20, then the asymptotic series (Abramowitz and Stegun 6.4.6, 6.4.12).</summary>
    private static double TriGamma(double x)
    {
        var sum = 0.0;
        for (; x < 20; x++) sum += 1 / (x * x);
        var y = 1 / (x * x);
        return sum + 1 / x + y / 2 + y / x * (1.0 / 6 - y * (1.0 / 30 - y * (1.0 / 42 - y / 30)));
    }
}
