using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using ThinIce.Core.Contract;

namespace ThinIce.Web.Features.Guidance;

/// <summary>Pages of advice, and the stop card.</summary>
internal static class GuidanceEndpoints
{
    public static void MapGuidance(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/choose", ["GET", "HEAD"], () => new RazorComponentResult<ChoosePage>()).ExcludeFromDescription();
        app.MapMethods("/stop-card", ["GET", "HEAD"], (Answerer answerer, string? place) =>
            new RazorComponentResult<StopCardPage>(new { Place = answerer.Knowledge.Places.TryGetValue(place ?? "", out var known) ? known : null })).ExcludeFromDescription();
    }
}
