using System.Security.Cryptography;
using System.Text;

namespace ThinIce.Web.Features.Accounts;

/// <summary>
/// A provider of sign-in by OpenID Connect that the installation trusts, such as a group's own directory. It says who somebody is, by a
/// confirmed e-mail address; what the person may do stands in the staff of each clinic, as with a password. Why so: docs/decisions/0140.
/// </summary>
public sealed record SignInProvider
{
    /// <summary>Name of its scheme among the ways of signing in.</summary>
    internal const string Scheme = "provider";

    /// <summary>Its address, under which <c>.well-known/openid-configuration</c> lies. Over https, but for one on this machine.</summary>
    public required Uri Authority { get; init; }

    /// <summary>Name by which it knows this installation.</summary>
    public required string Client { get; init; }

    /// <summary>The secret that goes with that name; null where it gave none.</summary>
    public string? Secret { get; init; }

    /// <summary>Reads THINICE_OIDC_AUTHORITY, THINICE_OIDC_CLIENT and THINICE_OIDC_SECRET; null where none is set.</summary>
    /// <param name="read">Reads a variable; null for the environment's.</param>
    /// <exception cref="FormatException">One is missing, or the address is none that may be used; the message names the variable and not what it holds.</exception>
    public static SignInProvider? FromEnvironment(Func<string, string?>? read = null)
    {
        read ??= Environment.GetEnvironmentVariable;
        var (authority, client) = (read("THINICE_OIDC_AUTHORITY"), read("THINICE_OIDC_CLIENT"));
        if (string.IsNullOrEmpty(authority) && string.IsNullOrEmpty(client)) return null;
        if (string.IsNullOrEmpty(authority) || string.IsNullOrEmpty(client)) throw new FormatException("THINICE_OIDC_AUTHORITY and THINICE_OIDC_CLIENT go together.");
        return Uri.TryCreate(authority, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? new() { Authority = address, Client = client, Secret = read("THINICE_OIDC_SECRET") is { Length: > 0 } secret ? secret : null }
            : throw new FormatException("THINICE_OIDC_AUTHORITY has to be an address that begins with https://.");
    }

    /// <summary>What is kept of somebody's identity at the provider, so that an address that is given to another person there does not open this account.</summary>
    internal string Tie(string subject) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Authority}|{subject}")));

    /// <summary>Without the secret, so that no log holds it.</summary>
    public override string ToString() => $"sign-in by {Authority.Host}";
}
