using Microsoft.Playwright;

namespace ThinIce.Web.Tests.Journeys;

/// <summary>A person checks a massage before it happens, in a real browser.</summary>
public sealed class CheckJourneyTests(Site site)
{
    private const string Aunt = "aunt on warfarin, deep tissue, back";

    private static readonly Story Warfarin = new("deep tissue", "back", "Strong or deep", "60", "67", "Female") { Medicines = "warfarin" };

    [Theory]
    [InlineData(320, false)]
    [InlineData(1280, true)]
    public async Task An_aunt_on_warfarin_said_in_one_line_gets_lighter_pressure_and_why(int width, bool javaScript)
    {
        var page = await LineAsync(width, javaScript, Aunt);
        await page.Heading("Go ahead with these changes").ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Use light pressure instead of strong")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Your blood thinner makes bruises come more easily")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("“aunt on warfarin”")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("have not been reviewed by a clinician").First).ToBeVisibleAsync();
        await Site.PictureAsync(page, $"answer-{width}");
        await page.SoundAsync(javaScript);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/check")]
    [InlineData("/after")]
    [InlineData("/clear")]
    [InlineData("/there-is-nothing-here")]
    public async Task Every_first_page_fits_and_passes_axe(string address)
    {
        foreach (var width in new[] { 320, 1280 })
        {
            var page = await site.PageAsync(width, javaScript: true);
            await page.GotoAsync(address);
            await Site.PictureAsync(page, $"{address.Trim('/')}-{width}");
            await page.SoundAsync(javaScript: true);
        }
    }

    [Theory]
    [InlineData("left calf swollen, Swedish massage on the legs", "See a health professional first")]
    [InlineData("chest pain, back massage", "Get help now")]
    [InlineData("flobby wuzzle, back massage", "something is missing")]
    [InlineData("fever today, back massage", "Not today")]
    public async Task Every_sort_of_answer_fits_and_passes_axe(string words, string title)
    {
        foreach (var width in new[] { 320, 1280 })
        {
            var page = await LineAsync(width, javaScript: true, words);
            await page.Heading(title).ToBeVisibleAsync();
            await page.SoundAsync(javaScript: true);
        }
    }

    [Fact]
    public async Task The_short_way_can_be_done_with_the_keyboard_alone()
    {
        var page = await site.PageAsync(1280, javaScript: false);
        await page.GotoAsync("/");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByText("Skip to main content")).ToBeFocusedAsync();
        for (var tabs = 0; tabs < 20 && !await page.GetByLabel("The person and the massage").EvaluateAsync<bool>("e => e === document.activeElement"); tabs++) await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(Aunt);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("Use light pressure instead of strong")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Enter_in_a_box_goes_on_and_not_back()
    {
        var page = await site.PageAsync(320, javaScript: false);
        await page.GotoAsync("/check");
        await page.GetByLabel("What kind of massage?").FillAsync("Swedish");
        await page.GetByLabel("What kind of massage?").PressAsync("Enter");
        await page.Heading("The person").ToBeVisibleAsync();
        await page.GetByLabel("Age in years").PressAsync("Enter");
        await page.Heading("Health").ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_emergency_names_the_number_of_the_place_and_none_where_the_place_is_not_known()
    {
        var page = await LineAsync(320, javaScript: false, "chest pain, back massage");
        await Assertions.Expect(page.GetByText("Call your local emergency number now.").First).ToBeVisibleAsync();
        await page.GetByLabel("Which country are you in?").SelectOptionAsync("NZ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the number" }).ClickAsync();
        await Assertions.Expect(page.Locator(".ti-call")).ToHaveTextAsync("Call 111 now.");
    }

    [Theory]
    [InlineData(320, false)]
    [InlineData(1280, true)]
    public async Task Questions_are_answered_in_place_one_after_another_and_not_asked_again(int width, bool javaScript)
    {
        var page = await site.PageAsync(width, javaScript);
        await page.CheckAsync(new("Swedish", "back", "Light", "30", "50", "Male") { Conditions = "a blood clot" }, javaScript);
        await page.Heading("See a health professional first").ToBeVisibleAsync();
        var asked = page.Locator("#next").GetByRole(AriaRole.Group).First;
        await Assertions.Expect(asked).ToContainTextAsync("How long ago was this");
        await page.Locator("#next").GetByText("Why do we ask?").First.ClickAsync();
        await Assertions.Expect(page.Locator("#next details[open]")).Not.ToBeEmptyAsync();
        await page.GetByLabel("For example: 3 weeks ago").First.FillAsync("9 years ago");
        await page.GetByRole(AriaRole.Button, new() { Name = "Answer and check again" }).ClickAsync();
        await Assertions.Expect(page.GetByText("a blood clot, 9 years ago").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("How long ago was this")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task I_do_not_know_is_an_answer_that_is_kept_and_not_asked_again()
    {
        var page = await LineAsync(320, javaScript: false, Aunt);
        var first = await page.Locator("#next legend").First.InnerTextAsync();
        await page.Locator("#next").GetByLabel("I don’t know").First.CheckAsync(new() { Force = true });
        await page.GetByRole(AriaRole.Button, new() { Name = "Answer and check again" }).ClickAsync();
        Assert.NotEqual(first, await page.Locator("#next legend").First.InnerTextAsync());
        await Assertions.Expect(page.GetByText("You have answered 1.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("(Not known)").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Words_that_were_not_understood_are_said_another_way_in_place()
    {
        var page = await LineAsync(320, javaScript: false, "flobby wuzzle, back massage");
        await page.GetByLabel("say it another way").FillAsync("chest pain");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use these words" }).ClickAsync();
        await page.Heading("Get help now").ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("wuzzle")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_was_said_is_listed_and_can_be_changed()
    {
        var page = await site.PageAsync(320, javaScript: true);
        await page.CheckAsync(Warfarin, javaScript: true);
        await page.GetByRole(AriaRole.Button, new() { Name = "Change The massage" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("What kind of massage?")).ToHaveValueAsync("deep tissue");
        await page.ChooseAsync("Light");
        await page.ContinueAsync();
        await Assertions.Expect(page.GetByLabel("Age in years")).ToHaveValueAsync("67");
        await page.ContinueAsync();
        await Assertions.Expect(page.GetByLabel("Medicines", new() { Exact = true })).ToHaveValueAsync("warfarin");
        await page.ContinueAsync();
        await Assertions.Expect(page.Locator(".ti-told").GetByText("Light", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_figure_and_the_list_beside_it_say_the_same()
    {
        var page = await site.PageAsync(320, javaScript: true);
        await page.GotoAsync("/check");
        await page.GetByText("Choose on a body, or from a list").ClickAsync();
        await page.Locator("polygon[data-region=lower-back]").First.ClickAsync();
        await Assertions.Expect(page.GetByLabel("lower back", new() { Exact = true })).ToBeCheckedAsync();
        await page.SoundAsync(javaScript: true);
        await page.ContinueAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Back" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("lower back", new() { Exact = true })).ToBeCheckedAsync();
    }

    [Fact]
    public async Task Typing_offers_words_of_the_vocabulary_and_takes_any_other()
    {
        var page = await site.PageAsync(320, javaScript: true);
        await page.GotoAsync("/check");
        await page.GetByLabel("What kind of massage?").FocusAsync();
        await page.GetByLabel("What kind of massage?").PressSequentiallyAsync("deep tis");
        await page.GetByRole(AriaRole.Group, new() { Name = "Did you mean" }).GetByRole(AriaRole.Button).First.ClickAsync();
        await Assertions.Expect(page.GetByLabel("What kind of massage?")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("^deep tissue"));
        await Assertions.Expect(page.GetByLabel("What kind of massage?")).ToBeFocusedAsync();
        await page.SoundAsync(javaScript: true);
    }

    [Fact]
    public async Task There_is_a_sheet_for_the_therapist_and_a_letter_to_a_doctor_and_a_way_back()
    {
        var page = await site.PageAsync(320, javaScript: true);
        await page.CheckAsync(Warfarin, javaScript: true);
        await page.GetByRole(AriaRole.Button, new() { Name = "A sheet for the therapist" }).ClickAsync();
        await Assertions.Expect(page.Locator(".ti-sheet")).ToContainTextAsync("Use light pressure instead of strong");
        await page.SoundAsync(javaScript: true);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(page.GetByText("Back to the answer")).ToBeHiddenAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        await page.GetByRole(AriaRole.Button, new() { Name = "Back to the answer" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "A question for a doctor" }).ClickAsync();
        await Assertions.Expect(page.Locator("#letter")).ToContainTextAsync("May this massage go ahead?");
        await Assertions.Expect(page.Locator("#letter")).ToContainTextAsync("Medicines: warfarin");
        await Assertions.Expect(page.Locator("#letter")).ToContainTextAsync("have not been checked by a clinician");
        await page.SoundAsync(javaScript: true);
    }

    [Fact]
    public async Task The_sheet_fits_on_one_printed_page()
    {
        var page = await site.PageAsync(1280, javaScript: true);
        await page.CheckAsync(Warfarin, javaScript: true);
        await page.GetByRole(AriaRole.Button, new() { Name = "A sheet for the therapist" }).ClickAsync();
        await page.Locator(".ti-sheet").WaitForAsync();
        var pdf = System.Text.Encoding.Latin1.GetString(await page.PdfAsync(new() { Format = "A4" }));
        Assert.InRange(System.Text.RegularExpressions.Regex.Count(pdf, "/Type\\s*/Page\\b"), 1, 1);
    }

    [Fact]
    public async Task A_mistake_is_named_at_the_top_and_beside_its_field_and_nothing_typed_is_lost()
    {
        var page = await site.PageAsync(320, javaScript: true);
        await page.GotoAsync("/check");
        await page.FillAsync(("What kind of massage?", "Thai"));
        await page.ContinueAsync();
        await page.FillAsync(("Age in years", "four hundred"));
        await page.ContinueAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Age must be a number from 0 to 130");
        await Assertions.Expect(page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex("^Error: "));
        await page.SoundAsync(javaScript: true);
        await page.GetByRole(AriaRole.Link, new() { Name = "Age must be a number" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Age in years")).ToBeFocusedAsync();
        await page.FillAsync(("Age in years", "40"));
        await page.ContinueAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Back" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Back" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("What kind of massage?")).ToHaveValueAsync("Thai");
    }

    [Fact]
    public async Task An_empty_form_asks_for_something()
    {
        var page = await site.PageAsync(320, javaScript: false);
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check this" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Tell us something first");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_browsers_back_and_refresh_and_sending_twice_do_no_harm(bool javaScript)
    {
        var page = await site.PageAsync(320, javaScript);
        await page.CheckAsync(Warfarin, javaScript);
        await page.Heading("Go ahead with these changes").ToBeVisibleAsync();
        await page.ReloadAsync();
        await page.Heading("Go ahead with these changes").ToBeVisibleAsync();
        await page.GoBackAsync();
        await page.Heading("Health").ToBeVisibleAsync();
        await page.GoBackAsync();
        await page.Heading("The person").ToBeVisibleAsync();
        await page.FillAsync(("Age in years", "68"));
        await page.ContinueAsync();
        await page.FillAsync(("Medicines", "warfarin"));
        await page.GetByRole(AriaRole.Button, new() { Name = "See the answer" }).DblClickAsync();
        await page.Heading("Go ahead with these changes").ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".ti-told").GetByText("68", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("💥💥 <script>alert(1)</script>")]
    [InlineData("ألم في الصدر")]
    public async Task Emoji_markup_and_right_to_left_words_are_shown_as_they_are(string words)
    {
        var page = await LineAsync(320, javaScript: true, words);
        await Assertions.Expect(page.GetByText("We did not understand these words")).ToBeVisibleAsync();
        Assert.Equal(0, await page.Locator("main script").CountAsync());
        await page.SoundAsync(javaScript: true);
    }

    [Fact]
    public async Task Two_hundred_kilobytes_in_a_field_get_a_clear_page()
    {
        var page = await site.PageAsync(320, javaScript: true);
        await page.GotoAsync("/check");
        await page.ContinueAsync();
        await page.ContinueAsync();
        await page.GetByLabel("Health problems", new() { Exact = true }).FillAsync(new string('a', 200_000));
        await page.ContinueAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This is too long");
    }

    private async Task<IPage> LineAsync(int width, bool javaScript, string words)
    {
        var page = await site.PageAsync(width, javaScript);
        await page.GotoAsync("/");
        await page.GetByLabel("The person and the massage").FillAsync(words);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check this" }).ClickAsync();
        return page;
    }
}
