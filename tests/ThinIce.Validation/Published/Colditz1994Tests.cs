using System.Text.Json;
using ThinIce.Numbers.Statistics.Pooling;
using ThinIce.Validation.Peers;

namespace ThinIce.Validation.Published;

/// <summary>
/// The thirteen trials of BCG vaccine: cases and the rest among vaccinated and others, of the meta-analysis of Colditz and others (JAMA 1994;271:698-702).
/// The paper itself was not read; that its counts stand here as in metadat's dat.bcg shows in the agreement to nine digits. Expected: metafor 3.8-1, r-reference.json.
/// </summary>
public sealed class Colditz1994Tests
{
    private static readonly TwoByTwo[] Trials =
    [
        new(4, 119, 11, 128), new(6, 300, 29, 274), new(3, 228, 11, 209), new(62, 13536, 248, 12619), new(33, 5036, 47, 5761), new(180, 1361, 372, 1079), new(8, 2537, 10, 619),
        new(505, 87886, 499, 87892), new(29, 7470, 45, 7232), new(17, 1699, 65, 1600), new(186, 50448, 141, 27197), new(5, 2493, 3, 2338), new(27, 16886, 29, 17825),
    ];

    [Theory]
    [InlineData("bcg_logRR_DL", PoolMethod.DerSimonianLaird, Reference.ClosedForm)]
    [InlineData("bcg_logRR_REML", PoolMethod.RestrictedMaximumLikelihood, Reference.Iterated)]
    [InlineData("bcg_logRR_PM", PoolMethod.PauleMandel, Reference.Iterated)]
    public void The_pooled_risk_ratio_is_metafors(string name, PoolMethod method, double tolerance)
    {
        var (theirs, ours) = (Reference.R.GetProperty(name), Pool.Effects([.. Trials.Select(t => t.LogRiskRatio())], method));
        Reference.Near(theirs.Number("b"), ours.Estimate, tolerance, "estimate");
        Reference.Near(theirs.Number("se"), ours.StandardError, tolerance, "standard error");
        Reference.Near(theirs.Number("tau2"), ours.Tau.Tau2, tolerance, "tau²");
        Reference.Near(theirs.Number("I2"), ours.I2, tolerance, "I²");
        Reference.Near(theirs.Number("H2"), ours.H2, tolerance, "H²");
        Reference.Near(theirs.Number("Q"), ours.Q, tolerance, "Q");
        Reference.Near(theirs.GetProperty("pi").Numbers()[0], Math.Exp(ours.PredictionLow), tolerance, "prediction low");
        Reference.Near(theirs.GetProperty("pi").Numbers()[1], Math.Exp(ours.PredictionHigh), tolerance, "prediction high");
    }

    [Fact]
    public void Mantel_Haenszel_and_Peto_agree_with_metafor()
    {
        JsonElement risk = Reference.R.GetProperty("bcg_MH_RR"), peto = Reference.R.GetProperty("bcg_peto_OR");
        var ours = CombinedRatios.MantelHaenszelRiskRatio(Trials);
        Reference.Near(risk.Number("b"), ours.LogRatio, Reference.ClosedForm, "Mantel-Haenszel");
        Reference.Near(risk.Number("se"), ours.StandardError, Reference.ClosedForm, "Mantel-Haenszel, standard error");
        Reference.Near(risk.GetProperty("ci").Numbers()[1], Math.Log(ours.High), Reference.ClosedForm, "Mantel-Haenszel, high");
        Reference.Near(peto.Number("b"), CombinedRatios.PetoOddsRatio(Trials).LogRatio, Reference.ClosedForm, "Peto");
        Reference.Near(peto.Number("se"), CombinedRatios.PetoOddsRatio(Trials).StandardError, Reference.ClosedForm, "Peto, standard error");
    }
}
