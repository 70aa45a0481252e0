using System.Globalization;
using System.Net;
using ThinIce.Web.Features.Surveys;

namespace ThinIce.Web.Tests.Pages;

/// <summary>What can a survey rule out?</summary>
public sealed class SurveyTests(Site site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // R 4.2.2: binom.test(0, 100)$conf.int is 0 to 0.0362; 1 / 0.0362 = 27.6. ceiling(log(0.05) / log1p(-0.001)) is 2,995. By hand: 1 − 0.999^100 = 0.095.
    [Fact]
    public async Task The_question_of_the_founding_document_is_answered_without_typing_anything()
    {
        var page = await site.Http.GetStringAsync("/surveys", Cancel);
        Assert.Contains("Nobody had the harm.", page, StringComparison.Ordinal);
        Assert.Contains("as many as 1 in 27 people", page, StringComparison.Ordinal);
        Assert.Contains("sees it even once is 10 in 100", page, StringComparison.Ordinal);
        Assert.Contains("ask 2,995 people", page, StringComparison.Ordinal);
    }

    // By hand, the exact bound of none among n: 1 − 0.025^(1/n).
    [Theory]
    [InlineData(100, 0.036217)]
    [InlineData(1_000, 0.0036821)]
    [InlineData(10_000, 0.00036882)]
    public void Nobody_harmed_leaves_a_bound_and_no_rate(long asked, double bound)
    {
        var interval = new Survey(asked, 0, 1000).Interval;
        Assert.Equal(0, interval.Low);
        Assert.Equal(bound, interval.High, bound * 1e-4);
    }

    [Fact]
    public async Task The_file_has_the_numbers_of_the_table_and_says_people_and_the_method()
    {
        var lines = (await site.Http.GetStringAsync("/surveys.csv?asked=200&had=20&onein=50", Cancel)).TrimEnd().Split('\n');
        Assert.Equal("asked,had,unit,low,high,level,method,harm_one_in,chance_to_see_once,ask_for_95_percent", lines[0]);
        Assert.Equal(["100,10", "200,20", "1000,100", "10000,1000"], lines[1..].Select(l => string.Join(',', l.Split(',')[..2])));
        var first = lines[1].Split(',');
        // R 4.2.2: binom.test(10, 100).
        Assert.Equal((4.90, 17.62), (Percent(first[3]), Percent(first[4])));
        Assert.Equal(("people", "clopper-pearson"), (first[2], first[6]));
    }

    [Theory]
    [InlineData("asked=abc", "asked", "Write a whole number in figures, such as 100")]
    [InlineData("asked=-5", "asked", "Write a whole number in figures, such as 100")]
    [InlineData("asked=", "asked", "Write a whole number in figures, such as 100")]
    [InlineData("asked=10.5", "asked", "Write a whole number in figures, such as 100")]
    [InlineData("asked=0", "asked", "Write how many people were asked: 1 or more")]
    [InlineData("asked=99999999999999999999999999", "asked", "Write a number up to 1,000,000,000")]
    [InlineData("asked=100&had=101", "had", "No more people can have had it than were asked")]
    [InlineData("onein=1", "onein", "Write 2 or more")]
    [InlineData("asked=%F0%9F%92%A9", "asked", "Write a whole number in figures, such as 100")]
    public async Task What_cannot_be_read_is_said_beside_its_field_and_the_rest_is_kept(string query, string field, string says)
    {
        var page = WebUtility.HtmlDecode(await site.Http.GetStringAsync($"/surveys?{query}", Cancel));
        Assert.Matches($"id=\"{field}-error\">.*{System.Text.RegularExpressions.Regex.Escape(says)}", page);
        Assert.DoesNotContain("id=\"result\"", page, StringComparison.Ordinal);
        if (field != "onein") Assert.Contains("id=\"onein\" name=\"onein\" type=\"text\" inputmode=\"decimal\" dir=\"auto\" autocomplete=\"off\" value=\"1000\"", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await site.Http.GetAsync($"/surveys.csv?{query}", Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("1,000")]
    [InlineData("1 000")]
    [InlineData("1000")]
    public void Numbers_may_be_written_as_people_write_them(string asked) => Assert.Equal(1000, SurveyQuery.Of(asked, "0", "1000").Survey?.Asked);

    [Fact]
    public void The_largest_survey_is_answered_too_and_every_range_holds_what_was_found()
    {
        foreach (var (asked, had) in new[] { (1L, 0L), (1, 1), (1_000_000_000, 0), (1_000_000_000, 1), (1_000_000_000, 999_999_999), (7, 7) })
        {
            var survey = new Survey(asked, had, 1_000_000_000);
            Assert.All(survey.Beside, s => Assert.True(s.Interval.Holds((double)s.Had / s.Asked) && s.ChanceToSee is > 0 and <= 1, $"{s}"));
        }
    }

    private static double Percent(string share) => Math.Round(100 * double.Parse(share, CultureInfo.InvariantCulture), 2);
}
