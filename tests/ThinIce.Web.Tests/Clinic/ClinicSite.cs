using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using ThinIce.Core.Contract;
using ThinIce.Registry;
using ThinIce.TestSupport;
using ThinIce.Web;
using ThinIce.Web.Features.Accounts;

namespace ThinIce.Web.Tests.Clinic;

/// <summary>A clock that a test moves on; it never stands still, because parts of Identity go by the machine's own.</summary>
public sealed class MovableClock : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    /// <summary>Moves it to noon of tomorrow in London, in or out of summer time: no quiet hour, at whatever hour a test runs.</summary>
    public void ToNoonTomorrow() => Ahead = DateTimeOffset.UtcNow.Date.AddHours(36) - DateTimeOffset.UtcNow.UtcDateTime;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow + Ahead;
}

/// <summary>A site with a registry of its own on a free port, in a folder that is deleted afterwards.</summary>
public sealed class ClinicSite : IAsyncDisposable
{
    public const string Password = "seven brown otters";

    private readonly string _folder = Directory.CreateTempSubdirectory("thinice-web-").FullName;
    private WebApplication _app = null!;

    public MovableClock Clock { get; } = new();

    public ClinicRegistry Registry { get; private set; } = null!;

    public WebApplication App => _app;

    public string Url { get; private set; } = "";

    public static async Task<ClinicSite> StartAsync(string? postgreSql = null, Uri? publicUrl = null, bool demo = false, SignInProvider? provider = null)
    {
        var site = new ClinicSite();
        var answerer = new Answerer(Repository.Compiled, () => DateOnly.FromDateTime(DateTime.UtcNow));
        var options = new RegistryOptions { DataFolder = Path.Combine(site._folder, "data"), PostgreSql = postgreSql, PublicUrl = publicUrl ?? new("http://localhost/"), Clock = site.Clock, Chance = () => 0 };
        if (demo) await ThinIce.Registry.Demo.DemoClinic.FillAsync(options, new(answerer, default), seed: 1);
        site.Registry = await ClinicRegistry.OpenAsync(options, new(answerer, default));
        site._app = WebHost.Create(answerer, "http://127.0.0.1:0", site.Registry, provider: provider);
        await site._app.StartAsync();
        site.Url = site._app.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        return site;
    }

    public async Task<string> CodeAsync() => await WebHost.SetupCodeAsync(_app) ?? "";

    /// <summary>Sets the clinic up through its page, and hands back the links for officer and deputy.</summary>
    public async Task<(Browser Admin, string[] Links)> SetUpAsync()
    {
        var admin = Open();
        var page = await admin.PostAsync("/setup", ("code", await CodeAsync()), ("name", "Ada Admin"), ("email", "ada@clinic.example"), ("password", Password), ("meTreats", "yes"), ("clinic", "Harbour Massage"), ("country", "GB"), ("zone", "Europe/London"),
            ("quietFrom", "20:30"), ("quietTo", "08:00"), ("officerName", "Olga Officer"), ("officerEmail", "olga@clinic.example"), ("deputyName", "Dan Deputy"), ("deputyEmail", "dan@clinic.example"));
        return (admin, [.. Regex.Matches(page.Text, "href=\"(/welcome/[^\"]+)\"").Select(m => m.Groups[1].Value)]);
    }

    /// <summary>Adds a member of staff, who sets a password by the link and is signed in.</summary>
    public async Task<Browser> StaffAsync(Browser admin, string name, params Role[] roles)
    {
        var email = $"{name.Split(' ')[0].ToLowerInvariant()}@clinic.example";
        var page = await admin.PostAsync("/staff", [("name", name), ("email", email), .. roles.Select(r => ("roles", r.ToString()))]);
        return await WelcomeAsync(Regex.Match(page.Text, "href=\"(/welcome/[^\"]+)\"").Groups[1].Value);
    }

    public async Task<Browser> WelcomeAsync(string link)
    {
        var browser = Open();
        var page = await browser.PostAsync(link, ("new", Password));
        Assert.Equal(HttpStatusCode.Redirect, page.Status);
        return browser;
    }

    /// <summary>Lets what is due be sent, as a mail server would take it, and hands back the secret in the last check-in's link.</summary>
    public async Task<ThinIce.Registry.Keys.LinkToken> CheckInAsync(ClinicId clinic)
    {
        // In the clinic's quiet hours nothing is sent: a test that runs at night waits for the morning.
        if (Clock.GetUtcNow().UtcDateTime is { Hour: >= 19 or < 9 } night) Clock.Ahead += night.Date.AddHours(night.Hour < 9 ? 10 : 34) - night;
        await Registry.CheckIns.RunAsync(clinic);
        var token = default(ThinIce.Registry.Keys.LinkToken);
        foreach (var message in (await Registry.Outbox.ClaimAsync(clinic, "test", 100, TimeSpan.FromMinutes(1))).Value)
        {
            await Registry.Outbox.BeginAsync(clinic, message.Id, "test", TimeSpan.FromMinutes(1));
            await Registry.Outbox.SentAsync(clinic, message.Id, "test");
            if (message.Template == ThinIce.Registry.Model.Template.CheckIn) token = new(message.Link!.Segments[^1]);
        }

        return token;
    }

    public Browser Open() => new(Url);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Registry.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>What came back.</summary>
public sealed record Reply(HttpStatusCode Status, string Text, string? Location, HttpResponseMessage Message);

/// <summary>A browser without a window: keeps cookies, takes the form's token along, follows no redirect by itself.</summary>
public sealed class Browser(string url) : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private HttpClient? _http;
    private string _token = "";

    public HttpClient Http => _http ??= new(new HttpClientHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = new(url) };

    public CookieCollection Cookies => _cookies.GetCookies(new(url));

    public async Task<Reply> GetAsync(string path) => await ReadAsync(await Http.GetAsync(new Uri(path, UriKind.Relative)));

    public async Task<Reply> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        await TokenAsync();
        using var content = new FormUrlEncodedContent([.. fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value)), new("__RequestVerificationToken", _token)]);
        return await ReadAsync(await Http.PostAsync(new Uri(path, UriKind.Relative), content));
    }

    public async Task<Reply> UploadAsync(string path, byte[] file, params (string Name, string Value)[] fields)
    {
        await TokenAsync();
        using var content = new MultipartFormDataContent();
        using var bytes = new ByteArrayContent(file);
        content.Add(bytes, "file", "export.csv");
        var parts = fields.Append(("__RequestVerificationToken", _token)).Select(f => (f.Item1, new StringContent(f.Item2))).ToList();
        foreach (var (name, value) in parts) content.Add(value, name);
        return await ReadAsync(await Http.PostAsync(new Uri(path, UriKind.Relative), content));
    }

    /// <summary>Signs in with the password of all test accounts.</summary>
    public Task<Reply> SignInAsync(string email, string password = ClinicSite.Password) => PostAsync("/sign-in", ("email", email), ("password", password));

    public void Dispose() => _http?.Dispose();

    /// <summary>A token belongs to whoever is signed in, so it is asked for anew each time.</summary>
    private async Task TokenAsync() => _token = Regex.Match((await GetAsync("/sign-in")).Text, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;

    private static async Task<Reply> ReadAsync(HttpResponseMessage message) => new(message.StatusCode, WebUtility.HtmlDecode(await message.Content.ReadAsStringAsync()), message.Headers.Location?.ToString(), message);
}
