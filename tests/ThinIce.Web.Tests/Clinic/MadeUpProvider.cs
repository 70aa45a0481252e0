using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ThinIce.Web.Features.Accounts;

namespace ThinIce.Web.Tests.Clinic;

/// <summary>A provider of OpenID Connect on a free port, which signs in whoever <see cref="Person"/> is without asking. It checks what a provider has to: client, secret, code once, PKCE.</summary>
public sealed class MadeUpProvider : IAsyncDisposable
{
    public const string Client = "thinice", Secret = "a secret of theirs";

    private readonly RSA _key = RSA.Create(2048);
    private readonly Dictionary<string, (string Nonce, string Challenge)> _codes = [];
    private WebApplication _app = null!;

    /// <summary>Who signs in: subject, address, whether it is confirmed.</summary>
    public (string Subject, string? Email, bool IsConfirmed) Person { get; set; } = ("s1", "ada@clinic.example", true);

    /// <summary>Whether the address stands only in what is told about the user, not in the token.</summary>
    public bool TellsOnlyWhenAsked { get; set; }

    public SignInProvider Here => new() { Authority = new(_app.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal)), Client = Client, Secret = Secret };

    public static async Task<MadeUpProvider> StartAsync()
    {
        var provider = new MadeUpProvider();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        provider._app = builder.Build();
        provider.Map();
        await provider._app.StartAsync();
        return provider;
    }

    private void Map()
    {
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = Issuer, ["authorization_endpoint"] = $"{Issuer}/authorize", ["token_endpoint"] = $"{Issuer}/token", ["userinfo_endpoint"] = $"{Issuer}/me", ["jwks_uri"] = $"{Issuer}/keys",
            ["response_types_supported"] = new[] { "code" }, ["subject_types_supported"] = new[] { "public" }, ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
        }));
        _app.MapGet("/keys", () =>
        {
            var key = _key.ExportParameters(false);
            return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = "k1", n = Base64Url.EncodeToString(key.Modulus), e = Base64Url.EncodeToString(key.Exponent) } } });
        });
        _app.MapGet("/authorize", (HttpRequest asked) =>
        {
            if (asked.Query["client_id"] != Client || asked.Query["code_challenge_method"] != "S256") return Results.BadRequest();
            var code = Convert.ToHexString(RandomNumberGenerator.GetBytes(8));
            _codes[code] = (asked.Query["nonce"].ToString(), asked.Query["code_challenge"].ToString());
            return Results.Redirect($"{asked.Query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(asked.Query["state"].ToString())}");
        });
        _app.MapPost("/token", async (HttpRequest asked) =>
        {
            var form = await asked.ReadFormAsync();
            if (!_codes.Remove(form["code"].ToString(), out var given) || form["client_id"] != Client || form["client_secret"] != Secret) return Results.StatusCode((int)HttpStatusCode.Unauthorized);
            if (Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != given.Challenge) return Results.StatusCode((int)HttpStatusCode.Unauthorized);
            var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
            var claims = new Dictionary<string, object?> { ["iss"] = Issuer, ["aud"] = Client, ["sub"] = Person.Subject, ["nonce"] = given.Nonce, ["iat"] = now, ["exp"] = now + 300 };
            if (!TellsOnlyWhenAsked) (claims["email"], claims["email_verified"]) = (Person.Email, Person.IsConfirmed);
            return Results.Json(new { access_token = "whatever", token_type = "Bearer", id_token = Signed(claims) });
        });
        _app.MapGet("/me", () => Results.Json(new Dictionary<string, object?> { ["sub"] = Person.Subject, ["email"] = Person.Email, ["email_verified"] = Person.IsConfirmed }));
    }

    private string Issuer => Here.Authority.ToString().TrimEnd('/');

    private string Signed(Dictionary<string, object?> claims)
    {
        var text = $"{Part(new { alg = "RS256", typ = "JWT", kid = "k1" })}.{Part(claims)}";
        return $"{text}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";

        static string Part(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }
}
