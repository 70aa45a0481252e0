using System.Net;
using ThinIce.Registry;
using ThinIce.TestSupport;
using ThinIce.Web.Features.Clinics;
using ThinIce.Web.Tests.Clinic;

namespace ThinIce.Web.Tests.Access;

/// <summary>Every endpoint, every role, the own clinic and another one, over HTTP. An endpoint that declares nobody fails.</summary>
public sealed class AccessTableTests
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "reference", AccessTable.FileName);

    [Fact]
    public async Task Every_endpoint_declares_who_may_use_it_and_the_reference_says_the_same()
    {
        await using var site = await ClinicSite.StartAsync();
        Assert.Empty(AccessTable.Undeclared(site.App));
        var written = AccessTable.Write(site.App);
        if (Environment.GetEnvironmentVariable("THINICE_WRITE") == "1") await File.WriteAllTextAsync(Page, written, TestContext.Current.CancellationToken);
        Assert.True(written == await File.ReadAllTextAsync(Page, TestContext.Current.CancellationToken), "docs/reference/access.md is old: run this test with THINICE_WRITE=1");
    }

    [Fact]
    public async Task Each_cell_of_the_table_is_what_the_server_does()
    {
        await using var site = await ClinicSite.StartAsync();
        var (admin, _) = await site.SetUpAsync();
        var desk = await Ids.MakeAsync(site, "Mira Quillfeather");
        var staff = new Dictionary<Role, Browser> { [Role.SystemAdmin] = await InstallationAsync(site) };
        foreach (var role in Enum.GetValues<Role>().Where(r => r != Role.SystemAdmin)) staff[role] = await site.StaffAsync(admin, $"Only{role} Person", role);
        var wrong = new List<string>();
        foreach (var row in AccessTable.Rows(site.App).Where(r => r.Access.NeedsRole))
            foreach (var (role, browser) in staff)
            {
                var status = await AskAsync(browser, row, desk);
                var expected = AccessTable.May(row.Access, role);
                // Whatever a form without fields comes to: the role itself was let through, and the thing was found.
                var isLet = status is not (HttpStatusCode.Forbidden or HttpStatusCode.NotFound) && (int)status < 500;
                // It signs whoever hands the tablet over out on it: that is its point.
                if (row.Path.EndsWith("/kiosk", StringComparison.Ordinal) && isLet) await browser.SignInAsync($"only{role}@clinic.example".ToLowerInvariant());
                if (expected ? !isLet && !IsPrivate(row, status) : status != HttpStatusCode.Forbidden) wrong.Add($"{row.Method} {row.Path} as {role}: {status}");
            }

        Assert.Empty(wrong);
        var stranger = site.Open();
        foreach (var row in AccessTable.Rows(site.App).Where(r => r.Access.NeedsAccount))
            Assert.True(await AskAsync(stranger, row, desk) is HttpStatusCode.Redirect or HttpStatusCode.Unauthorized, $"{row.Method} {row.Path} without an account");
    }

    [Fact]
    public async Task Whoever_has_every_role_in_one_clinic_finds_nothing_of_another()
    {
        await using var site = await ClinicSite.StartAsync();
        await site.SetUpAsync();
        var desk = await Ids.MakeAsync(site, "Mira Quillfeather");
        var (elsewhere, _) = (await site.Registry.Clinics.OpenAsync(new() { Name = "Elsewhere", Country = "GB", TimeZone = "Europe/London" }, new("Eve Elsewhere", "eve@else.example", [.. Enum.GetValues<Role>().Where(r => r != Role.SystemAdmin)]), TestContext.Current.CancellationToken)).Value;
        var eve = await Ids.SignedInAsync(site, "eve@else.example", elsewhere);
        foreach (var row in AccessTable.Rows(site.App).Where(r => r.HasId && r.Access.NeedsRole))
            Assert.Equal((row.Path, row.Method, HttpStatusCode.NotFound), (row.Path, row.Method, await AskAsync(eve, row, desk)));
        // Choosing the other clinic by its id does not let her in either.
        Assert.Equal(HttpStatusCode.NotFound, (await eve.PostAsync("/choose-clinic", ("clinic", desk.Clinic.ToString()))).Status);
        Assert.Empty((await site.Registry.VerifyAsync(TestContext.Current.CancellationToken)).Faults);
    }

    /// <summary>What belongs to one person of the clinic and not to the role: an alert of a colleague's client, a complaint that names the reader.</summary>
    private static bool IsPrivate(AccessRow row, HttpStatusCode status) => status == HttpStatusCode.NotFound && (row.Path.StartsWith("/alerts/{", StringComparison.Ordinal) || row.Path.StartsWith("/complaints/{", StringComparison.Ordinal));

    private static async Task<Browser> InstallationAsync(ClinicSite site)
    {
        await site.Registry.Accounts.AddSystemAdminAsync(Actor.Operator(ClinicId.Installation), "Sam System", "sam@clinic.example", TestContext.Current.CancellationToken);
        return await Ids.SignedInAsync(site, "sam@clinic.example", ClinicId.Installation);
    }

    private static async Task<HttpStatusCode> AskAsync(Browser browser, AccessRow row, Ids desk)
    {
        var path = desk.Fill(row.Path);
        return row.Method == "POST" ? (await browser.PostAsync(path, ("find", "zz"))).Status : (await browser.GetAsync(path)).Status;
    }
}
