using Microsoft.Playwright;
using ThinIce.Web.Tests.Journeys;

namespace ThinIce.Web.Tests.Asking;

/// <summary>What a client does with a link.</summary>
internal static class ClientWalk
{
    private static readonly System.Text.RegularExpressions.Regex No = new("^No(, or it cannot be)?$");

    /// <summary>Fills in an intake, is interrupted once, and sends it.</summary>
    /// <returns>How many questions were asked one by one.</returns>
    public static async Task<int> TellAsync(this IPage page, string url, string medicines, bool javaScript)
    {
        await page.SoundAsync(javaScript);
        await page.ChooseAsync("I do, and I am 18 or older");
        await page.ChooseAsync("Yes");
        await page.ContinueAsync();
        await page.Heading("How does your body feel?").ToBeVisibleAsync();
        await page.SoundAsync(javaScript);
        await page.GetByLabel("stiffness", new() { Exact = true }).CheckAsync(new() { Force = true });
        await page.ContinueAsync();
        // Left here, and opened again on another device.
        await page.GotoAsync(url);
        var asked = 0;
        for (; asked < 30 && await page.Locator("input[name=asks]").CountAsync() > 0; asked++)
        {
            if (asked < 3) await page.SoundAsync(javaScript);
            await AnswerAsync(page, medicines);
        }

        await page.Heading("How firm do you like it?").ToBeVisibleAsync();
        await page.SoundAsync(javaScript);
        await page.GetByRole(AriaRole.Button, new() { Name = "Light" }).ClickAsync();
        await page.Heading("Check and send").ToBeVisibleAsync();
        await page.SoundAsync(javaScript);
        await Assertions.Expect(page.GetByText(medicines)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send it" }).ClickAsync();
        await page.Heading("Thank you").ToBeVisibleAsync();
        return asked;
    }

    /// <summary>Answers a check-in so that help is needed now.</summary>
    public static async Task AlarmAsync(this IPage page, bool javaScript)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Something was not right" }).ClickAsync();
        await page.SoundAsync(javaScript);
        await page.GetByLabel("No", new() { Exact = true }).First.CheckAsync(new() { Force = true });
        await page.GetByLabel("dizzy", new() { Exact = true }).CheckAsync(new() { Force = true });
        await page.GetByLabel("Something else, in your own words").FillAsync("my speech is slurred\nleft arm and leg are weak");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.SoundAsync(javaScript);
        await page.Locator("#intensity-0").SelectOptionAsync("8");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send and see what to do" }).ClickAsync();
        await page.Heading("Call for help now").ToBeVisibleAsync();
        await page.SoundAsync(javaScript);
        await Assertions.Expect(page.Locator(".ti-call")).ToHaveTextAsync("Call 999 now.");
    }

    private static async Task AnswerAsync(IPage page, string medicines)
    {
        await Assertions.Expect(page.GetByText("Why do we ask?")).ToBeVisibleAsync();
        if (await page.Locator("input[name=asks]").GetAttributeAsync("value") == "field:medicines")
        {
            await page.GetByLabel("Medicines").FillAsync(medicines);
            await page.ContinueAsync();
        }
        else if (await page.GetByRole(AriaRole.Button, new() { Name = "None", Exact = true }).CountAsync() > 0) await page.GetByRole(AriaRole.Button, new() { Name = "None", Exact = true }).ClickAsync();
        else if (await page.GetByRole(AriaRole.Button, new() { NameRegex = No }).CountAsync() > 0) await page.GetByRole(AriaRole.Button, new() { NameRegex = No }).ClickAsync();
        else await page.GetByRole(AriaRole.Button, new() { Name = "I don’t know" }).ClickAsync();
    }
}
