using System.Text.Json;
using ThinIce.Numbers.Statistics.Sequential;

namespace ThinIce.Validation.Signals;

/// <summary>Sequential 4.5.1 (Data/sequential_refs.json), to 1e-6 relative; run lengths by spc 0.6.7 and by hand in R 4.2.2.</summary>
public sealed class SequentialTests
{
    private static readonly JsonElement Reference = SignalData.Json("sequential_refs.json");

    [Fact]
    public void Critical_values_of_the_poisson_test_agree()
    {
        var rows = Reference.GetProperty("CV.Poisson").EnumerateArray().ToList();
        Assert.Equal(8, rows.Count);
        foreach (var row in rows)
        {
            var design = new PoissonMaxSprt(row.GetProperty("T").GetDouble(), row.GetProperty("M").GetInt32(), row.GetProperty("D").GetDouble());
            SignalData.Close(row.GetProperty("cv").GetDouble(), design.CriticalValue(row.GetProperty("alpha").GetDouble()));
        }
    }

    [Fact]
    public void Critical_values_of_the_binomial_test_agree_as_printed_and_their_false_alarms_exactly()
    {
        foreach (var row in Reference.GetProperty("CV.Binomial").EnumerateArray())
        {
            var (value, falseAlarm) = new BinomialMaxSprt(row.GetProperty("N").GetInt32(), row.GetProperty("z").GetDouble(), row.GetProperty("M").GetInt32()).CriticalValue();
            SignalData.Close(row.GetProperty("cv").GetDouble(), value, 1e-12);
            SignalData.Close(row.GetProperty("type1").GetDouble(), falseAlarm, 1e-12);
        }
    }

    [Fact]
    public void Power_and_times_of_the_poisson_test_agree()
    {
        var design = new PoissonMaxSprt(10);
        var performance = design.Performance(design.CriticalValue(), 2);
        var peer = Reference.GetProperty("Performance.Poisson_T10_RR2")[0];
        SignalData.Close(peer[0].GetDouble(), performance.Power);
        SignalData.Close(peer[1].GetDouble(), performance.TimeToSignal);
        SignalData.Close(peer[2].GetDouble(), performance.TimeOfWatching);
    }

    [Fact]
    public void At_the_sample_size_that_Sequential_found_value_and_power_agree_and_ours_is_the_least_that_suffices()
    {
        // Sequential stops halving when the power is within 0.001 of what was asked, at 18.42; the least horizon of power 0.9 is shorter.
        var peer = Reference.GetProperty("SampleSize.Poisson");
        var theirs = new PoissonMaxSprt(peer.GetProperty("Sample Size").GetDouble());
        SignalData.Close(peer.GetProperty("Critical value").GetDouble(), theirs.CriticalValue());
        SignalData.Close(peer.GetProperty("Actual power").GetDouble(), theirs.Performance(theirs.CriticalValue(), 2).Power);
        var (ours, value) = PoissonMaxSprt.ForPower(0.9, 2);
        SignalData.Close(0.9, ours.Performance(value, 2).Power);
        Assert.InRange(ours.Horizon, 18, theirs.Horizon);
    }

    [Fact]
    public void Likelihood_ratios_agree()
    {
        foreach (var row in Reference.GetProperty("llr_poisson").EnumerateArray())
            Assert.Equal(row.GetProperty("llr").GetDouble(), PoissonMaxSprt.LogLikelihoodRatio(row.GetProperty("c").GetDouble(), row.GetProperty("mu").GetDouble()), 1e-11);
    }

    [Theory]
    // R 4.2.2, spc 0.6.7: pois.cusum.arl(mu, km, hm, m), which signals above hm, so at hm + 1 units.
    [InlineData(4, 6, 10, 1, 17199.7835196)]
    [InlineData(8, 6, 10, 1, 6.07565907318)]
    [InlineData(4, 58, 100, 10, 6665.62975225)]
    [InlineData(8, 58, 100, 10, 5.42408145844)]
    [InlineData(0.5, 7, 30, 10, 72.6688265971)]
    public void Mean_run_lengths_of_the_poisson_sum_agree_with_spc(double mean, int reference, int limit, int parts, double arl)
    {
        var chart = new LatticeCusum([.. Enumerable.Range(0, 80).Select(c => c * parts - reference)], 1);
        SignalData.Close(arl, chart.MeanRunLength(limit + 1, chart.PeriodOutcomes(mean)), 1e-9);
    }

    [Fact]
    public void Run_lengths_for_single_sessions_agree_with_the_same_chain_solved_in_R()
    {
        // R 4.2.2: the transition matrix of 268 states, event + 68, none − 1, solved by solve(): 5012.1365411 and 521.272723348.
        // A simulation of 4,000 runs in R gave 524.7 with a standard error of 6.2 for the second.
        var (chart, tuned) = LatticeCusum.ForSessions(0.01, 0.02);
        Assert.Equal(68, chart.Scores[1]);
        Assert.Equal(0.02, tuned, 2e-4);
        Assert.Equal(268, chart.LimitForRunLength(5000, LatticeCusum.SessionOutcomes(0.01)));
        SignalData.Close(5012.1365411, chart.MeanRunLength(268, LatticeCusum.SessionOutcomes(0.01)), 1e-10);
        SignalData.Close(521.272723348, chart.MeanRunLength(268, LatticeCusum.SessionOutcomes(0.02)), 1e-10);
    }
}
