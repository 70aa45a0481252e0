using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using ThinIce.Core.Contract;
using ThinIce.Web.Features.After;
using ThinIce.Web.Features.Answer;
using ThinIce.Web.Features.Api;
using ThinIce.Web.Features.Check;
using ThinIce.Web.Features.Drill;
using ThinIce.Web.Features.Guidance;
using ThinIce.Web.Features.Harms;
using ThinIce.Web.Features.Home;
using ThinIce.Web.Features.HowItWorks;
using ThinIce.Web.Features.Rates;
using ThinIce.Web.Features.Sources;
using ThinIce.Web.Features.Surveys;
using ThinIce.Web.Features.WhatsNew;
using ThinIce.Web.Shared;

namespace ThinIce.Web;

/// <summary>Puts the web app and the API together. Stores nothing of what a visitor enters and logs none of it.</summary>
public static class WebHost
{
    /// <summary>Builds the app, ready to start.</summary>
    /// <param name="answerer">What answers.</param>
    /// <param name="urls">Where to listen, separated by semicolons.</param>
    public static WebApplication Create(Answerer answerer, string urls)
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
        // Razor components want a key ring; nothing here is signed or encrypted, so none is written to disk.
        builder.Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
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
        app.MapFallback(PlainFailure.NotFound);
        return app;
    }
}
