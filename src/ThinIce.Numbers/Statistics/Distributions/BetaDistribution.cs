namespace ThinIce.Numbers.Statistics.Distributions;

/// <summary>
/// The beta distribution, accurate in both tails: the exact binomial intervals are its quantiles. MathNet 5.0.0 finds the quantile
/// to an absolute 1e-8 only, and 0 where it is tiny (tested), so it is done here: probabilities by the continued fraction of the
/// incomplete beta function with Loader's prefactor, quantiles by Newton's method on the log-odds.
/// </summary>
public static class BetaDistribution
{
    /// <summary>P(X ≤ x), relative error about 1e-13. a and b are positive; x from 0 to 1.</summary>
    public static double Lower(double x, double a, double b) => Both(x, 1 - x, a, b).Lower;

    /// <summary>P(X > x), relative error about 1e-13. a and b are positive; x from 0 to 1.</summary>
    public static double Upper(double x, double a, double b) => Both(x, 1 - x, a, b).Upper;

    /// <summary>The x with P(X ≤ x) = p; 0 where it is smaller than the smallest double. p from 0 to 1.</summary>
    public static double Quantile(double p, double a, double b) => Split(p, a, b).X;

    /// <summary>The x with P(X > x) = p, exact also for small p.</summary>
    public static double UpperQuantile(double p, double a, double b) => Split(p, b, a).Above;

    /// <summary>Quantile and one less it, both accurate.</summary>
    internal static (double X, double Above) Split(double p, double a, double b)
    {
        if (double.IsNaN(p) || p < 0 || p > 1) throw new ArgumentOutOfRangeException(nameof(p), "A probability is from 0 to 1.");
        if (p == 0) return (0, 1);
        if (p == 1) return (1, 0);
        if (p > 0.5)
        {
            var (rest, x) = Split(1 - p, b, a);
            return (x, rest);
        }

        return Odds(Solve(Math.Log(p), a, b));
    }

    internal static (double Lower, double Upper) Both(double x, double rest, double a, double b)
    {
        if (x <= 0) return (0, 1);
        if (rest <= 0) return (1, 0);
        if (x <= (a + 1) / (a + b + 2))
        {
            var lower = Prefactor(x, rest, a, b) / a / Fraction(x, a, b);
            return (lower, 1 - lower);
        }

        var upper = Prefactor(x, rest, a, b) / b / Fraction(rest, b, a);
        return (1 - upper, upper);
    }

    private static (double X, double Above) Odds(double t)
    {
        var e = Math.Exp(-Math.Abs(t));
        return t < 0 ? (e / (1 + e), 1 / (1 + e)) : (1 / (1 + e), e / (1 + e));
    }

    /// <summary>The log-odds at which the log of the lower tail is the target; steps that leave the bracket are halved.</summary>
    private static double Solve(double target, double a, double b)
    {
        double low = -745, high = 745;
        var t = Math.Clamp(Math.Log(a / b), low, high);
        for (var i = 0; i < 200; i++)
        {
            var (x, rest) = Odds(t);
            var tail = Both(x, rest, a, b).Lower;
            var off = Math.Log(tail) - target;
            if (off > 0) high = t;
            else low = t;
            var next = t - off * tail / Prefactor(x, rest, a, b);
            if (!(next > low && next < high)) next = (low + high) / 2;
            if (Math.Abs(next - t) <= 4e-16 * (1 + Math.Abs(t)) || high - low < 1e-15) return next;
            t = next;
        }

        return t;
    }

    /// <summary>x^a (1−x)^b / B(a, b).</summary>
    private static double Prefactor(double x, double rest, double a, double b)
    {
        var n = a + b;
        var log = Deviance.Stirling(n) - Deviance.Stirling(a) - Deviance.Stirling(b) - Deviance.Of(a, n * x) - Deviance.Of(b, n * rest);
        return Math.Exp(log) * Math.Sqrt(a / n * b / (2 * Math.PI));
    }

    /// <summary>Denominator of the continued fraction (DLMF 8.17.22), by Lentz's method.</summary>
    private static double Fraction(double x, double a, double b)
    {
        const double tiny = 1e-300;
        double f = 1, c = 1, d = 0;
        for (var i = 1; i < 200_000; i++)
        {
            var m = i / 2;
            var term = i % 2 == 0 ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)) : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 + term * d;
            d = 1 / (d == 0 ? tiny : d);
            c = 1 + term / c;
            if (c == 0) c = tiny;
            f *= c * d;
            if (Math.Abs(c * d - 1) < 1e-16) return f;
        }

        return f;
    }
}
