using System.Text.Json;
using ThinIce.Numbers.Statistics.Proportions;

namespace ThinIce.Validation.Peers;

/// <summary>Intervals of proportions and rates beside R: base, epitools, and Brown, Cai and DasGupta's convention by R's qbeta.</summary>
public sealed class ProportionReferenceTests
{
    public static TheoryData<string, ProportionMethod, double> Methods => new()
    {
        { "clopper_pearson", ProportionMethod.ClopperPearson, 0.95 }, { "clopper_pearson_99", ProportionMethod.ClopperPearson, 0.99 }, { "clopper_pearson_90", ProportionMethod.ClopperPearson, 0.90 },
        { "wilson", ProportionMethod.Wilson, 0.95 }, { "wilson_cc", ProportionMethod.WilsonCorrected, 0.95 }, { "jeffreys_bcd", ProportionMethod.Jeffreys, 0.95 },
        { "jeffreys_raw", ProportionMethod.JeffreysEqualTailed, 0.95 }, { "agresti_coull", ProportionMethod.AgrestiCoull, 0.95 }, { "mid_p", ProportionMethod.MidP, 0.95 },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_interval_of_a_proportion_agrees_with_R(string name, ProportionMethod method, double level)
    {
        foreach (var row in Reference.R.GetProperty("binomial_ci").EnumerateArray())
        {
            var interval = ProportionIntervals.Of(Count(row), method, level);
            var expected = row.GetProperty(name).Numbers();
            Reference.Near(expected[0], interval.Low, Reference.ClosedForm, $"{name} low of {row.Number("x")}/{row.Number("n")}");
            Reference.Near(expected[1], interval.High, Reference.ClosedForm, $"{name} high of {row.Number("x")}/{row.Number("n")}");
        }
    }

    [Fact]
    public void The_one_sided_upper_bound_agrees_with_R()
    {
        foreach (var row in Reference.R.GetProperty("binomial_ci").EnumerateArray())
        {
            var bound = ProportionIntervals.Of(Count(row), ProportionMethod.ClopperPearson, 0.95, Sides.Upper);
            Reference.Near(row.Number("one_sided_upper_95_cp"), bound.High, Reference.ClosedForm, "upper bound");
            Assert.Equal(0, bound.Low);
        }
    }

    [Fact]
    public void The_exact_interval_of_a_rate_agrees_with_R()
    {
        foreach (var row in Reference.R.GetProperty("poisson_ci").EnumerateArray())
        {
            var interval = RateIntervals.Of(new((long)row.Number("x"), row.Number("person_time")), RateMethod.Exact);
            var expected = row.GetProperty("garwood_exact").Numbers();
            Reference.Near(expected[0], interval.Low, Reference.ClosedForm, "low");
            Reference.Near(expected[1], interval.High, Reference.ClosedForm, "high");
            // epitools stops its search early: it agrees to six figures only.
            Reference.Near(row.GetProperty("epitools_pois_exact").Numbers()[1], interval.High, 1e-6, "epitools");
        }
    }

    [Fact]
    public void The_ratio_of_two_rates_agrees_with_poisson_test()
    {
        var row = Reference.R.GetProperty("poisson_rate_ratio");
        double[] x = row.GetProperty("x").Numbers(), t = row.GetProperty("t").Numbers();
        var (ratio, interval, p) = RateIntervals.Ratio(new((long)x[0], t[0]), new((long)x[1], t[1]));
        Reference.Near(row.Number("estimate"), ratio, Reference.ClosedForm, "ratio");
        Reference.Near(row.GetProperty("ci").Numbers()[0], interval.Low, Reference.ClosedForm, "low");
        Reference.Near(row.GetProperty("ci").Numbers()[1], interval.High, Reference.ClosedForm, "high");
        Reference.Near(row.Number("p"), p, Reference.ClosedForm, "p");
    }

    [Fact]
    public void The_exact_bound_with_no_event_stands_beside_the_rule_of_three()
    {
        foreach (var row in Reference.R.GetProperty("rule_of_three").EnumerateArray())
        {
            var none = new Proportion<People>(0, (long)row.Number("n"));
            Reference.Near(row.Number("upper_exact_1sided95"), ProportionIntervals.Of(none, ProportionMethod.ClopperPearson, 0.95, Sides.Upper).High, Reference.ClosedForm, "one-sided");
            Reference.Near(row.Number("upper_cp_2sided95"), ProportionIntervals.Of(none, ProportionMethod.ClopperPearson).High, Reference.ClosedForm, "two-sided");
        }
    }

    private static Proportion<People> Count(JsonElement row) => new((long)row.Number("x"), (long)row.Number("n"));
}
