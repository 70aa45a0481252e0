using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using ThinIce.Core;
using ThinIce.Core.Contract;

namespace ThinIce.Web.Features.Drill;

/// <summary>The curve-ball drill: published cases as short practice. Nothing is stored; every step is an address of its own.</summary>
internal static class DrillEndpoints
{
    private const int Deals = 1_000_000;

    public static void MapDrill(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/drill", ["GET", "HEAD"], () => new RazorComponentResult<DrillPage>(new { Deal = System.Security.Cryptography.RandomNumberGenerator.GetInt32(Deals) })).ExcludeFromDescription();
        app.MapMethods("/drill/play", ["GET", "HEAD"], IResult (HttpRequest request, Answerer answerer) =>
        {
            if (DrillRun.From(request.Query, answerer.Knowledge.Drill.Count) is not { } run) return Results.Redirect("/drill");
            if (run.IsOver) return new RazorComponentResult<DrillResultPage>(new { Run = run });
            var asked = request.Query.ContainsKey("asked");
            DrillChoice? choice = request.Query["choice"].ToString() is [>= '0' and <= '3'] one ? (DrillChoice)(one[0] - '0') : null;
            int? seconds = int.TryParse(request.Query["seconds"], NumberStyles.None, CultureInfo.InvariantCulture, out var took) && took is > 0 and < 3600 ? took : null;
            return new RazorComponentResult<DrillCasePage>(new { Run = run, Choice = choice, Missing = asked && choice is null, Seconds = seconds });
        }).ExcludeFromDescription();
    }
}
