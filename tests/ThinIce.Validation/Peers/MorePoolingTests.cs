using System.Text.Json;
using ThinIce.Numbers.Statistics.Pooling;

namespace ThinIce.Validation.Peers;

/// <summary>Rare events, zeroes and rates over time beside metafor and lme4; r-more.R stands here.</summary>
public sealed class MorePoolingTests
{
    private static readonly JsonElement R = Reference.Read("r-more.json");
    private static readonly Study[] Proportions = Read("counts", "n"), Rates = Read("counts", "t");

    public static TheoryData<string, PoolScale, string> Fits => [.. from scale in new[] { ("rare_PLO", PoolScale.Logit), ("rare_PFT", PoolScale.DoubleArcsine), ("rate_IRLN", PoolScale.LogRate) }
                                                                    from method in new[] { "EE", "DL", "REML", "ML", "PM", "HS", "SJ" }
                                                                    select (scale.Item1, scale.Item2, method)];

    [Theory]
    [MemberData(nameof(Fits))]
    public void Rare_events_and_rates_agree_with_metafor(string name, PoolScale scale, string method)
    {
        var theirs = R.GetProperty($"{name}_{method}");
        var ours = Pool.Studies(scale == PoolScale.LogRate ? Rates : Proportions, scale, PoolMethods.Parse(method == "EE" ? "fixed" : method.ToLowerInvariant())).OnScale!;
        Compare(theirs, ours, Reference.Iterated);
    }

    [Fact]
    public void Hartung_and_Knapps_interval_of_a_rate_agrees()
    {
        var (theirs, ours) = (R.GetProperty("rate_IRLN_REML_KH"), Pool.Studies(Rates, PoolScale.LogRate, PoolMethod.RestrictedMaximumLikelihood, knappHartung: true).OnScale!);
        Compare(theirs, ours, Reference.Iterated);
        Reference.Near(theirs.GetProperty("pi").Numbers()[0], ours.PredictionLow, Reference.Iterated, "prediction low");
    }

    private static void Compare(JsonElement theirs, PooledEffect ours, double tolerance)
    {
        Reference.Near(theirs.Number("b"), ours.Estimate, tolerance, "estimate");
        Reference.Near(theirs.Number("se"), ours.StandardError, tolerance, "standard error");
        Reference.Near(theirs.Number("lb"), ours.Low, tolerance, "low");
        Reference.Near(theirs.Number("ub"), ours.High, tolerance, "high");
        Assert.True(Math.Abs(theirs.Number("tau2") - ours.Tau.Tau2) <= tolerance * theirs.Number("tau2") + 1e-9, $"tau² {ours.Tau.Tau2:R}, in R {theirs.Number("tau2"):R}");
        Reference.Near(theirs.Number("Q"), ours.Q, tolerance, "Q");
        Reference.Near(theirs.Number("Qp"), ours.QP, tolerance, "P of Q");
    }

    [Fact]
    public void The_double_arcsine_is_turned_back_with_the_harmonic_mean_and_never_leaves_0_to_1()
    {
        var (theirs, ours) = (R.GetProperty("rare_PFT_DL_back"), Pool.Studies(Proportions, PoolScale.DoubleArcsine, PoolMethod.DerSimonianLaird));
        Reference.Near(theirs.Number("pred"), ours.Estimate, Reference.ClosedForm, "estimate");
        Reference.Near(theirs.Number("lb"), ours.Low, Reference.ClosedForm, "low");
        Reference.Near(theirs.Number("ub"), ours.High, Reference.ClosedForm, "high");
    }

    [Theory]
    [InlineData("rare_GLMM", PoolScale.Logit)]
    [InlineData("rate_GLMM", PoolScale.LogRate)]
    [InlineData("small_rate_GLMM", PoolScale.LogRate)]
    public void The_models_of_counts_agree_with_lme4_or_fit_better(string name, PoolScale scale)
    {
        var studies = name == "small_rate_GLMM" ? Read("small_counts", "t") : scale == PoolScale.LogRate ? Rates : Proportions;
        var (theirs, ours) = (R.GetProperty(name), Pool.Studies(studies, scale, PoolMethod.Glmm).OnScale!);
        Assert.True(ours.LogLikelihood >= theirs.Number("ll") - 1e-7, $"log-likelihood {ours.LogLikelihood:R}, in R {theirs.Number("ll"):R}");
        Reference.Near(theirs.Number("b"), ours.Estimate, Reference.Glmm, "estimate");
        Reference.Near(theirs.Number("se"), ours.StandardError, 1e-3, "standard error");
        Reference.Near(theirs.Number("tau2"), ours.Tau.Tau2, 2e-3, "tau²");
        Reference.Near(theirs.Number("LRT"), ours.Q, Reference.Iterated, "likelihood ratio");
        if (scale == PoolScale.Logit) Reference.Near(theirs.Number("Wld"), ours.QWald, Reference.Glmm, "Wald");
    }

    [Fact]
    public void Studies_without_events_beside_a_very_different_one_are_integrated_exactly()
    {
        // R 4.2.2: log of sum(dbinom(x, n, plogis(mu + tau * u)) * dnorm(u)) * 0.0005 over seq(-12, 12, 0.0005), summed over studies and maximised by
        // optim (BFGS, then Nelder-Mead, reltol 1e-15). lme4 with 21 points says μ = -7.264, τ² = 12.24.
        var ours = Pool.Studies([new("a", 0, 559), new("b", 0, 706), new("c", 0, 25), new("d", 78, 666), new("e", 1, 376)], PoolScale.Logit, PoolMethod.Glmm).OnScale!;
        Assert.True(ours.Tau.Converged);
        Reference.Near(-11.24238967123, ours.LogLikelihood, 1e-9, "log-likelihood");
        Reference.Near(-7.278315, ours.Estimate, Reference.Iterated, "estimate");
        Reference.Near(12.43448, ours.Tau.Tau2, 1e-5, "tau²");
    }

    [Fact]
    public void Eggers_tests_agree_with_regtest()
    {
        List<Effect> effects = [.. Proportions.Select(s => Scales.Effect(s, PoolScale.Logit))];
        var (classic, mixed) = (Sensitivity.EggerClassic(effects), Sensitivity.Egger(effects, PoolMethod.RestrictedMaximumLikelihood));
        Reference.Near(R.GetProperty("egger_lm").Number("t"), classic.Statistic, Reference.ClosedForm, "t");
        Reference.Near(R.GetProperty("egger_lm").Number("p"), classic.P, Reference.ClosedForm, "P");
        Reference.Near(R.GetProperty("egger_rma").Number("z"), mixed.Statistic, Reference.Iterated, "z");
        Reference.Near(R.GetProperty("egger_rma").Number("p"), mixed.P, Reference.Iterated, "P");
    }

    [Fact]
    public void Combined_ratios_agree_with_metafor()
    {
        var t = R.GetProperty("two_groups");
        double[] a = t.GetProperty("a").Numbers(), b = t.GetProperty("b").Numbers(), c = t.GetProperty("c").Numbers(), d = t.GetProperty("d").Numbers();
        TwoByTwo[] tables = [.. a.Select((_, i) => new TwoByTwo((long)a[i], (long)b[i], (long)c[i], (long)d[i]))];
        foreach (var (name, ours) in new[] { ("MH_OR", CombinedRatios.MantelHaenszelOddsRatio(tables)), ("MH_RR", CombinedRatios.MantelHaenszelRiskRatio(tables)), ("Peto", CombinedRatios.PetoOddsRatio(tables)) })
        {
            Reference.Near(R.GetProperty(name).Number("b"), ours.LogRatio, Reference.ClosedForm, name);
            Reference.Near(R.GetProperty(name).Number("se"), ours.StandardError, Reference.ClosedForm, $"{name}, standard error");
        }
    }

    private static Study[] Read(string counts, string n)
    {
        var of = R.GetProperty(counts);
        return [.. of.GetProperty("x").Numbers().Zip(of.GetProperty(n).Numbers(), (x, size) => new Study($"{x} of {size}", (long)x, size))];
    }
}
