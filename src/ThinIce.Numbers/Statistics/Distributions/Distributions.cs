using MathNet.Numerics.Distributions;

namespace ThinIce.Numbers.Statistics.Distributions;

/// <summary>The standard normal distribution; MathNet's, which is accurate in both tails (tested).</summary>
public static class StandardNormal
{
    /// <summary>P(Z ≤ z).</summary>
    public static double Lower(double z) => Normal.CDF(0, 1, z);

    /// <summary>P(Z > z), exact also for large z.</summary>
    public static double Upper(double z) => Normal.CDF(0, 1, -z);

    /// <summary>The z with P(Z ≤ z) = p.</summary>
    public static double Quantile(double p) => Normal.InvCDF(0, 1, p);

    /// <summary>The probability of a z as far from 0 as this, on either side.</summary>
    public static double TwoSided(double z) => 2 * Upper(Math.Abs(z));
}

/// <summary>Student's t distribution; any positive degrees of freedom.</summary>
public static class StudentDistribution
{
    /// <summary>P(T > t).</summary>
    public static double Upper(double t, double degreesOfFreedom)
    {
        var square = t * t;
        var tail = BetaDistribution.Both(degreesOfFreedom / (degreesOfFreedom + square), square / (degreesOfFreedom + square), degreesOfFreedom / 2, 0.5).Lower / 2;
        return t >= 0 ? tail : 1 - tail;
    }

    /// <summary>The t with P(T > t) = p.</summary>
    public static double UpperQuantile(double p, double degreesOfFreedom)
    {
        if (p > 0.5) return -UpperQuantile(1 - p, degreesOfFreedom);
        var (x, rest) = BetaDistribution.Split(2 * p, degreesOfFreedom / 2, 0.5);
        return Math.Sqrt(degreesOfFreedom * rest / x);
    }

    /// <summary>The probability of a t as far from 0 as this, on either side.</summary>
    public static double TwoSided(double t, double degreesOfFreedom) => 2 * Upper(Math.Abs(t), degreesOfFreedom);
}

/// <summary>The chi-squared distribution.</summary>
public static class ChiSquaredDistribution
{
    /// <summary>P(X > x).</summary>
    public static double Upper(double x, double degreesOfFreedom) => GammaDistribution.Upper(x / 2, degreesOfFreedom / 2);

    /// <summary>The x with P(X > x) = p.</summary>
    public static double UpperQuantile(double p, double degreesOfFreedom) => 2 * GammaDistribution.UpperQuantile(p, degreesOfFreedom / 2);
}

/// <summary>The binomial distribution, by way of the beta distribution.</summary>
public static class BinomialDistribution
{
    /// <summary>P(X = events) among n at probability p.</summary>
    public static double Exactly(long events, long n, double p)
    {
        if (events < 0 || events > n) return 0;
        if (p <= 0) return events == 0 ? 1 : 0;
        if (p >= 1) return events == n ? 1 : 0;
        if (events == 0) return Math.Exp(n * double.LogP1(-p));
        if (events == n) return Math.Exp(n * Math.Log(p));
        double k = events, rest = n - events;
        var log = Deviance.Stirling(n) - Deviance.Stirling(k) - Deviance.Stirling(rest) - Deviance.Of(k, n * p) - Deviance.Of(rest, n * (1 - p));
        return Math.Exp(log) * Math.Sqrt(n / (2 * Math.PI * k * rest));
    }

    /// <summary>P(X ≤ events).</summary>
    public static double AtMost(long events, long n, double p) =>
        events < 0 ? 0 : events >= n ? 1 : BetaDistribution.Upper(p, events + 1, n - events);

    /// <summary>P(X ≥ events).</summary>
    public static double AtLeast(long events, long n, double p) =>
        events <= 0 ? 1 : events > n ? 0 : BetaDistribution.Lower(p, events, n - events + 1);
}

/// <summary>The Poisson distribution, by way of the gamma distribution.</summary>
public static class PoissonDistribution
{
    /// <summary>P(X = events) at a mean.</summary>
    public static double Exactly(long events, double mean) => events < 0 ? 0 : mean <= 0 ? events == 0 ? 1 : 0
        : events == 0 ? Math.Exp(-mean) : Math.Exp(-Deviance.Stirling(events) - Deviance.Of(events, mean)) / Math.Sqrt(2 * Math.PI * events);

    /// <summary>P(X ≤ events).</summary>
    public static double AtMost(long events, double mean) => events < 0 ? 0 : GammaDistribution.Upper(mean, events + 1);

    /// <summary>P(X ≥ events).</summary>
    public static double AtLeast(long events, double mean) => events <= 0 ? 1 : GammaDistribution.Lower(mean, events);
}
