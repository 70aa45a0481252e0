using ThinIce.Numbers.Statistics.Distributions;
using ThinIce.Numbers.Statistics.Proportions;

namespace ThinIce.Numbers.Statistics.Pooling;

/// <summary>
/// One figure out of several studies. Peers differ in conventions; these are metafor's (docs/explanation/statistical-methods.md):
/// normal intervals unless Hartung and Knapp's is asked for, prediction by estimate ± z·√(SE² + τ²), I² from τ² and the typical variance.
/// </summary>
public static class Pool
{
    /// <summary>Pools effects that are already on a scale.</summary>
    /// <param name="effects">At least two; variances positive.</param>
    /// <param name="method">Any but <see cref="PoolMethod.Glmm"/>, which needs counts.</param>
    /// <param name="knappHartung">Hartung and Knapp's standard error with t on K − 1 degrees; not cut off at the ordinary one.</param>
    /// <param name="level">Confidence.</param>
    public static PooledEffect Effects(IReadOnlyList<Effect> effects, PoolMethod method, bool knappHartung = false, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(effects);
        ArgumentOutOfRangeException.ThrowIfLessThan(effects.Count, 2);
        if (method == PoolMethod.Glmm) throw new ArgumentException("The GLMM needs the counts of the studies.", nameof(method));
        var (y, v) = (effects.Select(e => e.Y).ToArray(), effects.Select(e => e.V).ToArray());
        if (v.Any(one => !(one > 0) || double.IsInfinity(one)) || y.Any(one => !double.IsFinite(one))) throw new ArgumentException("Effects are finite and their variances positive.", nameof(effects));
        return FromModel(new(y, v), y, v, method, knappHartung, level);
    }

    private static PooledEffect FromModel(LinearModel model, double[] y, double[] v, PoolMethod method, bool knappHartung, double level)
    {
        var tail = Interval.Tail(level, Sides.Both);
        var (tau, atZero, df) = (Heterogeneity.Estimate(model, y, v, method), model.At(0), model.K - 1);
        var fit = model.At(tau.Tau2);
        var variance = fit.InterceptVariance * (knappHartung ? fit.Rss / df : 1);
        var (error, quantile) = (Math.Sqrt(variance), knappHartung ? StudentDistribution.UpperQuantile(tail, df) : -StandardNormal.Quantile(tail));
        var spread = method == PoolMethod.Fixed ? double.NaN : quantile * Math.Sqrt(variance + tau.Tau2);
        var (i2, h2) = method == PoolMethod.Fixed ? FromQ(atZero.Rss, df) : FromTau(tau.Tau2, df / atZero.TraceP);
        return new(method, model.K, fit.Intercept, error, fit.Intercept - quantile * error, fit.Intercept + quantile * error, fit.Intercept - spread, fit.Intercept + spread,
            tau, i2, h2, atZero.Rss, ChiSquaredDistribution.Upper(atZero.Rss, df), knappHartung, level);
    }

    private static (double I2, double H2) FromQ(double q, int df) => (q == 0 ? 0 : Math.Max(0, 100 * (q - df) / q), q / df);

    internal static (double I2, double H2) FromTau(double tau2, double typical) => (100 * tau2 / (typical + tau2), tau2 / typical + 1);

    /// <summary>Pools counts of people or visits, or events over time (scale <c>log-rate</c>, where N is time).</summary>
    /// <param name="studies">At least one study with events from 0 to N (a rate may have more events than time).</param>
    /// <param name="scale">The scale; <see cref="PoolMethod.Glmm"/> takes logit and log-rate only.</param>
    /// <param name="method">The estimator.</param>
    /// <param name="knappHartung">Hartung and Knapp's interval; not defined for <see cref="PoolMethod.Glmm"/>.</param>
    /// <param name="level">Confidence.</param>
    /// <returns>The figure; with one study, or with no event anywhere, a defined figure whose <see cref="PooledFigure.Basis"/> says what it is.</returns>
    public static PooledFigure Studies(IReadOnlyList<Study> studies, PoolScale scale, PoolMethod method, bool knappHartung = false, double level = 0.95)
    {
        Check(studies, scale, method, knappHartung);
        if (studies.Count == 1 || studies.All(s => s.Events == 0) || scale != PoolScale.LogRate && studies.All(s => s.Events == s.N)) return Alone(studies, scale, method, level);
        var effects = studies.Select(s => Scales.Effect(s, scale)).ToList();
        var pooled = method == PoolMethod.Glmm ? CountModel.Fit(studies, effects, scale, level) : Effects(effects, method, knappHartung, level);
        var harmonic = studies.Count / studies.Sum(s => 1 / s.N);
        double Back(double value) => double.IsNaN(value) ? value : Scales.Back(value, scale, harmonic);
        var profile = method is PoolMethod.Glmm or PoolMethod.Fixed ? (double.NaN, double.NaN)
            : Heterogeneity.Profile(new([.. effects.Select(e => e.Y)], [.. effects.Select(e => e.V)]), level);
        var weights = Weights(effects, pooled);
        var rows = studies.Select((s, i) => new PooledStudy(s, effects[i], Own(s, scale, level), weights[i])).ToList();
        return new(scale, PoolBasis.Pooled, Back(pooled.Estimate), Back(pooled.Low), Back(pooled.High), Back(pooled.PredictionLow), Back(pooled.PredictionHigh), pooled, profile.Item1, profile.Item2, harmonic,
            rows, Label(scale, method, knappHartung, studies.Count, level));
    }

    private static void Check(IReadOnlyList<Study> studies, PoolScale scale, PoolMethod method, bool knappHartung)
    {
        ArgumentNullException.ThrowIfNull(studies);
        ArgumentOutOfRangeException.ThrowIfLessThan(studies.Count, 1);
        if (studies.Any(s => s.Events < 0 || !(s.N > 0) || double.IsInfinity(s.N))) throw new ArgumentException("Events are at least 0, and people, visits or time positive.", nameof(studies));
        if (scale != PoolScale.LogRate && studies.Any(s => s.Events > s.N)) throw new ArgumentException("A study has more events than people or visits.", nameof(studies));
        if (method != PoolMethod.Glmm) return;
        if (scale is not (PoolScale.Logit or PoolScale.LogRate)) throw new ArgumentException("The GLMM works on logit or log-rate.", nameof(scale));
        if (knappHartung) throw new ArgumentException("Hartung and Knapp's interval is not defined for the GLMM.", nameof(knappHartung));
    }

    /// <summary>One study, or nothing but zeroes: no method of pooling applies, and ½ added to zeroes would be a rate made out of nothing.</summary>
    private static PooledFigure Alone(IReadOnlyList<Study> studies, PoolScale scale, PoolMethod method, double level)
    {
        var total = new Study("all", studies.Sum(s => s.Events), studies.Sum(s => s.N));
        var interval = Own(total, scale, level);
        var basis = total.Events == 0 ? PoolBasis.NoEvents : scale != PoolScale.LogRate && total.Events == total.N && studies.Count > 1 ? PoolBasis.OnlyEvents : PoolBasis.OneStudy;
        var label = basis switch
        {
            PoolBasis.NoEvents => $"no event in any study: an exact upper bound ({interval.Method}, both sides) of all taken together, not a rate; the method asked for ({PoolMethods.Name(method)}) does not apply",
            PoolBasis.OnlyEvents => $"nothing but events in every study: an exact lower bound ({interval.Method}) of all taken together; the method asked for ({PoolMethods.Name(method)}) does not apply",
            _ => $"one study: its own figure with its exact interval ({interval.Method}); nothing was pooled",
        };
        var rows = studies.Select(s => new PooledStudy(s, Scales.Effect(s, scale), Own(s, scale, level), 100 * s.N / total.N)).ToList();
        return new(scale, basis, total.Events / total.N, interval.Low, interval.High, double.NaN, double.NaN, null, double.NaN, double.NaN, studies.Count / studies.Sum(s => 1 / s.N), rows, label);
    }

    private static Interval Own(Study study, PoolScale scale, double level) => scale == PoolScale.LogRate
        ? RateIntervals.Of(new(study.Events, study.N), RateMethod.Exact, level)
        : ProportionIntervals.Of(study.Events, (long)study.N, ProportionMethod.ClopperPearson, level);

    private static double[] Weights(List<Effect> effects, PooledEffect pooled)
    {
        if (pooled.Method == PoolMethod.Glmm) return [.. effects.Select(_ => double.NaN)];
        var weights = effects.Select(e => 1 / (e.V + pooled.Tau.Tau2)).ToArray();
        return [.. weights.Select(w => 100 * w / weights.Sum())];
    }

    private static string Label(PoolScale scale, PoolMethod method, bool knappHartung, int k, double level) => FormattableString.Invariant(
        $"{PoolMethods.InWords(method)}, {Scales.Name(scale)} scale, {k} studies, {level * 100:0.##} % interval ({(knappHartung ? "Hartung-Knapp, t" : "normal")})");
}
