using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace ThinIce.Web.Shared;

/// <summary>Addresses of files inside the program, each with a fingerprint so that browsers may keep them for good.</summary>
internal static class StaticFiles
{
    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    /// <summary>The style sheet.</summary>
    public static string Style { get; } = Address("thinice.css");

    /// <summary>Address of a file in wwwroot. Throws <see cref="InvalidOperationException"/> on one that is not there: a broken build.</summary>
    public static string Address(string name) => Known.GetOrAdd(name, Fingerprinted);

    private static string Fingerprinted(string name)
    {
        using var file = typeof(StaticFiles).Assembly.GetManifestResourceStream($"ThinIce.Web.wwwroot.{name}")
            ?? throw new InvalidOperationException($"{name} is missing from the build.");
        return $"/{name}?v={Convert.ToHexStringLower(SHA256.HashData(file).AsSpan(0, 6))}";
    }
}
