using MathNet.Numerics;

namespace ThinIce.Numbers.Signals;

/// <summary>
/// The five hyper-parameters of DuMouchel's gamma–Poisson shrinker: how the ratios of observed to expected counts spread over all
/// pairs, as a mixture of two gamma distributions. It describes the whole table, not any one pair.
/// </summary>
/// <param name="Alpha1">Shape of the first gamma, above 0.</param>
/// <param name="Beta1">Rate of the first gamma, above 0.</param>
/// <param name="Alpha2">Shape of the second gamma, above 0.</param>
/// <param name="Beta2">Rate of the second gamma, above 0.</param>
/// <param name="P">Share of the first gamma, between 0 and 1.</param>
public sealed record GammaPoissonPrior(double Alpha1, double Beta1, double Alpha2, double Beta2, double P)
{
    /// <summary>The same prior with the gamma of the larger mean first, so that two fits can be compared.</summary>
    public GammaPoissonPrior Ordered() => Alpha1 / Beta1 >= Alpha2 / Beta2 ? this : new(Alpha2, Beta2, Alpha1, Beta1, 1 - P);

    /// <summary>In the contract's order: alpha1, beta1, alpha2, beta2, p.</summary>
    public double[] ToArray() => [Alpha1, Beta1, Alpha2, Beta2, P];

    /// <summary>The posterior for one pair.</summary>
    /// <param name="n">Observed reports, 0 or more.</param>
    /// <param name="expected">Expected reports, above 0.</param>
    public GammaPoissonPosterior Posterior(double n, double expected) => new(this, n, expected);

    /// <summary>Logarithm of the negative binomial probability of <paramref name="n"/> under one gamma.</summary>
    internal static double LogNegativeBinomial(double n, double expected, double alpha, double beta) =>
        SpecialFunctions.GammaLn(alpha + n) - SpecialFunctions.GammaLn(alpha) - SpecialFunctions.GammaLn(n + 1)
        + n * Math.Log(expected / (expected + beta)) + alpha * Math.Log(beta / (expected + beta));
}

/// <summary>What is believed of one pair's ratio of observed to expected after seeing its count: a mixture of two gammas.</summary>
public readonly struct GammaPoissonPosterior
{
    private readonly double shape1, rate1, shape2, rate2;

    internal GammaPoissonPosterior(GammaPoissonPrior prior, double n, double expected)
    {
        (shape1, rate1, shape2, rate2) = (prior.Alpha1 + n, prior.Beta1 + expected, prior.Alpha2 + n, prior.Beta2 + expected);
        var first = Math.Log(prior.P) + GammaPoissonPrior.LogNegativeBinomial(n, expected, prior.Alpha1, prior.Beta1);
        var second = Math.Log(1 - prior.P) + GammaPoissonPrior.LogNegativeBinomial(n, expected, prior.Alpha2, prior.Beta2);
        Weight = 1 / (1 + Math.Exp(second - first));
    }

    /// <summary>Probability that the pair belongs to the first gamma.</summary>
    public double Weight { get; }

    /// <summary>EBGM: the exponential of the mean logarithm. Not the crude ratio that some papers print under this name.</summary>
    public double GeometricMean => Math.Exp(
        Weight * (SpecialFunctions.DiGamma(shape1) - Math.Log(rate1)) + (1 - Weight) * (SpecialFunctions.DiGamma(shape2) - Math.Log(rate2)));

    /// <summary>Probability that the ratio is at most <paramref name="x"/>.</summary>
    public double Cdf(double x) => x <= 0 ? 0
        : (Weight > 0 ? Weight * SpecialFunctions.GammaLowerRegularized(shape1, rate1 * x) : 0)
        + (Weight < 1 ? (1 - Weight) * SpecialFunctions.GammaLowerRegularized(shape2, rate2 * x) : 0);

    private double Density(double x) =>
        Weight * Density(x, shape1, rate1) + (1 - Weight) * Density(x, shape2, rate2);

    private static double Density(double x, double shape, double rate) =>
        Math.Exp(shape * Math.Log(rate) + (shape - 1) * Math.Log(x) - rate * x - SpecialFunctions.GammaLn(shape));

    /// <summary>The value that the ratio is below with probability <paramref name="p"/>, to about twelve digits.</summary>
    /// <param name="p">Between 0 and 1, both excluded: 0.05 gives EB05.</param>
    public double Quantile(double p)
    {
        var (low, high) = Bracket(p);
        var x = Math.Sqrt(low * high);
        for (var i = 0; i < 200; i++)
        {
            var excess = Cdf(x) - p;
            if (excess > 0) high = x;
            else low = x;
            // Newton on the logarithm, kept inside the bracket: the mixture can be flat between its two parts.
            var slope = Density(x) * x;
            var next = slope > 0 ? x * Math.Exp(Math.Clamp(-excess / slope, -2, 2)) : double.NaN;
            if (!(next > low && next < high)) next = Math.Sqrt(low * high);
            if (Math.Abs(next - x) <= 1e-13 * x || high / low < 1 + 1e-13) return next;
            x = next;
        }

        return x;
    }

    private (double Low, double High) Bracket(double p)
    {
        var (first, second) = (shape1 / rate1, shape2 / rate2);
        var (low, high) = (Math.Min(first, second), Math.Max(first, second));
        while (Cdf(low) > p) low /= 4;
        while (Cdf(high) < p) high *= 4;
        return (low, high);
    }
}
