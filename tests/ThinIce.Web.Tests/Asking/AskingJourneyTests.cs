// Acts of a registry are short; a token in each call would hide what is being told.
#pragma warning disable xUnit1051
using Microsoft.Playwright;
using ThinIce.Registry.Model;
using ThinIce.Web.Tests.Journeys;

namespace ThinIce.Web.Tests.Asking;

/// <summary>Clients with a link, in a real browser: on a phone without JavaScript, and on a wide screen with it.</summary>
public sealed class AskingJourneyTests(Site site)
{
    [Theory]
    [InlineData(320, false)]
    [InlineData(1280, true)]
    public async Task All_fine_is_one_tap_and_a_benefit_counts_too(int width, bool javaScript)
    {
        await using var clinic = await AskingClinic.NewAsync();
        var page = await OpenAsync(clinic, await clinic.CheckInAsync(), width, javaScript);
        await page.Heading("How have you been since your visit?").ToBeVisibleAsync();
        await page.SoundAsync(javaScript);
        await Assertions.Expect(page.GetByText("Call 999.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "All fine, and it did me good" }).ClickAsync();
        await page.Heading("Good to hear").ToBeVisibleAsync();
        await page.SoundAsync(javaScript);
        var counts = (await clinic.Registry.Figures.OwnAsync(clinic.Therapist, clinic.Time.Now.AddDays(-9), clinic.Time.Now)).Value;
        Assert.Equal((1, 0), (counts.Answered, counts.WithNewOrWorse));
    }

    [Theory]
    [InlineData(320, false)]
    [InlineData(1280, true)]
    public async Task An_alarming_answer_gets_advice_at_once_and_says_that_nobody_may_read_it(int width, bool javaScript)
    {
        await using var clinic = await AskingClinic.NewAsync();
        var page = await OpenAsync(clinic, await clinic.CheckInAsync(), width, javaScript);
        await page.AlarmAsync(javaScript);
        await Assertions.Expect(page.GetByText("nobody may read it tonight")).ToBeVisibleAsync();
        Assert.Equal("emergency", Assert.Single((await clinic.Registry.Alerts.BoardAsync(clinic.Officer)).Value).Urgency);
    }

    [Fact]
    public async Task A_sign_that_needs_help_now_is_answered_and_told_before_anything_else_is_asked()
    {
        await using var clinic = await AskingClinic.NewAsync();
        var page = await OpenAsync(clinic, await clinic.CheckInAsync(), 320, javaScript: false);
        await page.GetByRole(AriaRole.Button, new() { Name = "Something was not right" }).ClickAsync();
        await page.GetByLabel("Yes", new() { Exact = true }).First.CheckAsync(new() { Force = true });
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.Heading("Call for help now").ToBeVisibleAsync();
        Assert.Single((await clinic.Registry.Alerts.BoardAsync(clinic.Officer)).Value);
    }

    [Theory]
    [InlineData(320, false)]
    [InlineData(1280, true)]
    public async Task A_complaint_about_a_boundary_shows_help_first_and_goes_to_the_officer_only(int width, bool javaScript)
    {
        await using var clinic = await AskingClinic.NewAsync();
        var page = await OpenAsync(clinic, await clinic.CheckInAsync(), width, javaScript);
        await page.GetByRole(AriaRole.Link, new() { Name = "Tell it in private" }).ClickAsync();
        await page.SoundAsync(javaScript);
        var (help, box) = ((await page.GetByRole(AriaRole.Heading, new() { Name = "Help that is not part of the clinic" }).BoundingBoxAsync())!, (await page.GetByLabel("What happened?").BoundingBoxAsync())!);
        Assert.True(help.Y < box.Y);
        await page.GetByLabel("What happened?").FillAsync("He would not stop.");
        await page.GetByLabel("I want to be called about it").CheckAsync(new() { Force = true });
        await page.GetByRole(AriaRole.Button, new() { Name = "Send it" }).ClickAsync();
        await page.Heading("It was sent").ToBeVisibleAsync();
        await page.SoundAsync(javaScript);
        var line = Assert.Single((await clinic.Registry.Complaints.ListAsync(clinic.Officer)).Value);
        Assert.True(line.WantsCall);
        Assert.Equal("not-allowed", (await clinic.Registry.Complaints.ListAsync(clinic.Therapist)).Problems[0].Code);
        Assert.Empty((await clinic.Registry.Alerts.BoardAsync(clinic.Officer)).Value);
    }

    [Theory]
    [InlineData(320, false)]
    [InlineData(1280, true)]
    public async Task An_intake_asks_what_matters_is_saved_as_it_goes_and_is_sent(int width, bool javaScript)
    {
        await using var clinic = await AskingClinic.NewAsync();
        var (path, appointment) = await clinic.IntakeAsync(await clinic.ClientAsync(new(1961, 5, 17)));
        var page = await OpenAsync(clinic, path, width, javaScript);
        Assert.InRange(await page.TellAsync(clinic.Url + path, "warfarin", javaScript), 3, 20);
        var read = (await clinic.Registry.Intakes.ReadAsync(clinic.Therapist, appointment)).Value;
        Assert.Contains("warfarin", read.Now, StringComparison.Ordinal);
        Assert.Contains("stiffness", read.Now, StringComparison.Ordinal);
        Assert.DoesNotContain("\"form\"", read.Now, StringComparison.Ordinal);
        Assert.True(read.Extras is { Consent: { IsKnown: true, Value: true }, PressureWish: Core.Clinical.PressureLevel.Light });
    }

    [Fact]
    public async Task At_the_next_visit_a_birth_date_brings_back_what_was_said_and_only_what_changed_is_written()
    {
        await using var clinic = await AskingClinic.NewAsync();
        var client = await clinic.ClientAsync(new(1961, 5, 17));
        var (_, first) = await clinic.IntakeAsync(client);
        await clinic.Registry.Intakes.TakeAsync(clinic.Therapist, first, 0, """{"client":{"conditions":["high blood pressure"],"medicines":[],"procedures":[],"allergies":[],"pastReactions":[],"symptoms":[]}}""", new());
        var (path, _) = await clinic.IntakeAsync(client);
        var page = await OpenAsync(clinic, path, 320, javaScript: true);
        await page.ChooseAsync("I do, and I am 18 or older");
        await page.ChooseAsync("Yes");
        await page.ContinueAsync();
        Assert.DoesNotContain("blood pressure", await page.ContentAsync(), StringComparison.Ordinal);
        await page.SoundAsync(javaScript: true);
        await BirthAsync(page, "1", "1", "1961");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not the birth date the clinic has");
        await BirthAsync(page, "17", "5", "2061");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Check day, month and year");
        await BirthAsync(page, "17", "5", "1961");
        await page.Heading("Is this still right?").ToBeVisibleAsync();
        await page.SoundAsync(javaScript: true);
        await Assertions.Expect(page.GetByLabel("Do you have any health problems, or had a serious one?")).ToHaveValueAsync("high blood pressure");
    }

    [Fact]
    public async Task On_the_clinics_tablet_nothing_stays()
    {
        await using var clinic = await AskingClinic.NewAsync();
        var (path, _) = await clinic.IntakeAsync(await clinic.ClientAsync(new(1961, 5, 17)));
        var kiosk = path.Replace("/intake/", "/kiosk/", StringComparison.Ordinal);
        var page = await OpenAsync(clinic, kiosk, 1024, javaScript: true);
        Assert.Equal(0, await page.GetByRole(AriaRole.Navigation).CountAsync());
        var (status, first) = await clinic.GetAsync(kiosk);
        Assert.Equal(System.Net.HttpStatusCode.OK, status);
        Assert.Contains("Before your visit", first, StringComparison.Ordinal);
        foreach (var fields in new[] { new[] { ("at", "start"), ("revision", "0"), ("who", "me"), ("consent", "yes") }, [("at", "feel"), ("revision", "1")], [("at", "ask"), ("revision", "2"), ("go", "finish")], [("at", "wish"), ("revision", "3"), ("go", "none")] })
            await clinic.PostAsync(kiosk, fields);
        using var form = new FormUrlEncodedContent([new("at", "check"), new("go", "send")]);
        using var reply = await clinic.Http.PostAsync(new Uri(kiosk, UriKind.Relative), form);
        Assert.Contains("\"cache\"", reply.Headers.GetValues("Clear-Site-Data").Single(), StringComparison.Ordinal);
        Assert.Contains("hand the tablet back", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task BirthAsync(IPage page, string day, string month, string year)
    {
        await page.FillAsync(("Day", day), ("Month", month), ("Year", year));
        await page.GetByRole(AriaRole.Button, new() { Name = "Show what I said" }).ClickAsync();
    }

    private async Task<IPage> OpenAsync(AskingClinic clinic, string path, int width, bool javaScript)
    {
        var page = await site.PageAsync(width, javaScript);
        await page.GotoAsync(clinic.Url + path);
        return page;
    }
}
