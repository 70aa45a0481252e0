using System.Text.RegularExpressions;
using Microsoft.Playwright;
using ThinIce.Registry;
using ThinIce.Web.Tests.Access;
using ThinIce.Web.Tests.Journeys;

namespace ThinIce.Web.Tests.Clinic;

/// <summary>A clinic's own numbers in a browser, on the clinic that <c>thinice demo</c> makes: no board is empty there.</summary>
public sealed class BoardJourneyTests(Site site)
{
    [Fact]
    public async Task Rates_funnel_signals_and_monitor_on_a_phone_and_on_a_desk()
    {
        await using var clinic = await ClinicSite.StartAsync(demo: true);
        var id = (await clinic.Registry.Clinics.AllAsync(TestContext.Current.CancellationToken)).Single().ClinicId;
        await Ids.SignedInAsync(clinic, "dev@demo.example", id);
        await Ids.SignedInAsync(clinic, "ben@demo.example", id);
        foreach (var (width, javaScript) in new[] { (390, false), (1280, true) })
        {
            var page = await SignedInAsync(clinic, "dev@demo.example", width, javaScript);
            await RatesAsync(page, javaScript);
            await FunnelAsync(page, javaScript);
            await MonitorAsync(page, javaScript);
            await SignalsAsync(page, javaScript, isFirst: width == 390);
            var own = await SignedInAsync(clinic, "ben@demo.example", width, javaScript);
            await OwnAsync(own, javaScript);
        }

        Assert.Empty((await clinic.Registry.VerifyAsync(TestContext.Current.CancellationToken)).Faults);
    }

    [Fact]
    public async Task Who_may_not_open_records_sees_neither_sessions_nor_counts_of_few_and_a_therapist_only_the_own_visits()
    {
        await using var clinic = await ClinicSite.StartAsync(demo: true);
        var id = (await clinic.Registry.Clinics.AllAsync(TestContext.Current.CancellationToken)).Single().ClinicId;
        var alma = Actor.Staff(id, (await clinic.Registry.Clinics.FindStaffAsync("alma@demo.example"))[0].Staff);
        await clinic.Registry.Clinics.AddStaffAsync(alma, new("Rita Research", "rita@demo.example", [Role.Researcher]), TestContext.Current.CancellationToken);
        var rita = await Ids.SignedInAsync(clinic, "rita@demo.example", id);
        var (seen, file) = ((await rita.GetAsync("/figures/rates")).Text, (await rita.GetAsync("/figures/rates.csv")).Text);
        Assert.Contains("What fewer than 5 people told is not shown", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("Its sessions", seen, StringComparison.Ordinal);
        var hidden = file.Split('\n').Where(l => l.EndsWith(",yes", StringComparison.Ordinal)).ToList();
        // Events, per cent, range and background of a small count are empty in the file too.
        Assert.NotEmpty(hidden);
        Assert.All(hidden, l => Assert.Matches(",[0-9.]+,,[0-9]+,,,,", l));
        Assert.DoesNotContain("/visits/", (await rita.GetAsync("/figures/signals")).Text, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await rita.GetAsync("/figures/rates/sessions?what=any")).Status);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await rita.GetAsync("/figures/funnel")).Status);
        var ben = await Ids.SignedInAsync(clinic, "ben@demo.example", id);
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await ben.GetAsync("/figures/rates")).Status);
        var staff = (await clinic.Registry.Clinics.FindStaffAsync("ben@demo.example"))[0].Staff;
        var all = (await clinic.Registry.Figures.SurveyedAsync(alma, DateTimeOffset.MinValue.AddYears(1), clinic.Clock.GetUtcNow(), TestContext.Current.CancellationToken)).Value!.Visits;
        var own = (await clinic.Registry.Figures.OwnSurveyedAsync(Actor.Staff(id, staff), DateTimeOffset.MinValue.AddYears(1), clinic.Clock.GetUtcNow(), TestContext.Current.CancellationToken)).Value.Visits;
        Assert.Equal(all.Where(v => v.Therapist == staff).Select(v => v.Session), own.Select(v => v.Session));
        Assert.NotEmpty(own);
    }

    [Fact]
    public async Task Below_the_minimum_of_sessions_no_board_shows_anything()
    {
        await using var clinic = await ClinicSite.StartAsync();
        var (admin, _) = await clinic.SetUpAsync();
        foreach (var path in new[] { "/figures/rates", "/figures/signals", "/figures/monitor" }) Assert.Contains("There are fewer than 30 sessions", (await admin.GetAsync(path)).Text, StringComparison.Ordinal);
        foreach (var path in new[] { "/figures/rates.csv", "/figures/signals.csv", "/figures/monitor.csv" }) Assert.Single((await admin.GetAsync(path)).Text.Trim().Split('\n'));
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

    private static async Task RatesAsync(IPage page, bool javaScript)
    {
        await page.GotoAsync("/figures");
        await page.SoundAsync(javaScript);
        await page.GetByRole(AriaRole.Link, new() { Name = "How often, after a visit here" }).ClickAsync();
        await page.Heading("How often, after a visit here").ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("After, not because of.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#rate-any")).ToContainTextAsync(new Regex("After [0-9]+ of [0-9]+ visits.*It could be from .*Method: cluster-robust.*For other therapists like these.*silent visits.*Before the visit: [0-9]+ of [0-9]+.*Far from any visit: [0-9]+ of [0-9]+ people", RegexOptions.Singleline));
        await page.SoundAsync(javaScript);
        await page.GetByRole(AriaRole.Link, new() { Name = "Answers up to 3 days after" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The message came the evening after.")).ToBeVisibleAsync();
        await page.Locator("#rate-any").GetByRole(AriaRole.Link, new() { Name = "Its sessions" }).ClickAsync();
        await page.Heading("Sessions behind a figure: Anything at all").ToBeVisibleAsync();
        await page.SoundAsync(javaScript);
        await page.Locator("main li a").First.ClickAsync();
        await Assertions.Expect(page.Locator("#chart")).ToBeVisibleAsync();
    }

    private static async Task FunnelAsync(IPage page, bool javaScript)
    {
        await page.GotoAsync("/figures");
        await page.GetByRole(AriaRole.Link, new() { Name = "Therapists side by side, without names" }).ClickAsync();
        await Assertions.Expect(page.Locator("svg[role=img] circle")).ToHaveCountAsync(3);
        await page.SoundAsync(javaScript);
        // Nobody is named: neither here nor in the file.
        Assert.DoesNotMatch("Alma|Ben|Carys", await page.Locator("main").InnerTextAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "Headache", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("after each therapist’s visits: Headache.")).ToBeVisibleAsync();
    }

    private static async Task MonitorAsync(IPage page, bool javaScript)
    {
        await page.GotoAsync("/figures");
        await page.GetByRole(AriaRole.Link, new() { Name = "Is it becoming more?" }).ClickAsync();
        await Assertions.Expect(page.Locator("svg[role=img] polyline")).ToHaveCountAsync(1);
        await page.SoundAsync(javaScript);
        await page.ChooseAsync("Cumulative sum: goes on for ever, and notices a change that comes late");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Assertions.Expect(page.GetByText("a running sum of log-likelihood ratios")).ToBeVisibleAsync();
        await page.SoundAsync(javaScript);
        await page.GotoAsync("/figures/monitor?usual=nonsense&method=%22%3E&what=zz");
        await Assertions.Expect(page.GetByText("the earlier half of this clinic’s own")).ToBeVisibleAsync();
    }

    private static async Task SignalsAsync(IPage page, bool javaScript, bool isFirst)
    {
        await page.GotoAsync("/figures/signals");
        await Assertions.Expect(page.GetByText("This is not risk.")).ToBeVisibleAsync();
        await page.SoundAsync(javaScript);
        await page.Locator("th a").First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Its cases" })).ToBeVisibleAsync();
        await page.SoundAsync(javaScript);
        if (!isFirst)
        {
            await Assertions.Expect(page.GetByText("Validated signal").First).ToBeVisibleAsync();
            return;
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Worth looking into: make it a signal" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Say in a few words why.");
        await page.SoundAsync(javaScript);
        await page.FillAsync(("Why?", "Three alike in a month."));
        await page.GetByRole(AriaRole.Button, new() { Name = "Worth looking into: make it a signal" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Dev Anand: Three alike in a month.")).ToBeVisibleAsync();
        await page.FillAsync(("Why?", "Read all of them."));
        await page.GetByRole(AriaRole.Button, new() { Name = "Looked into: validate it" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Validated signal").First).ToBeVisibleAsync();
        await page.SoundAsync(javaScript);
    }

    private static async Task OwnAsync(IPage page, bool javaScript)
    {
        await page.GotoAsync("/my-figures");
        await page.GetByRole(AriaRole.Link, new() { Name = "How often, after my visits" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Nobody else sees these numbers by your name.")).ToBeVisibleAsync();
        await page.SoundAsync(javaScript);
        await page.Locator("#rate-any").GetByRole(AriaRole.Link, new() { Name = "Its sessions" }).ClickAsync();
        await page.Heading("Sessions behind a figure: Anything at all").ToBeVisibleAsync();
    }
}
