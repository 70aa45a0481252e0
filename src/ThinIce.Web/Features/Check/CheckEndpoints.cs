using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.Web.Shared;

namespace ThinIce.Web.Features.Check;

/// <summary>The one page: the form, and the answer above it. The form holds all there is to know, so that nothing is stored and nothing expires.</summary>
internal static class CheckEndpoints
{
    public static void MapCheck(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/check", ["GET", "HEAD"], (Answerer answerer) => Page(answerer, CheckForm.Blank, null, [])).ExcludeFromDescription();
        // No antiforgery token: there is no account and nothing is written, so there is nothing to forge; a token would only expire.
        app.MapPost("/check", async Task<IResult> (HttpRequest request, Answerer answerer) =>
        {
            if (!request.HasFormContentType) return Page(answerer, CheckForm.Blank, null, []);
            if (await FormOf(request) is not { } sent) return PlainFailure.Page(Problems.TooLarge);
            var form = CheckForm.From(sent);
            var read = IntakeReader.ReadIntake(form.ToJson());
            return read.Value is { } intake && !form.IsBlank ? Page(answerer, form, answerer.Screen(intake), []) : Page(answerer, form, null, form.Mistakes(read.Problems));
        }).ExcludeFromDescription().DisableAntiforgery();
    }

    /// <summary>What was sent; null when it is too much to be a form that somebody filled in.</summary>
    private static async Task<IFormCollection?> FormOf(HttpRequest request)
    {
        try
        {
            return request.ContentLength > CheckForm.MostBytes ? null : await request.ReadFormAsync();
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }

    private static RazorComponentResult<CheckPage> Page(Answerer answerer, CheckForm form, ScreeningAnswer? answer, ImmutableArray<Mistake> mistakes) =>
        new(new { answerer.Knowledge, Form = form, Answer = answer, Mistakes = mistakes });
}
