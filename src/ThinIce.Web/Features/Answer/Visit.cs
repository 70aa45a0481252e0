using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ThinIce.Web.Features.Answer;

/// <summary>What the journeys share in reading a page that was sent, and in letting go of it.</summary>
internal static class Visit
{
    /// <summary>What was sent; null when it is too much to be a form that somebody filled in. Something that is no form counts as an empty one.</summary>
    public static async Task<VisitForm?> ReadAsync(HttpContext context)
    {
        // The browser may keep the page for its own way back, which without that shows an error instead of what was typed.
        context.Response.Headers.CacheControl = "private, no-cache";
        var request = context.Request;
        if (!request.HasFormContentType) return VisitForm.Blank;
        try
        {
            return request.ContentLength > VisitForm.MostBytes ? null : VisitForm.From(await request.ReadFormAsync());
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Asks the browser to forget the pages it keeps.</summary>
    public static void MapClear(this IEndpointRouteBuilder app) => app.MapGet("/clear", (HttpContext context) =>
    {
        context.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
        return new RazorComponentResult<ClearedPage>();
    }).ExcludeFromDescription();
}
