using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ThinIce.Web.Features.WhatsNew;

/// <summary>The history of the knowledge.</summary>
internal static class WhatsNewEndpoints
{
    public static void MapWhatsNew(this IEndpointRouteBuilder app) =>
        app.MapMethods("/whats-new", ["GET", "HEAD"], () => new RazorComponentResult<WhatsNewPage>()).ExcludeFromDescription();
}
