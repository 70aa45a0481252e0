using ThinIce.Numbers.Statistics.Proportions;

namespace ThinIce.Validation.Published;

/// <summary>
/// Pohlman, Carroll, Tsuyuki, Hartling and Vohra, BMJ Open Quality 2020;9:e000972, abstract: passive arm 1,992 visits of 1,363 patients, "0.1 % (n=2, 95 % CI
/// 0.02 % to 0.53 %)"; active arm 1,894 visits of 1,179 patients, "8.8 % (n=140, 95 % CI 6.72 % to 11.18 %)". Visits and patients are mixed up in it.
/// </summary>
public sealed class Pohlman2020Tests
{
    [Fact]
    public void The_interval_of_the_passive_arm_is_that_of_patients_and_not_of_visits()
    {
        var ofPatients = ProportionIntervals.Of(new Proportion<People>(2, 1363), ProportionMethod.ClopperPearson);
        var ofVisits = ProportionIntervals.Of(new Proportion<Visits>(2, 1992), ProportionMethod.ClopperPearson);
        Assert.Equal((0.02, 0.53), (Math.Round(100 * ofPatients.Low, 2), Math.Round(100 * ofPatients.High, 2)));
        Assert.NotEqual(0.53, Math.Round(100 * ofVisits.High, 2));
        Assert.Equal(0.15, Math.Round(100 * new Proportion<People>(2, 1363).Estimate, 2)); // printed as 0.1 %, cut off and not rounded
    }

    [Fact]
    public void The_interval_of_the_active_arm_is_wider_than_independent_answers_make_it()
    {
        // 140 are 8.8 % of about 1,591, which is neither the patients nor the visits of the abstract.
        Assert.NotEqual(8.8, Math.Round(100.0 * 140 / 1179, 1));
        Assert.NotEqual(8.8, Math.Round(100.0 * 140 / 1894, 1));
        var plain = ProportionIntervals.Of(new Proportion<UnstatedUnit>(140, 1591), ProportionMethod.ClopperPearson);
        Assert.Equal((7.45, 10.30), (Math.Round(100 * plain.Low, 2), Math.Round(100 * plain.High, 2)));
        // What was printed is (11.18 − 6.72) wide: a variance about 2.45 times as large, as the answers come in practices.
        Assert.Equal(2.45, Math.Pow((11.18 - 6.72) / (100 * plain.Width), 2), 0.05);
    }
}
