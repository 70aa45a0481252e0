using System.Xml.Linq;
using ThinIce.Numbers.Plots;
using ThinIce.Numbers.Statistics.Pooling;
using ThinIce.Numbers.Statistics.Proportions;

namespace ThinIce.Tests.Unit.Numbers;

/// <summary>The plots have their words, in a font of their own, whatever the machine has.</summary>
public sealed class PictureTests
{
    private static readonly PooledFigure Figure = Pool.Studies([new("Ash & sons", 3, 100), new("Birch", 9, 120), new("Cedar", 0, 50)], PoolScale.Logit, PoolMethod.DerSimonianLaird);

    public static TheoryData<string> Names => ["intervals", "forest", "funnel", "rule out"];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_plot_as_SVG_has_a_title_a_description_and_text(string name)
    {
        var picture = Make(name);
        var svg = XDocument.Parse(picture.Svg()).Root!;
        XNamespace ns = "http://www.w3.org/2000/svg";
        Assert.Equal(picture.Title, svg.Element(ns + "title")!.Value);
        Assert.Equal(picture.Description, svg.Element(ns + "desc")!.Value);
        Assert.Equal("img", svg.Attribute("role")!.Value);
        Assert.NotEmpty(svg.Descendants(ns + "text"));
        Assert.All(svg.Descendants(ns + "text"), t => Assert.Equal("DejaVu Sans", t.Attribute("font-family")?.Value));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_plot_as_PNG_is_a_picture(string name) => Assert.Equal([0x89, 0x50, 0x4E, 0x47], Make(name).Png()[..4]);

    [Fact]
    public void Another_ending_is_refused() => Assert.Throws<ArgumentException>(() => Make("forest").Save("x.bmp"));

    [Fact]
    public void Rates_in_words() => Assert.Equal(["1 in 3", "1 in 34", "1 in 2,995", "none"], new[] { 1 / 3.0, 0.0295, 1 / 2995.0, 0 }.Select(Pictures.OneIn));

    private static Picture Make(string name) => name switch
    {
        "intervals" => Pictures.Intervals("3 of 100 people", 0.03, [ProportionIntervals.Of(new Proportion<People>(3, 100), ProportionMethod.Wilson)], percent: true),
        "forest" => Pictures.Forest(Figure, "Three studies"),
        "funnel" => Pictures.Funnel(Figure, "Three studies"),
        _ => Pictures.RuleOut([100, 1000, 10_000], 0.95),
    };
}
