using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ThinIce.Web.Features.Home;

/// <summary>The start page: the question and its two doors.</summary>
internal static class HomeEndpoints
{
    public static void MapHome(this IEndpointRouteBuilder app) =>
        app.MapMethods("/", ["GET", "HEAD"], () => new RazorComponentResult<HomePage>()).ExcludeFromDescription();
}
