using ThinIce.Numbers.Statistics.Power;
using ThinIce.Numbers.Statistics.Proportions;

namespace ThinIce.Validation.Published;

/// <summary>
/// Carnes, Mars, Mullinger, Froud and Underwood, Manual Therapy 2010;15:355-363, as quoted in the review of it by Haneline: "the upper 95 % confidence interval incidence
/// risk rate of major adverse events … 0.007 % [0/42,451] after treatment or 0.01 % [0/22,833] per patient". These are bounds of no event, one-sided, and not rates.
/// </summary>
public sealed class Carnes2010Tests
{
    [Theory]
    [InlineData(42_451, 0.007, 3, 0.0087)]
    [InlineData(22_833, 0.01, 2, 0.0162)]
    public void The_printed_risk_is_the_one_sided_bound_of_no_event(long n, double printed, int digits, double twoSided)
    {
        var none = new Proportion<UnstatedUnit>(0, n);
        Assert.Equal(printed, Math.Round(100 * ProportionIntervals.Of(none, ProportionMethod.ClopperPearson, 0.95, Sides.Upper).High, digits));
        Assert.Equal(twoSided, Math.Round(100 * ProportionIntervals.Of(none, ProportionMethod.ClopperPearson).High, 4));
        Assert.Equal(0, none.Estimate);
    }

    [Theory]
    // Sessions without an event that rule a rate out: 2,995 for 1 in 1,000, and so on. R: ceiling(log(0.05) / log1p(-p)).
    [InlineData(1e-3, 2_995)]
    [InlineData(1e-4, 29_956)]
    [InlineData(1e-5, 299_572)]
    [InlineData(1e-6, 2_995_731)]
    public void So_many_sessions_without_an_event_rule_a_rate_out(double rate, long sessions) => Assert.Equal(sessions, RareEvents.SizeToSee(rate));
}
