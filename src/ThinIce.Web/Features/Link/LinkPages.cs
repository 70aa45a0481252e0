using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using ThinIce.Core.Contract;
using ThinIce.Registry;
using ThinIce.Registry.Keys;
using ThinIce.Web.Features.CheckIn;
using ThinIce.Web.Features.Clinics;
using ThinIce.Web.Features.Intakes;
using ThinIce.Web.Features.Reports;

namespace ThinIce.Web.Features.Link;

/// <summary>What pages behind a link share: what becomes of a link that opens nothing, and the end of messages.</summary>
internal static class LinkPages
{
    /// <summary>Declares an endpoint as open to whoever has a valid link. No account and no cookie: the secret in the address is all there is, so there is nothing to forge.</summary>
    public static T ForLinkHolder<T>(this T endpoint)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(Access.Link).ExcludeFromDescription().DisableAntiforgery();

    /// <summary>Maps all that clients reach by a link.</summary>
    public static void MapAsking(this IEndpointRouteBuilder app)
    {
        app.MapStop();
        app.MapCheckIn();
        app.MapIntake();
        app.MapReports();
    }

    /// <summary>No more messages. A GET only shows the button: programs that look into links before people do must not press it.</summary>
    private static void MapStop(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/stop/{token}", ["GET", "HEAD"], () => new RazorComponentResult<StopPage>()).ForLinkHolder();
        // Also the mail program's own button (RFC 8058), which posts here by itself.
        app.MapPost("/stop/{token}", async Task<IResult> (string token, ClinicRegistry registry) =>
            (await registry.CheckIns.OptOutAsync(new LinkToken(token))) is { IsDone: false } refused ? Problem(refused.Problems) : new RazorComponentResult<StopPage>(new { IsDone = true })).ForLinkHolder();
    }

    /// <summary>The page of a link that opens nothing.</summary>
    public static RazorComponentResult<LinkProblemPage> Problem(ImmutableArray<Problem> problems)
    {
        var code = problems[0].Code;
        return new(new { Kind = code switch { Problems.LinkExpired => "expired", Problems.LinkUsed => "used", Problems.LinkUnknown => "unknown", _ => "trouble" } }) { StatusCode = Problems.Kind(code).HttpStatus };
    }

    /// <summary>Whether a link itself is at fault.</summary>
    public static bool IsOfLink(ImmutableArray<Problem> problems) => problems[0].Code is Problems.LinkExpired or Problems.LinkUnknown or Problems.LinkUsed;
}
