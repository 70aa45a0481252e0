using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using ThinIce.Core.Contract;
using ThinIce.Registry;
using ThinIce.Web.Delivery;
using ThinIce.Web.Features.Accounts;
using ThinIce.Web.Features.After;
using ThinIce.Web.Features.Answer;
using ThinIce.Web.Features.Api;
using ThinIce.Web.Features.Check;
using ThinIce.Web.Features.Clinics;
using ThinIce.Web.Features.Drill;
using ThinIce.Web.Features.Guidance;
using ThinIce.Web.Features.Harms;
using ThinIce.Web.Features.Home;
using ThinIce.Web.Features.HowItWorks;
using ThinIce.Web.Features.Link;
using ThinIce.Web.Features.Rates;
using ThinIce.Web.Features.Sources;
using ThinIce.Web.Features.Surveys;
using ThinIce.Web.Features.WhatsNew;
using ThinIce.Web.Shared;

namespace ThinIce.Web;

/// <summary>
/// Puts the web app and the API together. The public pages store nothing of what a visitor enters, and log none of it. Pages of
/// clinics are there only with a registry.
/// </summary>
public static class WebHost
{
    /// <summary>Builds the app, ready to start.</summary>
    /// <param name="answerer">What answers.</param>
    /// <param name="urls">Where to listen, separated by semicolons.</param>
    /// <param name="registry">The registry of clinics, opened by the caller, who also closes it; null for the public pages alone.</param>
    /// <param name="delivery">How the clinics' messages leave the house; null where another server of the same registry sends them.</param>
    /// <param name="provider">Who may sign staff in beside their passwords; null nobody.</param>
    public static WebApplication Create(Answerer answerer, string urls, ClinicRegistry? registry = null, DeliveryOptions? delivery = null, SignInProvider? provider = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(urls);
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = Limits.RequestBytes;
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // A failed start is told by whoever started it.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Services.AddSingleton(answerer);
        builder.Services.Configure<FormOptions>(form => (form.ValueLengthLimit, form.BufferBodyLengthLimit) = (VisitForm.MostBytes, VisitForm.MostBytes));
        builder.Services.AddLocalization();
        builder.Services.AddRazorComponents();
        // Razor components want a key ring. On the public pages nothing is signed or encrypted, so none is written to disk.
        if (registry is null) builder.Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        else builder.Services.AddClinics(registry, provider);
        if (registry is not null && delivery is not null) builder.Services.AddDelivery(delivery);
        builder.Services.AddApiDescription();
        builder.Services.AddResponseCompression(options => options.EnableForHttps = true);

        var app = builder.Build();
        app.UseExceptionHandler(failed => failed.Run(PlainFailure.Answer));
        app.UseResponseCompression();
        app.UseSafeHeaders();
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new EmbeddedFileProvider(typeof(WebHost).Assembly, "ThinIce.Web.wwwroot"),
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "public, max-age=31536000, immutable",
        });
        if (registry is not null) app.UseClinics(registry);
        app.MapHome();
        app.MapCheck();
        app.MapAfter();
        app.MapWords();
        app.MapClear();
        app.MapHarms();
        app.MapGuidance();
        app.MapDrill();
        app.MapHowItWorks();
        app.MapSurveys();
        app.MapRates();
        app.MapSources();
        app.MapWhatsNew();
        app.MapApi();
        if (registry is not null) app.MapClinics();
        if (registry is not null) app.MapAsking();
        app.MapFallback(PlainFailure.NotFound);
        return app;
    }

    /// <summary>A path under the site that lets somebody with an account, or on a team, set a password: for who lost it, given out by the operator. Null where nobody has this address.</summary>
    public static async Task<string?> PasswordLinkAsync(ClinicRegistry registry, string email, CancellationToken stop = default)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddClinics(registry);
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        return await AccountEndpoints.ForOperatorAsync(email, scope.ServiceProvider.GetRequiredService<UserManager<AccountDetails>>(), registry, stop);
    }

    /// <summary>Gives an address an account with a password, for made-up clinics. False where it has one, or the password does not do.</summary>
    public static async Task<bool> AddAccountAsync(ClinicRegistry registry, string email, string password, CancellationToken stop = default)
    {
        stop.ThrowIfCancellationRequested();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddClinics(registry);
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<UserManager<AccountDetails>>().CreateAsync(new() { Email = email }, password)).Succeeded;
    }

    /// <summary>The code that the page of the first set-up asks for; null where somebody has an account already, or there is no registry.</summary>
    public static async Task<string?> SetupCodeAsync(WebApplication app, CancellationToken stop = default) =>
        app.Services.GetService<ClinicRegistry>() is { } registry && !await registry.Accounts.AnyAsync(stop) ? app.Services.GetRequiredService<SetupCode>().Value : null;
}
