using Microsoft.Playwright;

namespace ThinIce.Web.Tests.Journeys;

/// <summary>Something feels wrong after a massage.</summary>
public sealed class AfterJourneyTests(Site site)
{
    [Theory]
    [InlineData(320, false)]
    [InlineData(1280, true)]
    public async Task A_sign_that_needs_help_now_is_answered_on_the_first_page(int width, bool javaScript)
    {
        var page = await site.PageAsync(width, javaScript);
        await page.GotoAsync("/after");
        await page.GetByRole(AriaRole.Button, new() { Name = "Yes, at least one" }).ClickAsync();
        await page.Heading("Call for help now").ToBeVisibleAsync();
        await page.SoundAsync(javaScript);
        await page.GetByLabel("Which country are you in?").SelectOptionAsync("AU");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the number" }).ClickAsync();
        await Assertions.Expect(page.Locator(".ti-call")).ToHaveTextAsync("Call 000 now.");
        await Assertions.Expect(page.GetByText("Nobody at ThinIce reads this").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Slurred_speech_in_plain_words_calls_for_help_though_the_first_question_was_answered_no()
    {
        var page = await FeelAsync("my speech is slurred\nleft arm and leg are weak", "3", "days");
        await page.GetByRole(AriaRole.Button, new() { Name = "Skip the rest" }).ClickAsync();
        await page.Heading("Call for help now").ToBeVisibleAsync();
    }

    [Fact]
    public async Task Ordinary_soreness_is_never_called_harmless_while_something_is_open_and_settles_when_it_is_answered()
    {
        var page = await FeelAsync("muscles a bit sore, like after the gym", "20", "hours");
        await page.ContinueAsync();
        await page.FillAsync(("What kind of massage?", "deep tissue"), ("Where on the body?", "back"));
        await page.ChooseAsync("There is nothing to write there");
        await page.ContinueAsync();
        for (var asked = 0; asked < 8 && await page.Locator("#next").CountAsync() > 0; asked++)
        {
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Look after it at home" })).ToHaveCountAsync(0);
            await page.Locator("#next").GetByLabel("No", new() { Exact = true }).First.CheckAsync(new() { Force = true });
            await page.GetByRole(AriaRole.Button, new() { Name = "Answer and check again" }).ClickAsync();
        }

        await page.Heading("Look after it at home").ToBeVisibleAsync();
    }

    [Fact]
    public async Task Hours_days_and_weeks_count_as_what_they_are()
    {
        var page = await FeelAsync("small bruise on the thigh", "2", "days");
        await page.GetByRole(AriaRole.Button, new() { Name = "Skip the rest" }).ClickAsync();
        await Assertions.Expect(page.Locator(".ti-told").GetByText("2 days")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "A note for the doctor" }).ClickAsync();
        await Assertions.Expect(page.Locator("#letter")).ToContainTextAsync("small bruise on the thigh");
        await page.SoundAsync(javaScript: true);
    }

    [Fact]
    public async Task A_time_that_is_no_number_and_an_empty_page_are_mended_in_place()
    {
        var page = await FeelAsync("sore back", "yesterday", "hours");
        await page.ContinueAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The time must be a number");
        await Assertions.Expect(page.GetByLabel("What do you feel now?")).ToHaveValueAsync("sore back");
        await page.SoundAsync(javaScript: true);
    }

    private async Task<IPage> FeelAsync(string words, string ago, string unit)
    {
        var page = await site.PageAsync(320, javaScript: true);
        await page.GotoAsync("/after");
        await page.GetByRole(AriaRole.Button, new() { Name = "No, none of these" }).ClickAsync();
        await page.FillAsync(("What do you feel now?", words), ("How long ago was the massage?", ago));
        await page.GetByLabel("Hours, days or weeks").SelectOptionAsync(unit);
        return page;
    }
}
