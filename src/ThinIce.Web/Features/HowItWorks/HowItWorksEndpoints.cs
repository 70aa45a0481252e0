using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ThinIce.Web.Features.HowItWorks;

/// <summary>How ThinIce works, what it rests on, and what it does not do.</summary>
internal static class HowItWorksEndpoints
{
    public static void MapHowItWorks(this IEndpointRouteBuilder app) =>
        app.MapMethods("/how-it-works", ["GET", "HEAD"], () => new RazorComponentResult<HowItWorksPage>()).ExcludeFromDescription();
}
