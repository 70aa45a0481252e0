using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;

namespace ThinIce.Web.Features.Check;

/// <summary>The one page: the form, and the answer above it. The form holds all there is to know, so that nothing is stored and nothing expires.</summary>
internal static class CheckEndpoints
{
    public static void MapCheck(this IEndpointRouteBuilder app)
    {
        app.MapGet("/", (Answerer answerer) => Page(answerer, CheckForm.Blank, null, [])).ExcludeFromDescription();
        // No antiforgery token: there is no account and nothing is written, so there is nothing to forge; a token would only expire.
        app.MapPost("/", async (HttpRequest request, Answerer answerer) =>
        {
            if (!request.HasFormContentType) return Page(answerer, CheckForm.Blank, null, []);
            var form = CheckForm.From(await request.ReadFormAsync());
            var read = IntakeReader.ReadIntake(form.ToJson());
            return read.Value is { } intake && !form.IsBlank ? Page(answerer, form, answerer.Screen(intake), []) : Page(answerer, form, null, form.Mistakes(read.Problems));
        }).ExcludeFromDescription().DisableAntiforgery();
    }

    private static RazorComponentResult<CheckPage> Page(Answerer answerer, CheckForm form, ScreeningAnswer? answer, ImmutableArray<Mistake> mistakes) =>
        new(new { answerer.Knowledge, Form = form, Answer = answer, Mistakes = mistakes });
}
