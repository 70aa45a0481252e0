using ThinIce.Numbers.Statistics.Proportions;

namespace ThinIce.Validation.Published;

/// <summary>
/// SafetyNET's active surveillance (PubMed 39159155, abstract): 2,136 of 3,819 second questionnaires came back; 455 of 2,136 with any event; 1.5 % serious, which are 32.
/// Expected: R 4.2.2, binom.test.
/// </summary>
public sealed class SafetyNet2024Tests
{
    [Theory]
    [InlineData(32, 2136, 1.03, 2.11)]
    [InlineData(455, 2136, 19.58, 23.10)]
    public void Published_shares_have_their_exact_interval(long events, long n, double low, double high)
    {
        var interval = ProportionIntervals.Of(new Proportion<People>(events, n), ProportionMethod.ClopperPearson);
        Assert.Equal((low, high), (Math.Round(100 * interval.Low, 2), Math.Round(100 * interval.High, 2)));
    }

    [Fact]
    public void Those_who_did_not_answer_could_change_everything()
    {
        var bounds = NonResponse.Bounds(new Proportion<People>(455, 2136), invited: 3819);
        Assert.Equal(55.93, Math.Round(100 * bounds.Response, 2));
        // By hand: 455 / 3,819 and (455 + 1,683) / 3,819.
        Assert.Equal((0.1191, 0.5598), (Math.Round(bounds.Low, 4), Math.Round(bounds.High, 4)));
    }
}
