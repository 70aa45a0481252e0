using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ThinIce.Registry;
using ThinIce.Web.Features.Accounts;
using ThinIce.Web.Features.Boards;
using ThinIce.Web.Features.Cases;
using ThinIce.Web.Features.ClinicNumbers;
using ThinIce.Web.Features.Day;
using ThinIce.Web.Features.Importing;
using ThinIce.Web.Features.Records;
using ThinIce.Web.Features.SetUp;
using ThinIce.Web.Features.Staff;

namespace ThinIce.Web.Features.Clinics;

/// <summary>What the pages of clinics need beside the public ones: the registry, accounts, and a key ring that outlives a restart.</summary>
internal static class ClinicHosting
{
    /// <summary>Adds the registry. It is closed by whoever opened it.</summary>
    public static void AddClinics(this IServiceCollection services, ClinicRegistry registry, SignInProvider? provider = null)
    {
        services.AddSingleton(registry);
        services.AddSingleton<SafetyNotice>();
        services.AddScoped<Current>();
        // Beside the master keys: servers on one database share that folder, and so each other's sessions.
        services.AddDataProtection().SetApplicationName("thinice").PersistKeysToFileSystem(new(registry.WebKeys));
        // The forms of clinics are never kept by a browser; that it made sure of that is no news. The first warns that this key ring lies there unencrypted. So do the master keys beside it, in a folder of the owner's own.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error).AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error));
        services.AddAccounts(registry, provider);
        // A proxy on this machine may say from where a request came, for the limits on tries.
        services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedFor);
    }

    /// <summary>What happens with every request before its endpoint.</summary>
    public static void UseClinics(this WebApplication app, ClinicRegistry registry)
    {
        app.UseForwardedHeaders();
        // Behind a proxy the public address is the one that counts, whatever the proxy asks for: for cookies, passkeys and redirects.
        if (registry.PublicUrl is { Scheme: "https" } url)
            app.Use((context, next) =>
            {
                (context.Request.Scheme, context.Request.Host) = (url.Scheme, new(url.Authority));
                context.Response.Headers.StrictTransportSecurity = "max-age=31536000";
                return next(context);
            });
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
    }

    /// <summary>Maps the pages of clinics.</summary>
    public static void MapClinics(this WebApplication app)
    {
        app.MapSetUp();
        app.MapSignIn();
        app.MapAccount();
        app.MapStaff();
        app.MapDay();
        app.MapRecords();
        app.MapBoards();
        app.MapCases();
        app.MapClinicNumbers();
        app.MapImport();
    }
}
