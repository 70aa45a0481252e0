using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ThinIce.TestSupport;

namespace ThinIce.Web.Tests.Journeys;

/// <summary>The answer pages, as written vignettes get them, read at grade 8 at most, words of the interface included.</summary>
public sealed partial class AnswerWordsTests(Site site)
{
    private const int EveryNth = 4;

    [Theory]
    [InlineData("risk.json", "ordinary.json", "unknown.json")]
    [InlineData("second/risk.json", "second/ordinary.json", "second/unknown.json")]
    public async Task Every_kind_of_answer_before_a_massage_reads_at_grade_8_or_below(params string[] files)
    {
        var tones = await ReadAsync("/check", files);
        Assert.Superset(new HashSet<string> { "emergency", "urgent", "non-urgent" }, tones);
    }

    [Fact]
    public async Task Every_kind_of_answer_after_a_massage_reads_at_grade_8_or_below()
    {
        var tones = await ReadAsync("/after", "aftercare.json", "second/aftercare.json");
        Assert.Superset(new HashSet<string> { "emergency", "urgent", "non-urgent" }, tones);
    }

    [Theory]
    [InlineData("/check", "massage", "person", "health")]
    [InlineData("/after", "feeling", "session")]
    public async Task Every_page_on_the_way_to_an_answer_reads_at_grade_8_or_below(string address, params string[] steps)
    {
        foreach (var step in steps) RenderedWords.AssertReadable($"{address} {step}", await PostAsync(address, [new("go", step)]));
    }

    [Fact]
    public void The_words_of_an_answer_that_the_visitor_wrote_are_not_measured() =>
        Assert.Equal(["You wrote .", "Why"], RenderedWords.Blocks("<main><p>You wrote <bdi>antiphospholipid</bdi>.</p><p>Why</p><textarea>theirs</textarea></main>"));

    private async Task<HashSet<string>> ReadAsync(string address, params string[] files)
    {
        var (hard, tones, pages) = (new List<string>(), new HashSet<string>(), 0);
        foreach (var item in files.SelectMany(Vignettes))
        {
            var page = await PostAsync(address, Fields(item));
            RenderedWords.AssertReadable(item.GetProperty("id").GetString()!, page);
            tones.Add(Tone().Match(page).Groups[1].Value);
            hard.AddRange(RenderedWords.Hard(page));
            pages++;
        }

        Assert.True(pages >= 12, $"{pages} pages");
        Assert.True(hard.Count == 0, string.Join('\n', hard.Distinct()));
        return tones;
    }

    private static IEnumerable<JsonElement> Vignettes(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests/ThinIce.Validation/FreshReader", file)));
        return [.. document.RootElement.EnumerateArray().Where((_, i) => i % EveryNth == 0).Select(e => e.Clone())];
    }

    /// <summary>A vignette as a visitor would type it.</summary>
    private static List<KeyValuePair<string, string>> Fields(JsonElement item)
    {
        List<KeyValuePair<string, string>> fields = [new("go", "answer"), new("rest", "none")];
        foreach (var part in new[] { item, item.GetProperty("client"), item.GetProperty("session") })
            foreach (var property in part.EnumerateObject().Where(p => p.Name is not ("format" or "id" or "client" or "session" or "expect" or "notAsked")))
                if (Text(property.Value) is { Length: > 0 } text) fields.Add(new(property.Name == "hoursAfter" ? "ago" : property.Name, text));
        return fields;
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join('\n', value.EnumerateArray().Select(v => v.ToString())),
        JsonValueKind.Null => null,
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Number => value.GetDouble().ToString(CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private async Task<string> PostAsync(string address, List<KeyValuePair<string, string>> fields)
    {
        using var content = new FormUrlEncodedContent(fields);
        using var reply = await site.Http.PostAsync(new Uri(address, UriKind.Relative), content, TestContext.Current.CancellationToken);
        return await reply.EnsureSuccessStatusCode().Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("nhsuk-card--care--(emergency|urgent|non-urgent)")]
    private static partial Regex Tone();
}
