// Acts of a registry are short; a token in each call would hide what is being told.
#pragma warning disable xUnit1051
using System.Net;
using System.Text.RegularExpressions;

namespace ThinIce.Web.Tests.Asking;

/// <summary>What goes wrong with a link: each has a clear page, and nothing is lost.</summary>
public sealed partial class LinkPageTests
{
    [Theory]
    [InlineData("/check-in/nothing", "This link opens nothing")]
    [InlineData("/check-in/nothing/boundary", "This link opens nothing")]
    [InlineData("/intake/nothing", "This link opens nothing")]
    [InlineData("/kiosk/nothing", "This link opens nothing")]
    public async Task A_link_of_nobody_opens_nothing_and_says_what_to_do(string path, string title)
    {
        await using var clinic = await AskingClinic.NewAsync();
        var (status, page) = await clinic.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains(title, page, StringComparison.Ordinal);
        Assert.Contains("Do not wait for a link", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await clinic.PostAsync(path, ("go", "fine"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await clinic.PostAsync("/stop/nothing")).Status);
    }

    [Fact]
    public async Task A_link_of_another_purpose_or_whose_time_is_over_opens_nothing()
    {
        await using var clinic = await AskingClinic.NewAsync();
        var path = await clinic.CheckInAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await clinic.GetAsync(path.Replace("check-in", "intake", StringComparison.Ordinal))).Status);
        clinic.Time.Now = clinic.Time.Now.AddDays(9);
        var (status, page) = await clinic.GetAsync(path);
        Assert.Equal(HttpStatusCode.Gone, status);
        Assert.Contains("The time for this link is over", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, (await clinic.PostAsync(path, ("go", "fine"))).Status);
        // The end of messages is open for good.
        Assert.Contains("There will be no more messages", (await clinic.PostAsync(Stop(path))).Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_that_look_into_links_before_people_do_change_nothing()
    {
        await using var clinic = await AskingClinic.NewAsync();
        var path = await clinic.CheckInAsync();
        var before = await clinic.Registry.VerifyAsync();
        foreach (var one in new[] { path, $"{path}/boundary", Stop(path), $"{path}?go=fine", $"{Stop(path)}?go=stop" })
        {
            await clinic.GetAsync(one);
            using var head = new HttpRequestMessage(HttpMethod.Head, one);
            using var reply = await clinic.Http.SendAsync(head);
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        }

        Assert.Equal(before.Events, (await clinic.Registry.VerifyAsync()).Events);
        Assert.DoesNotContain("You have answered this already", (await clinic.GetAsync(path)).Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_sent_twice_is_kept_once_and_answered_twice()
    {
        await using var clinic = await AskingClinic.NewAsync();
        var path = await clinic.CheckInAsync();
        var once = Once((await clinic.GetAsync(path)).Page);
        (string, string)[] fields = [("once", once), ("go", "send"), ("symptoms", "my speech is slurred\nleft arm and leg are weak")];
        var replies = await Task.WhenAll(clinic.PostAsync(path, fields), clinic.PostAsync(path, fields), clinic.PostAsync(path, fields));
        Assert.All(replies, r => Assert.Contains("Call for help now", r.Page, StringComparison.Ordinal));
        Assert.Single((await clinic.Registry.Alerts.BoardAsync(clinic.Officer)).Value);
        var what = Once((await clinic.GetAsync($"{path}/boundary")).Page);
        for (var i = 0; i < 2; i++) Assert.Contains("It was sent", (await clinic.PostAsync($"{path}/boundary", ("once", what), ("what", "He would not stop."))).Page, StringComparison.Ordinal);
        Assert.Single((await clinic.Registry.Complaints.ListAsync(clinic.Officer)).Value);
        Assert.True((await clinic.Registry.VerifyAsync()).IsSound);
    }

    [Fact]
    public async Task What_cannot_be_read_is_mended_in_place_and_nothing_typed_is_lost()
    {
        await using var clinic = await AskingClinic.NewAsync();
        var path = await clinic.CheckInAsync();
        Assert.Contains("Tick what you feel", (await clinic.PostAsync(path, ("go", "more"))).Page, StringComparison.Ordinal);
        var (_, page) = await clinic.PostAsync(path, ("go", "send"), ("symptoms", "sore neck"), ("hours.0", "since yesterday"));
        Assert.Contains("The time must be a number", page, StringComparison.Ordinal);
        Assert.Contains("value=\"since yesterday\"", page, StringComparison.Ordinal);
        Assert.Contains("Write a few words", (await clinic.PostAsync($"{path}/boundary", ("what", " "))).Page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await clinic.PostAsync(path, ("symptoms", new string('a', 2_000_000)))).Status);
    }

    [Fact]
    public async Task Where_nobody_at_the_clinic_may_read_a_complaint_the_page_says_where_else_to_turn()
    {
        await using var clinic = await AskingClinic.NewAsync(hasOfficer: false);
        var path = await clinic.CheckInAsync();
        var (_, page) = await clinic.PostAsync($"{path}/boundary", ("what", "He would not stop."));
        Assert.Contains("there is nobody who may read it", page, StringComparison.Ordinal);
        Assert.Contains("You can tell the police", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_windows_on_one_intake_overwrite_nothing_and_a_page_sent_twice_goes_on()
    {
        await using var clinic = await AskingClinic.NewAsync();
        var (path, appointment) = await clinic.IntakeAsync(await clinic.ClientAsync(new(1961, 5, 17)));
        (string, string)[] start = [("at", "start"), ("revision", "0"), ("who", "me"), ("consent", "yes")];
        Assert.Contains("How does your body feel?", (await clinic.PostAsync(path, start)).Page, StringComparison.Ordinal);
        Assert.Contains("How does your body feel?", (await clinic.PostAsync(path, start)).Page, StringComparison.Ordinal);
        await clinic.PostAsync(path, ("at", "feel"), ("revision", "1"), ("sign", "headache"));
        var (_, other) = await clinic.PostAsync(path, ("at", "feel"), ("revision", "1"), ("sign", "dizzy"));
        Assert.Contains("This was open in another window", other, StringComparison.Ordinal);
        Assert.Contains("value=\"dizzy\" checked", other, StringComparison.Ordinal);
        var kept = (await clinic.Registry.Intakes.OpenAsync(new(path.Split('/')[^1]))).Value;
        Assert.Contains("headache", kept.Answers, StringComparison.Ordinal);
        await clinic.PostAsync(path, ("at", "feel"), ("revision", "2"), ("sign", "dizzy"));
        Assert.Contains("dizzy", (await clinic.Registry.Intakes.OpenAsync(new(path.Split('/')[^1]))).Value.Answers, StringComparison.Ordinal);
        await clinic.PostAsync(path, ("at", "ask"), ("revision", "3"), ("go", "finish"));
        await clinic.PostAsync(path, ("at", "wish"), ("revision", "4"), ("go", "strong"));
        Assert.Contains("Thank you", (await clinic.PostAsync(path, ("at", "check"), ("go", "send"))).Page, StringComparison.Ordinal);
        var (status, again) = await clinic.PostAsync(path, ("at", "check"), ("go", "send"));
        Assert.Equal(HttpStatusCode.Gone, status);
        Assert.Contains("You have sent this already", again, StringComparison.Ordinal);
        Assert.Contains("dizzy", (await clinic.Registry.Intakes.ReadAsync(clinic.Therapist, appointment)).Value.Now, StringComparison.Ordinal);
        Assert.True((await clinic.Registry.VerifyAsync()).IsSound);
    }

    [Fact]
    public async Task Somebody_under_age_needs_a_guardian_whether_it_is_said_or_known()
    {
        await using var clinic = await AskingClinic.NewAsync();
        var (path, appointment) = await clinic.IntakeAsync(await clinic.ClientAsync(new(2012, 5, 17)));
        Assert.Contains("A parent or guardian has to say yes", (await clinic.PostAsync(path, ("at", "start"), ("revision", "0"), ("who", "me"), ("consent", "yes"))).Page, StringComparison.Ordinal);
        var (_, page) = await clinic.PostAsync(path, ("at", "start"), ("revision", "1"), ("who", "guardian"), ("consent", "yes"));
        Assert.Contains("How does your body feel?", page, StringComparison.Ordinal);
        await clinic.PostAsync(path, ("at", "feel"), ("revision", "2"));
        await clinic.PostAsync(path, ("at", "ask"), ("revision", "3"), ("go", "finish"));
        await clinic.PostAsync(path, ("at", "wish"), ("revision", "4"), ("go", "none"));
        await clinic.PostAsync(path, ("at", "check"), ("go", "send"));
        Assert.Contains("\"filledInBy\":\"guardian\"", (await clinic.Registry.Intakes.ReadAsync(clinic.Therapist, appointment)).Value.Now, StringComparison.Ordinal);
        var (young, _) = await clinic.IntakeAsync(await clinic.ClientAsync(null, "Ned Nobody"));
        await clinic.PostAsync(young, ("at", "start"), ("revision", "0"), ("who", "me"), ("consent", "yes"));
        await clinic.PostAsync(young, ("at", "feel"), ("revision", "1"));
        Assert.Contains("A parent or guardian has to say yes", (await clinic.PostAsync(young, ("at", "ask"), ("revision", "2"), ("asks", "field:age"), ("go", "next"), ("age", "12"))).Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_with_a_secret_in_their_address_hand_it_to_nobody_and_are_not_kept()
    {
        await using var clinic = await AskingClinic.NewAsync();
        using var reply = await clinic.Http.GetAsync(new Uri(await clinic.CheckInAsync(), UriKind.Relative));
        Assert.Equal("no-referrer", reply.Headers.GetValues("Referrer-Policy").Single());
        Assert.True(reply.Headers.CacheControl!.NoStore);
        Assert.False(reply.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public void Every_line_of_the_check_list_is_understood_as_it_stands()
    {
        var answerer = new Core.Contract.Answerer(TestSupport.Repository.Compiled, () => new(2026, 11, 24));
        Assert.True(answerer.Knowledge.CheckList.Count > 20);
        foreach (var sign in answerer.Knowledge.CheckList.Select(l => l.Words.In("en")))
        {
            using var json = System.Text.Json.JsonDocument.Parse(System.Text.Json.JsonSerializer.Serialize(new { client = new { symptoms = new[] { sign } } }));
            var reading = answerer.Read(Core.Contract.IntakeReader.ReadIntake(json.RootElement).Value!);
            Assert.True(reading.NotUnderstood.Length == 0 && reading.Case.Facts.Any(f => f.Field == Core.Clinical.ClientField.Symptoms), sign);
        }
    }

    [Theory]
    [InlineData("", "calf pain", false)]
    [InlineData("lower-leg", "calf pain", true)]
    [InlineData("lower-back", "low back pain", true)]
    [InlineData("back", "low back pain", true)]
    [InlineData("back", "calf pain", false)]
    [InlineData("no-such-region", "calf pain", false)]
    public void The_check_list_fits_what_was_treated(string region, string line, bool isShown) =>
        Assert.Equal(isShown, Features.Link.SignChoice.Of(TestSupport.Repository.Compiled, region.Length == 0 ? [] : [region]).Contains(line));

    private static string Stop(string checkIn) => $"/stop/{checkIn.Split('/')[^1]}";

    private static string Once(string page) => OnceField().Match(page).Groups[1].Value;

    [GeneratedRegex("name=\"once\" value=\"([^\"]+)\"")]
    private static partial Regex OnceField();
}
