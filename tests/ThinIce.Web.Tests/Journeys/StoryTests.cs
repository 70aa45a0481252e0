using Microsoft.Playwright;

namespace ThinIce.Web.Tests.Journeys;

/// <summary>Five people, retold from the written vignettes, at both widths, with and without JavaScript; every page on the way fits and passes axe.</summary>
public sealed class StoryTests(Site site)
{
    public static TheoryData<int, bool> Browsers => new() { { 320, false }, { 320, true }, { 1280, false }, { 1280, true } };

    [Theory]
    [MemberData(nameof(Browsers))]
    public async Task A_healthy_office_worker_with_a_stiff_neck_gets_through_unhindered(int width, bool javaScript)
    {
        var page = await site.PageAsync(width, javaScript);
        await page.CheckAsync(new("Swedish", "neck and shoulders", "Moderate", "60", "34", "Female") { Symptoms = "stiff neck from the desk" }, javaScript);
        await page.Heading("Go ahead as planned").ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#next")).ToHaveCountAsync(0);
        await Site.PictureAsync(page, $"story-office-{width}");
    }

    [Theory]
    [MemberData(nameof(Browsers))]
    public async Task A_very_old_man_is_told_to_have_it_shorter_and_softer(int width, bool javaScript)
    {
        var page = await site.PageAsync(width, javaScript);
        await page.CheckAsync(new("deep tissue", "whole body", "Strong or deep", "120", "88", "Male"), javaScript);
        await page.Heading("Go ahead with these changes").ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".ti-changes").GetByText("How long", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".ti-changes").GetByText("Pressure", new() { Exact = true })).ToBeVisibleAsync();
        await Site.PictureAsync(page, $"story-old-man-{width}");
    }

    [Theory]
    [MemberData(nameof(Browsers))]
    public async Task A_clot_in_the_leg_that_nobody_treats_yet_goes_to_a_health_professional_first(int width, bool javaScript)
    {
        var page = await site.PageAsync(width, javaScript);
        await page.CheckAsync(new("a vigorous rub", "leg", "Strong or deep", "30", "72", "Female") { Conditions = "they found a blood clot in my leg, no treatment yet" }, javaScript);
        await page.Heading("See a health professional first").ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("blood clot in the lung").First).ToBeVisibleAsync(new() { Timeout = 5000 });
        await Site.PictureAsync(page, $"story-clot-{width}");
    }

    [Theory]
    [MemberData(nameof(Browsers))]
    public async Task Double_vision_with_dizziness_gets_help_now_and_the_number_of_the_place(int width, bool javaScript)
    {
        var page = await site.PageAsync(width, javaScript);
        await page.CheckAsync(new("Swedish", "neck", "Moderate", "30", "45", "Female") { Symptoms = "dizzy since this morning\nI see double\nmy neck hurts", Place = "GB" }, javaScript);
        await page.Heading("Get help now").ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "999" })).ToHaveAttributeAsync("href", "tel:999");
        await Assertions.Expect(page.GetByText("Nobody at ThinIce reads this").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#next")).ToHaveCountAsync(0);
    }

    [Theory]
    [MemberData(nameof(Browsers))]
    public async Task Dark_urine_a_day_and_a_half_after_a_long_strong_massage_is_seen_today(int width, bool javaScript)
    {
        var page = await site.PageAsync(width, javaScript);
        await page.GotoAsync("/after");
        await page.SoundAsync(javaScript);
        await Assertions.Expect(page.GetByText("chest pain or tightness")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "No, none of these" }).ClickAsync();
        await page.SoundAsync(javaScript);
        await page.FillAsync(("What do you feel now?", "my arms are very sore and swollen\nmy wee looks like cola"), ("How long ago was the massage?", "36"));
        await page.ContinueAsync();
        await page.SoundAsync(javaScript);
        await page.FillAsync(("What kind of massage?", "deep tissue"), ("Where on the body?", "upper body"), ("How many minutes?", "120"));
        await page.ContinueAsync();
        await page.SoundAsync(javaScript);
        await page.Heading("Be seen today").ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Muscle breakdown (rhabdomyolysis)").First).ToBeVisibleAsync();
        await Site.PictureAsync(page, $"story-dark-urine-{width}");
    }
}
