using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.Registry;
using ThinIce.Registry.Keys;
using ThinIce.Web.Features.After;
using ThinIce.Web.Features.Answer;
using ThinIce.Web.Features.Link;
using ThinIce.Web.Shared;

namespace ThinIce.Web.Features.CheckIn;

/// <summary>
/// A check-in by link: all fine in one tap, or a check-list, a little more about it, and advice at once. Until it is sent, what was
/// filled in travels in the page; a page that is sent twice is kept once. A GET changes nothing.
/// </summary>
internal static class CheckInEndpoints
{
    private const int MostQuestions = 3;

    public static void MapCheckIn(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/check-in/{token}", ["GET", "HEAD"], async (string token, ClinicRegistry registry) =>
            await WithVisitAsync(registry, token, visit => Show(new() { Token = token, Step = CheckInStep.Start, Visit = visit, Form = Fresh(VisitForm.Blank) }))).ForLinkHolder();
        app.MapPost("/check-in/{token}", async Task<IResult> (string token, HttpContext context, ClinicRegistry registry, Answerer answerer) =>
            await Features.Answer.Visit.ReadAsync(context) is not { } form ? PlainFailure.Page(Problems.TooLarge)
                : await (await registry.CheckIns.OpenAsync(new(token)) is { IsDone: true } open ? PostAsync(token, open.Value, form, registry, answerer) : WithVisitAsync(registry, token, _ => Gone()))).ForLinkHolder();
        app.MapMethods("/check-in/{token}/boundary", ["GET", "HEAD"], async (string token, ClinicRegistry registry) =>
            await WithVisitAsync(registry, token, visit => Boundary(visit, token, Fresh(VisitForm.Blank)))).ForLinkHolder();
        app.MapPost("/check-in/{token}/boundary", async Task<IResult> (string token, HttpContext context, ClinicRegistry registry) =>
            await Features.Answer.Visit.ReadAsync(context) is not { } form ? PlainFailure.Page(Problems.TooLarge) : await ComplainAsync(token, form, registry)).ForLinkHolder();
    }

    private static async Task<IResult> PostAsync(string token, CheckInVisit visit, VisitForm form, ClinicRegistry registry, Answerer answerer)
    {
        if (form["once"].Length == 0) form = Fresh(form);
        var first = FirstQuestion.Of(answerer);
        switch (form["go"])
        {
            case "good":
            case "fine":
                return await SendAsync(token, visit, form, new() { AllFine = true, Benefit = Core.Clinical.Answer<bool>.Known(form["go"] == "good") }, registry);
            case "list":
                return Show(new() { Token = token, Step = CheckInStep.List, Visit = visit, Form = form });
            // A sign that needs help now is answered, and the clinic told, before anything else is asked.
            case "more" when first is not null && form[VisitForm.QuestionPrefix + first.Id] == "yes" && form["told"].Length == 0:
                return await SendAsync(token, visit, form, CheckInForm.Report(form, answerer.Knowledge), registry);
            case "more" when CheckInForm.Complaints(form).Length == 0 && form["told"].Length == 0:
                return Show(new() { Token = token, Step = CheckInStep.List, Visit = visit, Form = form, Mistakes = [new("sign", "list.blank")] });
            case "more":
                return await MoreAsync(token, visit, form, [], registry, answerer);
            case "send" when WrongHours(form) is { Length: > 0 } wrong:
                return await MoreAsync(token, visit, form, wrong, registry, answerer);
            case "send":
                return await SendAsync(token, visit, form, CheckInForm.Report(form, answerer.Knowledge), registry);
            default:
                return Show(new() { Token = token, Step = CheckInStep.Start, Visit = visit, Form = form });
        }
    }

    private static async Task<IResult> MoreAsync(string token, CheckInVisit visit, VisitForm form, ImmutableArray<Mistake> mistakes, ClinicRegistry registry, Answerer answerer)
    {
        var preview = await registry.CheckIns.PreviewAsync(new(token), CheckInForm.Report(form, answerer.Knowledge));
        if (!preview.IsDone && LinkPages.IsOfLink(preview.Problems)) return LinkPages.Problem(preview.Problems);
        if (!preview.IsDone) return Show(new() { Token = token, Step = CheckInStep.List, Visit = visit, Form = form, Mistakes = [new("symptoms", "mistake.too-long")] });
        var questions = Told.Open(form, preview.Value.Questions).Where(q => q.YesNo && QuestionId.Of(q.Id).IsAskable(answerer.Knowledge)).Take(MostQuestions);
        return Show(new() { Token = token, Step = CheckInStep.More, Visit = visit, Form = form, Mistakes = mistakes, Questions = [.. questions] });
    }

    private static async Task<IResult> SendAsync(string token, CheckInVisit visit, VisitForm form, CheckInReport report, ClinicRegistry registry)
    {
        // Not stopped when the line breaks: what has arrived is kept.
        var sent = await registry.CheckIns.AnswerAsync(new LinkToken(token), report, Guid.TryParse(form["once"], out var once) ? new AnswerId(once) : null, CancellationToken.None);
        if (sent.IsDone) return Show(new() { Token = token, Step = CheckInStep.Done, Visit = visit, Form = Fresh(form), Reply = sent.Value, IsFine = report.AllFine });
        if (LinkPages.IsOfLink(sent.Problems)) return LinkPages.Problem(sent.Problems);
        return Show(new() { Token = token, Step = CheckInStep.List, Visit = visit, Form = Fresh(form), Mistakes = [new("symptoms", sent.Problems[0].Code == Problems.TooLong ? "mistake.too-long" : "list.blank")] });
    }

    private static async Task<IResult> ComplainAsync(string token, VisitForm form, ClinicRegistry registry)
    {
        var open = await registry.CheckIns.OpenAsync(new(token));
        if (!open.IsDone) return LinkPages.Problem(open.Problems);
        var made = new NewComplaint(form["what"], null, form["call"].Length > 0);
        var sent = await registry.Complaints.MakeAsync(new LinkToken(token), made, Guid.TryParse(form["once"], out var once) ? new ComplaintId(once) : null, CancellationToken.None);
        if (sent.IsDone) return new RazorComponentResult<BoundaryPage>(new { Visit = open.Value, Token = token, Form = form, Received = (bool?)sent.Value });
        if (LinkPages.IsOfLink(sent.Problems)) return LinkPages.Problem(sent.Problems);
        return Boundary(open.Value, token, form, new Mistake("what", sent.Problems[0].Code == Problems.TooLong ? "mistake.too-long" : "boundary.blank"));
    }

    private static ImmutableArray<Mistake> WrongHours(VisitForm form) =>
        [.. Enumerable.Range(0, CheckInForm.Complaints(form).Length).Where(at => form[$"hours.{at}"].Length > 0 && CheckInForm.Hours(form, at) is not (>= 0 and <= 8760)).Select(at => new Mistake($"hours.{at}", "more.hours-wrong"))];

    private static async Task<IResult> WithVisitAsync(ClinicRegistry registry, string token, Func<CheckInVisit, IResult> show) =>
        await registry.CheckIns.OpenAsync(new LinkToken(token)) is var open && open.IsDone ? show(open.Value) : LinkPages.Problem(open.Problems);

    private static RazorComponentResult<LinkProblemPage> Gone() => LinkPages.Problem([new(Problems.LinkUnknown, "", "link")]);

    private static VisitForm Fresh(VisitForm form) => form.With("once", Guid.NewGuid().ToString());

    private static RazorComponentResult<CheckInPage> Show(CheckInView view) => new(new { View = view });

    private static RazorComponentResult<BoundaryPage> Boundary(CheckInVisit visit, string token, VisitForm form, Mistake? wrong = null) =>
        new(new { Visit = visit, Token = token, Form = form, Mistakes = wrong is null ? ImmutableArray<Mistake>.Empty : [wrong] });
}

/// <summary>Where in a check-in a page is.</summary>
public enum CheckInStep : byte
{
    /// <summary>All fine, or not.</summary>
    Start,

    /// <summary>The check-list.</summary>
    List,

    /// <summary>A little more about it.</summary>
    More,

    /// <summary>Sent, with advice.</summary>
    Done,
}

/// <summary>What a page of a check-in shows.</summary>
public sealed record CheckInView
{
    /// <summary>Which page.</summary>
    public required CheckInStep Step { get; init; }

    /// <summary>Secret of the link, for the ways on from the page.</summary>
    public required string Token { get; init; }

    /// <summary>What the link opened.</summary>
    public required CheckInVisit Visit { get; init; }

    /// <summary>What was filled in so far.</summary>
    public required VisitForm Form { get; init; }

    /// <summary>What is to be mended.</summary>
    public ImmutableArray<Mistake> Mistakes { get; init; } = [];

    /// <summary>Questions whose answers could still change the advice.</summary>
    public ImmutableArray<Question> Questions { get; init; } = [];

    /// <summary>What came of it, when it was sent.</summary>
    public CheckInReply? Reply { get; init; }

    /// <summary>Whether "all fine" was sent.</summary>
    public bool IsFine { get; init; }
}
