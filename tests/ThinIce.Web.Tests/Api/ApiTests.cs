using System.Net;
using System.Text;
using System.Text.Json;
using ThinIce.Core.Contract;

namespace ThinIce.Web.Tests.Api;

public sealed class ApiTests(Site site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_aunt_on_warfarin_gets_lighter_pressure_and_why_over_http()
    {
        var (status, answer) = await PostAsync("/api/screen", """{"id":"aunt","words":"aunt on warfarin, deep tissue, back"}""");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("adapt", answer.GetProperty("decision").GetString());
        Assert.Equal("pressure", answer.GetProperty("adaptations")[0].GetProperty("element").GetString());
        Assert.Contains("aunt on warfarin", answer.GetProperty("findings")[0].GetProperty("because").EnumerateArray().Select(b => b.GetString()));
        Assert.False(answer.GetProperty("reviewedByClinician").GetBoolean());
    }

    [Fact]
    public async Task An_answer_has_every_field_of_the_contract()
    {
        var (_, answer) = await PostAsync("/api/screen", """{"id":"x","client":{"medicines":["warfarin"]},"session":{"technique":"deep tissue"}}""");
        Assert.Superset(
            new HashSet<string>(["id", "decision", "within", "undetermined", "findings", "adaptations", "harms", "questions", "notUnderstood", "knowledge", "reviewedByClinician"]),
            Names(answer));
        Assert.Superset(new HashSet<string>(["rule", "kind", "status", "because", "harms", "why", "references"]), Names(answer.GetProperty("findings")[0]));
        Assert.Superset(new HashSet<string>(["element", "advice", "rule"]), Names(answer.GetProperty("adaptations")[0]));
        Assert.Superset(new HashSet<string>(["ask", "field", "changes"]), Names(answer.GetProperty("questions")[0]));

        var (_, triage) = await PostAsync("/api/triage", """{"id":"y","symptoms":["urine the colour of cola"]}""");
        Assert.Superset(
            new HashSet<string>(["id", "urgency", "undetermined", "suspected", "newOrWorse", "because", "advice", "questions", "references", "notUnderstood", "knowledge", "reviewedByClinician"]),
            Names(triage));
        Assert.Equal("urgent", triage.GetProperty("urgency").GetString());
    }

    [Fact]
    public async Task An_array_is_answered_by_an_array_with_errors_in_their_place()
    {
        var (status, answers) = await PostAsync("/api/screen", """[{"id":"a"},{"id":"b","client":{"age":999}},{"id":"c"}]""");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["a", "b", "c"], answers.EnumerateArray().Select(a => a.GetProperty("id").GetString()));
        Assert.Equal((Problems.OutOfRange, "client.age"), Error(answers[1]));
    }

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest, Problems.MalformedJson)]
    [InlineData("""{"client":{"age":"x"}}""", HttpStatusCode.BadRequest, Problems.WrongType)]
    public async Task One_bad_object_is_a_bad_request(string json, HttpStatusCode status, string code)
    {
        var (answered, body) = await PostAsync("/api/screen", json);
        Assert.Equal(status, answered);
        Assert.Equal(code, Error(body.ValueKind == JsonValueKind.Array ? body[0] : body).Code);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_by_code()
    {
        using var content = new ByteArrayContent(new byte[Limits.RequestBytes + 1]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/screen") { Content = content };
        request.Headers.ExpectContinue = true;
        using var response = await site.Http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains(Problems.TooLarge, await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/health")]
    public async Task Monitors_may_ask_for_the_head_alone(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var response = await site.Http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task An_empty_body_is_a_bad_request()
    {
        var (status, body) = await PostAsync("/api/screen", "");
        Assert.Equal((HttpStatusCode.BadRequest, Problems.Empty), (status, Error(body).Code));
    }

    [Fact]
    public async Task Health_answers_when_ready()
    {
        using var response = await site.Http.GetAsync(new Uri("/health", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task The_description_names_exactly_the_fields_that_are_written_and_read()
    {
        using var document = JsonDocument.Parse(await site.Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), Cancel));
        var schemas = document.RootElement.GetProperty("components").GetProperty("schemas");
        HashSet<string> Described(string schema) => Names(schemas.GetProperty(schema).GetProperty("properties"));

        var (_, answer) = await PostAsync("/api/screen", "{}");
        Assert.Equal(Names(answer).Order(), Described("ScreeningAnswer").Order());
        var (_, triage) = await PostAsync("/api/triage", "{}");
        Assert.Equal(Names(triage).Order(), Described("TriageAnswer").Order());

        // Every field described is read: sent with a value of no type that any field takes, it is either refused or listed as not read.
        foreach (var (path, schema) in new[] { ("/api/screen", "Intake"), ("/api/triage", "AftercareReport") })
        {
            foreach (var field in Described(schema).Where(f => f != "id"))
            {
                var (_, error) = await PostAsync(path, $$$"""{"{{{field}}}":{"x":[7]}}""");
                var fine = error.TryGetProperty("error", out _) || field is "client" or "session";
                Assert.True(fine, $"{schema}.{field} is described and not read");
            }
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/check")]
    [InlineData("/after")]
    [InlineData("/thinice.css")]
    [InlineData("/nothing-here")]
    public async Task Every_reply_keeps_itself_to_itself(string path)
    {
        using var response = await site.Http.GetAsync(new Uri(path, UriKind.Relative), Cancel);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch("unsafe|https?:", policy);
        Assert.DoesNotMatch("<script(?! src=\"/)| style=\"| on[a-z]+=\"", await response.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal(path != "/thinice.css", response.Headers.CacheControl!.NoStore);
        Assert.False(response.Headers.Contains("Server"));
        Assert.False(response.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task The_largest_first_view_stays_under_50_kilobytes_compressed()
    {
        var total = 0L;
        foreach (var path in new[] { "/check", "/thinice.css", "/thinice.js" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("Accept-Encoding", "gzip");
            using var response = await site.Http.SendAsync(request, Cancel);
            total += (await response.Content.ReadAsByteArrayAsync(Cancel)).Length;
        }

        Assert.InRange(total, 1_000, 50_000);
    }

    private static (string Code, string Path) Error(JsonElement answer) =>
        (answer.GetProperty("error").GetProperty("code").GetString()!, answer.GetProperty("error").GetProperty("path").GetString()!);

    private static HashSet<string> Names(JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name)];

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await site.Http.PostAsync(new Uri(path, UriKind.Relative), content, Cancel);
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
        return (response.StatusCode, document.RootElement.Clone());
    }
}
