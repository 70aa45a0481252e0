using System.Collections.Immutable;

namespace ThinIce.Numbers.Signals;

/// <summary>How fitting the hyper-parameters ended.</summary>
public enum FitEnding
{
    /// <summary>At a maximum: the slope is nil and the surface bends down in every direction.</summary>
    Converged,

    /// <summary>The likelihood keeps rising while a parameter runs to the edge of what it may be; there is no maximum inside.</summary>
    RanToTheEdge,

    /// <summary>It stopped where the surface does not bend down in every direction, or out of steps.</summary>
    NoMaximumFound,

    /// <summary>Too few pairs to fit five numbers.</summary>
    TooFewPairs,

    /// <summary>The prior was given, not fitted.</summary>
    Given,
}

/// <summary>One place where the search for hyper-parameters ended.</summary>
/// <param name="Prior">The prior, the gamma with the larger mean first.</param>
/// <param name="LogLikelihood">Logarithm of the likelihood there, over all cells.</param>
/// <param name="Ending">How the search ended.</param>
public sealed record FittedPrior(GammaPoissonPrior Prior, double LogLikelihood, FitEnding Ending);

/// <summary>The hyper-parameters that the scores use, with an honest account of whether and of what they are a maximum.</summary>
/// <param name="Used">The prior used.</param>
/// <param name="Squashed">Whether it is the maximum for squashed counts. Its log-likelihood is over all cells either way.</param>
/// <param name="Exact">The maximum over all cells as they are, where <paramref name="Used"/> is that of squashed counts; else null.</param>
/// <param name="Others">Other maxima over the same cells that other starts led to, the likeliest first. The surface may have several.</param>
public sealed record GammaPoissonFit(FittedPrior Used, bool Squashed, FittedPrior? Exact, ImmutableArray<FittedPrior> Others)
{
    /// <summary>Whether the prior may be scored with: a maximum, or given.</summary>
    public bool Converged => Used.Ending is FitEnding.Converged or FitEnding.Given;
}
