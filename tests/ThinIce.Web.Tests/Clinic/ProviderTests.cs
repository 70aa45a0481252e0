using System.Net;

namespace ThinIce.Web.Tests.Clinic;

/// <summary>Signing in by OpenID Connect, through a provider that a test can make say anything.</summary>
public sealed class ProviderTests : IAsyncLifetime
{
    private MadeUpProvider _provider = null!;
    private ClinicSite _site = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = await MadeUpProvider.StartAsync();
        _site = await ClinicSite.StartAsync(provider: _provider.Here);
        await _site.SetUpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _site.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_the_provider_vouches_for_is_signed_in_and_comes_to_the_page_asked_for(bool tellsOnlyWhenAsked)
    {
        _provider.TellsOnlyWhenAsked = tellsOnlyWhenAsked;
        using var browser = _site.Open();
        Assert.Contains("href=\"/sign-in/provider?to=%2Fstaff\"", (await browser.GetAsync("/sign-in?to=/staff")).Text, StringComparison.Ordinal);
        Assert.Equal("/staff", (await ComeBackAsync(browser, "/staff")).Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/staff")).Status);
        Assert.DoesNotContain(browser.Cookies, c => c.Name.Contains("provider", StringComparison.Ordinal) || c.Name.Contains("Correlation", StringComparison.Ordinal));
        using var again = _site.Open();
        Assert.Equal("/start", (await ComeBackAsync(again)).Location);
        Assert.Empty((await _site.Registry.VerifyAsync(TestContext.Current.CancellationToken)).Faults);
    }

    [Fact]
    public async Task Whoever_is_on_a_team_needs_no_password_first()
    {
        _provider.Person = ("s2", "OLGA@clinic.example", true);
        using var browser = _site.Open();
        Assert.Equal("/start", (await ComeBackAsync(browser)).Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/alerts")).Status);
    }

    [Theory]
    [InlineData("ada@clinic.example", false, "does not say which e-mail address")]
    [InlineData(null, true, "does not say which e-mail address")]
    [InlineData("stranger@elsewhere.example", true, "nobody here has its e-mail address")]
    public async Task An_address_that_is_not_confirmed_or_not_known_opens_nothing(string? email, bool isConfirmed, string said)
    {
        _provider.Person = ("s1", email, isConfirmed);
        using var browser = _site.Open();
        Assert.Contains(said, (await ComeBackAsync(browser)).Text, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await browser.GetAsync("/staff")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_went_to_somebody_else_there_opens_nothing_until_its_owner_takes_the_tie_away()
    {
        using var ada = _site.Open();
        await ComeBackAsync(ada);
        _provider.Person = ("another person", "ada@clinic.example", true);
        using var other = _site.Open();
        Assert.Contains("Another work account", (await ComeBackAsync(other)).Text, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await other.GetAsync("/staff")).Location, StringComparison.Ordinal);
        await ada.SignInAsync("ada@clinic.example");
        Assert.Contains("sign in with your work account", (await ada.GetAsync("/account")).Text, StringComparison.Ordinal);
        Assert.Equal("/account", (await ada.PostAsync("/account/provider/remove")).Location);
        Assert.Equal("/start", (await ComeBackAsync(other)).Location);
    }

    [Fact]
    public async Task A_lock_and_a_second_factor_of_ones_own_count_as_after_a_password()
    {
        var account = (await _site.Registry.Accounts.FindAsync("ada@clinic.example", TestContext.Current.CancellationToken))!;
        (account.HasSecondFactor, account.AuthenticatorKey) = (true, "JBSWY3DPEHPK3PXP");
        await _site.Registry.Accounts.SaveAsync(account, TestContext.Current.CancellationToken);
        using var browser = _site.Open();
        Assert.StartsWith("/sign-in/second", (await ComeBackAsync(browser)).Location, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await browser.GetAsync("/staff")).Location, StringComparison.Ordinal);

        account = (await _site.Registry.Accounts.FindAsync("ada@clinic.example", TestContext.Current.CancellationToken))!;
        (account.HasSecondFactor, account.LockedUntil) = (false, DateTimeOffset.UtcNow.AddMinutes(10));
        await _site.Registry.Accounts.SaveAsync(account, TestContext.Current.CancellationToken);
        Assert.Contains("That did not work", (await ComeBackAsync(browser)).Text, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await browser.GetAsync("/staff")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_nobody_here_asked_for_or_that_comes_twice_signs_nobody_in()
    {
        using var browser = _site.Open();
        var answer = await AnswerAsync(browser, (await browser.GetAsync("/sign-in/provider")).Location!);
        using var elsewhere = _site.Open();
        foreach (var (who, address) in new[] { (elsewhere, answer), (browser, "/sign-in/provider/answer?code=abc&state=def"), (browser, "/sign-in/provider/answer?error=access_denied&state=def") })
        {
            var reply = await who.GetAsync(address);
            Assert.Equal("/sign-in?wrong=provider", reply.Location);
            Assert.Contains("did not sign you in", (await who.GetAsync(reply.Location!)).Text, StringComparison.Ordinal);
        }

        Assert.StartsWith("/sign-in/provider/back", (await browser.GetAsync(answer)).Location, StringComparison.Ordinal);
        Assert.Equal("/sign-in?wrong=provider", (await browser.GetAsync(answer)).Location);
    }

    [Fact]
    public async Task After_signing_in_one_never_lands_on_another_site()
    {
        using var browser = _site.Open();
        Assert.Equal("/start", (await ComeBackAsync(browser, "//elsewhere.example/")).Location);
        using var other = _site.Open();
        await other.GetAsync(await AnswerAsync(other, (await other.GetAsync("/sign-in/provider")).Location!));
        Assert.Equal("/start", (await other.GetAsync("/sign-in/provider/back?to=https://elsewhere.example/")).Location);
    }

    [Fact]
    public async Task Without_a_provider_there_is_no_button_and_no_page()
    {
        await using var site = await ClinicSite.StartAsync();
        using var browser = site.Open();
        Assert.DoesNotContain("provider", (await browser.GetAsync("/sign-in")).Text, StringComparison.Ordinal);
        foreach (var path in new[] { "/sign-in/provider", "/sign-in/provider/back", "/sign-in/provider/answer" }) Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(path)).Status);
    }

    /// <summary>From the button to the provider and back to the last page of it: a redirect, or the sign-in page with what was wrong.</summary>
    private static async Task<Reply> ComeBackAsync(Browser browser, string to = "")
    {
        var asked = await browser.GetAsync($"/sign-in/provider?to={Uri.EscapeDataString(to)}");
        Assert.Equal(HttpStatusCode.Redirect, asked.Status);
        var back = await browser.GetAsync(await AnswerAsync(browser, asked.Location!));
        return await browser.GetAsync(back.Location!);
    }

    /// <summary>Lets the provider answer, and hands back the address that it sends the browser to, on this site.</summary>
    private static async Task<string> AnswerAsync(Browser browser, string question) => new Uri((await browser.Http.GetAsync(new Uri(question))).Headers.Location!.ToString()).PathAndQuery;
}
