using MathNet.Numerics;

namespace ThinIce.Numbers.Signals;

/// <summary>For ascending n: log of Γ(a + n) ÷ (Γ(a) n!), and ψ(a + n) − ψ(a), each made from the one before where the gap is short.</summary>
internal sealed class RisingLogs
{
    private const int LongestGap = 40;

    private RisingLogs(int groups) => (Value, Slope) = (new double[groups], new double[groups]);

    public double[] Value { get; }

    public double[] Slope { get; }

    public static RisingLogs Of(int[] counts, double a)
    {
        var logs = new RisingLogs(counts.Length);
        var (at, value, slope) = (0, 0.0, 0.0);
        for (var g = 0; g < counts.Length; g++)
        {
            var n = counts[g];
            if (n - at > LongestGap)
            {
                value = SpecialFunctions.GammaLn(a + n) - SpecialFunctions.GammaLn(a) - SpecialFunctions.GammaLn(n + 1.0);
                slope = SpecialFunctions.DiGamma(a + n) - SpecialFunctions.DiGamma(a);
                at = n;
            }

            var product = 1.0;
            for (; at < n; at++)
            {
                product *= (a + at) / (at + 1.0);
                slope += 1 / (a + at);
            }

            if (product != 1) value += Math.Log(product);
            (logs.Value[g], logs.Slope[g]) = (value, slope);
        }

        return logs;
    }
}
