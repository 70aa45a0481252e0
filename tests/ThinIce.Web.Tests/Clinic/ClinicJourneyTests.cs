using Microsoft.Playwright;
using ThinIce.Registry;
using ThinIce.Registry.Model;
using ThinIce.Stores.Tests;
using ThinIce.Web.Tests.Asking;
using ThinIce.Web.Tests.Journeys;

namespace ThinIce.Web.Tests.Clinic;

/// <summary>The whole loop in a real browser, at phone and desk width, with and without JavaScript: set-up, import, intake by link, advice, session, check-in, alarm, alert seen.</summary>
public sealed class ClinicJourneyTests(Site site, PostgreSqlServer server)
{
    [Theory]
    [InlineData(320, false)]
    [InlineData(1280, true)]
    public async Task From_the_set_up_page_to_an_alert_that_is_seen(int width, bool javaScript)
    {
        await using var clinic = await ClinicSite.StartAsync();
        await JourneyAsync(site, clinic, width, javaScript);
    }

    [Fact]
    public async Task The_same_on_PostgreSQL()
    {
        await using var clinic = await ClinicSite.StartAsync(await server.NewDatabaseAsync());
        await JourneyAsync(site, clinic, 1280, javaScript: true);
    }

    /// <summary>The journey itself, on whatever database the site stands.</summary>
    internal static async Task JourneyAsync(Site site, ClinicSite clinic, int width, bool javaScript)
    {
        // The day does not end while it is walked through, at whatever hour this runs.
        clinic.Clock.ToNoonTomorrow();
        var page = await site.PageAsync(width, javaScript, clinic.Url);
        var links = await SetUpAsync(page, clinic, javaScript);
        await ImportAsync(page, javaScript);
        await IntakeAsync(site, page, clinic, width, javaScript);
        await AdviceAndSessionAsync(page, width, javaScript);
        await AlertAsync(site, clinic, links[0], width, javaScript);
        Assert.Empty((await clinic.Registry.VerifyAsync(TestContext.Current.CancellationToken)).Faults);
    }

    private static async Task<string[]> SetUpAsync(IPage page, ClinicSite clinic, bool javaScript)
    {
        await page.GotoAsync("/setup");
        await page.SoundAsync(javaScript);
        await page.FillAsync(("Set-up code", await clinic.CodeAsync()), ("Your name", "Ada Admin"), ("Your e-mail address", "ada@clinic.example"), ("A password", "short"), ("Name of the clinic", "Harbour Massage"), ("Country", "GB"), ("Time zone", "Europe/London"),
            ("Name of the safety officer", "Olga Officer"), ("E-mail address of the safety officer", "olga@clinic.example"), ("Name of the deputy", "Dan Deputy"), ("E-mail address of the deputy", "dan@clinic.example"));
        await page.ChooseAsync("I treat clients too");
        await page.GetByRole(AriaRole.Button, new() { Name = "Set up" }).ClickAsync();
        // A mistake keeps what was filled in beside it.
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose a longer password");
        await Assertions.Expect(page.GetByLabel("Name of the clinic")).ToHaveValueAsync("Harbour Massage");
        await page.SoundAsync(javaScript);
        await page.FillAsync(("A password", ClinicSite.Password));
        await page.GetByRole(AriaRole.Button, new() { Name = "Set up" }).ClickAsync();
        await page.Heading("Your clinic is set up").ToBeVisibleAsync();
        await page.SoundAsync(javaScript);
        string[] links = [.. await page.Locator("[data-invitation]").AllTextContentsAsync()];
        await page.GetByRole(AriaRole.Link, new() { Name = "Go to today" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Clinic and staff" }).ClickAsync();
        await page.SoundAsync(javaScript);
        return links;
    }

    private static async Task ImportAsync(IPage page, bool javaScript)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Import" }).ClickAsync();
        await page.SoundAsync(javaScript);
        await page.GetByLabel("File").SetInputFilesAsync(new FilePayload { Name = "clients.csv", MimeType = "text/csv", Buffer = "First Name,Last Name,Email,Date Of Birth\nMira,Quillfeather,mira@home.example,1980-05-17\nBad,Row,not-an-address,1980-05-17\n"u8.ToArray() });
        await page.GetByRole(AriaRole.Button, new() { Name = "Look at it" }).ClickAsync();
        await page.Heading("Which column means what?").ToBeVisibleAsync();
        await page.SoundAsync(javaScript);
        await Assertions.Expect(page.GetByText("Line 3:")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Take in 1 rows" }).ClickAsync();
        await Assertions.Expect(page.GetByText("1 added, 0 known already, 1 kept aside.")).ToBeVisibleAsync();
        await page.SoundAsync(javaScript);
    }

    private static async Task IntakeAsync(Site site, IPage page, ClinicSite clinic, int width, bool javaScript)
    {
        await page.GotoAsync("/day");
        await page.SoundAsync(javaScript);
        await page.FillAsync(("Part of the name", "quill"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Find" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Mira Quillfeather" }).ClickAsync();
        await page.SoundAsync(javaScript);
        var now = (await clinic.Registry.Clients.NowAsync((await clinic.Registry.Clinics.AllAsync())[0].ClinicId))!.Value;
        await page.Locator("#date").FillAsync(now.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        await page.Locator("#time").FillAsync("00:10");
        await page.GetByRole(AriaRole.Button, new() { Name = "Book", Exact = true }).ClickAsync();
        await page.GotoAsync("/day");
        await page.GetByRole(AriaRole.Link, new() { Name = "Mira Quillfeather" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Nothing was told for this visit yet").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a link to the form" }).ClickAsync();
        await page.SoundAsync(javaScript);
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "Code to scan with a phone" })).ToBeVisibleAsync();
        var link = clinic.Url + new Uri((await page.Locator("[data-intake]").TextContentAsync())!).AbsolutePath;
        var phone = await site.PageAsync(width, javaScript, clinic.Url);
        await phone.GotoAsync(link);
        await phone.TellAsync(link, "warfarin", javaScript);
        await page.GotoAsync("/day");
        await page.GetByRole(AriaRole.Link, new() { Name = "Mira Quillfeather" }).ClickAsync();
        await Assertions.Expect(page.Locator("#told")).ToContainTextAsync("warfarin");
        await page.SoundAsync(javaScript);
    }

    private static async Task AdviceAndSessionAsync(IPage page, int width, bool javaScript)
    {
        await page.FillAsync(("What kind of massage", "deep tissue"), ("Where on the body?", "back"));
        await page.ChooseAsync("Strong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Advice on this plan" }).ClickAsync();
        await Assertions.Expect(page.Locator("#answer")).ToContainTextAsync("Go ahead with these changes");
        await page.SoundAsync(javaScript);
        await Assertions.Expect(page.GetByText("not been reviewed by a clinician").First).ToBeVisibleAsync();
        await Site.PictureAsync(page, $"clinic-visit-{width}", whole: false);
        await page.GetByText("Stop signs and emergency").ClickAsync();
        await Assertions.Expect(page.Locator("#stop .ti-call")).ToContainTextAsync("999");

        // From here a session is recorded: three taps and a few words.
        await page.ChooseAsync("I did something else");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the session" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("what you did instead");
        await page.FillAsync(("What I did instead", "Light strokes for half an hour."));
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the session" }).ClickAsync();
        await page.Heading("For the chart").ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#chart")).ToContainTextAsync("Light strokes for half an hour.");
        await page.SoundAsync(javaScript);
    }

    private static async Task AlertAsync(Site site, ClinicSite clinic, string link, int width, bool javaScript)
    {
        clinic.Clock.Ahead += TimeSpan.FromDays(1);
        var id = (await clinic.Registry.Clinics.AllAsync())[0].ClinicId;
        var phone = await site.PageAsync(width, javaScript, clinic.Url);
        await phone.GotoAsync($"/check-in/{(await clinic.CheckInAsync(id)).Value}");
        await phone.AlarmAsync(javaScript);
        var page = await site.PageAsync(width, javaScript, clinic.Url);
        await page.GotoAsync(link);
        await page.SoundAsync(javaScript);
        await page.FillAsync(("New password", ClinicSite.Password));
        await page.GetByRole(AriaRole.Button, new() { Name = "Set the password and go on" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Alerts" }).ClickAsync();
        await page.SoundAsync(javaScript);
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Emergency") }).ClickAsync();
        await page.Heading("Emergency: Mira Quillfeather").ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("speech is slurred")).ToBeVisibleAsync();
        await page.SoundAsync(javaScript);
        await page.ChooseAsync("Reached: getting help, or helped already");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Nobody needs a call now.")).ToBeVisibleAsync();
        foreach (var path in new[] { "/complaints", "/figures", "/account" })
        {
            await page.GotoAsync(path);
            await page.SoundAsync(javaScript);
        }
    }

    [Fact]
    public async Task What_the_therapist_writes_down_for_a_visit_counts_like_a_form()
    {
        await using var clinic = await ClinicSite.StartAsync();
        await clinic.SetUpAsync();
        var place = (await clinic.Registry.Accounts.MembershipsAsync("ada@clinic.example")).Single(m => m.Clinic != ClinicId.Installation);
        var ada = Actor.Staff(place.Clinic, place.Staff);
        var client = (await clinic.Registry.Clients.AddAsync(ada, new() { Name = "Nils Holm" })).Value;
        var visit = (await clinic.Registry.Clients.BookAsync(ada, client, place.Staff, clinic.Clock.GetUtcNow(), 60)).Value;
        var page = await site.PageAsync(320, javaScript: false, clinic.Url);
        await page.GotoAsync("/sign-in");
        await page.FillAsync(("E-mail address", "ada@clinic.example"), ("Password", ClinicSite.Password));
        await page.Keyboard.PressAsync("Enter");
        await page.Heading("Today").ToBeVisibleAsync();
        await page.GotoAsync($"/visits/{visit}");
        await page.FillAsync(("Anything new since last time?", "warfarin"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Add it" }).ClickAsync();
        await Assertions.Expect(page.Locator("#told")).ToContainTextAsync("warfarin");
        await page.FillAsync(("What kind of massage", "deep tissue"), ("Where on the body?", "back"));
        await page.ChooseAsync("Strong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Advice on this plan" }).ClickAsync();
        await Assertions.Expect(page.Locator("#answer")).ToContainTextAsync("Go ahead with these changes");
        await page.SoundAsync(javaScript: false);
    }

    [Fact]
    public async Task Somebody_walks_in_and_three_boxes_later_the_advice_is_there()
    {
        await using var clinic = await ClinicSite.StartAsync();
        await clinic.SetUpAsync();
        var page = await site.PageAsync(320, javaScript: false, clinic.Url);
        await page.GotoAsync("/sign-in");
        await page.SoundAsync(javaScript: false);
        await page.FillAsync(("E-mail address", "ada@clinic.example"), ("Password", ClinicSite.Password));
        await page.Keyboard.PressAsync("Enter");
        await page.FillAsync(("Name", "Nils Holm"), ("Health, in one line", "calf swollen and hot since Tuesday"), ("What kind of massage", "sports massage"));
        await page.Keyboard.PressAsync("Enter");
        await page.Heading("Nils Holm").ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#answer")).ToContainTextAsync("first");
        await page.SoundAsync(javaScript: false);
    }

    /// <summary>Another region and another pressure than the last time.</summary>
    [Fact]
    public async Task A_session_is_written_down_in_six_taps_without_a_word_typed_and_a_walk_in_with_one_tap_and_a_name()
    {
        await using var clinic = await ClinicSite.StartAsync();
        await clinic.SetUpAsync();
        clinic.Clock.ToNoonTomorrow();
        var place = (await clinic.Registry.Accounts.MembershipsAsync("ada@clinic.example")).Single(m => m.Clinic != ClinicId.Installation);
        var ada = Actor.Staff(place.Clinic, place.Staff);
        var client = (await clinic.Registry.Clients.AddAsync(ada, new() { Name = "Nils Holm" })).Value;
        var page = await site.PageAsync(390, javaScript: true, clinic.Url);
        await page.GotoAsync("/sign-in");
        await page.FillAsync(("E-mail address", "ada@clinic.example"), ("Password", ClinicSite.Password));
        await page.Keyboard.PressAsync("Enter");
        await page.Heading("Today").ToBeVisibleAsync();
        var first = (await clinic.Registry.Clients.BookAsync(ada, client, place.Staff, clinic.Clock.GetUtcNow(), 60)).Value;
        await page.GotoAsync($"/visits/{first}");
        await page.FillAsync(("What kind of massage", "deep tissue"), ("Where on the body?", "back"), ("Minutes", "50"));
        await page.ChooseAsync("Strong");
        await page.GetByRole(AriaRole.Button, new() { Name = "Advice on this plan" }).ClickAsync();
        await page.ChooseAsync("Followed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the session" }).ClickAsync();
        await page.Heading("For the chart").ToBeVisibleAsync();

        clinic.Clock.Ahead += TimeSpan.FromMinutes(20);
        await clinic.Registry.Clients.BookAsync(ada, client, place.Staff, clinic.Clock.GetUtcNow(), 60);
        await page.Context.AddInitScriptAsync("for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, e => { if (e.isTrusted) sessionStorage[kind] = 1 + Number(sessionStorage[kind] || 0) }, true);");
        await page.GotoAsync("/day");
        await page.GetByRole(AriaRole.Link, new() { Name = "Nils Holm" }).Last.ClickAsync();
        await Assertions.Expect(page.GetByLabel("What kind of massage")).ToHaveValueAsync("deep tissue");
        await Assertions.Expect(page.GetByLabel("Minutes")).ToHaveValueAsync("50");
        await page.Locator(".ti-regions summary").ClickAsync();
        await page.Locator("label[for=region-neck]").ClickAsync();
        await page.ChooseAsync("Moderate");
        await page.ChooseAsync("Followed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save the session" }).ClickAsync();
        await page.Heading("For the chart").ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#chart")).ToContainTextAsync("neck");
        await Assertions.Expect(page.Locator("#chart")).ToContainTextAsync("Moderate");
        var (taps, keys) = (await page.EvaluateAsync<int>("Number(sessionStorage.pointerdown || 0)"), await page.EvaluateAsync<int>("Number(sessionStorage.keydown || 0)"));
        Assert.InRange(taps, 5, 6);
        Assert.Equal(0, keys);

        await page.GotoAsync("/day");
        await page.EvaluateAsync("sessionStorage.clear()");
        await page.GetByLabel("Name", new() { Exact = true }).ClickAsync();
        await page.Keyboard.TypeAsync("Rosa Quist");
        await page.Keyboard.PressAsync("Enter");
        await page.Heading("Rosa Quist").ToBeVisibleAsync();
        (taps, keys) = (await page.EvaluateAsync<int>("Number(sessionStorage.pointerdown || 0)"), await page.EvaluateAsync<int>("Number(sessionStorage.keydown || 0)"));
        Assert.Equal((1, "Rosa Quist".Length + 1), (taps, keys));
    }

    [Fact]
    public async Task A_passkey_is_added_and_signs_in_by_itself()
    {
        await using var clinic = await ClinicSite.StartAsync();
        await clinic.SetUpAsync();
        var page = await site.PageAsync(1280, javaScript: true, clinic.Url);
        var device = await page.Context.NewCDPSessionAsync(page);
        await device.SendAsync("WebAuthn.enable");
        await device.SendAsync("WebAuthn.addVirtualAuthenticator", new() { ["options"] = new Dictionary<string, object> { ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true } });
        await page.GotoAsync("/sign-in?to=/account");
        await page.FillAsync(("E-mail address", "ada@clinic.example"), ("Password", ClinicSite.Password));
        await page.Keyboard.PressAsync("Enter");
        await page.FillAsync(("A name for it, such as “my phone”", "my tablet"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByText("my tablet")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
        await page.Heading("Today").ToBeVisibleAsync();
        await page.GotoAsync("/account");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take it away" }).ClickAsync();
        await Assertions.Expect(page.GetByText("my tablet")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Handing_over_the_tablet_signs_the_staff_out_on_it()
    {
        await using var clinic = await ClinicSite.StartAsync();
        var (admin, _) = await clinic.SetUpAsync();
        var visit = (await admin.PostAsync("/day/walk-in", ("name", "Nils Holm"))).Location!;
        var handed = await admin.PostAsync($"{visit.Split('?')[0]}/kiosk");
        Assert.Matches("^/intake/[A-Za-z0-9_-]{43}\\?kiosk=1$", handed.Location);
        Assert.StartsWith("/sign-in", (await admin.GetAsync("/day")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_course_without_benefit_says_so_after_the_agreed_number_and_shows_its_numbers_in_a_table()
    {
        await using var clinic = await ClinicSite.StartAsync();
        var (admin, _) = await clinic.SetUpAsync();
        var place = (await clinic.Registry.Accounts.MembershipsAsync("ada@clinic.example")).Single(m => m.ClinicName.Length > 0);
        var ada = Actor.Staff(place.Clinic, place.Staff);
        var client = (await clinic.Registry.Clients.AddAsync(ada, new() { Name = "Nils Holm" })).Value;
        await admin.PostAsync($"/clients/{client}/courses", ("goal", "to sleep through"), ("agreed", "1"));
        var course = (await clinic.Registry.Courses.ReadAsync(ada, client)).Value.Single().Id;
        foreach (var pain in new[] { "6", "6" }) await admin.PostAsync($"/clients/{client}/courses/{course}/score", ("pain", pain), ("function", "4"));
        await clinic.Registry.Sessions.RecordAsync(ada, new() { Client = client, Course = course, StartedAt = clinic.Clock.GetUtcNow(), Plan = """{"technique":"swedish massage"}""", Price = 55, Advice = AdviceTaken.NoneGiven });
        var page = await admin.GetAsync($"/clients/{client}");
        Assert.Contains("neither pain nor daily life is clearly better", page.Text, StringComparison.Ordinal);
        Assert.Contains("Spent so far: 55.00", page.Text, StringComparison.Ordinal);
        Assert.Equal(2, System.Text.RegularExpressions.Regex.Count(page.Text, "<td>6</td>"));
    }

    [Fact]
    public async Task Five_thousand_rows_in_another_encoding_are_taken_in_with_the_broken_ones_aside_and_undone()
    {
        await using var clinic = await ClinicSite.StartAsync();
        var (admin, _) = await clinic.SetUpAsync();
        var rows = Enumerable.Range(0, 5000).Select(i => i % 500 == 7 ? $"Bad{i};\"never closed;1980-01-01" : $"Jos\u00e9{i};N\u00fa\u00f1ez;1980-01-01");
        var file = System.Text.CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(string.Join("\r\n", rows.Prepend("First Name;Last Name;Date of Birth")));
        var look = await admin.UploadAsync("/import", file, ("kind", "clients"), ("go", "look"));
        Assert.Contains("5000 rows, of which 10 cannot be read", look.Text, StringComparison.Ordinal);
        var carried = System.Text.RegularExpressions.Regex.Match(look.Text, "name=\"carried\" value=\"([^\"]+)\"").Groups[1].Value;
        var taken = await admin.UploadAsync("/import", [], ("kind", "clients"), ("go", "take"), ("carried", carried), ("dates", "YearMonthDay"), ("column.FirstName", "First Name"), ("column.LastName", "Last Name"), ("column.BirthDate", "Date of Birth"));
        var result = await admin.GetAsync(taken.Location!);
        Assert.Contains("4990 added, 0 known already, 10 kept aside.", result.Text, StringComparison.Ordinal);
        Assert.Contains("Jos\u00e91 N\u00fa\u00f1ez", (await admin.PostAsync("/clients", ("find", "Jos\u00e91 N"))).Text, StringComparison.Ordinal);
        Assert.Contains("never closed", (await admin.PostAsync($"{taken.Location}/rejected")).Text, StringComparison.Ordinal);
        // A file that packs to more than a form by hand may have is carried too.
        var chance = new Random(5);
        var many = System.Text.Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 60_000).Select(_ => $"{chance.Next():x8}{chance.Next():x8},{chance.Next():x8}{chance.Next():x8}").Prepend("First Name,Last Name")));
        var shown = await admin.UploadAsync("/import", many, ("kind", "clients"), ("go", "look"));
        var packed = System.Text.RegularExpressions.Regex.Match(shown.Text, "name=\"carried\" value=\"([^\"]+)\"").Groups[1].Value;
        Assert.True(packed.Length > 1024 * 1024);
        var again = await admin.UploadAsync("/import", [], ("kind", "clients"), ("go", "look"), ("carried", packed), ("dates", "YearMonthDay"), ("column.LastName", "Last Name"));
        Assert.Contains("60000 rows, of which 0 cannot be read", again.Text, StringComparison.Ordinal);
        var larger = await admin.UploadAsync("/import", new byte[(8 * 1024 * 1024) + 1], ("kind", "clients"), ("go", "look"));
        Assert.Contains("larger than 8 MB", larger.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_is_told_who_read_the_record_gets_all_of_it_and_is_erased()
    {
        await using var clinic = await ClinicSite.StartAsync();
        var (admin, _) = await clinic.SetUpAsync();
        await admin.PostAsync("/day/walk-in", ("name", "Nils Holm"), ("words", "warfarin"));
        var place = (await clinic.Registry.Accounts.MembershipsAsync("ada@clinic.example")).Single(m => m.ClinicName.Length > 0);
        var client = (await clinic.Registry.Clients.FindAsync(Actor.Staff(place.Clinic, place.Staff), "Nils")).Value.Single().Id;
        Assert.Contains("A record was read with its name.", (await admin.GetAsync($"/clients/{client}/privacy")).Text, StringComparison.Ordinal);
        Assert.Contains("warfarin", (await admin.PostAsync($"/clients/{client}/export")).Text, StringComparison.Ordinal);
        Assert.Contains("Confirm", (await admin.PostAsync($"/clients/{client}/erase")).Text, StringComparison.Ordinal);
        Assert.Contains("Erased", (await admin.PostAsync($"/clients/{client}/erase", ("sure", "yes"), ("why", "asked for"))).Text, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await admin.GetAsync($"/clients/{client}")).Status);
        Assert.Empty((await clinic.Registry.VerifyAsync(TestContext.Current.CancellationToken)).Faults);
    }
}
