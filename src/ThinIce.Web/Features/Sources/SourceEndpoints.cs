using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using ThinIce.Core.Contract;
using ThinIce.Web.Shared;

namespace ThinIce.Web.Features.Sources;

/// <summary>All sources, and a page for each.</summary>
internal static class SourceEndpoints
{
    private const int LongestSearch = 100;

    public static void MapSources(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/sources", ["GET", "HEAD"], (string? find) =>
            new RazorComponentResult<SourcesPage>(new { Find = (find ?? "").Trim() is var words && words.Length > LongestSearch ? words[..LongestSearch] : words })).ExcludeFromDescription();
        app.MapMethods("/sources/{id}", ["GET", "HEAD"], IResult (HttpContext context, Answerer answerer, string id) => answerer.Knowledge.References.TryGetValue(id, out var source)
            ? new RazorComponentResult<SourcePage>(new { Source = source })
            : PlainFailure.NotFound(context)).ExcludeFromDescription();
    }
}
