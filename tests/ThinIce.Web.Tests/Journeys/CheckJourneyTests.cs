using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ThinIce.Web.Tests.Journeys;

/// <summary>A person checks a massage before it happens, in a real browser.</summary>
public sealed class CheckJourneyTests(Site site)
{
    private const string Aunt = "aunt on warfarin, deep tissue, back";

    [Theory]
    [InlineData(320, false)]
    [InlineData(320, true)]
    [InlineData(1280, false)]
    [InlineData(1280, true)]
    public async Task An_aunt_on_warfarin_gets_lighter_pressure_and_why(int width, bool javaScript)
    {
        var page = await AnswerAsync(width, javaScript, Aunt);

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Go ahead with these changes" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Use light pressure instead of strong")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Your blood thinner makes bruises come more easily")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("“aunt on warfarin”")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("have not been reviewed by a clinician").First).ToBeVisibleAsync();
        await Site.PictureAsync(page, $"answer-{width}-{(javaScript ? "js" : "nojs")}");
        Assert.True(await FitsAsync(page));
    }

    [Theory]
    [InlineData(320)]
    [InlineData(1280)]
    public async Task The_form_fits_and_passes_axe(int width)
    {
        var page = await site.PageAsync(width, javaScript: true);
        await page.GotoAsync("/check");
        await Site.PictureAsync(page, $"form-{width}");
        Assert.Empty((await page.RunAxe()).Violations.Select(v => $"{v.Id}: {v.Help}"));
        Assert.True(await FitsAsync(page));
    }

    [Theory]
    [InlineData(Aunt, "adapt")]
    [InlineData("left calf swollen, Swedish massage on the legs", "refer")]
    [InlineData("chest pain, back massage", "emergency")]
    [InlineData("flobby wuzzle, back massage", "not-understood")]
    public async Task Every_sort_of_answer_passes_axe_at_both_widths(string words, string name)
    {
        foreach (var width in new[] { 320, 1280 })
        {
            var page = await AnswerAsync(width, javaScript: true, words);
            await Site.PictureAsync(page, $"{name}-{width}");
            Assert.Empty((await page.RunAxe()).Violations.Select(v => $"{v.Id}: {v.Help}"));
            Assert.True(await FitsAsync(page));
        }
    }

    [Fact]
    public async Task It_can_be_done_with_the_keyboard_alone()
    {
        var page = await site.PageAsync(1280, javaScript: false);
        await page.GotoAsync("/check");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByText("Skip to main content")).ToBeFocusedAsync();
        for (var links = 0; links < 6; links++) await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByLabel("In one line")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(Aunt);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("Use light pressure instead of strong")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_emergency_names_the_number_of_the_place_and_none_where_the_place_is_not_known()
    {
        var page = await site.PageAsync(320, javaScript: false);
        await page.GotoAsync("/check");
        await page.GetByLabel("In one line").FillAsync("chest pain, back massage");
        await page.GetByLabel("Country").SelectOptionAsync("NZ");
        await SubmitAsync(page);
        await Assertions.Expect(page.GetByText("Call 111 now.")).ToBeVisibleAsync();

        await page.GetByLabel("Country").SelectOptionAsync("");
        await SubmitAsync(page);
        await Assertions.Expect(page.GetByText("Call your local emergency number now.").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_question_answered_in_place_changes_the_answer_and_is_not_asked_again()
    {
        var page = await site.PageAsync(320, javaScript: false);
        await page.GotoAsync("/check");
        foreach (var box in new[] { "Health problems", "Operations, injuries and other events of late", "How the body feels now", "Allergies" })
            await page.GetByLabel($"None ({box.ToLowerInvariant()})").CheckAsync(new() { Force = true });
        await page.GetByLabel("Age in years").FillAsync("50");
        await page.GetByLabel("Male", new() { Exact = true }).CheckAsync(new() { Force = true });
        await page.GetByLabel("What kind of massage?").FillAsync("deep tissue");
        await page.GetByLabel("Where?").FillAsync("back");
        await page.GetByLabel("How many minutes?").FillAsync("45");
        await SubmitAsync(page);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No reason found to change it, but something is missing" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Group, new() { Name = "Do you take a blood thinner" }).GetByLabel("Yes").CheckAsync(new() { Force = true });
        await page.GetByRole(AriaRole.Button, new() { Name = "Answer and check again" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Go ahead with these changes" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Group, new() { Name = "Do you take a blood thinner" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_mistake_is_named_at_the_top_and_beside_its_field_and_nothing_typed_is_lost()
    {
        var page = await site.PageAsync(320, javaScript: true);
        await page.GotoAsync("/check");
        await page.GetByLabel("Age in years").FillAsync("four hundred");
        await page.GetByLabel("Medicines", new() { Exact = true }).FillAsync("warfarin");
        await SubmitAsync(page);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Age must be a number from 0 to 130");
        await Assertions.Expect(page.GetByLabel("Medicines", new() { Exact = true })).ToHaveValueAsync("warfarin");
        await Site.PictureAsync(page, "mistake-320");
        Assert.Empty((await page.RunAxe()).Violations.Select(v => $"{v.Id}: {v.Help}"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Age must be a number" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Age in years")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task An_empty_form_asks_for_something()
    {
        var page = await site.PageAsync(320, javaScript: false);
        await page.GotoAsync("/check");
        await SubmitAsync(page);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Tell us about the person and the massage");
    }

    [Fact]
    public async Task Back_refresh_and_sending_twice_do_no_harm()
    {
        var page = await AnswerAsync(320, javaScript: true, Aunt);
        await Assertions.Expect(page.GetByText("Use light pressure instead of strong")).ToBeVisibleAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByText("Use light pressure instead of strong")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What could go wrong with this massage?" })).ToBeVisibleAsync();
        await page.GetByLabel("In one line").FillAsync(Aunt);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check this massage" }).First.DblClickAsync();
        await Assertions.Expect(page.GetByText("Use light pressure instead of strong")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("💥💥 <script>alert(1)</script>")]
    [InlineData("ألم في الصدر")]
    public async Task Emoji_markup_and_right_to_left_words_are_shown_as_they_are(string words)
    {
        var page = await AnswerAsync(320, javaScript: true, words);
        await Assertions.Expect(page.GetByText("We did not understand these")).ToBeVisibleAsync();
        Assert.Equal(0, await page.Locator("main script").CountAsync());
        Assert.True(await FitsAsync(page));
    }

    [Fact]
    public async Task Two_hundred_kilobytes_in_a_field_get_a_clear_page()
    {
        var page = await site.PageAsync(320, javaScript: true);
        await page.GotoAsync("/check");
        await page.GetByLabel("Health problems", new() { Exact = true }).FillAsync(new string('a', 200_000));
        await SubmitAsync(page);
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This is too long");
    }

    private async Task<IPage> AnswerAsync(int width, bool javaScript, string words)
    {
        var page = await site.PageAsync(width, javaScript);
        await page.GotoAsync("/check");
        await page.GetByLabel("In one line").FillAsync(words);
        await SubmitAsync(page);
        return page;
    }

    private static Task SubmitAsync(IPage page) =>
        page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Check (this massage|again)$") }).First.ClickAsync();

    /// <summary>Whether nothing has to be scrolled sideways. Measured from outside, so that it works without JavaScript too.</summary>
    private static async Task<bool> FitsAsync(IPage page)
    {
        var width = page.ViewportSize!.Width;
        foreach (var part in await page.Locator("header, main, footer, main > *, .nhsuk-card, textarea, input, select, dl, p, h1, h2, h3").AllAsync())
            if (await part.BoundingBoxAsync() is { } box && box.X + box.Width > width + 1) return false;
        return true;
    }
}
