using ThinIce.Core.Clinical;
using ThinIce.Core.Conditions;

namespace ThinIce.Tests.Unit;

public sealed class VerdictTests
{
    private static readonly Verdict[] All = [Verdict.True, Verdict.False, Verdict.Unknown, Verdict.Pointed];

    /// <summary>Kleene's strong three-valued tables (Introduction to Metamathematics, 1952, §64), read off the two outer readings.</summary>
    [Fact]
    public void And_or_and_not_follow_the_strong_three_valued_tables()
    {
        static int Of(Verdict v) => v.Must ? 1 : v.Can ? 0 : -1;
        foreach (var a in All)
        {
            Assert.Equal(-Of(a), Of(a.Not()));
            foreach (var b in All)
            {
                Assert.Equal(Math.Min(Of(a), Of(b)), Of(a.And(b)));
                Assert.Equal(Math.Max(Of(a), Of(b)), Of(a.Or(b)));
            }
        }
    }

    [Fact]
    public void An_excuse_counts_only_when_it_is_known() => Assert.True(Verdict.Unknown.Not().AsNo);

    [Theory]
    [InlineData(">=65", 65, true)]
    [InlineData(">65", 65, false)]
    [InlineData("<65", 64.9, true)]
    [InlineData("<=65", 65.1, false)]
    [InlineData("12..28", 28, true)]
    [InlineData("12..28", 11.9, false)]
    [InlineData("7", 7, true)]
    public void A_comparison_reads_as_written(string text, double value, bool passes)
    {
        Assert.True(Comparison.TryParse(text, null, out var comparison));
        Assert.Equal(passes, comparison.Passes(value));
    }

    [Theory]
    [InlineData("over 65")]
    [InlineData(">=")]
    [InlineData("28..12")]
    [InlineData("12w")]
    public void What_is_no_comparison_is_refused(string text) => Assert.False(Comparison.TryParse(text, null, out _));

    [Theory]
    [InlineData("<10", 5, 9, true, true)]
    [InlineData("<10", 5, 10, true, false)]
    [InlineData("<10", 10, 20, false, false)]
    [InlineData(">=10", 10, 20, true, true)]
    [InlineData(">10", 5, 10, false, false)]
    public void A_range_passes_for_certain_perhaps_or_not(string text, double low, double high, bool can, bool must)
    {
        Assert.True(Comparison.TryParse(text, null, out var comparison));
        var verdict = comparison.Over(new Span(low, high));
        Assert.Equal((can, must), (verdict.Can, verdict.Must));
    }
}
