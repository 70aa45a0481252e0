using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.Registry;
using ThinIce.Registry.Keys;
using ThinIce.Web.Features.Answer;
using ThinIce.Web.Features.Link;
using ThinIce.Web.Shared;

namespace ThinIce.Web.Features.Intakes;

/// <summary>
/// An intake by link, or on the clinic's tablet. Each page is saved when it is sent; which page comes next follows from what was
/// said, so a link that is opened again goes on where it was left, on whatever device. Nothing expires but the link.
/// </summary>
internal static class IntakeEndpoints
{
    public static void MapIntake(this IEndpointRouteBuilder app)
    {
        foreach (var place in new[] { "intake", "kiosk" })
        {
            var isKiosk = place == "kiosk";
            app.MapMethods($"/{place}/{{token}}", ["GET", "HEAD"], async Task<IResult> (string token, HttpContext context, ClinicRegistry registry, Answerer answerer) =>
                // Staff who hand over a tablet come by the client's own address.
                context.Request.Query["kiosk"] == "1" && !isKiosk ? TypedResults.LocalRedirect($"/kiosk/{token}")
                : await registry.Intakes.OpenAsync(new LinkToken(token)) is var open && open.IsDone ? Next(open.Value, IntakeForm.Of(open.Value), answerer, isKiosk) : LinkPages.Problem(open.Problems)).ForLinkHolder();
            app.MapPost($"/{place}/{{token}}", async Task<IResult> (string token, HttpContext context, ClinicRegistry registry, Answerer answerer, IStringLocalizer<AnswerWords> words) =>
            {
                if (await Features.Answer.Visit.ReadAsync(context) is not { } sent) return PlainFailure.Page(Problems.TooLarge);
                var open = await registry.Intakes.OpenAsync(new LinkToken(token));
                if (!open.IsDone) return LinkPages.Problem(open.Problems);
                return await new Turn(new LinkToken(token), open.Value, sent, registry, answerer, words, isKiosk, context).TakeAsync();
            }).ForLinkHolder();
        }
    }

    /// <summary>The first page that is not done.</summary>
    private static RazorComponentResult<IntakePage> Next(IntakeVisit visit, VisitForm form, Answerer answerer, bool isKiosk, IntakeStep? wanted = null)
    {
        var read = IntakeForm.Read(form, visit, answerer.Knowledge);
        var answer = read.Value is { } said ? answerer.Screen(said) : null;
        var next = answer is null || form["finished"].Length > 0 ? null : AdaptiveOrder.Next(answer, IntakeForm.Asked(form));
        var step = wanted
            ?? (form["who"].Length == 0 || form["consent"].Length == 0 || IntakeForm.NeedsGuardian(form, visit) ? IntakeStep.Start
            : visit.HasEarlier && form["since"].Length == 0 ? IntakeStep.Since
            : form["felt"].Length == 0 ? IntakeStep.Feel
            : next is not null ? IntakeStep.Ask
            : form["wished"].Length == 0 ? IntakeStep.Wish : IntakeStep.Check);
        return Show(new() { Step = step, Visit = visit, Form = form, Next = next, Answer = answer, IsKiosk = isKiosk, Mistakes = step == IntakeStep.Start && IntakeForm.NeedsGuardian(form, visit) ? [new("who", "start.guardian")] : [] });
    }

    private static RazorComponentResult<IntakePage> Show(IntakeView view) => new(new { View = view });

    /// <summary>One page that was sent.</summary>
    private sealed class Turn(LinkToken token, IntakeVisit visit, VisitForm sent, ClinicRegistry registry, Answerer answerer, IStringLocalizer<AnswerWords> words, bool isKiosk, HttpContext context)
    {
        private readonly VisitForm _kept = IntakeForm.Of(visit);
        private readonly IntakeStep _at = Enum.TryParse<IntakeStep>(sent["at"], ignoreCase: true, out var at) && Enum.IsDefined(at) ? at : IntakeStep.Check;

        public async Task<IResult> TakeAsync()
        {
            if (_at == IntakeStep.Check) return await CheckAsync();
            if (_at == IntakeStep.Since && sent["go"] == "show") return await EarlierAsync();
            var (form, mistake) = new IntakeAnswers(answerer, words).Take(_kept, _at, sent);
            if (mistake is not null) return Again(form, mistake);
            if (IntakeForm.Read(form, visit, answerer.Knowledge).Problems is [var problem, ..])
                return Again(form, new(problem.Path.Split('.')[^1].Split('[')[0], problem.Code == Problems.TooLong ? "mistake.too-long" : "notice.wrong"));
            return await SaveAsync(form);
        }

        private async Task<IResult> SaveAsync(VisitForm form)
        {
            var json = IntakeForm.Json(form, answerer.Knowledge, open: true).ToJsonString();
            // Sent twice, by a double tap or a line that broke: it is there already.
            if (json == visit.Answers) return Next(visit, form, answerer, isKiosk);
            var revision = int.TryParse(sent["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : -1;
            var saved = await registry.Intakes.SaveAsync(token, revision, json, IntakeForm.Extras(form), CancellationToken.None);
            if (saved.IsDone) return Next(visit with { Revision = saved.Value }, form, answerer, isKiosk);
            if (LinkPages.IsOfLink(saved.Problems)) return LinkPages.Problem(saved.Problems);
            // Another window has saved. What this one sent is on its page, over what the other one saved.
            if (saved.Problems[0].Code != Problems.Changed) return Again(form, new("question", "notice.wrong"));
            var newest = await registry.Intakes.OpenAsync(token);
            return newest.IsDone ? Again(form, null, newest.Value) : LinkPages.Problem(newest.Problems);
        }

        private async Task<IResult> CheckAsync()
        {
            if (sent["go"] != "send") return Next(visit, _kept, answerer, isKiosk, Enum.TryParse<IntakeStep>(sent["go"], ignoreCase: true, out var wanted) && wanted is IntakeStep.Start or IntakeStep.Changed or IntakeStep.Feel or IntakeStep.Wish ? wanted : null);
            if (Next(visit, _kept, answerer, isKiosk) is var page && page.Parameters["View"] is IntakeView { Step: not IntakeStep.Check }) return page;
            var json = IntakeForm.Json(_kept, answerer.Knowledge, open: false).ToJsonString();
            var done = await registry.Intakes.SendAsync(token, visit.Revision, json, IntakeForm.Extras(_kept), CancellationToken.None);
            if (!done.IsDone) return LinkPages.Problem(done.Problems);
            // On a tablet that goes on to the next person nothing may stay.
            if (isKiosk) context.Response.Headers["Clear-Site-Data"] = "\"cache\", \"storage\"";
            var read = IntakeForm.Read(_kept, visit, answerer.Knowledge);
            return Show(new() { Step = IntakeStep.Sent, Visit = visit, Form = VisitForm.Blank, Answer = read.Value is { } said ? answerer.Screen(said) : null, IsKiosk = isKiosk });
        }

        private async Task<IResult> EarlierAsync()
        {
            if (Date(sent) is not { } born) return Again(_kept, new("day", "since.wrong-date"));
            var earlier = await registry.Intakes.EarlierAsync(token, born);
            if (!earlier.IsDone) return LinkPages.IsOfLink(earlier.Problems) ? LinkPages.Problem(earlier.Problems) : Again(_kept, new("day", "since.wrong-birth"));
            return Show(new() { Step = IntakeStep.Changed, Visit = visit, Form = IntakeForm.WithEarlier(_kept, earlier.Value), IsKiosk = isKiosk });
        }

        private RazorComponentResult<IntakePage> Again(VisitForm form, Mistake? mistake, IntakeVisit? newest = null)
        {
            var asked = _at == IntakeStep.Ask ? _kept : form;
            var answer = IntakeForm.Read(asked, visit, answerer.Knowledge).Value is { } said ? answerer.Screen(said) : null;
            var shown = newest is null ? form : new IntakeAnswers(answerer, words).Take(IntakeForm.Of(newest), _at, sent).Form;
            return Show(new()
            {
                Step = _at, Visit = newest ?? visit, Form = shown, Answer = answer, IsKiosk = isKiosk, WasOpenTwice = newest is not null, Mistakes = mistake is null ? [] : [mistake],
                Next = answer is null ? null : AdaptiveOrder.Next(answer, IntakeForm.Asked(asked)),
            });
        }

        /// <summary>A date that has been; null where it is none, or lies in the future.</summary>
        private static DateOnly? Date(VisitForm form) =>
            DateOnly.TryParseExact($"{form["year"]}-{form["month"].PadLeft(2, '0')}-{form["day"].PadLeft(2, '0')}", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                && date <= DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(1)) ? date : null;
    }
}
