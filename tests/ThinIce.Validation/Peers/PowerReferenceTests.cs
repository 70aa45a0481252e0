using ThinIce.Numbers.Statistics.Power;

namespace ThinIce.Validation.Peers;

/// <summary>Sizes and power beside R: base, pwr, and plain sums of dbinom.</summary>
public sealed class PowerReferenceTests
{
    [Fact]
    public void How_many_are_needed_to_see_one_event()
    {
        foreach (var row in Reference.R.GetProperty("detect_at_least_one").EnumerateArray())
        {
            foreach (var (name, probability) in new[] { ("n_95", 0.95), ("n_90", 0.9), ("n_80", 0.8), ("n_99", 0.99) })
                Assert.Equal((long)row.Number(name), RareEvents.SizeToSee(row.Number("p"), probability));
        }
    }

    [Fact]
    public void How_many_are_needed_to_see_several_events()
    {
        foreach (var row in Reference.R.GetProperty("detect_at_least_k").EnumerateArray())
        {
            Assert.Equal((long)row.Number("n_95"), RareEvents.SizeToSee(row.Number("p"), 0.95, (int)row.Number("k")));
            Assert.Equal((long)row.Number("n_80"), RareEvents.SizeToSee(row.Number("p"), 0.80, (int)row.Number("k")));
        }
    }

    [Fact]
    public void The_detectable_rate_is_the_size_read_backwards()
    {
        foreach (var atLeast in new[] { 1, 2, 4 })
        {
            var rate = RareEvents.DetectableRate(3000, 0.95, atLeast);
            Assert.True(RareEvents.SizeToSee(rate * 1.000001, 0.95, atLeast) <= 3000);
            Assert.True(RareEvents.SizeToSee(rate * 0.999, 0.95, atLeast) > 3000);
        }
    }

    [Fact]
    public void The_bound_of_none_is_the_exact_one()
    {
        foreach (var row in Reference.R.GetProperty("rule_of_three").EnumerateArray())
            Reference.Near(row.Number("upper_exact_1sided95"), RareEvents.UpperBoundIfNone(row.Number("n")), Reference.ClosedForm, "bound");
    }

    [Fact]
    public void The_exact_test_of_one_proportion_agrees()
    {
        foreach (var row in Reference.R.GetProperty("exact_one_sample_power").EnumerateArray())
        {
            var ours = Comparisons.ExactOneSample((long)row.Number("n"), row.Number("p0"), row.Number("p1"));
            Assert.Equal((long)row.Number("crit"), ours.Critical);
            Reference.Near(row.Number("actual_alpha"), ours.ActualError, Reference.ClosedForm, "alpha");
            Reference.Near(row.Number("power"), ours.Power, Reference.ClosedForm, "power");
        }
    }

    [Fact]
    public void Two_groups_agree_with_power_prop_test_and_pwr()
    {
        var r = Reference.R;
        Reference.Near(r.GetProperty("power_prop_test").Number("n_per_group"), Comparisons.PerGroup(0.02, 0.01), Reference.Iterated, "power.prop.test n");
        Reference.Near(r.GetProperty("power_prop_test2").Number("power"), Comparisons.Power(1000, 0.03, 0.01), Reference.ClosedForm, "power.prop.test power");
        Reference.Near(r.GetProperty("pwr_2p").Number("h"), Comparisons.ArcsineDifference(0.02, 0.01), Reference.ClosedForm, "h");
        Reference.Near(r.GetProperty("pwr_2p").Number("n_per_group"), Comparisons.ArcsineSize(0.02, 0.01, oneGroup: false), Reference.Iterated, "pwr.2p.test");
        Reference.Near(r.GetProperty("pwr_p").Number("n"), Comparisons.ArcsineSize(0.1, 0.05, oneGroup: true, power: 0.9), Reference.Iterated, "pwr.p.test");
        Reference.Near(r.GetProperty("pwr_2p2n").Number("power"), Comparisons.ArcsinePower(500, 1000, 0.03, 0.01), Reference.ClosedForm, "pwr.2p2n.test");
    }

    [Fact]
    public void Clients_of_one_therapist_count_for_less_and_not_everybody_answers()
    {
        // By hand: 1 + (20 − 1)·0.05 = 1.95; 2,995 · 1.95 = 5,840.25; 5,841 / 0.56 = 10,430.4.
        var design = new DesignInflation(20, 0.05, 0.56);
        Assert.Equal(1.95, design.DesignEffect, 1e-12);
        Assert.Equal(5841, design.Answers(2995));
        Assert.Equal(10431, design.Invitations(2995));
    }

    [Fact]
    public void The_size_for_a_precision_reaches_it_and_one_less_does_not()
    {
        var n = Comparisons.ForPrecision(0.1, 0.03);
        Assert.True(Furthest(n) <= 0.03);
        Assert.True(Furthest(n - 1) > 0.03);
    }

    private static double Furthest(long n)
    {
        var interval = Numbers.Statistics.Proportions.ProportionIntervals.Of(new Numbers.Statistics.Proportions.Proportion<Numbers.Statistics.Proportions.People>((long)Math.Round(0.1 * n, MidpointRounding.AwayFromZero), n), Numbers.Statistics.Proportions.ProportionMethod.ClopperPearson);
        return Math.Max(interval.High - 0.1, 0.1 - interval.Low);
    }
}
