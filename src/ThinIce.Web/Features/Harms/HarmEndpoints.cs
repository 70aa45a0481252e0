using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using ThinIce.Core.Contract;
using ThinIce.Web.Shared;

namespace ThinIce.Web.Features.Harms;

/// <summary>The catalogue of harms: one page for all, one for each.</summary>
internal static class HarmEndpoints
{
    public static void MapHarms(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/harms", ["GET", "HEAD"], () => new RazorComponentResult<HarmsPage>()).ExcludeFromDescription();
        app.MapMethods("/harms/{id}", ["GET", "HEAD"], IResult (HttpContext context, Answerer answerer, string id) => answerer.Knowledge.Harms.TryGetValue(id, out var harm)
            ? new RazorComponentResult<HarmPage>(new { Harm = harm })
            : PlainFailure.NotFound(context)).ExcludeFromDescription();
    }
}
