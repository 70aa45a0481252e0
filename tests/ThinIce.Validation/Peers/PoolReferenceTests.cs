using System.Text.Json;
using ThinIce.Numbers.Statistics.Pooling;

namespace ThinIce.Validation.Peers;

/// <summary>
/// Pooled proportions of Pritz and Friedman's 14 studies (Journal of Neurosurgery 1997) beside metafor 3.8-1. The method moves the answer from .719 to .803: that is
/// why every figure is labelled.
/// </summary>
public sealed class PoolReferenceTests
{
    private static readonly JsonElement Pritz = Reference.R.GetProperty("dat.pritz1997");
    private static readonly Study[] Studies = [.. Pritz.GetProperty("xi").Numbers().Zip(Pritz.GetProperty("ni").Numbers(), (x, n) => new Study($"{x}/{n}", (long)x, n))];

    public static TheoryData<string, PoolScale, PoolMethod, bool> Fits => new()
    {
        { "PLO_EE", PoolScale.Logit, PoolMethod.Fixed, false }, { "PLO_DL", PoolScale.Logit, PoolMethod.DerSimonianLaird, false }, { "PLO_REML", PoolScale.Logit, PoolMethod.RestrictedMaximumLikelihood, false },
        { "PLO_PM", PoolScale.Logit, PoolMethod.PauleMandel, false }, { "PLO_HS", PoolScale.Logit, PoolMethod.HunterSchmidt, false }, { "PLO_SJ", PoolScale.Logit, PoolMethod.SidikJonkman, false },
        { "PLO_ML", PoolScale.Logit, PoolMethod.MaximumLikelihood, false }, { "PLO_EB", PoolScale.Logit, PoolMethod.PauleMandel, false }, { "PLO_HE", PoolScale.Logit, PoolMethod.Hedges, false },
        { "PLO_REML_HKSJ", PoolScale.Logit, PoolMethod.RestrictedMaximumLikelihood, true }, { "PLO_DL_HKSJ", PoolScale.Logit, PoolMethod.DerSimonianLaird, true },
        { "PFT_DL", PoolScale.DoubleArcsine, PoolMethod.DerSimonianLaird, false }, { "PFT_REML", PoolScale.DoubleArcsine, PoolMethod.RestrictedMaximumLikelihood, false },
        { "PAS_REML", PoolScale.Arcsine, PoolMethod.RestrictedMaximumLikelihood, false }, { "PR_REML", PoolScale.Raw, PoolMethod.RestrictedMaximumLikelihood, false },
    };

    [Theory]
    [MemberData(nameof(Fits))]
    public void A_pooled_proportion_agrees_with_metafor(string name, PoolScale scale, PoolMethod method, bool knappHartung)
    {
        var (theirs, ours) = (Pritz.GetProperty(name), Pool.Studies(Studies, scale, method, knappHartung));
        var on = ours.OnScale!;
        var tolerance = method is PoolMethod.Fixed or PoolMethod.DerSimonianLaird or PoolMethod.HunterSchmidt or PoolMethod.SidikJonkman or PoolMethod.Hedges ? Reference.ClosedForm : Reference.Iterated;
        void Near(double expected, double actual, string what) => Reference.Near(expected, actual, tolerance, $"{name} {what}");
        Near(theirs.Number("b"), on.Estimate, "estimate");
        Near(theirs.Number("se"), on.StandardError, "standard error");
        Near(theirs.GetProperty("ci").Numbers()[0], on.Low, "low");
        Near(theirs.GetProperty("ci").Numbers()[1], on.High, "high");
        Near(theirs.Number("tau2"), on.Tau.Tau2, "tau²");
        Near(theirs.Number("I2"), on.I2, "I²");
        Near(theirs.Number("H2"), on.H2, "H²");
        Near(theirs.Number("Q"), on.Q, "Q");
        Near(theirs.Number("Qp"), on.QP, "P of Q");
        Near(theirs.Number("pooled"), ours.Estimate, "pooled");
        Near(theirs.GetProperty("pooled_ci").Numbers()[0], ours.Low, "pooled low");
        Near(theirs.GetProperty("pooled_ci").Numbers()[1], ours.High, "pooled high");
        if (method == PoolMethod.Fixed) return;
        Near(theirs.Number("se_tau2"), on.Tau.StandardError, "standard error of tau²");
        Near(theirs.GetProperty("prediction_interval").Numbers()[0], ours.PredictionLow, "prediction low");
        Near(theirs.GetProperty("prediction_interval").Numbers()[1], ours.PredictionHigh, "prediction high");
        Assert.True(on.Tau.Converged);
    }

    [Fact]
    public void Effects_and_variances_are_metafors()
    {
        var effects = Studies.Select(s => Scales.Effect(s, PoolScale.Logit)).ToList();
        Assert.All(effects.Zip(Pritz.GetProperty("plo_yi").Numbers()), e => Reference.Near(e.Second, e.First.Y, Reference.ClosedForm, "yi"));
        Assert.All(effects.Zip(Pritz.GetProperty("plo_vi").Numbers()), e => Reference.Near(e.Second, e.First.V, Reference.ClosedForm, "vi"));
    }

    [Fact]
    public void The_Q_profile_of_heterogeneity_agrees_with_metafor()
    {
        var ours = Pool.Studies(Studies, PoolScale.Logit, PoolMethod.RestrictedMaximumLikelihood);
        var theirs = Pritz.GetProperty("PLO_REML_tau2_I2_ci_Qprofile")[0];
        // metafor's uniroot stops at 1e-4 by default; to 1e-13, confint(res, control = list(tol = 1e-13)) says 0.0413631259205904 and 2.05099230819014.
        Reference.Near(theirs.Number("ci.lb"), ours.Tau2Low, 1e-3, "low as stored");
        Reference.Near(theirs.Number("ci.ub"), ours.Tau2High, 1e-3, "high as stored");
        Reference.Near(0.0413631259205904, ours.Tau2Low, Reference.ClosedForm, "low");
        Reference.Near(2.05099230819014, ours.Tau2High, Reference.ClosedForm, "high");
    }

    [Fact]
    public void The_binomial_normal_model_agrees_with_metafor_and_lme4()
    {
        var (theirs, ours) = (Pritz.GetProperty("GLMM_ML"), Pool.Studies(Studies, PoolScale.Logit, PoolMethod.Glmm));
        var on = ours.OnScale!;
        void Near(double expected, double actual, string what) => Reference.Near(expected, actual, Reference.Glmm, what);
        Near(theirs.Number("b"), on.Estimate, "estimate");
        Near(theirs.Number("tau2"), on.Tau.Tau2, "tau²");
        Near(theirs.Number("se"), on.StandardError, "standard error");
        Near(theirs.Number("I2"), on.I2, "I²");
        Near(theirs.Number("pooled"), ours.Estimate, "pooled");
        Near(theirs.GetProperty("pooled_ci").Numbers()[0], ours.Low, "low");
        Near(theirs.GetProperty("pooled_ci").Numbers()[1], ours.High, "high");
        Near(theirs.GetProperty("prediction_interval").Numbers()[0], ours.PredictionLow, "prediction low");
        Near(theirs.GetProperty("LRT")[0].GetDouble(), on.Q, "likelihood ratio");
        Near(theirs.GetProperty("LRT")[1].GetDouble(), on.QP, "its P");
        Near(theirs.GetProperty("Wld")[0].GetDouble(), on.QWald, "Wald");
        Assert.True(on.Tau.Converged);
    }

    [Fact]
    public void Leaving_each_study_out_agrees_with_metafor()
    {
        var (theirs, ours) = (Pritz.GetProperty("leave1out_PLO_REML"), Sensitivity.LeaveOneOut(Studies, PoolScale.Logit, PoolMethod.RestrictedMaximumLikelihood));
        Assert.Equal(Studies.Length, ours.Count);
        for (var i = 0; i < ours.Count; i++)
        {
            Reference.Near(theirs.GetProperty("estimate")[i].GetDouble(), ours[i].Figure.OnScale!.Estimate, Reference.Iterated, "estimate");
            Reference.Near(theirs.GetProperty("tau2")[i].GetDouble(), ours[i].Figure.OnScale!.Tau.Tau2, Reference.Iterated, "tau²");
            Reference.Near(theirs.GetProperty("I2")[i].GetDouble(), ours[i].Figure.OnScale!.I2, Reference.Iterated, "I²");
        }
    }

    [Fact]
    public void Eggers_test_in_a_mixed_model_agrees_with_regtest()
    {
        var (theirs, ours) = (Pritz.GetProperty("egger"), Sensitivity.Egger([.. Studies.Select(s => Scales.Effect(s, PoolScale.Logit))], PoolMethod.RestrictedMaximumLikelihood));
        Reference.Near(theirs.Number("z"), ours.Statistic, Reference.Iterated, "z");
        Reference.Near(theirs.Number("p"), ours.P, Reference.Iterated, "p");
    }
}
