using Microsoft.Playwright;
using ThinIce.TestSupport;

namespace ThinIce.Web.Tests.Journeys;

/// <summary>People who read: what can go wrong, how to choose, the stop card, how it works, sources, what is new.</summary>
public sealed class ReadingJourneyTests(Site site)
{
    private static readonly string[] Addresses =
    [
        "/harms", "/harms/cervical-artery-dissection", "/harms/post-massage-soreness", "/harms/boundary-violation", "/choose", "/stop-card", "/stop-card?place=NZ",
        "/how-it-works", "/sources", "/sources?find=warfarin", "/sources/cambron-2007-side-effects", "/whats-new", "/drill",
        "/surveys", "/surveys?asked=1000&had=3&onein=10000", "/surveys?asked=many", "/rates",
    ];

    public static TheoryData<string> Pages => [.. Addresses];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Every_reading_page_fits_and_passes_axe_at_both_widths(string address)
    {
        foreach (var width in new[] { 320, 1280 })
        {
            var page = await OpenAsync(width, javaScript: true, address);
            await Site.PictureAsync(page, $"read{address.Replace('/', '-').Replace('?', '-').Replace('=', '-')}-{width}");
            Assert.Empty(await page.AxeAsync());
            Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"), $"{address} is wider than {width}");
            Assert.Equal(1, await page.Locator("h1").CountAsync());
        }
    }

    [Theory]
    [InlineData("<label for=a>Name</label><input id=a>", true)]
    [InlineData("<input id=a>", false)]
    [InlineData("<label for=a>Name</label><input id=a style='width: 2000px'>", false)]
    public async Task The_look_at_a_page_finds_a_field_without_words_and_a_field_that_does_not_fit(string main, bool sound)
    {
        var page = await site.PageAsync(320, javaScript: true);
        await page.SetContentAsync($"<!doctype html><html lang=en><title>Page</title><main><h1>Page</h1>{main}</main></html>");
        var fault = await Record.ExceptionAsync(() => page.SoundAsync(javaScript: true));
        Assert.Equal(sound, fault is null);
    }

    [Fact]
    public async Task Every_harm_has_a_page_with_signs_and_what_to_do_and_every_link_in_it_leads_somewhere()
    {
        var links = new HashSet<string>();
        foreach (var harm in Repository.Compiled.Harms)
        {
            var page = await site.Http.GetStringAsync($"/harms/{harm.Id.Value}", TestContext.Current.CancellationToken);
            Assert.Contains("What to do", page, StringComparison.Ordinal);
            Assert.Contains("First signs", page, StringComparison.Ordinal);
            links.UnionWith(System.Text.RegularExpressions.Regex.Matches(page, "href=\"(/[^\"#?]*)").Select(m => m.Groups[1].Value).Where(l => !l.Contains(".css", StringComparison.Ordinal)));
        }

        foreach (var link in links)
            Assert.True((await site.Http.GetAsync(link, TestContext.Current.CancellationToken)).IsSuccessStatusCode, link);
    }

    [Fact]
    public async Task Every_harm_stands_under_a_heading_of_the_index()
    {
        var page = await OpenAsync(1280, javaScript: false, "/harms");
        var shown = await page.Locator(".ti-harms a").EvaluateAllHrefsAsync();
        Assert.Equal(Repository.Compiled.Harms.Select(h => $"/harms/{h.Id.Value}").Order(), shown.Order());
        // The headings of the founding document, in plain words.
        foreach (var heading in new[] { "Sore and unwell", "Pain that grows", "Poisoned by muscle waste", "Getting on your nerves", "The neck", "Strange cases", "Headaches", "Stretching", "Broken bones", "Blood clots", "Dizziness", "Wasted money and time" })
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = heading, Exact = true })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(320, false)]
    [InlineData(1280, true)]
    public async Task Somebody_with_a_sore_leg_finds_the_clot_page_and_reads_a_case_and_its_source(int width, bool javaScript)
    {
        var page = await OpenAsync(width, javaScript, "/");
        await page.GetByRole(AriaRole.Link, new() { Name = "What can go wrong" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Blood clot in a vein" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Be seen today. Do not rub the limb.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Her left leg", new() { Exact = false }).Or(page.GetByText("pain in her left leg for five months"))).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("They show that it can happen, not how often.")).ToBeVisibleAsync();
        await page.Locator("#sources + p + ol a").First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What it says, in our words" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_picture_of_people_says_its_numbers_in_words_too()
    {
        var page = await OpenAsync(320, javaScript: false, "/harms/post-massage-soreness");
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "A picture of 100 people, 10 of them filled in." })).ToBeVisibleAsync();
        Assert.Equal(10, await page.Locator(".ti-rate").First.Locator(".ti-rate__hit").CountAsync());
        await Assertions.Expect(page.GetByText("10 of 100").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("anything from 17 to 68 of 100")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Every_place_that_a_harm_names_is_marked_on_the_figure_and_said_in_words()
    {
        foreach (var harm in Repository.Compiled.Harms.Where(h => h.Where.Length > 0))
        {
            var page = await site.Http.GetStringAsync($"/harms/{harm.Id.Value}", TestContext.Current.CancellationToken);
            Assert.Contains("class=\"is-marked\"", page, StringComparison.Ordinal);
            foreach (var region in harm.Where) Assert.Matches($"Where: [^<]*{Repository.Compiled.Vocabulary.Concepts.Single(c => c.Id == region).Name.In("en")}", page);
        }
    }

    [Fact]
    public async Task A_complaint_about_touch_has_a_safe_way_that_does_not_lead_back_to_the_person()
    {
        var page = await OpenAsync(320, javaScript: false, "/choose");
        await page.GetByRole(AriaRole.Link, new() { Name = "If somebody touched you without a yes" }).ClickAsync();
        await Assertions.Expect(page.GetByText("What happened is not your fault")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Do not go back to settle it with that person, and do not send the complaint to them.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("regulator or professional body").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_stop_card_prints_on_one_sheet_with_the_number_of_the_country()
    {
        var page = await OpenAsync(1280, javaScript: false, "/stop-card");
        await page.GetByLabel("Country").SelectOptionAsync("NZ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Put the number on the card" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Emergency number: 111")).ToBeVisibleAsync();
        var pdf = await page.PdfAsync(new() { Format = "A4" });
        Assert.Equal(1, Sheets(pdf));
        await File.WriteAllBytesAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(Repository.Root, "build", "pictures")).FullName, "stop-card.pdf"), pdf, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_page_of_a_harm_prints_without_navigation_and_with_its_version_and_how_to_cite_it()
    {
        var page = await OpenAsync(1280, javaScript: false, "/harms/rhabdomyolysis");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(page.GetByText($"knowledge {Repository.Compiled.Version}").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Last changed on")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".ti-header__nav")).ToBeHiddenAsync();
        await Site.PictureAsync(page, "print-harm");
    }

    [Fact]
    public async Task Sources_can_be_searched_without_script_and_nothing_found_says_so()
    {
        var page = await OpenAsync(320, javaScript: false, "/sources");
        await page.GetByLabel("Look for a word").FillAsync("heparin");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("found for “heparin”");
        await page.GetByLabel("Look for a word").FillAsync("<b>zzqq");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Nothing found for “<b>zzqq”");
    }

    [Theory]
    [InlineData("/harms/no-such-harm")]
    [InlineData("/sources/no-such-source")]
    public async Task What_is_not_there_is_said_not_to_be_there(string address)
    {
        var answer = await site.Http.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is no such page", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(320, false)]
    [InlineData(1280, true)]
    public async Task Somebody_asks_what_a_survey_of_ten_thousand_could_rule_out(int width, bool javaScript)
    {
        var page = await OpenAsync(width, javaScript, "/how-it-works");
        await page.GetByRole(AriaRole.Link, new() { Name = "What can a survey rule out?" }).ClickAsync();
        await page.GetByLabel("How many people were asked?").FillAsync("ten thousand");
        await page.GetByRole(AriaRole.Button, new() { Name = "Work it out" }).ClickAsync();
        await Assertions.Expect(page.Locator("#asked-error")).ToContainTextAsync("Write a whole number in figures");
        await page.GetByLabel("How many people were asked?").FillAsync("10,000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Work it out" }).ClickAsync();
        await Assertions.Expect(page.GetByText("as many as 1 in 2,711 people")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "What has been counted so far" }).ClickAsync();
        await Assertions.Expect(page.GetByText("After, not because of.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_is_new_names_the_day_and_the_rules()
    {
        var page = await OpenAsync(320, javaScript: false, "/whats-new");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "23 November 2026" })).ToBeVisibleAsync();
        await page.GetByText("Rules it names (31)").ClickAsync();
        await Assertions.Expect(page.GetByText("(deep-work-on-an-anticoagulant)").Last).ToBeVisibleAsync();
    }

    private async Task<IPage> OpenAsync(int width, bool javaScript, string address)
    {
        var page = await site.PageAsync(width, javaScript);
        await page.GotoAsync(address);
        return page;
    }

    /// <summary>Sheets of a PDF, by the page objects in it.</summary>
    private static int Sheets(byte[] pdf) => System.Text.RegularExpressions.Regex.Count(System.Text.Encoding.Latin1.GetString(pdf), @"/Type\s*/Page\b");
}

/// <summary>Reads addresses from outside of the page, so that it works without JavaScript too.</summary>
internal static class Links
{
    public static async Task<IReadOnlyList<string>> EvaluateAllHrefsAsync(this ILocator links)
    {
        var addresses = new List<string>();
        foreach (var link in await links.AllAsync()) addresses.Add(await link.GetAttributeAsync("href") ?? "");
        return addresses;
    }
}
