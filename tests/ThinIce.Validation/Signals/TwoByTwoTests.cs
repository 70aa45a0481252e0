using System.Text.Json;
using ThinIce.Numbers.Signals;

namespace ThinIce.Validation.Signals;

/// <summary>Six tables by pharmsignal 0.1.0 and pvm 1.0 (Data/signal_refs.json), to 1e-6 relative.</summary>
public sealed class TwoByTwoTests
{
    private static readonly JsonElement Reference = SignalData.Json("signal_refs.json");

    public static TheoryData<int> Places => [.. Enumerable.Range(0, 6)];

    private static PairTable Table(int at)
    {
        var table = Reference.GetProperty("tables")[at];
        return new(table.GetProperty("n11").GetInt64(), table.GetProperty("n1.").GetInt64(), table.GetProperty("n.1").GetInt64(), table.GetProperty("n..").GetInt64());
    }

    private static JsonElement Result(string function, int at) => Reference.GetProperty("pharmsignal_results").GetProperty(function)[at];

    private static void Compare(JsonElement peer, double estimate, double low, double high)
    {
        SignalData.Close(peer.GetProperty("est").GetDouble(), estimate);
        SignalData.Close(peer.GetProperty("ci_lo").GetDouble(), low);
        SignalData.Close(peer.GetProperty("ci_hi").GetDouble(), high);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Prr_and_ror_agree_with_pharmsignal_and_are_defined_where_it_is_not(int at)
    {
        foreach (var (function, ratio) in new[] { ("prr_signal", Ratio.ProportionalReporting(Table(at))), ("ror_signal", Ratio.ReportingOdds(Table(at))) })
        {
            var peer = Result(function, at);
            Assert.Equal(peer.GetProperty("est").ValueKind == JsonValueKind.Null, ratio.Adjusted);
            if (!ratio.Adjusted) Compare(peer, ratio.Estimate, ratio.Low, ratio.High);
        }
    }

    [Fact]
    public void A_pair_that_nobody_else_reports_gets_a_half_in_every_cell()
    {
        // Third table: a = 1, b = c = 0, d = 3355. Haldane and Anscombe by hand: ROR = 1.5 × 3355.5 / (0.5 × 0.5) = 20,133.
        var ror = Ratio.ReportingOdds(Table(2));
        SignalData.Close(20_133, ror.Estimate, 1e-12);
        SignalData.Close(20_133 / Math.Exp(1.959963984540054 * Math.Sqrt(1 / 1.5 + 2 + 2 + 1 / 3355.5)), ror.Low, 1e-12);
        // PRR = (1.5 / 2) / (0.5 / 3356) = 5,034.
        SignalData.Close(5_034, Ratio.ProportionalReporting(Table(2)).Estimate, 1e-12);
    }

    [Fact]
    public void A_table_without_a_comparison_is_defined_and_says_nothing_much()
    {
        var prr = Ratio.ProportionalReporting(new(10, 20, 10, 20));
        Assert.True(prr.Adjusted);
        Assert.InRange(1.0, prr.Low, prr.High);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void The_information_component_agrees_in_both_forms(int at)
    {
        var table = Table(at);
        var shrunk = InformationComponent.Shrunk(table.A, table.Expected);
        Compare(Result("obsexp_shrink_signal", at), shrunk.Value, shrunk.Low, shrunk.High);
        var neural = InformationComponent.Bcpnn(table);
        Compare(Result("bcpnn_norm_signal", at), neural.Value, neural.Low, neural.High);
        SignalData.Close(Reference.GetProperty("pvm_results").GetProperty("BCPNN")[at].GetDouble(), neural.Value);
    }

    [Fact]
    public void The_exact_interval_of_the_component_is_that_of_its_gamma_posterior()
    {
        // R 4.2.2: log2(qgamma(c(.025, .975), 28.5, 5.05363528009535 + .5))
        var exact = InformationComponent.ShrunkExact(28, 5.05363528009535);
        SignalData.Close(1.77550995923, exact.Low, 1e-9);
        SignalData.Close(2.84401983686, exact.High, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void The_tests_agree_with_pvm(int at)
    {
        var (table, peer) = (Table(at), Reference.GetProperty("pvm_results"));
        SignalData.Close(peer.GetProperty("RRR")[at].GetDouble(), PairTests.RelativeReporting(table));
        SignalData.Close(peer.GetProperty("YulesQ")[at].GetDouble(), PairTests.YulesQ(table));
        // pvm prints p of chi-squared without Yates' correction; 0 where R's underflows.
        var p = PairTests.ChiSquareP(PairTests.ChiSquare(table, yates: false));
        if (peer.GetProperty("chi2")[at].GetDouble() > 0) SignalData.Close(peer.GetProperty("chi2")[at].GetDouble(), p);
        else Assert.Equal(0, p);
        SignalData.Close(peer.GetProperty("fisher")[at].GetDouble(), PairTests.FisherP(table));
        SignalData.Close(peer.GetProperty("Poisson")[at].GetDouble(), PairTests.PoissonP(table));
    }

    [Fact]
    public void Yates_correction_is_that_of_R() =>
        // R 4.2.2: chisq.test(matrix(c(28, 36, 237, 3055), 2, byrow = TRUE))$p.value
        SignalData.Close(8.212157e-26, PairTests.ChiSquareP(PairTests.ChiSquare(Table(0), yates: true)));
}
