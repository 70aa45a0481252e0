using System.Globalization;
using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ThinIce.Registry;
using ThinIce.Web.Features.Clinics;

namespace ThinIce.Web.Features.Accounts;

/// <summary>Signing in: ASP.NET Core Identity over the registry's accounts. Why so: docs/decisions/0070.</summary>
internal static class AccountsHosting
{
    /// <summary>Name of the limit on how often somebody tries passwords and codes.</summary>
    public const string Credentials = "credentials";

    /// <summary>Tries of passwords, codes and set-up codes from one address in a minute.</summary>
    public const int TriesAMinute = 20;

    /// <summary>A session ends after so long without a page …</summary>
    public static TimeSpan Idle { get; } = TimeSpan.FromMinutes(30);

    /// <summary>… and after so long in any case.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromHours(12);

    private const string Began = "began";

    /// <summary>Adds accounts, cookies and limits.</summary>
    public static void AddAccounts(this IServiceCollection services, ClinicRegistry registry, SignInProvider? provider)
    {
        var isSecure = registry.PublicUrl?.Scheme == Uri.UriSchemeHttps;
        services.AddHttpContextAccessor();
        services.AddSingleton(registry.Clock);
        services.AddSingleton<SetupCode>();
        var ways = services.AddAuthentication(IdentityConstants.ApplicationScheme);
        ways.AddIdentityCookies(cookies =>
        {
            cookies.ApplicationCookie!.Configure(o => Session(o, isSecure, registry.Clock));
            cookies.TwoFactorUserIdCookie!.Configure(o => Own(o.Cookie, "thinice-second", isSecure));
            cookies.ExternalCookie!.Configure(o => Own(o.Cookie, "thinice-provider", isSecure));
        });
        if (provider is not null)
        {
            services.AddSingleton(provider);
            // An answer that nobody asked for is the sign-in page, and no news.
            services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Authentication.OpenIdConnect", LogLevel.Error));
            ways.AddOpenIdConnect(SignInProvider.Scheme, o => Provide(o, provider, isSecure));
        }

        services.AddIdentityCore<AccountDetails>(o =>
        {
            // Length is what counts (NIST SP 800-63B asks for no mixture of kinds of characters): own knowledge, not read again.
            (o.Password.RequiredLength, o.Password.RequiredUniqueChars) = (12, 5);
            (o.Password.RequireDigit, o.Password.RequireLowercase, o.Password.RequireUppercase, o.Password.RequireNonAlphanumeric) = (false, false, false, false);
            (o.Lockout.MaxFailedAccessAttempts, o.Lockout.DefaultLockoutTimeSpan) = (5, TimeSpan.FromMinutes(15));
            (o.User.RequireUniqueEmail, o.User.AllowedUserNameCharacters) = (true, "");
        }).AddSignInManager<StaffSignIn>().AddUserStore<AccountStore>()
            .AddTokenProvider<DataProtectorTokenProvider<AccountDetails>>(TokenOptions.DefaultProvider)
            .AddTokenProvider<AuthenticatorTokenProvider<AccountDetails>>(TokenOptions.DefaultAuthenticatorProvider);
        services.Configure<DataProtectionTokenProviderOptions>(o => o.TokenLifespan = TimeSpan.FromDays(3));
        // With every page: a session ends the moment its account's ways of signing in change.
        services.Configure<SecurityStampValidatorOptions>(o => o.ValidationInterval = TimeSpan.Zero);
        services.Configure<IdentityPasskeyOptions>(o =>
        {
            o.ServerDomain = registry.PublicUrl?.Host;
            // What the browser signed has to name this very site. The header that is looked at otherwise is "null" here, because pages send no referrer.
            o.ValidateOrigin = seen => ValueTask.FromResult(!seen.CrossOrigin && seen.Origin == $"{seen.HttpContext.Request.Scheme}://{seen.HttpContext.Request.Host}");
        });
        services.AddAntiforgery(o => Own(o.Cookie, "thinice-form", isSecure));
        services.AddRateLimiter(o =>
        {
            o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            o.OnRejected = async (context, _) => await Notices.Show("too-often", StatusCodes.Status429TooManyRequests).ExecuteAsync(context.HttpContext);
            o.AddPolicy(Credentials, http => RateLimitPartition.GetFixedWindowLimiter(http.Connection.RemoteIpAddress?.ToString() ?? "", _ => new() { PermitLimit = TriesAMinute, Window = TimeSpan.FromMinutes(1) }));
        });
    }

    /// <summary>One more of the limited tries.</summary>
    public static TBuilder Limited<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.RequireRateLimiting(Credentials);

    private static void Session(CookieAuthenticationOptions options, bool isSecure, TimeProvider clock)
    {
        Own(options.Cookie, "thinice", isSecure);
        (options.ExpireTimeSpan, options.SlidingExpiration, options.TimeProvider) = (Idle, true, clock);
        options.LoginPath = "/sign-in";
        options.Events.OnSigningIn = context =>
        {
            context.Properties.Items[Began] = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        };
        options.Events.OnValidatePrincipal = async context =>
        {
            await SecurityStampValidator.ValidatePrincipalAsync(context);
            if (context.Principal is null || !context.Properties.Items.TryGetValue(Began, out var began) || clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(long.Parse(began!, CultureInfo.InvariantCulture)) > Longest)
                context.RejectPrincipal();
            // The stamp was looked at just now and is the same: no new cookie for that alone.
            else if (clock.GetUtcNow() - context.Properties.IssuedUtc < Idle / 2) context.ShouldRenew = false;
        };
    }

    /// <summary>The code flow with PKCE. The answer comes back in the address of a page, so that no cookie has to be sent along with a form of another site.</summary>
    private static void Provide(OpenIdConnectOptions options, SignInProvider provider, bool isSecure)
    {
        (options.Authority, options.ClientId, options.ClientSecret) = (provider.Authority.ToString(), provider.Client, provider.Secret);
        (options.ResponseType, options.ResponseMode, options.UsePkce) = ("code", "query", true);
        (options.CallbackPath, options.SignInScheme) = ("/sign-in/provider/answer", IdentityConstants.ExternalScheme);
        (options.SaveTokens, options.MapInboundClaims, options.DisableTelemetry) = (false, false, true);
        options.RequireHttpsMetadata = provider.Authority.Scheme == Uri.UriSchemeHttps;
        options.Scope.Clear();
        options.Scope.Add("openid");
        options.Scope.Add("email");
        // Some put the address into the token, others only into what they tell about the user.
        options.GetClaimsFromUserInfoEndpoint = true;
        foreach (var claim in new[] { "email", "email_verified" }) options.ClaimActions.MapUniqueJsonKey(claim, claim);
        foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie }) Own(cookie, cookie.Name!, isSecure);
        options.Events.OnRemoteFailure = context =>
        {
            // Given up there, too late, or an answer to a question of another window.
            context.HandleResponse();
            context.Response.Redirect("/sign-in?wrong=provider");
            return Task.CompletedTask;
        };
    }

    private static void Own(CookieBuilder cookie, string name, bool isSecure) =>
        (cookie.Name, cookie.HttpOnly, cookie.SameSite, cookie.SecurePolicy, cookie.IsEssential) = (name, true, SameSiteMode.Lax, isSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest, true);
}

/// <summary>The code that <c>serve</c> prints while nobody has an account, so that nobody else sets up the installation.</summary>
internal sealed class SetupCode : IDisposable
{
    private const int MostTries = 10;
    private int _tries;

    /// <summary>Held from the question whether anybody has an account until there is one: of two who set up at once the second finds it done.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>The code: ten letters and digits that look unlike each other.</summary>
    public string Value { get; } = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 10);

    /// <summary>Whether this is the code. After ten wrong ones none is right any more, until the server starts anew.</summary>
    public bool Fits(string given)
    {
        if (Volatile.Read(ref _tries) >= MostTries) return false;
        if (CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(given.Trim().ToLowerInvariant()), System.Text.Encoding.UTF8.GetBytes(Value))) return true;
        Interlocked.Increment(ref _tries);
        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => Turn.Dispose();
}
