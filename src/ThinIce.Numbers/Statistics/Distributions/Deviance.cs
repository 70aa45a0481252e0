namespace ThinIce.Numbers.Statistics.Distributions;

/// <summary>
/// The pieces of Loader's saddle-point form of the binomial and Poisson probabilities (C. Loader, "Fast and accurate computation of
/// binomial probabilities", 2000), which do not cancel where differences of log-gammas do.
/// </summary>
internal static class Deviance
{
    private const double HalfLogTwoPi = 0.918938533204672742;

    /// <summary>log(z!) less Stirling's formula, for z > 0.</summary>
    public static double Stirling(double z)
    {
        if (z < 15) return MathNet.Numerics.SpecialFunctions.GammaLn(z + 1) - (z + 0.5) * Math.Log(z) + z - HalfLogTwoPi;
        var s = z * z;
        return (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - (1 / 1680.0 - 1 / 1188.0 / s) / s) / s) / s) / z;
    }

    /// <summary>x·log(x/m) + m − x, exact also where x is near m.</summary>
    public static double Of(double x, double m)
    {
        var difference = x - m;
        if (Math.Abs(difference) >= 0.1 * (x + m)) return x * Math.Log(x / m) + m - x;
        var v = difference / (x + m);
        var (sum, term) = (difference * v, 2 * x * v);
        for (var j = 1; j < 1000; j++)
        {
            term *= v * v;
            var next = sum + term / (2 * j + 1);
            if (next == sum) return next;
            sum = next;
        }

        return sum;
    }
}
