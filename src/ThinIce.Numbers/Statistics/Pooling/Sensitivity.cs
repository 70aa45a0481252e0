using ThinIce.Numbers.Statistics.Distributions;

namespace ThinIce.Numbers.Statistics.Pooling;

/// <summary>A test of whether small studies say something else than large ones.</summary>
/// <param name="Statistic">z, or t for the classic test.</param>
/// <param name="P">Two-sided P value. Not small is no proof that nothing is missing: with fewer than ten studies it hardly ever is.</param>
/// <param name="Intercept">What a study without sampling error is expected to show, on the scale.</param>
/// <param name="Slope">Change per unit of standard error (mixed model), or Egger's bias (classic).</param>
public sealed record SmallStudyTest(double Statistic, double P, double Intercept, double Slope);

/// <summary>The figure without one study.</summary>
/// <param name="LeftOut">Name of the study left out.</param>
/// <param name="Figure">The figure of the others.</param>
public sealed record WithoutOne(string LeftOut, PooledFigure Figure);

/// <summary>The figure of one subgroup.</summary>
/// <param name="Group">Its name; empty where a study names none.</param>
/// <param name="Figure">Its figure, with a τ² of its own.</param>
public sealed record GroupFigure(string Group, PooledFigure Figure);

/// <summary>Subgroups, and a test of whether they differ.</summary>
/// <param name="Groups">In the order in which they first occur.</param>
/// <param name="Q">Q between the groups that could be pooled or have one study; NaN where fewer than two have an estimate.</param>
/// <param name="QP">Its P value.</param>
public sealed record Subgroups(IReadOnlyList<GroupFigure> Groups, double Q, double QP);

/// <summary>How far a pooled figure hangs on single studies, groups and small studies.</summary>
public static class Sensitivity
{
    /// <summary>The figure without each study in turn. Needs at least two studies; with two, each rest is one study, and says so.</summary>
    public static IReadOnlyList<WithoutOne> LeaveOneOut(IReadOnlyList<Study> studies, PoolScale scale, PoolMethod method, bool knappHartung = false, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(studies);
        ArgumentOutOfRangeException.ThrowIfLessThan(studies.Count, 2);
        return [.. studies.Select((s, i) => new WithoutOne(s.Name, Pool.Studies([.. studies.Where((_, j) => j != i)], scale, method, knappHartung, level)))];
    }

    /// <summary>Each subgroup of <see cref="Study.Group"/> pooled by itself, and Q between them (Borenstein's: separate τ² in each).</summary>
    public static Subgroups ByGroup(IReadOnlyList<Study> studies, PoolScale scale, PoolMethod method, bool knappHartung = false, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(studies);
        var groups = studies.GroupBy(s => s.Group ?? "").Select(g => new GroupFigure(g.Key, Pool.Studies([.. g], scale, method, knappHartung, level))).ToList();
        var known = groups.Select(g => g.Figure).Where(f => f.Basis is PoolBasis.Pooled or PoolBasis.OneStudy)
            .Select(f => f.OnScale is { } on ? (Y: on.Estimate, W: 1 / (on.StandardError * on.StandardError)) : (Y: f.Studies[0].Effect.Y, W: 1 / f.Studies[0].Effect.V)).ToList();
        if (known.Count < 2) return new(groups, double.NaN, double.NaN);
        var mean = known.Sum(k => k.W * k.Y) / known.Sum(k => k.W);
        var q = known.Sum(k => k.W * (k.Y - mean) * (k.Y - mean));
        return new(groups, q, ChiSquaredDistribution.Upper(q, known.Count - 1));
    }

    /// <summary>Regression of the effects on their standard errors with residual heterogeneity (metafor's regtest, model "rma"). At least three effects, of which the standard errors differ.</summary>
    public static SmallStudyTest Egger(IReadOnlyList<Effect> effects, PoolMethod method)
    {
        var (y, v, x) = Columns(effects);
        var model = new LinearModel(y, v, x);
        var fit = model.At(Heterogeneity.Estimate(model, y, v, method).Tau2);
        var z = fit.Slope / Math.Sqrt(fit.SlopeVariance);
        return new(z, StandardNormal.TwoSided(z), fit.Intercept, fit.Slope);
    }

    /// <summary>Egger's test as he published it (1997): weighted regression with a multiplicative dispersion, t on K − 2 degrees (metafor's regtest, model "lm").</summary>
    public static SmallStudyTest EggerClassic(IReadOnlyList<Effect> effects)
    {
        var (y, v, x) = Columns(effects);
        var fit = new LinearModel(y, v, x).At(0);
        var df = y.Length - 2;
        var t = fit.Slope / Math.Sqrt(fit.SlopeVariance * fit.Rss / df);
        return new(t, StudentDistribution.TwoSided(t, df), fit.Intercept, fit.Slope);
    }

    private static (double[] Y, double[] V, double[] X) Columns(IReadOnlyList<Effect> effects)
    {
        ArgumentNullException.ThrowIfNull(effects);
        ArgumentOutOfRangeException.ThrowIfLessThan(effects.Count, 3);
        var v = effects.Select(e => e.V).ToArray();
        if (v.Max() - v.Min() <= 1e-12 * v.Max()) throw new ArgumentException("All studies are of one size: small and large ones cannot be compared.", nameof(effects));
        return ([.. effects.Select(e => e.Y)], v, [.. v.Select(Math.Sqrt)]);
    }
}
