using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ThinIce.Registry;

namespace ThinIce.Web.Delivery;

/// <summary>Puts the clinics' clockwork into a server, or makes one alone.</summary>
public static class DeliveryHosting
{
    /// <summary>Runs it as long as the server runs.</summary>
    public static void AddDelivery(this IServiceCollection services, DeliveryOptions options)
    {
        services.AddSingleton<IHostedService>(all => new DeliveryWorker(
            all.GetRequiredService<ClinicRegistry>(), options, new(all.GetRequiredService<IStringLocalizer<DeliveryWords>>()), TimeProvider.System, all.GetRequiredService<ILogger<DeliveryWorker>>()));
    }

    /// <summary>One without a server, whose rounds the caller makes.</summary>
    public static DeliveryWorker Alone(ClinicRegistry registry, DeliveryOptions options, TimeProvider clock)
    {
        var localizers = new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance);
        return new(registry, options, new(new StringLocalizer<DeliveryWords>(localizers)), clock, NullLogger<DeliveryWorker>.Instance);
    }
}
