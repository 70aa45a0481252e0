using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace ThinIce.Web.Tests.Journeys;

/// <summary>What every journey does on every page: fill in, go on, look whether it fits and whether everybody can use it.</summary>
internal static class Walk
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    public static Task ContinueAsync(this IPage page) => page.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Continue|See the answer)$") }).Last.ClickAsync();

    public static Task ChooseAsync(this IPage page, string label) => page.GetByLabel(label, new() { Exact = true }).First.CheckAsync(new() { Force = true });

    public static async Task FillAsync(this IPage page, params (string Label, string Words)[] fields)
    {
        foreach (var (label, words) in fields) await page.GetByLabel(label, new() { Exact = true }).FillAsync(words);
    }

    public static ILocatorAssertions Heading(this IPage page, string name) => Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 }).Filter(new() { HasText = name }));

    /// <summary>Fits the width, and, where a script can run, passes axe.</summary>
    public static async Task SoundAsync(this IPage page, bool javaScript)
    {
        Assert.True(await FitsAsync(page), $"{page.Url} has to be scrolled sideways");
        if (!javaScript) return;
        var found = string.Join('\n', await AxeAsync(page));
        Assert.True(found.Length == 0, $"{page.Url}\n{found}");
    }

    /// <summary>
    /// What axe finds wrong. Run here rather than by its own wrapper, which opens a second tab for each page to be safe from frames: no page of ours
    /// has frames, and that tab takes three quarters of a second.
    /// </summary>
    public static async Task<string[]> AxeAsync(this IPage page)
    {
        await page.EvaluateAsync(Axe);
        return await page.EvaluateAsync<string[]>("axe.run(document, { resultTypes: ['violations'] }).then(r => r.violations.map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 2).map(n => n.html).join('; ')}`))");
    }

    /// <summary>From the first page of the check to its answer; an empty word leaves its field as it is.</summary>
    public static async Task CheckAsync(this IPage page, Story story, bool javaScript)
    {
        await page.GotoAsync("/check");
        await page.SoundAsync(javaScript);
        await page.FillAsync(("What kind of massage?", story.Technique), ("Where on the body?", story.Regions), ("How many minutes?", story.Minutes));
        await page.ChooseAsync(story.Pressure);
        await page.ContinueAsync();
        await page.SoundAsync(javaScript);
        await page.FillAsync(("Age in years", story.Age));
        await page.ChooseAsync(story.Sex);
        if (story.Sex == "Female") await page.ChooseAsync("No, or it cannot be");
        if (story.Place.Length > 0) await page.Locator("#place").SelectOptionAsync(story.Place);
        await page.ContinueAsync();
        await page.SoundAsync(javaScript);
        await page.FillAsync(("Health problems", story.Conditions), ("Medicines", story.Medicines), ("Operations, injuries and other events of late", story.Procedures), ("How the body feels now", story.Symptoms));
        await page.ChooseAsync("There is nothing to write there");
        await page.ContinueAsync();
        await page.SoundAsync(javaScript);
    }

    /// <summary>Whether nothing has to be scrolled sideways. All boxes in one question: one each is what takes the time on a long page.</summary>
    private static async Task<bool> FitsAsync(IPage page) =>
        await page.Locator("header, main, footer, main form > *, .nhsuk-card, .ti-questions, textarea, input, select, button, dl, pre, h1, h2, h3")
            .EvaluateAllAsync<double>("all => Math.max(0, ...all.map(e => e.getBoundingClientRect()).filter(b => b.width > 0 || b.height > 0).map(b => b.right))") <= page.ViewportSize!.Width + 1;
}

/// <summary>A person and a planned massage, in the person's words.</summary>
internal sealed record Story(string Technique, string Regions, string Pressure, string Minutes, string Age, string Sex)
{
    public string Conditions { get; init; } = "";

    public string Medicines { get; init; } = "";

    public string Procedures { get; init; } = "";

    public string Symptoms { get; init; } = "";

    public string Place { get; init; } = "";
}
