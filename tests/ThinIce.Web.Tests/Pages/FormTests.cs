using System.Net;
using System.Text.Json;

namespace ThinIce.Web.Tests.Pages;

/// <summary>Pages as they come over the wire: what they carry, what a browser may keep, and what becomes of an odd form.</summary>
public sealed class FormTests(Site site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/check")]
    [InlineData("/after")]
    public async Task What_was_said_travels_in_the_page_and_never_in_an_address_or_a_cookie(string path)
    {
        var (reply, page) = await PostAsync(path, ("go", "session"), ("go", "person"), ("technique", "Thai"), ("symptoms", "secret-ache"));
        Assert.Contains("value=\"secret-ache\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("method=\"get\"", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch("(href|action|src)=\"[^\"]*secret-ache", page);
        Assert.False(reply.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_browser_may_keep_a_page_for_going_back_and_nobody_else_may()
    {
        var (reply, _) = await PostAsync("/check", ("go", "answer"), ("words", "aunt on warfarin"));
        Assert.True(reply.Headers.CacheControl is { Private: true, NoCache: true, NoStore: false });
        using var clear = await site.Http.GetAsync(new Uri("/clear", UriKind.Relative), Cancel);
        Assert.Contains("\"cache\"", clear.Headers.GetValues("Clear-Site-Data").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_kept_from_an_older_page_to_a_question_that_is_gone_is_left_out()
    {
        var (reply, page) = await PostAsync("/check", ("go", "answer"), ("words", "back massage"), ("q.is:a-question-of-last-year", "yes"), ("q.nonsense", "yes"), ("a.when:a-thing-of-last-year", "3 weeks ago"));
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        var seen = System.Text.RegularExpressions.Regex.Replace(page, "<[^>]*>", " ");
        Assert.DoesNotContain("last-year", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("nonsense", seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/check")]
    [InlineData("/after")]
    public async Task Something_that_is_no_form_gets_a_page_to_fill_in(string path)
    {
        using var content = new StringContent("{\"words\":\"x\"}", System.Text.Encoding.UTF8, "application/json");
        using var reply = await site.Http.PostAsync(new Uri(path, UriKind.Relative), content, Cancel);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Contains("<textarea", await reply.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/check")]
    [InlineData("/after")]
    public async Task Two_megabytes_get_a_clear_page(string path)
    {
        var (reply, page) = await PostAsync(path, ("symptoms", new string('a', 2_000_000)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, reply.StatusCode);
        Assert.Contains("That is too much to read at once", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Odd_choices_are_refused_or_shown_as_written_and_never_as_a_key_of_our_own()
    {
        var (_, refused) = await PostAsync("/check", ("go", "answer"), ("technique", "Thai"), ("pressure", "crushing"));
        Assert.Contains("Choose one of the answers", refused, StringComparison.Ordinal);
        var (_, shown) = await PostAsync("/check", ("go", "answer"), ("technique", "Thai"), ("provider", "my neighbour"), ("rest", "odd"), ("agoUnit", "years"));
        Assert.Contains("my neighbour", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("option.", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_words_offered_while_typing_are_the_same_for_everybody_and_may_be_kept()
    {
        using var reply = await site.Http.GetAsync(new Uri("/words.json", UriKind.Relative), Cancel);
        Assert.True(reply.Headers.CacheControl!.Public);
        using var lists = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(Cancel));
        Assert.Contains("warfarin", lists.RootElement.GetProperty("medicines").EnumerateArray().Select(w => w.GetString()));
        Assert.True(lists.RootElement.GetProperty("conditions").GetArrayLength() > 300);
    }

    [Fact]
    public async Task Every_box_that_offers_words_has_a_list_of_them()
    {
        using var lists = JsonDocument.Parse(await site.Http.GetStringAsync(new Uri("/words.json", UriKind.Relative), Cancel));
        foreach (var (path, go) in new[] { ("/check", "massage"), ("/check", "health"), ("/after", "feeling"), ("/after", "session") })
        {
            var (_, page) = await PostAsync(path, ("go", go));
            var boxes = System.Text.RegularExpressions.Regex.Matches(page, "data-suggest=\"([^\"]+)\"");
            Assert.NotEmpty(boxes);
            Assert.All(boxes, b => Assert.True(lists.RootElement.TryGetProperty(b.Groups[1].Value, out _), b.Value));
        }
    }

    private async Task<(HttpResponseMessage Reply, string Page)> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value)));
        var reply = await site.Http.PostAsync(new Uri(path, UriKind.Relative), content, Cancel);
        return (reply, await reply.Content.ReadAsStringAsync(Cancel));
    }
}
