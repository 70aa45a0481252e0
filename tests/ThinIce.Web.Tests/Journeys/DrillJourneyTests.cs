using Microsoft.Playwright;
using ThinIce.TestSupport;

namespace ThinIce.Web.Tests.Journeys;

/// <summary>A therapist practises, in a real browser.</summary>
public sealed class DrillJourneyTests(Site site)
{
    [Theory]
    [InlineData(320, false)]
    [InlineData(1280, true)]
    public async Task Six_cases_can_be_played_to_the_score(int width, bool javaScript)
    {
        var page = await site.PageAsync(width, javaScript);
        await page.GotoAsync("/drill");
        await page.GetByRole(AriaRole.Button, new() { Name = "Begin" }).ClickAsync();
        for (var number = 1; number <= 6; number++)
        {
            await Assertions.Expect(page.Locator("#progress")).ToHaveTextAsync($"Case {number} of 6");
            await page.GetByLabel("Stop. Call the emergency number").CheckAsync(new() { Force = true });
            await page.GetByRole(AriaRole.Button, new() { Name = "Decide" }).ClickAsync();
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { NameRegex = new("^(Right|More careful than needed)$") })).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Next case|See how it went)$") }).ClickAsync();
        }

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "How it went" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Not careful enough: 0")).ToBeVisibleAsync();
        await Site.PictureAsync(page, $"drill-result-{width}");
        Assert.Empty(await page.Context.CookiesAsync());
    }

    [Fact]
    public async Task Every_step_passes_axe_and_fits_at_both_widths()
    {
        var deal = "deal=7&many=18";
        foreach (var width in new[] { 320, 1280 })
        {
            foreach (var (name, address) in new[] { ("case", $"/drill/play?{deal}"), ("missing", $"/drill/play?{deal}&asked=1"), ("told", $"/drill/play?{deal}&asked=1&choice=0&seconds=12"), ("result", "/drill/play?deal=7&many=3&answers=012") })
            {
                var page = await site.PageAsync(width, javaScript: true);
                await page.GotoAsync(address);
                await Site.PictureAsync(page, $"drill-{name}-{width}");
                Assert.Empty(await page.AxeAsync());
                Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"), address);
            }
        }
    }

    [Fact]
    public async Task The_clock_counts_with_script_can_be_hidden_and_ends_nothing()
    {
        var page = await site.PageAsync(1280, javaScript: true);
        await page.Clock.InstallAsync();
        await page.GotoAsync("/drill/play?deal=1&many=6");
        await Assertions.Expect(page.Locator("#clock")).ToBeVisibleAsync();
        await page.Clock.RunForAsync(31_000);
        await Assertions.Expect(page.GetByText("30 seconds have passed.")).ToBeVisibleAsync();
        await page.GetByLabel("Go on as planned").CheckAsync(new() { Force = true });
        await page.GetByRole(AriaRole.Button, new() { Name = "Decide" }).ClickAsync();
        await Assertions.Expect(page.GetByText(new System.Text.RegularExpressions.Regex("You took 3[1-9] seconds."))).ToBeVisibleAsync();

        await page.GotoAsync("/drill/play?deal=1&many=6");
        await page.GetByRole(AriaRole.Button, new() { Name = "Hide the clock" }).ClickAsync();
        await Assertions.Expect(page.Locator("#clock")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_decision_without_a_choice_is_asked_for_and_back_keeps_the_place()
    {
        var page = await site.PageAsync(320, javaScript: false);
        await page.GotoAsync("/drill/play?deal=1&many=6");
        var moment = await page.Locator(".ti-moment").TextContentAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Decide" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose one of the four");
        await page.GetByLabel("Go on as planned").CheckAsync(new() { Force = true });
        await page.GetByRole(AriaRole.Button, new() { Name = "Decide" }).ClickAsync();
        // Going back while the next page is still on its way is a race.
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Decide" })).ToHaveCountAsync(0);
        await page.GoBackAsync();
        await Assertions.Expect(page.Locator(".ti-moment")).ToHaveTextAsync(moment!);
    }

    [Fact]
    public async Task It_can_be_done_with_the_keyboard_alone()
    {
        var page = await site.PageAsync(1280, javaScript: false);
        await page.GotoAsync("/drill/play?deal=3&many=6");
        await page.GetByLabel("Go on as planned").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("You chose: Go on, but change something")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("/drill/play")]
    [InlineData("/drill/play?deal=x&many=6")]
    [InlineData("/drill/play?deal=1&many=600")]
    [InlineData("/drill/play?deal=1&many=2&answers=0000")]
    [InlineData("/drill/play?deal=1&many=6&answers=9")]
    [InlineData("/drill/play?deal=99999999999999999999&many=6")]
    public async Task An_address_that_is_no_run_leads_back_to_the_start(string address)
    {
        var answer = await site.Http.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal("/drill", answer.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Fact]
    public void Not_every_case_is_a_trap_and_every_choice_is_right_somewhere()
    {
        var cases = Repository.Compiled.Drill;
        Assert.True(cases.Count(c => c.Right <= Core.DrillChoice.Change) * 3 >= cases.Count, "at least a third can go ahead, as planned or changed");
        Assert.Equal(Enum.GetValues<Core.DrillChoice>(), cases.Select(c => c.Right).Distinct().Order());
        Assert.All(cases.Where(c => c.Case is not null), c => Assert.True(Repository.Compiled.Published.ContainsKey(c.Case!)));
    }
}
