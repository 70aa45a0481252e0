using ThinIce.Numbers.Statistics.Proportions;

namespace ThinIce.Validation.Published;

/// <summary>
/// Cambron and others, Journal of Alternative and Complementary Medicine 2007;13:793-796: 100 clients after a massage, 10 % with some discomfort, 91 with complete answers
/// (abstract). Which of the two is below the line is not said: both are given. R 4.2.2: binom.test.
/// </summary>
public sealed class Cambron2007Tests
{
    [Theory]
    [InlineData(10, 100, 4.90, 17.62)]
    [InlineData(9, 91, 4.62, 17.95)]
    public void Both_readings_of_the_denominator_have_their_interval(long events, long n, double low, double high)
    {
        var interval = ProportionIntervals.Of(new Proportion<People>(events, n), ProportionMethod.ClopperPearson);
        Assert.Equal((low, high), (Math.Round(100 * interval.Low, 2), Math.Round(100 * interval.High, 2)));
    }

    [Fact]
    public void A_hundred_without_an_event_still_leave_room_for_one_in_thirty_four()
    {
        var none = new Proportion<People>(0, 100);
        Assert.Equal(3.62, Math.Round(100 * ProportionIntervals.Of(none, ProportionMethod.ClopperPearson).High, 2));
        Assert.Equal(2.95, Math.Round(100 * ProportionIntervals.Of(none, ProportionMethod.ClopperPearson, 0.95, Sides.Upper).High, 2));
    }
}
