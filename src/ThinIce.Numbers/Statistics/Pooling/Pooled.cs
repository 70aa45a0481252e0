using ThinIce.Numbers.Statistics.Proportions;

namespace ThinIce.Numbers.Statistics.Pooling;

/// <summary>What a pooled figure rests on.</summary>
public enum PoolBasis
{
    /// <summary>Two or more studies were pooled by the method named.</summary>
    Pooled,

    /// <summary>One study only: its own figure and exact interval; heterogeneity cannot be seen.</summary>
    OneStudy,

    /// <summary>No study has an event: 0 with the exact upper bound of all studies taken together. A bound, not a rate.</summary>
    NoEvents,

    /// <summary>In every study everybody had the event: 1 with the exact lower bound of all taken together.</summary>
    OnlyEvents,
}

/// <summary>A pooled figure on the scale of pooling.</summary>
/// <param name="Method">The estimator of τ².</param>
/// <param name="K">Number of effects.</param>
/// <param name="Estimate">Pooled effect.</param>
/// <param name="StandardError">Its standard error (Hartung and Knapp's where asked for).</param>
/// <param name="Low">Low end of its interval.</param>
/// <param name="High">High end.</param>
/// <param name="PredictionLow">Low end of where a new study's true effect is expected; NaN for the fixed method.</param>
/// <param name="PredictionHigh">High end.</param>
/// <param name="Tau">τ².</param>
/// <param name="I2">Share of the variance that lies between studies, per cent; NaN where there is one effect.</param>
/// <param name="H2">Total over sampling variance.</param>
/// <param name="Q">Cochran's Q (for <c>glmm</c> the likelihood-ratio statistic against a saturated model).</param>
/// <param name="QP">Its P value, on K − 1 degrees of freedom.</param>
/// <param name="KnappHartung">Whether Hartung and Knapp's interval (t, K − 1 degrees) was used.</param>
/// <param name="Level">Confidence.</param>
public sealed record PooledEffect(
    PoolMethod Method, int K, double Estimate, double StandardError, double Low, double High, double PredictionLow, double PredictionHigh, TauSquared Tau, double I2, double H2, double Q, double QP,
    bool KnappHartung, double Level)
{
    /// <summary>Log-likelihood, for <c>glmm</c> only; with all constants, as lme4 gives it.</summary>
    public double LogLikelihood { get; init; } = double.NaN;

    /// <summary>Wald's statistic of heterogeneity, for <c>glmm</c> only.</summary>
    public double QWald { get; init; } = double.NaN;
}

/// <summary>One study in a result, on its natural scale.</summary>
/// <param name="Study">The counts.</param>
/// <param name="Effect">On the scale of pooling.</param>
/// <param name="Interval">Its own exact interval: Clopper and Pearson's, or Garwood's for a rate.</param>
/// <param name="Weight">Share of the pooled figure, per cent; NaN where the method has no weights (<c>glmm</c>).</param>
public sealed record PooledStudy(Study Study, Effect Effect, Interval Interval, double Weight)
{
    /// <summary>Events by people, visits or time.</summary>
    public double Estimate => Study.Events / Study.N;
}

/// <summary>A pooled proportion or rate, on its natural scale.</summary>
/// <param name="Scale">The scale it was pooled on.</param>
/// <param name="Basis">What the figure rests on: read it before the figure.</param>
/// <param name="Estimate">Proportion, or events per unit of time.</param>
/// <param name="Low">Low end.</param>
/// <param name="High">High end.</param>
/// <param name="PredictionLow">Low end of where a new setting's true figure is expected; NaN where not defined.</param>
/// <param name="PredictionHigh">High end.</param>
/// <param name="OnScale">The same on the scale of pooling; null unless studies were pooled.</param>
/// <param name="Tau2Low">Low end of τ² by the Q profile; NaN where not defined.</param>
/// <param name="Tau2High">High end.</param>
/// <param name="HarmonicMean">Harmonic mean of the sizes, with which the double arcsine was turned back.</param>
/// <param name="Studies">The studies, in their order.</param>
/// <param name="Label">Scale, method and interval in words, to stand beside the figure wherever it is shown.</param>
public sealed record PooledFigure(
    PoolScale Scale, PoolBasis Basis, double Estimate, double Low, double High, double PredictionLow, double PredictionHigh, PooledEffect? OnScale, double Tau2Low, double Tau2High, double HarmonicMean,
    IReadOnlyList<PooledStudy> Studies, string Label);
