using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Web.Features.Answer;
using ThinIce.Web.Shared;

namespace ThinIce.Web.Features.Check;

/// <summary>The check before a massage: three short pages, then the answer. Each page carries all that was said, so nothing is stored and nothing expires.</summary>
internal static class CheckEndpoints
{
    public static void MapCheck(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/check", ["GET", "HEAD"], () => Step(CheckStep.Massage, VisitForm.Blank, [])).ExcludeFromDescription();
        // No antiforgery token: there is no account and nothing is written, so there is nothing to forge; a token would only expire.
        app.MapPost("/check", async Task<IResult> (HttpContext context, Answerer answerer, IStringLocalizer<AnswerWords> words) =>
        {
            if (await Visit.ReadAsync(context) is not { } sent) return PlainFailure.Page(Problems.TooLarge);
            var form = new InPlace(answerer.Knowledge, words, f => Read(f, answerer).Value is { } said ? answerer.Read(said) : null).Apply(sent);
            return Page(form, answerer);
        }).ExcludeFromDescription().DisableAntiforgery();
    }

    private static IResult Page(VisitForm form, Answerer answerer)
    {
        var goal = CheckSteps.Parse(form["go"]);
        var from = CheckSteps.Parse(form["at"]);
        var read = Read(form, answerer);
        var mistakes = VisitJson.Mistakes(read.Problems);
        if (goal < CheckStep.Answer)
        {
            // Going on from a page asks for its own mistakes to be mended first; going back does not.
            var here = mistakes.Where(m => CheckSteps.Of(m.Field) == from).ToImmutableArray();
            return goal > from && here.Length > 0 ? Step(from, form, here) : Step(goal, form, []);
        }

        if (form.IsBlank) return Step(CheckStep.Massage, form, [new("technique", "mistake.blank")]);
        if (read.Value is not { } intake)
        {
            var at = CheckSteps.Of(mistakes[0].Field);
            return Step(at, form, [.. mistakes.Where(m => CheckSteps.Of(m.Field) == at)]);
        }

        return new RazorComponentResult<AnswerPage>(new { Form = form, Answer = answerer.Screen(intake), Step = goal });
    }

    private static ReadResult<Intake> Read(VisitForm form, Answerer answerer) => IntakeReader.ReadIntake(VisitJson.Intake(form, answerer.Knowledge));

    private static RazorComponentResult<StepPage> Step(CheckStep step, VisitForm form, ImmutableArray<Mistake> mistakes) =>
        new(new { Step = step, Form = form, Mistakes = mistakes });
}
