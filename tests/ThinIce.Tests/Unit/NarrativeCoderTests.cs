using ThinIce.Core.Contract;
using ThinIce.Core.Narratives;
using ThinIce.TestSupport;

namespace ThinIce.Tests.Unit;

public sealed class NarrativeCoderTests
{
    private static readonly NarrativeCoder Coder = new(Repository.Compiled);

    private static string[] Ids(IEnumerable<SuggestedCode> codes) => [.. codes.Select(c => c.Id)];

    [Fact]
    public void A_clerks_line_becomes_codes()
    {
        var codes = Coder.Code("PT GOT MASSAGE YEST NOW C/O NECK PAIN, DENIES CP");
        Assert.Equal(["neck-pain"], Ids(codes.Symptoms));
        Assert.Equal(["neck"], Ids(codes.Regions));
        Assert.Equal(["any-massage"], Ids(codes.Techniques));
        Assert.Equal(["chest-pain"], Ids(codes.Negated));
        Assert.Equal(24, codes.OnsetHours);
    }

    [Fact]
    public void Each_suggestion_points_at_the_words_it_comes_from()
    {
        const string Text = "PT GOT MASSAGE YEST NOW C/O NECK PAIN, DENIES CP";
        var codes = Coder.Code(Text);
        string Words(SuggestedCode code) => Text.Substring(code.Spans[0].Start, code.Spans[0].Length);
        Assert.Equal("NECK PAIN", Words(codes.Symptoms[0]));
        Assert.Equal("CP", Words(codes.Negated[0]));
        Assert.Equal("YEST", Text.Substring(codes.OnsetSpans[0].Start, codes.OnsetSpans[0].Length));
    }

    [Theory]
    [InlineData("went for a massage for my sciatica and now my calf is swollen and warm")]
    [InlineData("55 YOM W/ HX OF SCIATICA HAD MASSAGE TODAY NOW CALF SWOLLEN AND WARM")]
    [InlineData("Sciatica for weeks, had a massage, afterwards my calf was swollen and warm")]
    public void What_was_there_before_is_told_apart_from_what_came_after(string text)
    {
        var codes = Coder.Code(text);
        Assert.DoesNotContain("radiating-pain", Ids(codes.Symptoms));
        Assert.Contains("swelling", Ids(codes.Symptoms));
    }

    [Fact]
    public void A_list_of_denials_goes_on_after_its_commas() =>
        Assert.Equal(["breathlessness", "chest-pain", "numbness"], Ids(Coder.Code("C/O LBP AFTER MASSAGE. DENIES CP, SOB, NUMBNESS. DX STRAIN").Negated).Order());

    [Fact]
    public void Shorthand_stands_for_words_in_notes_only()
    {
        Assert.Contains("headache", Ids(Coder.Code("PT C/O HA AFTER MASSAGE").Symptoms));
        Assert.Contains("any-massage", Ids(Coder.Code("PT C/O HA AFTER MASSAGE").Techniques));
        Assert.DoesNotContain("headache", Ids(Coder.Code("ha, that massage was great").Symptoms));
    }

    [Theory]
    [InlineData("massage 3 days ago, pain since yesterday", 48)]
    [InlineData("headache about 6 hours after the massage", 6)]
    [InlineData("fainted during the massage", 0)]
    [InlineData("sore the next day after my massage", 24)]
    public void Time_to_onset_is_read_from_the_words(string text, double hours) => Assert.Equal(hours, Coder.Code(text).OnsetHours);

    [Fact]
    public void How_long_it_lasted_is_not_when_it_began() => Assert.Null(Coder.Code("massage, my neck hurt for 2 days").OnsetHours);

    [Fact]
    public void No_massage_no_flare_of_pain() => Assert.Empty(Coder.Code("22 YOF C/O SHOULDER PAIN X1 WK. HAS NOT HAD MASSAGE.").Harms);

    [Fact]
    public void An_essay_of_two_hundred_thousand_letters_is_read_as_far_as_is_said()
    {
        var codes = Coder.Code(string.Concat(Enumerable.Repeat("the massage hurt for my neck and now I have a headache and the massage hurt. ", 3000)));
        Assert.True(codes.IsCut);
        Assert.Contains("headache", Ids(codes.Symptoms));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("<script>alert(1)</script> =1+1 ,,, ////")]
    [InlineData("🤕🤕🤕")]
    public void Odd_text_is_harmless(string text) => Assert.Empty(Coder.Code(text).Harms);

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@cmd", "'@cmd")]
    [InlineData(" +call", "' +call")]
    [InlineData("-3.5", "-3.5")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"no\"", "\"say \"\"no\"\"\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("neck|head", "neck|head")]
    public void No_cell_carries_a_live_formula(string cell, string written) => Assert.Equal(written, CsvCell.Of(cell));
}
