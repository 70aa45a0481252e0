namespace ThinIce.Numbers.Statistics.Distributions;

/// <summary>
/// The gamma distribution of rate 1, accurate in both tails: the exact Poisson intervals are its quantiles. MathNet 5.0.0 loses the
/// lower tail of small shapes (tested), so it is done here: series and continued fraction (DLMF 8.7, 8.9), quantiles on the log.
/// </summary>
public static class GammaDistribution
{
    /// <summary>P(X ≤ x) for a positive shape.</summary>
    public static double Lower(double x, double shape) => Both(x, shape).Lower;

    /// <summary>P(X > x) for a positive shape.</summary>
    public static double Upper(double x, double shape) => Both(x, shape).Upper;

    /// <summary>The x with P(X ≤ x) = p; infinite at 1.</summary>
    public static double Quantile(double p, double shape)
    {
        if (double.IsNaN(p) || p < 0 || p > 1) throw new ArgumentOutOfRangeException(nameof(p), "A probability is from 0 to 1.");
        if (p == 0) return 0;
        return p == 1 ? double.PositiveInfinity : p > 0.5 ? UpperQuantile(1 - p, shape) : Math.Exp(Solve(Math.Log(p), shape, lower: true));
    }

    /// <summary>The x with P(X > x) = p, exact also for small p.</summary>
    public static double UpperQuantile(double p, double shape) =>
        p is 0 ? double.PositiveInfinity : p > 0.5 ? Quantile(1 - p, shape) : Math.Exp(Solve(Math.Log(p), shape, lower: false));

    private static (double Lower, double Upper) Both(double x, double shape)
    {
        if (x <= 0) return (0, 1);
        if (double.IsPositiveInfinity(x)) return (1, 0);
        var front = Math.Exp(-Deviance.Stirling(shape) - Deviance.Of(shape, x)) / Math.Sqrt(2 * Math.PI * shape);
        if (x < shape + 1)
        {
            var lower = front * Series(x, shape);
            return (lower, 1 - lower);
        }

        var upper = shape * front * Fraction(x, shape);
        return (1 - upper, upper);
    }

    private static double Series(double x, double shape)
    {
        double sum = 1, term = 1;
        for (var n = 1; n < 200_000; n++)
        {
            term *= x / (shape + n);
            sum += term;
            if (term < sum * 1e-17) break;
        }

        return sum;
    }

    private static double Fraction(double x, double shape)
    {
        const double tiny = 1e-300;
        double b = x + 1 - shape, c = 1 / tiny, d = 1 / b, h = d;
        for (var i = 1; i < 200_000; i++)
        {
            var an = -i * (i - shape);
            b += 2;
            d = an * d + b;
            d = 1 / (d == 0 ? tiny : d);
            c = b + an / c;
            if (c == 0) c = tiny;
            h *= d * c;
            if (Math.Abs(d * c - 1) < 1e-16) break;
        }

        return h;
    }

    private static double Solve(double target, double shape, bool lower)
    {
        double low = -745, high = 709;
        var t = Math.Log(shape);
        for (var i = 0; i < 200; i++)
        {
            var x = Math.Exp(t);
            var both = Both(x, shape);
            var tail = lower ? both.Lower : both.Upper;
            var off = Math.Log(tail) - target;
            if (off > 0 == lower) high = t;
            else low = t;
            var density = shape * Math.Exp(-Deviance.Stirling(shape) - Deviance.Of(shape, x)) / Math.Sqrt(2 * Math.PI * shape);
            var next = t - (lower ? off : -off) * tail / density;
            if (!(next > low && next < high)) next = (low + high) / 2;
            if (Math.Abs(next - t) <= 4e-16 * (1 + Math.Abs(t)) || high - low < 1e-15) return next;
            t = next;
        }

        return t;
    }
}
