using ThinIce.Numbers.Statistics.Distributions;

namespace ThinIce.Numbers.Statistics.Pooling;

/// <summary>Events and the rest in two groups: the exposed above, the others below.</summary>
/// <param name="A">Events among the exposed.</param>
/// <param name="B">No event among the exposed.</param>
/// <param name="C">Events among the others.</param>
/// <param name="D">No event among the others.</param>
/// <param name="Name">Name of the study.</param>
public sealed record TwoByTwo(long A, long B, long C, long D, string Name = "")
{
    internal double N => (double)A + B + C + D;

    /// <summary>Log of the risk ratio and its variance; ½ is added to all four where one is 0.</summary>
    public Effect LogRiskRatio()
    {
        var (a, b, c, d) = Corrected();
        return new(Name, Math.Log(a / (a + b) / (c / (c + d))), 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d));
    }

    /// <summary>Log of the odds ratio and its variance; ½ is added to all four where one is 0.</summary>
    public Effect LogOddsRatio()
    {
        var (a, b, c, d) = Corrected();
        return new(Name, Math.Log(a * d / (b * c)), 1 / a + 1 / b + 1 / c + 1 / d);
    }

    private (double A, double B, double C, double D) Corrected() => A == 0 || B == 0 || C == 0 || D == 0 ? (A + 0.5, B + 0.5, C + 0.5, D + 0.5) : (A, B, C, D);
}

/// <summary>A combined log ratio.</summary>
/// <param name="Method"><c>mantel-haenszel-rr</c>, <c>mantel-haenszel-or</c> or <c>peto-or</c>.</param>
/// <param name="LogRatio">Log of the ratio.</param>
/// <param name="StandardError">Its standard error.</param>
/// <param name="Low">Low end of the ratio itself.</param>
/// <param name="High">High end of the ratio itself.</param>
public sealed record CombinedRatio(string Method, double LogRatio, double StandardError, double Low, double High)
{
    /// <summary>The ratio.</summary>
    public double Ratio => Math.Exp(LogRatio);
}

/// <summary>Ratios of sparse tables, combined without weights that break down at zero.</summary>
public static class CombinedRatios
{
    /// <summary>Mantel and Haenszel's risk ratio with Greenland and Robins' variance. NaN where no study has an event on one side.</summary>
    public static CombinedRatio MantelHaenszelRiskRatio(IReadOnlyList<TwoByTwo> tables, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(tables);
        double r = 0, s = 0, p = 0;
        foreach (var t in tables)
        {
            double n1 = t.A + t.B, n2 = t.C + t.D;
            r += t.A * n2 / t.N;
            s += t.C * n1 / t.N;
            p += (n1 * n2 * (t.A + t.C) - (double)t.A * t.C * t.N) / (t.N * t.N);
        }

        return Make("mantel-haenszel-rr", Math.Log(r / s), Math.Sqrt(p / (r * s)), level);
    }

    /// <summary>Mantel and Haenszel's odds ratio with Robins, Breslow and Greenland's variance.</summary>
    public static CombinedRatio MantelHaenszelOddsRatio(IReadOnlyList<TwoByTwo> tables, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(tables);
        double r = 0, s = 0, pr = 0, mixed = 0, qs = 0;
        foreach (var t in tables)
        {
            double ri = (double)t.A * t.D / t.N, si = (double)t.B * t.C / t.N, p = (t.A + t.D) / t.N, q = (t.B + t.C) / t.N;
            (r, s) = (r + ri, s + si);
            (pr, mixed, qs) = (pr + p * ri, mixed + p * si + q * ri, qs + q * si);
        }

        return Make("mantel-haenszel-or", Math.Log(r / s), Math.Sqrt((pr / (r * r) + mixed / (r * s) + qs / (s * s)) / 2), level);
    }

    /// <summary>Peto's one-step odds ratio. Good for rare events and groups of like size; biased otherwise.</summary>
    public static CombinedRatio PetoOddsRatio(IReadOnlyList<TwoByTwo> tables, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(tables);
        double excess = 0, variance = 0;
        foreach (var t in tables)
        {
            double n1 = t.A + t.B, n2 = t.C + t.D, x = t.A + t.C;
            excess += t.A - n1 * x / t.N;
            variance += x * (n1 / t.N) * (n2 / t.N) * ((t.N - x) / (t.N - 1));
        }

        return Make("peto-or", excess / variance, 1 / Math.Sqrt(variance), level);
    }

    private static CombinedRatio Make(string method, double log, double error, double level)
    {
        var z = -StandardNormal.Quantile(Proportions.Interval.Tail(level, Proportions.Sides.Both));
        return new(method, log, error, Math.Exp(log - z * error), Math.Exp(log + z * error));
    }
}
