using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using ThinIce.Registry;
using ThinIce.Web.Features.Accounts;

namespace ThinIce.Web.Tests.Clinic;

/// <summary>Accounts over real HTTP: set-up, invitations, passwords, second factor, sessions. docs/safety/security.md names these tests.</summary>
public sealed partial class AccountTests
{
    [Fact]
    public async Task Without_the_code_that_the_server_printed_nobody_sets_it_up_and_ten_wrong_ones_close_it()
    {
        await using var site = await ClinicSite.StartAsync();
        var stranger = site.Open();
        for (var i = 0; i < 10; i++) Assert.Contains("not the code", (await stranger.PostAsync("/setup", ("code", "guess"))).Text, StringComparison.Ordinal);
        Assert.Contains("not the code", (await stranger.PostAsync("/setup", ("code", await site.CodeAsync()))).Text, StringComparison.Ordinal);
        Assert.False(await site.Registry.Accounts.AnyAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Set_up_works_once_and_makes_administrator_officer_and_deputy()
    {
        await using var site = await ClinicSite.StartAsync();
        var (admin, links) = await site.SetUpAsync();
        Assert.Equal(2, links.Length);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/staff")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await site.Open().GetAsync("/setup")).Status);
        Assert.Equal("", await site.CodeAsync());
        var officer = await site.WelcomeAsync(links[0]);
        Assert.Equal(HttpStatusCode.OK, (await officer.GetAsync("/complaints")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.GetAsync("/staff")).Status);
        // The link did its work.
        Assert.Equal(HttpStatusCode.NotFound, (await site.Open().GetAsync(links[0])).Status);
        Assert.Empty((await site.Registry.VerifyAsync(TestContext.Current.CancellationToken)).Faults);
    }

    [Fact]
    public async Task Beyond_this_machine_the_safety_documents_have_to_be_read_first()
    {
        await using var site = await ClinicSite.StartAsync(publicUrl: new("http://clinic.example/"));
        var (admin, _) = await site.SetUpAsync();
        Assert.False(await site.Registry.Accounts.AnyAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.Redirect, (await admin.GetAsync("/staff")).Status);
    }

    [Fact]
    public async Task Once_others_can_reach_it_a_clinics_pages_stay_closed_until_the_safety_documents_are_read()
    {
        await using var site = await ClinicSite.StartAsync();
        var (admin, _) = await site.SetUpAsync();
        async Task<(HttpStatusCode Status, string Text)> FromOutsideAsync()
        {
            // The browser's own cookies, asked for under the name by which others reach the server.
            using var asked = new HttpRequestMessage(HttpMethod.Get, "/staff") { Headers = { Host = "clinic.example" } };
            using var reply = await admin.Http.SendAsync(asked, TestContext.Current.CancellationToken);
            return (reply.StatusCode, await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/staff")).Status);
        var closed = await FromOutsideAsync();
        Assert.Equal(HttpStatusCode.Forbidden, closed.Status);
        Assert.DoesNotContain("Olga", closed.Text, StringComparison.Ordinal);
        // Not ticked, it stays closed; only who runs the installation can tick it.
        await ToInstallationAsync(admin);
        await admin.PostAsync("/installation/safety");
        await ToClinicAsync(site, admin);
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.PostAsync("/installation/safety", ("safety", "yes"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await FromOutsideAsync()).Status);
        await ToInstallationAsync(admin);
        await admin.PostAsync("/installation/safety", ("safety", "yes"));
        await ToClinicAsync(site, admin);
        Assert.Equal(HttpStatusCode.OK, (await FromOutsideAsync()).Status);
    }

    [Fact]
    public async Task Of_two_who_set_up_at_once_one_does_and_no_clinic_is_left_behind()
    {
        await using var site = await ClinicSite.StartAsync();
        var code = await site.CodeAsync();
        var pages = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => site.Open().PostAsync("/setup", ("code", code), ("name", "Ada Admin"), ("email", $"ada{i}@clinic.example"), ("password", ClinicSite.Password), ("clinic", $"Clinic {i}"), ("country", "GB"), ("zone", "Europe/London"))));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound], pages.Select(p => p.Status).Order());
        Assert.Single(await site.Registry.Clinics.AllAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_address_that_is_none_is_said_at_set_up_and_leaves_no_clinic_behind()
    {
        await using var site = await ClinicSite.StartAsync();
        var page = await site.Open().PostAsync("/setup", ("code", await site.CodeAsync()), ("name", "Ada Admin"), ("email", "ada"), ("password", ClinicSite.Password), ("clinic", "Harbour"), ("country", "GB"), ("zone", "Europe/London"));
        Assert.Contains("does not look like an e-mail address", page.Text, StringComparison.Ordinal);
        Assert.Empty(await site.Registry.Clinics.AllAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Who_runs_the_installation_opens_another_clinic_which_sees_nothing_of_the_first()
    {
        await using var site = await ClinicSite.StartAsync();
        var (admin, links) = await site.SetUpAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await admin.PostAsync("/installation/clinics", ("clinic", "Second"))).Status);
        await ToInstallationAsync(admin);
        var wrong = await admin.PostAsync("/installation/clinics", ("clinic", ""), ("country", "GB"), ("zone", "Nowhere"), ("name", "Berta Boss"), ("email", "berta@second.example"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("value=\"berta@second.example\"", wrong.Text, StringComparison.Ordinal);
        var opened = await admin.PostAsync("/installation/clinics", ("clinic", "Second"), ("country", "IE"), ("zone", "Europe/Dublin"), ("name", "Berta Boss"), ("email", "berta@second.example"));
        Assert.Equal(2, (await site.Registry.Clinics.AllAsync(TestContext.Current.CancellationToken)).Length);
        var berta = await site.WelcomeAsync(InvitationShown().Match(opened.Text).Groups[1].Value);
        var staff = await berta.GetAsync("/staff");
        Assert.Equal(HttpStatusCode.OK, staff.Status);
        Assert.DoesNotContain("Olga", staff.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await berta.GetAsync("/cases")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await berta.GetAsync("/installation")).Status);
        // Somebody with a password already gets no link, and has two clinics to choose from.
        await site.WelcomeAsync(links[0]);
        var third = await admin.PostAsync("/installation/clinics", ("clinic", "Third"), ("country", "GB"), ("zone", "Europe/London"), ("name", "Olga Officer"), ("email", "olga@clinic.example"));
        Assert.Contains("has a password already", third.Text, StringComparison.Ordinal);
        Assert.Equal(2, (await site.Registry.Accounts.MembershipsAsync("olga@clinic.example", TestContext.Current.CancellationToken)).Length);
        Assert.Empty((await site.Registry.VerifyAsync(TestContext.Current.CancellationToken)).Faults);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_an_account_also_for_the_right_one_and_say_no_more_than_for_a_stranger()
    {
        await using var site = await ClinicSite.StartAsync();
        await site.SetUpAsync();
        var browser = site.Open();
        var unknown = (await browser.SignInAsync("nobody@clinic.example")).Text;
        for (var i = 0; i < 5; i++) Assert.Equal(Shown(unknown), Shown((await browser.SignInAsync("ada@clinic.example", "wrong wrong wrong")).Text));
        Assert.Equal(Shown(unknown), Shown((await browser.SignInAsync("ada@clinic.example")).Text));
        Assert.NotNull((await site.Registry.Accounts.FindAsync("ADA@clinic.example", TestContext.Current.CancellationToken))!.LockedUntil);
    }

    [Fact]
    public async Task More_than_twenty_tries_in_a_minute_are_turned_away()
    {
        await using var site = await ClinicSite.StartAsync();
        await site.SetUpAsync();
        var browser = site.Open();
        var last = HttpStatusCode.OK;
        for (var i = 0; i < 21 && last != HttpStatusCode.TooManyRequests; i++) last = (await browser.SignInAsync($"nobody{i}@clinic.example")).Status;
        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    [Fact]
    public async Task A_second_factor_is_asked_for_once_it_is_set_and_a_recovery_code_works_once()
    {
        await using var site = await ClinicSite.StartAsync();
        var (admin, _) = await site.SetUpAsync();
        Assert.Contains("not your password", (await admin.PostAsync("/account/authenticator", ("go", "begin"), ("current", "something else"))).Text, StringComparison.Ordinal);
        var key = KeyShown().Match((await admin.PostAsync("/account/authenticator", ("go", "begin"), ("current", ClinicSite.Password))).Text).Groups[1].Value.Replace(" ", "", StringComparison.Ordinal);
        var set = await admin.PostAsync("/account/authenticator", ("go", "confirm"), ("current", ClinicSite.Password), ("code", Totp(key)));
        var codes = CodesShown().Match(set.Text).Groups[1].Value.Split('\n');
        Assert.Equal(8, codes.Length);

        var browser = site.Open();
        Assert.StartsWith("/sign-in/second", (await browser.SignInAsync("ada@clinic.example")).Location, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await browser.GetAsync("/staff")).Location, StringComparison.Ordinal);
        Assert.Contains("not right", (await browser.PostAsync("/sign-in/second", ("code", "000000"))).Text, StringComparison.Ordinal);
        Assert.Equal("/start", (await browser.PostAsync("/sign-in/second", ("code", Totp(key)))).Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/staff")).Status);

        var lost = site.Open();
        await lost.SignInAsync("ada@clinic.example");
        Assert.Equal("/start", (await lost.PostAsync("/sign-in/second", ("code", codes[0]))).Location);
        var again = site.Open();
        await again.SignInAsync("ada@clinic.example");
        Assert.Contains("not right", (await again.PostAsync("/sign-in/second", ("code", codes[0]))).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://id.example/", "x", "id.example")]
    [InlineData("http://localhost:9/", "x", "localhost")]
    [InlineData("http://id.example/", "x", null)]
    [InlineData("id.example", "x", null)]
    [InlineData("https://id.example/", "", null)]
    [InlineData("", "x", null)]
    public void Only_an_address_over_https_with_a_client_is_taken_from_the_environment(string authority, string client, string? host)
    {
        string? Read(string name) => name switch { "THINICE_OIDC_AUTHORITY" => authority, "THINICE_OIDC_CLIENT" => client, _ => "hush" };
        if (host is null) Assert.Contains("THINICE_OIDC_AUTHORITY", Assert.Throws<FormatException>(() => SignInProvider.FromEnvironment(Read)).Message, StringComparison.Ordinal);
        else Assert.Equal((host, "hush"), (SignInProvider.FromEnvironment(Read)!.Authority.Host, SignInProvider.FromEnvironment(Read)!.Secret));
        Assert.Null(SignInProvider.FromEnvironment(_ => null));
    }

    [Fact]
    public async Task A_session_ends_after_half_an_hour_without_a_page_and_after_twelve_hours_in_any_case()
    {
        await using var site = await ClinicSite.StartAsync();
        var (admin, _) = await site.SetUpAsync();
        site.Clock.Ahead += TimeSpan.FromMinutes(29);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/staff")).Status);
        site.Clock.Ahead += TimeSpan.FromMinutes(31);
        Assert.Equal(HttpStatusCode.Redirect, (await admin.GetAsync("/staff")).Status);

        await admin.SignInAsync("ada@clinic.example");
        for (var i = 0; i < 29; i++)
        {
            site.Clock.Ahead += TimeSpan.FromMinutes(25);
            Assert.Equal((i, i < 28 ? HttpStatusCode.OK : HttpStatusCode.Redirect), (i, (await admin.GetAsync("/staff")).Status));
        }
    }

    [Fact]
    public async Task Another_password_ends_all_other_sessions_at_once_and_a_role_taken_away_does_too()
    {
        await using var site = await ClinicSite.StartAsync();
        var (admin, _) = await site.SetUpAsync();
        var other = site.Open();
        await other.SignInAsync("ada@clinic.example");
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/staff")).Status);
        Assert.Contains("is changed", (await admin.PostAsync("/account/password", ("current", ClinicSite.Password), ("new", "eight green herons"))).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/staff")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await other.GetAsync("/staff")).Status);

        var theo = await site.StaffAsync(admin, "Theo Therapist", Role.Therapist, Role.ClinicAdmin);
        Assert.Equal(HttpStatusCode.OK, (await theo.GetAsync("/staff")).Status);
        var place = (await site.Registry.Accounts.MembershipsAsync("theo@clinic.example", TestContext.Current.CancellationToken)).Single();
        await admin.PostAsync($"/staff/{place.Staff}/roles", ("roles", "Therapist"));
        Assert.Equal(HttpStatusCode.Forbidden, (await theo.GetAsync("/staff")).Status);
        await admin.PostAsync($"/staff/{place.Staff}/leave");
        Assert.Equal(HttpStatusCode.Forbidden, (await theo.GetAsync("/alerts")).Status);
    }

    [Fact]
    public async Task An_administrator_makes_no_link_into_an_account_that_another_clinic_trusts()
    {
        await using var site = await ClinicSite.StartAsync();
        var (admin, _) = await site.SetUpAsync();
        await site.Registry.Clinics.OpenAsync(new() { Name = "Elsewhere", Country = "GB", TimeZone = "Europe/London" }, new("Eve Elsewhere", "eve@else.example", [Role.ClinicAdmin]), TestContext.Current.CancellationToken);
        var added = await admin.PostAsync("/staff", ("name", "Eve Elsewhere"), ("email", "eve@else.example"), ("roles", "Therapist"));
        Assert.DoesNotContain("/welcome/", added.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_its_token_changes_nothing_and_cookies_are_out_of_reach_of_scripts()
    {
        await using var site = await ClinicSite.StartAsync();
        var (admin, _) = await site.SetUpAsync();
        using var content = new FormUrlEncodedContent([new("name", "Mallory"), new("email", "m@clinic.example"), new("roles", "ClinicAdmin")]);
        using var reply = await admin.Http.PostAsync(new Uri("/staff", UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Empty(await site.Registry.Clinics.FindStaffAsync("m@clinic.example", TestContext.Current.CancellationToken));
        Assert.All(admin.Cookies.Cast<System.Net.Cookie>(), c => Assert.True(c.HttpOnly, c.Name));
        var page = await admin.GetAsync("/staff");
        Assert.True(page.Message.Headers.CacheControl!.NoStore);
        Assert.Contains("frame-ancestors 'none'", page.Message.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_public_address_over_TLS_cookies_are_for_TLS_only_and_browsers_are_told_to_stay_there()
    {
        await using var site = await ClinicSite.StartAsync(publicUrl: new("https://clinic.example/"));
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = new(site.Url) };
        using var reply = await http.GetAsync(new Uri("/sign-in", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.All(reply.Headers.GetValues("Set-Cookie"), c => Assert.Contains("secure", c, StringComparison.OrdinalIgnoreCase));
        Assert.True(reply.Headers.Contains("Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("//evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task After_signing_in_one_never_lands_on_another_site(string to)
    {
        await using var site = await ClinicSite.StartAsync();
        await site.SetUpAsync();
        Assert.Equal("/start", (await site.Open().PostAsync("/sign-in", ("email", "ada@clinic.example"), ("password", ClinicSite.Password), ("to", to))).Location);
    }

    /// <summary>A page without what differs each time.</summary>
    private static string Shown(string page) => TokenValue().Replace(page, "");

    /// <summary>RFC 6238 with SHA-1, six digits, thirty seconds, written from the standard: what an authenticator app does.</summary>
    internal static string Totp(string key)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(key.ToUpperInvariant().Select(c => Convert.ToString(alphabet.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var secret = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var counter = BitConverter.GetBytes(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30).Reverse().ToArray();
#pragma warning disable CA5350 // The standard that authenticator apps follow.
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var offset = hash[^1] & 15;
        var number = ((hash[offset] & 127) << 24) | (hash[offset + 1] << 16) | (hash[offset + 2] << 8) | hash[offset + 3];
        return (number % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static Task<Reply> ToInstallationAsync(Browser browser) => browser.PostAsync("/choose-clinic", ("clinic", ClinicId.Installation.ToString()));

    private static async Task<Reply> ToClinicAsync(ClinicSite site, Browser browser) =>
        await browser.PostAsync("/choose-clinic", ("clinic", (await site.Registry.Clinics.AllAsync(TestContext.Current.CancellationToken))[0].ClinicId.ToString()));

    [GeneratedRegex("href=\"(/welcome/[^\"]+)\"")]
    private static partial Regex InvitationShown();

    [GeneratedRegex("id=\"key\">([A-Z2-7 ]+)<")]
    private static partial Regex KeyShown();

    [GeneratedRegex("id=\"codes\">([^<]+)<")]
    private static partial Regex CodesShown();

    [GeneratedRegex("value=\"[^\"]*\"")]
    private static partial Regex TokenValue();

    [Fact]
    public async Task Saving_the_settings_page_leaves_alone_what_the_page_does_not_show()
    {
        await using var site = await ClinicSite.StartAsync();
        var (admin, _) = await site.SetUpAsync();
        var stop = TestContext.Current.CancellationToken;
        var before = (await site.Registry.Clinics.AllAsync(stop)).Single();
        var ada = Actor.Staff(before.ClinicId, (await site.Registry.Clinics.FindStaffAsync("ada@clinic.example"))[0].Staff);
        var set = ClinicSettings.Of(before) with { NoReports = true, CasesADay = 7, LinkDays = 9, ControlProbability = 0.02 };
        Assert.True((await site.Registry.Clinics.ChangeAsync(ada, set, stop)).IsDone);
        await admin.PostAsync("/staff/settings", ("name", "Quay Massage"), ("country", "GB"), ("timeZone", "Europe/London"), ("escalateMinutes", "45"), ("noReports", "yes"));
        Assert.Equal(set with { Name = "Quay Massage", EscalateMinutes = 45 }, ClinicSettings.Of((await site.Registry.Clinics.AllAsync(stop)).Single()));
    }
}
