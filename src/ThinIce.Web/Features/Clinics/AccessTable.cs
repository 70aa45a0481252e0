using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ThinIce.Registry;

namespace ThinIce.Web.Features.Clinics;

/// <summary>One endpoint of a clinic's pages and who may use it.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">Address, with names of ids in braces.</param>
/// <param name="Access">Who may.</param>
internal sealed record AccessRow(string Method, string Path, Access Access)
{
    /// <summary>Whether the address names something of one clinic.</summary>
    public bool HasId => Path.Contains(":guid", StringComparison.Ordinal);
}

/// <summary>The table of endpoints and roles, written out of what the endpoints themselves declare.</summary>
public static class AccessTable
{
    /// <summary>Name of the reference page.</summary>
    public const string FileName = "access.md";

    private static readonly string[] Public =
        ["/", "/check", "/after", "/harms", "/choose", "/stop-card", "/drill", "/how-it-works", "/sources", "/whats-new", "/rates", "/rates.csv", "/surveys", "/surveys.csv", "/api", "/health", "/openapi", "/words.json", "/clear"];

    /// <summary>The endpoints that declare who may use them, in order of address.</summary>
    internal static IReadOnlyList<AccessRow> Rows(WebApplication app) => [.. Endpoints(app).Where(e => e.Metadata.GetMetadata<Access>() is not null)
        .Select(e => new AccessRow(e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0], e.RoutePattern.RawText!, e.Metadata.GetMetadata<Access>()!)).OrderBy(r => r.Path, StringComparer.Ordinal).ThenBy(r => r.Method, StringComparer.Ordinal)];

    /// <summary>Addresses that neither declare who may use them nor belong to the public pages, which keep nothing: there may be none.</summary>
    internal static IReadOnlyList<string> Undeclared(WebApplication app) => [.. Endpoints(app).Where(e => e.Metadata.GetMetadata<Access>() is null).Select(e => e.RoutePattern.RawText ?? "")
        .Select(p => p.StartsWith('/') ? p : $"/{p}").Where(p => !p.StartsWith("/{*path", StringComparison.Ordinal) && !Public.Any(known => p == known || (known.Length > 1 && p.StartsWith($"{known}/", StringComparison.Ordinal))))];

    /// <summary>The page, as Markdown.</summary>
    /// <param name="app">A server with a registry.</param>
    public static string Write(WebApplication app)
    {
        var roles = Enum.GetValues<Role>();
        var page = new StringBuilder("<!-- Written by a test out of the endpoints themselves (THINICE_WRITE=1). Change the code, not this page. -->\n# Who may use what\n\n");
        page.Append("Each endpoint of a clinic’s pages, and each role, in the role’s own clinic. A test asks for every cell over HTTP, and for the same things out of another clinic.\n\n");
        page.Append("`yes`: it is answered. `403`: a page that says the role does not allow it. In **another clinic** whoever may here gets `404`: as if there were nothing. A dash: the address names nothing, so there is nothing of another clinic to ask for. ");
        page.Append("Without an account every page leads to the sign-in, but for those for everybody and those behind a link. The public pages (check, catalogue, API) ask nobody who they are and keep nothing; they are not listed.\n\n");
        page.Append($"| endpoint | who | {string.Join(" | ", roles.Select(Words))} | another clinic |\n|---|---|{string.Concat(roles.Select(_ => "---|"))}---|\n");
        foreach (var row in Rows(app))
            page.Append($"| {row.Method} `{row.Path.Replace(":guid", "", StringComparison.Ordinal)}` | {row.Access.Name} | {string.Join(" | ", roles.Select(r => Cell(row.Access, r)))} | {(row.HasId && row.Access.NeedsRole ? "404" : "–")} |\n");
        return page.ToString();
    }

    /// <summary>Whether a role may.</summary>
    internal static bool May(Access access, Role role) => !access.NeedsRole || access.Roles.Contains(role);

    private static string Cell(Access access, Role role) => May(access, role) ? "yes" : "403";

    private static IEnumerable<RouteEndpoint> Endpoints(WebApplication app) => ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>();

    private static string Words(Role role) => string.Concat(role.ToString().Select((c, i) => char.IsUpper(c) ? $"{(i > 0 ? " " : "")}{char.ToLowerInvariant(c)}" : $"{c}"));
}
