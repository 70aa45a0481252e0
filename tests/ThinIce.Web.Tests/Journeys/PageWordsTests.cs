using System.Net;
using System.Text.RegularExpressions;
using ThinIce.Knowledge.Reading;
using ThinIce.TestSupport;

namespace ThinIce.Web.Tests.Journeys;

/// <summary>
/// The rendered pages read at grade 8 at most. Measured is what stands in the main part of the page, block by block; not measured are
/// titles and authors of sources (cite) and what is marked as written for professionals.
/// </summary>
public sealed partial class PageWordsTests(Site site)
{
    private static readonly string[] Addresses =
        ["/", "/check", "/after", "/harms", "/choose", "/stop-card", "/drill", "/drill/play?deal=5&many=18", "/drill/play?deal=5&many=18&choice=0", "/drill/play?deal=5&many=6&answers=012301", "/how-it-works", "/whats-new", "/sources", "/sources?find=zzz"];

    public static TheoryData<string> Pages => [.. Addresses];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_reads_at_grade_8_or_below(string address)
    {
        AssertReadable(address, await site.Http.GetStringAsync(address, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Every_page_of_a_harm_reads_at_grade_8_or_below()
    {
        foreach (var harm in Repository.Compiled.Harms)
            AssertReadable(harm.Id.Value, await site.Http.GetStringAsync($"/harms/{harm.Id.Value}", TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Only_the_words_of_the_page_are_measured() =>
        Assert.Equal(["One", "Two words", "Three"], Blocks("<header>No</header><main><h1>One</h1><p>Two\n <b>words</b> <cite><a>Title of a source</a></cite></p><div data-reader=\"professional\"><p>Not this.</p></div><svg><path/></svg><p>Three</p></main>"));

    private static void AssertReadable(string page, string html)
    {
        var reading = ReadingGrade.Of(Blocks(html));
        Assert.True(reading.Words > 20, $"{page}: only {reading.Words} words were found");
        Assert.True(!reading.IsHard, $"{page}: grade {reading.Grade:0.0}. Hardest: {string.Join(" | ", Blocks(html).OrderByDescending(b => ReadingGrade.Of(b) is { IsHard: true } hard ? hard.Grade : 0).Take(3))}");
    }

    private static List<string> Blocks(string html)
    {
        var main = MainPart().Match(html).Groups[1].Value;
        var words = NotMeasured().Replace(main, " ");
        return [.. BlockEnd().Split(words).Select(b => Space().Replace(WebUtility.HtmlDecode(Tag().Replace(b, "")), " ").Trim()).Where(b => b.Length > 0)];
    }

    [GeneratedRegex("<main\\b[^>]*>(.*)</main>", RegexOptions.Singleline)]
    private static partial Regex MainPart();

    [GeneratedRegex("<cite\\b.*?</cite>|<svg\\b.*?</svg>|<sup\\b.*?</sup>|<(?:script|select)\\b.*?</(?:script|select)>|<div data-reader=\"professional\">.*?</div>", RegexOptions.Singleline)]
    private static partial Regex NotMeasured();

    [GeneratedRegex("</?(?:p|li|h[1-6]|dt|dd|div|td|th|tr|summary|legend|label|button|option|figcaption|section|article|nav|form|ul|ol|table|span class=\"nhsuk-hint)\\b[^>]*>")]
    private static partial Regex BlockEnd();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("\\s+")]
    private static partial Regex Space();
}
