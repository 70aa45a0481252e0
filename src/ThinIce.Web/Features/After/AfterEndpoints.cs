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

namespace ThinIce.Web.Features.After;

/// <summary>Something feels wrong after a massage: signs that need help now come first, then what is felt, then the massage. Nothing is stored.</summary>
internal static class AfterEndpoints
{
    public static void MapAfter(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/after", ["GET", "HEAD"], () => Step(AfterStep.Signs, VisitForm.Blank, [])).ExcludeFromDescription();
        app.MapPost("/after", async Task<IResult> (HttpContext context, Answerer answerer, IStringLocalizer<AnswerWords> words) =>
        {
            if (await Visit.ReadAsync(context) is not { } sent) return PlainFailure.Page(Problems.TooLarge);
            var form = new InPlace(answerer.Knowledge, words, f => Read(f, answerer).Value is { } said ? answerer.Read(said) : null).Apply(sent);
            return Page(form, answerer);
        }).ExcludeFromDescription().DisableAntiforgery();
    }

    private static IResult Page(VisitForm form, Answerer answerer)
    {
        var from = AfterSteps.Parse(form["at"]);
        // On the first page the answer itself is the button: a "yes" is answered at once.
        var goal = form["go"].Length > 0 ? AfterSteps.Parse(form["go"]) : from == AfterStep.Signs && form.Answers.All(a => a.Value != "yes") ? AfterStep.Feeling : AfterStep.Answer;
        var read = Read(form, answerer);
        var mistakes = VisitJson.Mistakes(read.Problems);
        if (goal < AfterStep.Answer)
        {
            var here = mistakes.Where(m => AfterSteps.Of(m.Field) == from).ToImmutableArray();
            return goal > from && here.Length > 0 ? Step(from, form, here) : Step(goal, form, []);
        }

        if (form.IsBlank) return Step(AfterStep.Feeling, form, [new("symptoms", "mistake.blank-after")]);
        if (read.Value is not { } report)
        {
            var at = AfterSteps.Of(mistakes[0].Field);
            return Step(at, form, [.. mistakes.Where(m => AfterSteps.Of(m.Field) == at)]);
        }

        return new RazorComponentResult<AdvicePage>(new { Form = form, Answer = answerer.Triage(report), Step = goal });
    }

    private static ReadResult<AftercareReport> Read(VisitForm form, Answerer answerer) => IntakeReader.ReadAftercare(VisitJson.Report(form, answerer.Knowledge));

    private static RazorComponentResult<AfterStepPage> Step(AfterStep step, VisitForm form, ImmutableArray<Mistake> mistakes) =>
        new(new { Step = step, Form = form, Mistakes = mistakes });
}
