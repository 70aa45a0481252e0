using ThinIce.Numbers.Statistics.Proportions;

namespace ThinIce.Validation.Published;

/// <summary>Paanalahti and others, BMC Musculoskeletal Disorders 2014;15:77: no serious event in 2,692 visits. R 4.2.2: binom.test(0, 2692).</summary>
public sealed class Paanalahti2014Tests
{
    [Fact]
    public void No_serious_event_in_2692_visits_leaves_room_for_one_in_seven_hundred()
    {
        var none = new Proportion<Visits>(0, 2692);
        Assert.Equal(0.137, Math.Round(100 * ProportionIntervals.Of(none, ProportionMethod.ClopperPearson).High, 3));
        Assert.Equal(0.111, Math.Round(100 * ProportionIntervals.Of(none, ProportionMethod.ClopperPearson, 0.95, Sides.Upper).High, 3));
    }
}
