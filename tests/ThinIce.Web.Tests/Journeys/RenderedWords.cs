using System.Net;
using System.Text.RegularExpressions;
using ThinIce.Knowledge.Reading;

namespace ThinIce.Web.Tests.Journeys;

/// <summary>
/// The words of a rendered page that its reader sees. Measured is what stands in the main part of the page, block by block; not measured
/// are titles and authors of sources (cite), what the visitor wrote (bdi), and what is marked as written for professionals.
/// </summary>
internal static partial class RenderedWords
{
    public static void AssertReadable(string page, string html)
    {
        var reading = ReadingGrade.Of(Blocks(html));
        Assert.True(reading.Words > 20, $"{page}: only {reading.Words} words were found");
        Assert.True(!reading.IsHard, $"{page}: grade {reading.Grade:0.0}. Hardest: {string.Join(" | ", Blocks(html).OrderByDescending(b => ReadingGrade.Of(b) is { IsHard: true } hard ? hard.Grade : 0).Take(3))}");
    }

    /// <summary>Blocks that are too hard by themselves, each with its grade.</summary>
    public static IEnumerable<string> Hard(string html) => Blocks(html).Where(b => ReadingGrade.Of(b).IsHard).Select(b => $"{ReadingGrade.Of(b).Grade:0.0} {b}");

    public static List<string> Blocks(string html)
    {
        var main = MainPart().Match(html).Groups[1].Value;
        var words = NotMeasured().Replace(main, " ");
        return [.. BlockEnd().Split(words).Select(b => Space().Replace(WebUtility.HtmlDecode(Tag().Replace(b, "")), " ").Trim()).Where(b => b.Length > 0)];
    }

    [GeneratedRegex("<main\\b[^>]*>(.*)</main>", RegexOptions.Singleline)]
    private static partial Regex MainPart();

    [GeneratedRegex("<cite\\b.*?</cite>|<bdi\\b.*?</bdi>|<svg\\b.*?</svg>|<sup\\b.*?</sup>|<(?:script|select|textarea)\\b.*?</(?:script|select|textarea)>|<div data-reader=\"professional\">.*?</div>", RegexOptions.Singleline)]
    private static partial Regex NotMeasured();

    [GeneratedRegex("</?(?:p|li|h[1-6]|dt|dd|div|td|th|tr|summary|legend|label|button|option|figcaption|section|article|nav|form|ul|ol|table|span class=\"nhsuk-hint)\\b[^>]*>")]
    private static partial Regex BlockEnd();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("\\s+")]
    private static partial Regex Space();
}
