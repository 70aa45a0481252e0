using System.Buffers.Text;
using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using ThinIce.Registry;
using ThinIce.Registry.Events;
using ThinIce.Web.Features.Answer;
using ThinIce.Web.Features.Clinics;

namespace ThinIce.Web.Features.Accounts;

/// <summary>Somebody's own account: password, authenticator app, passkeys, choice of clinic; and the welcome of who was added.</summary>
internal static class AccountEndpoints
{
    private const string Purpose = "ResetPassword";

    public static void MapAccount(this IEndpointRouteBuilder app)
    {
        app.Get("/account", Access.Account, (Current who, SignInManager<AccountDetails> signIn) => PageAsync(who, signIn, ""));
        app.Post("/account/password", Access.Account, PasswordAsync).Limited();
        app.Post("/account/authenticator", Access.Account, AuthenticatorAsync).Limited();
        app.Post("/account/passkey-options", Access.Account, async (Current who, SignInManager<AccountDetails> signIn) =>
            TypedResults.Content(await signIn.MakePasskeyCreationOptionsAsync(new() { Id = who.Account!.Id.ToString(), Name = who.Account.Email, DisplayName = who.Account.Email }), "application/json"));
        app.Post("/account/passkeys", Access.Account, AddPasskeyAsync);
        app.Post("/account/passkeys/remove", Access.Account, RemovePasskeyAsync);
        app.Post("/account/provider/remove", Access.Account, RemoveProviderAsync);
        app.Get("/choose-clinic", Access.Account, () => new RazorComponentResult<ChoosePlacePage>());
        app.Post("/choose-clinic", Access.Account, ChooseAsync);
        app.Get("/welcome/{id}/{token}", Access.Link, (string id, string token, UserManager<AccountDetails> users) => WelcomeAsync(id, token, users, [])).Limited();
        app.Post("/welcome/{id}/{token}", Access.Link, WelcomedAsync).Limited();
    }

    /// <summary>A link by which somebody without a password sets one; null where only the person may, because other clinics trust the account too.</summary>
    public static async Task<string?> InviteAsync(string email, ClinicId by, UserManager<AccountDetails> users, ClinicRegistry registry)
    {
        var account = await users.FindByEmailAsync(email);
        if (account?.PasswordHash is not null || (await registry.Accounts.MembershipsAsync(email)).Any(m => m.Clinic != by)) return null;
        if (account is null && !(await users.CreateAsync(account = new() { Email = email })).Succeeded) return null;

        return await LinkAsync(account, users);
    }

    /// <summary>A link for who lost the password, given out by whoever works at the server's command line. Null where nobody has this address.</summary>
    public static async Task<string?> ForOperatorAsync(string email, UserManager<AccountDetails> users, ClinicRegistry registry, CancellationToken stop)
    {
        var account = await users.FindByEmailAsync(email);
        if (account is null && ((await registry.Accounts.MembershipsAsync(email, stop)).IsEmpty || !(await users.CreateAsync(account = new() { Email = email })).Succeeded)) return null;
        await registry.Accounts.NoteAsync(account.Id, EventTypes.CredentialChanged, "link made by the operator", stop);
        return await LinkAsync(account, users);
    }

    private static async Task<string> LinkAsync(AccountDetails account, UserManager<AccountDetails> users) =>
        $"/welcome/{account.Id}/{Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(await users.GeneratePasswordResetTokenAsync(account)))}";

    private static async Task<IResult> PageAsync(Current who, SignInManager<AccountDetails> signIn, string done, string key = "", IReadOnlyList<string>? codes = null, ImmutableArray<string> wrong = default) => new RazorComponentResult<AccountPage>(new
    {
        Account = (await signIn.UserManager.FindByIdAsync(who.Account!.Id.ToString()))!, Passkeys = await signIn.UserManager.GetPasskeysAsync(who.Account), Done = done, Key = key, Codes = codes ?? [], Wrong = wrong.IsDefault ? [] : wrong,
    });

    private static async Task<IResult> PasswordAsync(HttpContext context, Current who, SignInManager<AccountDetails> signIn, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        var account = (await signIn.UserManager.FindByIdAsync(who.Account!.Id.ToString()))!;
        if (Weak(form["new"], account.Email) is { } weak) return await PageAsync(who, signIn, "", wrong: [weak]);
        var changed = await signIn.UserManager.ChangePasswordAsync(account, form["current"], form["new"]);
        if (!changed.Succeeded) return await PageAsync(who, signIn, "", wrong: [.. changed.Errors.Select(Key)]);
        await registry.Accounts.NoteAsync(account.Id, EventTypes.CredentialChanged, "password");
        await signIn.RefreshSignInAsync(account);
        return await PageAsync(who, signIn, "password");
    }

    /// <summary>Three acts of one form: begin (show a new key), confirm (a code of it), end.</summary>
    private static async Task<IResult> AuthenticatorAsync(HttpContext context, Current who, SignInManager<AccountDetails> signIn, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        var users = signIn.UserManager;
        var account = (await users.FindByIdAsync(who.Account!.Id.ToString()))!;
        // Adding or taking away a way of signing in asks for the password again: an open tablet is not enough.
        if (!await users.CheckPasswordAsync(account, form["current"])) return await PageAsync(who, signIn, "", wrong: ["password-mismatch"]);
        if (form["go"] == "begin")
        {
            await users.ResetAuthenticatorKeyAsync(account);
            await signIn.RefreshSignInAsync(account);
            return await PageAsync(who, signIn, "", await users.GetAuthenticatorKeyAsync(account) ?? "");
        }

        if (form["go"] == "end")
        {
            await users.SetTwoFactorEnabledAsync(account, false);
            await registry.Accounts.NoteAsync(account.Id, EventTypes.CredentialChanged, "second factor ended");
            await signIn.RefreshSignInAsync(account);
            return await PageAsync(who, signIn, "ended");
        }

        if (!await users.VerifyTwoFactorTokenAsync(account, users.Options.Tokens.AuthenticatorTokenProvider, form["code"].Replace(" ", "", StringComparison.Ordinal)))
            return await PageAsync(who, signIn, "", await users.GetAuthenticatorKeyAsync(account) ?? "", wrong: ["code"]);
        await users.SetTwoFactorEnabledAsync(account, true);
        var codes = await users.GenerateNewTwoFactorRecoveryCodesAsync(account, 8);
        await registry.Accounts.NoteAsync(account.Id, EventTypes.CredentialChanged, "second factor set");
        await signIn.RefreshSignInAsync(account);
        return await PageAsync(who, signIn, "second", codes: [.. codes ?? []]);
    }

    private static async Task<IResult> AddPasskeyAsync(HttpContext context, Current who, SignInManager<AccountDetails> signIn, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        try
        {
            var made = form["credential"].Length == 0 ? null : await signIn.PerformPasskeyAttestationAsync(form["credential"]);
            if (made is not { Succeeded: true } || made.UserEntity.Id != who.Account!.Id.ToString()) return await PageAsync(who, signIn, "", wrong: ["passkey"]);
            made.Passkey.Name = form["name"].Trim() is { Length: > 0 and <= 60 } name ? name : null;
            await signIn.UserManager.AddOrUpdatePasskeyAsync(who.Account, made.Passkey);
            await registry.Accounts.NoteAsync(who.Account.Id, EventTypes.CredentialChanged, "passkey added");
            return TypedResults.LocalRedirect("/account");
        }
        catch (InvalidOperationException)
        {
            return await PageAsync(who, signIn, "", wrong: ["passkey"]);
        }
    }

    private static async Task<IResult> RemovePasskeyAsync(HttpContext context, Current who, SignInManager<AccountDetails> signIn, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        var given = new byte[form["id"].Length];
        if (!Convert.TryFromBase64String(form["id"], given, out var length)) return Notices.NotFound();
        await signIn.UserManager.RemovePasskeyAsync(who.Account!, given[..length]);
        await registry.Accounts.NoteAsync(who.Account!.Id, EventTypes.CredentialChanged, "passkey taken away");
        return TypedResults.LocalRedirect("/account");
    }

    private static async Task<IResult> RemoveProviderAsync(Current who, SignInManager<AccountDetails> signIn, ClinicRegistry registry)
    {
        var account = (await signIn.UserManager.FindByIdAsync(who.Account!.Id.ToString()))!;
        account.Provider = null;
        await signIn.UserManager.UpdateAsync(account);
        await registry.Accounts.NoteAsync(account.Id, EventTypes.CredentialChanged, "provider taken away");
        return TypedResults.LocalRedirect("/account");
    }

    private static async Task<IResult> ChooseAsync(HttpContext context, Current who, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        if (who.Places.FirstOrDefault(p => p.Clinic.ToString() == form["clinic"]) is not { } place) return Notices.NotFound();
        context.Response.Cookies.Append(Current.ClinicCookie, place.Clinic.ToString(), new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = registry.PublicUrl?.Scheme == Uri.UriSchemeHttps, IsEssential = true });
        return TypedResults.LocalRedirect("/start");
    }

    private static async Task<IResult> WelcomeAsync(string id, string token, UserManager<AccountDetails> users, ImmutableArray<string> wrong)
    {
        var account = await users.FindByIdAsync(id);
        var isGood = account is not null && Token(token) is { } plain && await users.VerifyUserTokenAsync(account, users.Options.Tokens.PasswordResetTokenProvider, Purpose, plain);
        return new RazorComponentResult<WelcomePage>(new { Email = isGood ? account!.Email : "", Wrong = wrong }) { StatusCode = isGood ? StatusCodes.Status200OK : StatusCodes.Status404NotFound };
    }

    private static async Task<IResult> WelcomedAsync(HttpContext context, string id, string token, SignInManager<AccountDetails> signIn, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        if (await signIn.UserManager.FindByIdAsync(id) is not { } account || Token(token) is not { } plain) return await WelcomeAsync(id, token, signIn.UserManager, []);
        if (Weak(form["new"], account.Email) is { } weak) return await WelcomeAsync(id, token, signIn.UserManager, [weak]);
        var set = await signIn.UserManager.ResetPasswordAsync(account, plain, form["new"]);
        if (!set.Succeeded) return await WelcomeAsync(id, token, signIn.UserManager, [.. set.Errors.Select(Key)]);
        await registry.Accounts.NoteAsync(account.Id, EventTypes.CredentialChanged, "password set by invitation");
        await signIn.SignInAsync(account, isPersistent: false);
        return TypedResults.LocalRedirect("/start");
    }

    /// <summary>Key of the words for a password that is easy to guess although it is long; null where it is not.</summary>
    internal static string? Weak(string password, string email) =>
        password.Contains(email.Split('@')[0], StringComparison.OrdinalIgnoreCase) || password.Contains("password", StringComparison.OrdinalIgnoreCase) || password.Contains("1234567", StringComparison.Ordinal) || password.Contains("thinice", StringComparison.OrdinalIgnoreCase) ? "password-weak" : null;

    internal static string Key(IdentityError error) => error.Code switch
    {
        "PasswordTooShort" => "password-short",
        "PasswordRequiresUniqueChars" => "password-weak",
        "PasswordMismatch" => "password-mismatch",
        "InvalidToken" => "link",
        _ => "other",
    };

    private static string? Token(string token)
    {
        try
        {
            return System.Text.Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token));
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
