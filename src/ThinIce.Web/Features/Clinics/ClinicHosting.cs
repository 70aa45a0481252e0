using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using ThinIce.Registry;

namespace ThinIce.Web.Features.Clinics;

/// <summary>What the pages of clinics need beside the public ones: the registry, and a key ring that outlives a restart.</summary>
internal static class ClinicHosting
{
    /// <summary>Adds the registry. It is closed by whoever opened it.</summary>
    public static void AddClinics(this IServiceCollection services, ClinicRegistry registry)
    {
        services.AddSingleton(registry);
        // Beside the master keys: servers on one database share that folder, and so each other's sessions.
        services.AddDataProtection().SetApplicationName("thinice").PersistKeysToFileSystem(new(registry.WebKeys));
    }

    /// <summary>Maps the pages of clinics.</summary>
    public static void MapClinics(this WebApplication app)
    {
    }
}
