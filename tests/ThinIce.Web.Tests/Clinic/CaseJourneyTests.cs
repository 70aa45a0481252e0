using Microsoft.Playwright;
using ThinIce.Web.Tests.Journeys;

namespace ThinIce.Web.Tests.Clinic;

/// <summary>A report from somebody without an account, to the answer that they read: told, ranked, coded, judged twice, agreed, released, in a real browser.</summary>
public sealed class CaseJourneyTests(Site site)
{
    private const string Told = "After the back massage I had a big bruise on my back. <script>alert(1)</script>";

    [Theory]
    [InlineData(390, false)]
    [InlineData(1280, true)]
    public async Task From_a_report_to_the_answer_that_the_reporter_reads(int width, bool javaScript)
    {
        await using var clinic = await ClinicSite.StartAsync();
        clinic.Clock.ToNoonTomorrow();
        var (_, links) = await clinic.SetUpAsync();
        foreach (var link in links) await clinic.WelcomeAsync(link);
        var reporter = await site.PageAsync(width, javaScript, clinic.Url);
        await ReportAsync(reporter, javaScript, width);
        var receipt = reporter.Url;
        var officer = await SignedInAsync(clinic, "olga@clinic.example", width, javaScript);
        await CodeAsync(officer, javaScript, width);
        await JudgeAsync(officer, "Unlikely", javaScript, width);
        var deputy = await SignedInAsync(clinic, "dan@clinic.example", width, javaScript);
        await OpenEventAsync(deputy);
        // Blind: nothing of what the first one judged.
        await Assertions.Expect(deputy.Locator("#maincontent")).ToContainTextAsync("You see them once you have judged yourself");
        await Assertions.Expect(deputy.Locator("#maincontent")).Not.ToContainTextAsync("Olga Officer:");
        await JudgeAsync(deputy, "It could", javaScript, width);
        await AgreeAsync(deputy, javaScript);
        await ReleaseAsync(officer, javaScript, width);
        await WriteUpAsync(officer, javaScript, width);
        await reporter.GotoAsync(receipt);
        await Assertions.Expect(reporter.Locator("#maincontent")).ToContainTextAsync("The massage may have caused this");
        await reporter.SoundAsync(javaScript);
        await Site.PictureAsync(reporter, $"case-receipt-{width}");
        Assert.Empty((await clinic.Registry.VerifyAsync(TestContext.Current.CancellationToken)).Faults);
    }

    [Fact]
    public async Task What_was_told_twice_is_found_put_together_and_taken_apart_again()
    {
        const int Width = 390;
        const bool JavaScript = true;
        await using var clinic = await ClinicSite.StartAsync();
        clinic.Clock.ToNoonTomorrow();
        var (_, links) = await clinic.SetUpAsync();
        foreach (var link in links) await clinic.WelcomeAsync(link);
        var clinicId = (await clinic.Registry.Clinics.AllAsync(TestContext.Current.CancellationToken))[0].ClinicId;
        foreach (var words in new[] { Told, "A big bruise on my back came after the back massage.", "My arm went numb during the chair massage at the airport.", "I fainted when I got up from the table.", "The oil gave me a rash on both legs." })
            Assert.True((await clinic.Registry.Reports.MakeAsync(clinicId, new() { Kind = Core.Cases.ReportKind.AdverseEvent, Words = words }, new(Guid.NewGuid()), TestContext.Current.CancellationToken)).IsDone);
        var officer = await SignedInAsync(clinic, "olga@clinic.example", Width, JavaScript);
        await officer.GotoAsync("/cases");
        await officer.GetByRole(AriaRole.Link, new() { Name = "Told twice?" }).ClickAsync();
        await officer.SoundAsync(JavaScript);
        await Site.PictureAsync(officer, $"case-duplicates-{Width}");
        await officer.GetByRole(AriaRole.Link, new() { Name = "Case 1 and case 2" }).ClickAsync();
        await Assertions.Expect(officer.Locator("table")).ToContainTextAsync("Parts of the body");
        await officer.SoundAsync(JavaScript);
        await Site.PictureAsync(officer, $"case-beside-{Width}");
        await officer.GetByRole(AriaRole.Button, new() { NameRegex = new("^The same: put it under case [12]$") }).ClickAsync();
        await Assertions.Expect(officer.Locator("#maincontent")).ToContainTextAsync("These reports tell of the same event");
        await Site.PictureAsync(officer, $"case-merged-{Width}");
        await officer.Locator("#merged ~ ul a").First.ClickAsync();
        await officer.SoundAsync(JavaScript);
        await officer.GetByRole(AriaRole.Button, new() { Name = "Take it out again" }).ClickAsync();
        // They are different from now on, and not suspected again.
        await officer.GetByLabel("Compare it with case number").FillAsync("77");
        await officer.GetByRole(AriaRole.Button, new() { Name = "Look at both" }).ClickAsync();
        await Assertions.Expect(officer.Locator(".nhsuk-error-summary")).ToContainTextAsync("There is no case of this number");
        await officer.GotoAsync("/cases/duplicates");
        await Assertions.Expect(officer.Locator("#maincontent")).ToContainTextAsync("5 cases were compared");
        Assert.Empty((await clinic.Registry.VerifyAsync(TestContext.Current.CancellationToken)).Faults);
    }

    private static async Task ReportAsync(IPage page, bool javaScript, int width)
    {
        await page.GotoAsync("/report");
        await page.SoundAsync(javaScript);
        await Site.PictureAsync(page, $"case-report-{width}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send it" }).ClickAsync();
        await Assertions.Expect(page.Locator(".nhsuk-error-summary")).ToContainTextAsync("Say in your own words");
        await page.FillAsync(("What happened?", Told));
        await page.ChooseAsync("I had the massage");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send it" }).ClickAsync();
        await page.Heading("Your report").ToBeVisibleAsync();
        await page.SoundAsync(javaScript);
        // The event before the massage: kept, and asked about.
        await page.FillAsync(("When was the massage?", "17 May 2026"), ("When did it begin?", "15 May 2026"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Save this" }).ClickAsync();
        await Assertions.Expect(page.Locator("#maincontent")).ToContainTextAsync("By the dates it began before the massage");
        await page.SoundAsync(javaScript);
    }

    private static async Task CodeAsync(IPage page, bool javaScript, int width)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Cases", Exact = true }).ClickAsync();
        await page.Heading("Cases").ToBeVisibleAsync();
        await page.SoundAsync(javaScript);
        await Site.PictureAsync(page, $"cases-{width}");
        await page.Locator("#board a").First.ClickAsync();
        // Words of a reporter are words, whatever they look like.
        await Assertions.Expect(page.Locator(".ti-quote").First).ToContainTextAsync("<script>alert(1)</script>");
        await page.SoundAsync(javaScript);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Accept .*[Bb]ruis") }).First.ClickAsync();
        await Site.PictureAsync(page, $"case-{width}");
        await OpenEventAsync(page);
        await page.SoundAsync(javaScript);
        await page.GetByLabel("How strong at its worst").SelectOptionAsync("Moderate");
        await page.GetByLabel("Hours it lasted, or has lasted so far").FillAsync("72");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the facts" }).ClickAsync();
        await Assertions.Expect(page.Locator("#maincontent")).ToContainTextAsync("long moderate");
        await OpenEventAsync(page);
    }

    private static async Task OpenEventAsync(IPage page)
    {
        if (!page.Url.Contains("/cases/", StringComparison.Ordinal))
        {
            await page.GotoAsync("/cases");
            await page.GotoAsync("/cases?closed=1");
            await page.Locator("#board a").First.ClickAsync();
        }

        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Facts and cause of") }).First.ClickAsync();
    }

    private static async Task JudgeAsync(IPage page, string other, bool javaScript, int width)
    {
        await page.ChooseAsync("Enough");
        await page.ChooseAsync("It fits");
        await page.ChooseAsync(other);
        await page.ChooseAsync("It settled");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save my judgement" }).ClickAsync();
        await Assertions.Expect(page.Locator("#maincontent")).ToContainTextAsync(other == "It could" ? "possible" : "probable");
        await page.SoundAsync(javaScript);
        await Site.PictureAsync(page, $"case-event-{width}");
    }

    private static async Task AgreeAsync(IPage page, bool javaScript)
    {
        await page.GetByLabel("What you agree on").SelectOptionAsync("possible");
        await page.Locator("#agree-reason").FillAsync("A fall the same week could explain it as well.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save what we agree on" }).ClickAsync();
        await Assertions.Expect(page.Locator("#maincontent")).ToContainTextAsync("Agreed by the raters: possible");
        await page.SoundAsync(javaScript);
    }

    private static async Task ReleaseAsync(IPage page, bool javaScript, int width)
    {
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Back to case") }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Answer to the reporter")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("The massage may have caused this"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Release it to the reporter" }).ClickAsync();
        await Assertions.Expect(page.Locator("#maincontent")).ToContainTextAsync("by Olga Officer");
        await page.SoundAsync(javaScript);
        await Site.PictureAsync(page, $"case-answered-{width}");
    }

    private static async Task WriteUpAsync(IPage page, bool javaScript, int width)
    {
        var file = page.Url.Split('#')[0];
        await page.GetByLabel("Age", new() { Exact = true }).FillAsync("old");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save this" }).ClickAsync();
        await Assertions.Expect(page.Locator(".nhsuk-error-summary")).ToContainTextAsync("as a number");
        await page.GetByLabel("Age", new() { Exact = true }).FillAsync("47");
        await page.GetByLabel("Who gave it").FillAsync("massage therapist");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save this" }).ClickAsync();
        await page.GotoAsync(file);
        await Assertions.Expect(page.GetByLabel("Age", new() { Exact = true })).ToHaveValueAsync("47");
        await page.GetByRole(AriaRole.Link, new() { Name = "Write it up as a case report" }).ClickAsync();
        await Assertions.Expect(page.Locator("#maincontent")).ToContainTextAsync("Missing: Title, Abstract");
        await page.FillAsync(("Title", "Bruise after a back massage by Theo: a case report"), ("Abstract", "A large bruise."));
        await page.GetByLabel("I have read “Abstract”").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the report" }).ClickAsync();
        await Assertions.Expect(page.Locator("#maincontent")).ToContainTextAsync("because nobody has cleared it: Title");
        await page.SoundAsync(javaScript);
        await Site.PictureAsync(page, $"case-report-written-{width}");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Get the report without names and dates" }).ClickAsync());
        var text = await File.ReadAllTextAsync(await download.PathAsync());
        Assert.Contains("A large bruise.", text.Replace("\\", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("40 to 49 years", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Theo", text, StringComparison.Ordinal);
        Assert.DoesNotContain("2026", text, StringComparison.Ordinal);
        await page.GotoAsync(file);
        await page.GetByRole(AriaRole.Link, new() { Name = "Every version of this case" }).ClickAsync();
        await Assertions.Expect(page.Locator("#maincontent")).ToContainTextAsync("Olga Officer");
        await page.SoundAsync(javaScript);
        await Site.PictureAsync(page, $"case-history-{width}");
        await page.GetByRole(AriaRole.Link, new() { Name = "As it stood in version 1", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("table")).ToContainTextAsync("<script>alert(1)</script>");
        await Assertions.Expect(page.Locator("table")).Not.ToContainTextAsync("age years");
        await page.SoundAsync(javaScript);
    }

    private async Task<IPage> SignedInAsync(ClinicSite clinic, string email, int width, bool javaScript)
    {
        var page = await site.PageAsync(width, javaScript, clinic.Url);
        await page.GotoAsync("/sign-in");
        await page.FillAsync(("E-mail address", email), ("Password", ClinicSite.Password));
        await page.Keyboard.PressAsync("Enter");
        await page.Heading("Today").ToBeVisibleAsync();
        return page;
    }
}
