using System.Globalization;
using ThinIce.Core;
using ThinIce.Core.Clinical;
using ThinIce.TestSupport;
using ThinIce.Web.Features.Rates;

namespace ThinIce.Web.Tests.Pages;

/// <summary>How often does it happen? Published counts, people and visits apart, bounds never as rates.</summary>
public sealed class RateTests(Site site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // R 4.2.2: binom.test of the printed counts, in per cent; see tests/ThinIce.Validation/Published for each paper.
    [Theory]
    [InlineData("discomfort-after-massage", 4.90, 17.62)]
    [InlineData("reports-left-to-chiropractors", 0.02, 0.53)]
    [InlineData("any-new-or-worse-after-visit", 19.58, 23.10)]
    [InlineData("serious-after-visit", 1.03, 2.11)]
    [InlineData("serious-in-manual-therapy-trial", 0, 0.14)]
    [InlineData("major-manual-therapy-people", 0, 0.02)]
    [InlineData("major-manual-therapy-treatments", 0, 0.01)]
    public async Task Each_count_has_its_exact_interval(string id, double low, double high)
    {
        var line = (await site.Http.GetStringAsync("/rates.csv", Cancel)).Split('\n').Single(l => l.StartsWith(id + ",", StringComparison.Ordinal));
        var numbers = line[line.IndexOf(",clopper-pearson,", StringComparison.Ordinal)..];
        var before = line[..^numbers.Length].Split(',');
        Assert.Equal((low, high), (Percent(before[^3]), Percent(before[^2])));
        Assert.Equal("0.95", before[^1]);
    }

    [Fact]
    public void Nothing_seen_is_a_bound_and_no_percentage_and_neither_are_few()
    {
        Assert.Null(new CountedRate(Rate(0, 42_451)).Percent);
        Assert.Null(new CountedRate(Rate(3, CountedRate.LeastForPercent - 1)).Percent);
        Assert.Equal(10, new CountedRate(Rate(10, 100)).Percent);
        Assert.True(new CountedRate(Rate(0, 91)).IsBound);
    }

    [Fact]
    public async Task People_and_visits_stand_apart_and_every_count_says_how_when_and_by_whom()
    {
        var page = System.Net.WebUtility.HtmlDecode(await site.Http.GetStringAsync("/rates", Cancel));
        var (people, visits) = (page.IndexOf("id=\"people\"", StringComparison.Ordinal), page.IndexOf("id=\"visits\"", StringComparison.Ordinal));
        Assert.Contains("After, not because of.", page, StringComparison.Ordinal);
        foreach (var rate in Repository.Compiled.Rates)
        {
            var at = page.IndexOf($"id=\"rate-{rate.Id}\"", StringComparison.Ordinal);
            Assert.True(rate.Unit == RateUnit.People ? at > people && at < visits : at > visits, rate.Id);
            foreach (var words in new[] { rate.What, rate.Asked, rate.Window, rate.Limits }) Assert.Contains(words.In("en"), page, StringComparison.Ordinal);
            Assert.Contains($"/sources/{rate.Reference.Value}", page, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("(0 %)", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("<svg viewBox=\"0 0 320").Length - 1);
        foreach (var left in Repository.Compiled.RatesLeftOut) Assert.Contains(left.Why.In("en"), page, StringComparison.Ordinal);
    }

    private static PublishedRate Rate(int events, int of) => new("x", LocalText.None, events, of, RateUnit.People, new("y"));

    private static double Percent(string share) => Math.Round(100 * double.Parse(share, CultureInfo.InvariantCulture), 2);
}
