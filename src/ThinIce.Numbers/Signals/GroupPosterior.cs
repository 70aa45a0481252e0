using MathNet.Numerics;

namespace ThinIce.Numbers.Signals;

/// <summary>
/// The posterior of all pairs of one observed number: what depends on that number alone is worked out once, and where there are many such
/// pairs the quantiles, smooth in the logarithm of the expectation, are read from a curve. <see cref="GammaPoissonPosterior"/> is the
/// plain way to the same figures.
/// </summary>
internal sealed class GroupPosterior
{
    /// <summary>From so many pairs of one observed number on a curve is worth making.</summary>
    private const int WorthACurve = 150;
    private const double Z05 = -1.6448536269514722;
    private readonly GammaPoissonPrior prior;
    private readonly int n;
    private readonly GammaShape first, second;
    private readonly double constant1, constant2, digamma1, digamma2;
    private readonly SmoothCurve? low, high;

    public GroupPosterior(GammaPoissonPrior prior, int n, int pairs, double smallest, double largest)
    {
        (this.prior, this.n, first, second) = (prior, n, new(prior.Alpha1 + n), new(prior.Alpha2 + n));
        constant1 = Math.Log(prior.P) + SpecialFunctions.GammaLn(prior.Alpha1 + n) - SpecialFunctions.GammaLn(prior.Alpha1) + prior.Alpha1 * Math.Log(prior.Beta1);
        constant2 = Math.Log(1 - prior.P) + SpecialFunctions.GammaLn(prior.Alpha2 + n) - SpecialFunctions.GammaLn(prior.Alpha2) + prior.Alpha2 * Math.Log(prior.Beta2);
        (digamma1, digamma2) = (SpecialFunctions.DiGamma(prior.Alpha1 + n), SpecialFunctions.DiGamma(prior.Alpha2 + n));
        if (pairs < WorthACurve) return;
        low = SmoothCurve.Of(x => Math.Log(Quantile(0.05, Z05, Math.Exp(x))), Math.Log(smallest), Math.Log(largest));
        high = SmoothCurve.Of(x => Math.Log(Quantile(0.95, -Z05, Math.Exp(x))), Math.Log(smallest), Math.Log(largest));
    }

    /// <summary>EBGM, EB05 and EB95 at an expectation.</summary>
    public (double Ebgm, double Eb05, double Eb95) At(double expected)
    {
        var (log1, log2) = (Math.Log(expected + prior.Beta1), Math.Log(expected + prior.Beta2));
        var weight = Weight(log1, log2);
        var ebgm = Math.Exp(weight * (digamma1 - log1) + (1 - weight) * (digamma2 - log2));
        if (low is null || high is null) return (ebgm, Quantile(0.05, Z05, expected), Quantile(0.95, -Z05, expected));
        var x = Math.Log(expected);
        return (ebgm, Math.Exp(low.At(x)), Math.Exp(high.At(x)));
    }

    private double Weight(double log1, double log2) => 1 / (1 + Math.Exp(constant2 - (prior.Alpha2 + n) * log2 - constant1 + (prior.Alpha1 + n) * log1));

    /// <summary>Newton's method on the logarithm, kept between the nearest values known to be too small and too large.</summary>
    private double Quantile(double p, double z, double expected)
    {
        var (rate1, rate2) = (expected + prior.Beta1, expected + prior.Beta2);
        var weight = Weight(Math.Log(rate1), Math.Log(rate2));
        var (guess1, guess2) = (first.Guess(p, z) / rate1, second.Guess(p, z) / rate2);
        var x = weight > 0.5 ? guess1 : guess2;
        var (low, high) = (0.0, double.PositiveInfinity);
        for (var i = 0; i < 200; i++)
        {
            var (below, slope) = Mixture(x, weight, rate1, rate2);
            if (below > p) high = x;
            else low = x;
            var step = slope > 0 ? Math.Clamp((p - below) / slope, -3, 3) : 0;
            var next = x * Math.Exp(step);
            if (!(next > low && next < high) || step == 0) next = Between(low, high);
            if (Math.Abs(next - x) <= 1e-7 * x) return next;
            x = next;
        }

        return x;
    }

    private static double Between(double low, double high) => low == 0 ? high / 8 : double.IsInfinity(high) ? low * 8 : Math.Sqrt(low * high);

    private (double Below, double DensityTimesX) Mixture(double x, double weight, double rate1, double rate2)
    {
        // A part of weight 10⁻¹⁶ is beneath the last digit of the other.
        var (below1, density1) = weight > 1e-16 ? first.At(rate1 * x) : default;
        var (below2, density2) = weight < 1 - 1e-16 ? second.At(rate2 * x) : default;
        return (weight * below1 + (1 - weight) * below2, weight * density1 + (1 - weight) * density2);
    }
}
