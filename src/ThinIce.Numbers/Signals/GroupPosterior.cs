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
    private const int WorthACurve = 400;
    private readonly GammaPoissonPrior prior;
    private readonly int n;
    private readonly double constant1, constant2, digamma1, digamma2;
    private readonly SmoothCurve? low, high;

    public GroupPosterior(GammaPoissonPrior prior, int n, int pairs, double smallest, double largest)
    {
        (this.prior, this.n) = (prior, n);
        constant1 = Math.Log(prior.P) + SpecialFunctions.GammaLn(prior.Alpha1 + n) - SpecialFunctions.GammaLn(prior.Alpha1) + prior.Alpha1 * Math.Log(prior.Beta1);
        constant2 = Math.Log(1 - prior.P) + SpecialFunctions.GammaLn(prior.Alpha2 + n) - SpecialFunctions.GammaLn(prior.Alpha2) + prior.Alpha2 * Math.Log(prior.Beta2);
        (digamma1, digamma2) = (SpecialFunctions.DiGamma(prior.Alpha1 + n), SpecialFunctions.DiGamma(prior.Alpha2 + n));
        if (pairs < WorthACurve) return;
        low = SmoothCurve.Of(x => Math.Log(prior.Posterior(n, Math.Exp(x)).Quantile(0.05)), Math.Log(smallest), Math.Log(largest));
        high = SmoothCurve.Of(x => Math.Log(prior.Posterior(n, Math.Exp(x)).Quantile(0.95)), Math.Log(smallest), Math.Log(largest));
    }

    /// <summary>EBGM, EB05 and EB95 at an expectation.</summary>
    public (double Ebgm, double Eb05, double Eb95) At(double expected)
    {
        var (log1, log2) = (Math.Log(expected + prior.Beta1), Math.Log(expected + prior.Beta2));
        var odds = constant2 - (prior.Alpha2 + n) * log2 - constant1 + (prior.Alpha1 + n) * log1;
        var weight = 1 / (1 + Math.Exp(odds));
        var ebgm = Math.Exp(weight * (digamma1 - log1) + (1 - weight) * (digamma2 - log2));
        if (low is not null && high is not null)
        {
            var x = Math.Log(expected);
            return (ebgm, Math.Exp(low.At(x)), Math.Exp(high.At(x)));
        }

        var posterior = prior.Posterior(n, expected);
        return (ebgm, posterior.Quantile(0.05), posterior.Quantile(0.95));
    }
}
