using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using ThinIce.Registry;
using ThinIce.Registry.Events;
using ThinIce.Web.Features.Answer;
using ThinIce.Web.Features.Clinics;
using FromServices = Microsoft.AspNetCore.Mvc.FromServicesAttribute;

namespace ThinIce.Web.Features.Accounts;

/// <summary>Signing in and out: password, then a second factor where one is set; or a passkey alone.</summary>
internal static class SignInEndpoints
{
    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.Get("/sign-in", Access.Public, (HttpContext context) => Page(To(context.Request.Query["to"]), context.Request.Query["wrong"] == "provider" ? "provider" : ""));
        app.Post("/sign-in", Access.Public, PasswordAsync).Limited();
        app.Get("/sign-in/second", Access.Public, (HttpContext context) => Second(To(context.Request.Query["to"]), ""));
        app.Post("/sign-in/second", Access.Public, SecondAsync).Limited();
        app.Post("/sign-in/passkey-options", Access.Public, async (SignInManager<AccountDetails> signIn) => TypedResults.Content(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json")).Limited();
        app.Post("/sign-in/passkey", Access.Public, PasskeyAsync).Limited();
        app.Get("/sign-in/provider", Access.Public, IResult (HttpContext context, [FromServices] SignInProvider? provider) => provider is null ? Notices.NotFound()
            : TypedResults.Challenge(new() { RedirectUri = $"/sign-in/provider/back?to={Uri.EscapeDataString(To(context.Request.Query["to"]))}" }, [SignInProvider.Scheme])).Limited();
        app.Get("/sign-in/provider/back", Access.Public, ProviderAsync).Limited();
        app.Get("/start", Access.Account, Start);
        app.Post("/sign-out", Access.Public, async (HttpContext context, SignInManager<AccountDetails> signIn) =>
        {
            await signIn.SignOutAsync();
            context.Response.Cookies.Delete(Current.ClinicCookie);
            // What a browser kept of the pages goes with the session.
            context.Response.Headers["Clear-Site-Data"] = "\"cache\"";
            return TypedResults.LocalRedirect("/sign-in");
        });
    }

    /// <summary>Where somebody's work begins, by role.</summary>
    private static IResult Start(Current who) => who.Place is not { } place ? who.Places.IsEmpty ? Notices.Show("no-clinic", StatusCodes.Status403Forbidden) : TypedResults.LocalRedirect("/choose-clinic")
        : TypedResults.LocalRedirect(place.Clinic == ClinicId.Installation ? "/installation" : who.HasAny(Access.Care.Roles.AsSpan()) ? "/day" : "/figures");

    private static async Task<IResult> PasswordAsync(HttpContext context, SignInManager<AccountDetails> signIn, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        var (to, email) = (To(form["to"]), form["email"].Trim());
        var account = email.Length is > 2 and < 255 ? await signIn.UserManager.FindByNameAsync(email) : null;
        if (account is null)
        {
            // As slow as for an account that is there, so that time does not tell which addresses have one.
            signIn.UserManager.PasswordHasher.HashPassword(new(), form["password"]);
            return Page(to, "wrong");
        }

        var result = await signIn.PasswordSignInAsync(account, form["password"], isPersistent: false, lockoutOnFailure: true);
        return await AfterAsync(registry, account, result, "password", to) ?? Page(to, "wrong");
    }

    private static async Task<IResult> SecondAsync(HttpContext context, SignInManager<AccountDetails> signIn, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        var to = To(form["to"]);
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } account) return Page(to, "again");
        var code = form["code"].Replace(" ", "", StringComparison.Ordinal);
        var result = code.All(char.IsAsciiDigit) && code.Length == 6
            ? await signIn.TwoFactorAuthenticatorSignInAsync(code, isPersistent: false, rememberClient: false)
            : await signIn.TwoFactorRecoveryCodeSignInAsync(code);
        return await AfterAsync(registry, account, result, "password and code", to) ?? Second(to, "wrong");
    }

    private static async Task<IResult> PasskeyAsync(HttpContext context, SignInManager<AccountDetails> signIn, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        if (form["credential"].Length == 0) return Page(To(form["to"]), "passkey");
        try
        {
            var found = await signIn.PerformPasskeyAssertionAsync(form["credential"]);
            if (!found.Succeeded || await signIn.UserManager.IsLockedOutAsync(found.User)) return Page(To(form["to"]), "passkey");
            await signIn.UserManager.AddOrUpdatePasskeyAsync(found.User, found.Passkey);
            await signIn.SignInAsync(found.User, isPersistent: false, "passkey");
            return await AfterAsync(registry, found.User, SignInResult.Success, "passkey", To(form["to"])) ?? Page(To(form["to"]), "passkey");
        }
        catch (InvalidOperationException)
        {
            // The options it answers were asked for too long ago, or in another window.
            return Page(To(form["to"]), "passkey");
        }
    }

    /// <summary>Whoever comes back from the provider. It has to have confirmed the address, and an address that was somebody else's there opens nothing.</summary>
    private static async Task<IResult> ProviderAsync(HttpContext context, StaffSignIn signIn, ClinicRegistry registry, [FromServices] SignInProvider? provider)
    {
        if (provider is null) return Notices.NotFound();
        var to = To(context.Request.Query["to"]);
        var found = await context.AuthenticateAsync(IdentityConstants.ExternalScheme);
        await context.SignOutAsync(IdentityConstants.ExternalScheme);
        if (found.Principal?.FindFirst("sub")?.Value is not { Length: > 0 } subject) return Page(to, "provider");
        if (found.Principal.FindFirst("email")?.Value is not { Length: > 2 and < 255 } email || !bool.TryParse(found.Principal.FindFirst("email_verified")?.Value, out var isConfirmed) || !isConfirmed) return Page(to, "provider-email");
        var account = await signIn.UserManager.FindByNameAsync(email);
        // Whoever is on a team needs no password first.
        if (account is null && ((await registry.Accounts.MembershipsAsync(email)).IsEmpty || !(await signIn.UserManager.CreateAsync(account = new() { Email = email })).Succeeded)) return Page(to, "provider-unknown");
        var tie = provider.Tie(subject);
        if (account.Provider is { } known && known != tie) return Page(to, "provider-other");
        if (account.Provider is null)
        {
            account.Provider = tie;
            if (!(await signIn.UserManager.UpdateAsync(account)).Succeeded) return Page(to, "provider");
            await registry.Accounts.NoteAsync(account.Id, EventTypes.CredentialChanged, "tied to the provider");
        }

        return await AfterAsync(registry, account, await signIn.ByProviderAsync(account), "provider", to) ?? Page(to, "wrong");
    }

    private static async Task<IResult?> AfterAsync(ClinicRegistry registry, AccountDetails account, SignInResult result, string how, string to)
    {
        if (result.RequiresTwoFactor) return TypedResults.LocalRedirect($"/sign-in/second?to={Uri.EscapeDataString(to)}");
        if (result.IsLockedOut) await registry.Accounts.NoteAsync(account.Id, EventTypes.AccountLocked, how);
        if (!result.Succeeded) return null;
        await registry.Accounts.NoteAsync(account.Id, EventTypes.SignedIn, how);
        return TypedResults.LocalRedirect(to);
    }

    /// <summary>A page of ours to go on to, never one elsewhere.</summary>
    private static string To(string? address) => address is { Length: > 1 and < 200 } && address[0] == '/' && address[1] is not ('/' or '\\') && !address.Any(char.IsControl) ? address : "/start";

    private static RazorComponentResult<SignInPage> Page(string to, string wrong) => new(new { To = to, Wrong = wrong });

    private static RazorComponentResult<SecondPage> Second(string to, string wrong) => new(new { To = to, Wrong = wrong });
}
