using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;
using ThinIce.Core.Contract;
using ThinIce.TestSupport;
using ThinIce.Web;

[assembly: AssemblyFixture(typeof(ThinIce.Web.Tests.Site))]

namespace ThinIce.Web.Tests;

/// <summary>The real site on a free port of this machine, and one real browser for all journeys.</summary>
public sealed class Site : IAsyncLifetime
{
    private WebApplication? _app;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Address of the site.</summary>
    public string Url { get; private set; } = "";

    /// <summary>A client of the API.</summary>
    public HttpClient Http { get; private set; } = new();

    public async ValueTask InitializeAsync()
    {
        _app = WebHost.Create(new Answerer(Repository.Compiled), "http://127.0.0.1:0");
        await _app.StartAsync();
        Url = _app.Urls.First();
        Http = new() { BaseAddress = new(Url) };
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("THINICE_CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A new page of a given width.</summary>
    public Task<IPage> PageAsync(int width, bool javaScript) => PageAsync(width, javaScript, Url);

    /// <summary>A new page of another site, with cookies of its own.</summary>
    public async Task<IPage> PageAsync(int width, bool javaScript, string url)
    {
        var context = await _browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 800 }, JavaScriptEnabled = javaScript, BaseURL = url });
        return await context.NewPageAsync();
    }

    /// <summary>Saves a picture of the whole page for people to look at; a path under build/, never committed by a test.</summary>
    public static async Task PictureAsync(IPage page, string name, bool whole = true)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "build", "pictures")).FullName;
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png"), FullPage = whole });
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_app is not null) await _app.DisposeAsync();
    }
}
