using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using ThinIce.Core.Contract;
using ThinIce.Registry;
using ThinIce.Registry.Cases;
using ThinIce.Registry.Keys;
using ThinIce.Web.Features.Accounts;
using ThinIce.Web.Features.Answer;
using ThinIce.Web.Features.Clinics;
using ThinIce.Web.Features.Link;
using ThinIce.Web.Shared;

namespace ThinIce.Web.Features.Reports;

/// <summary>Reports by anybody, without an account: plain words first, kept at once; then, behind the secret link of the receipt, only what is still missing, and what became of it. A GET changes nothing.</summary>
internal static class ReportEndpoints
{
    public static void MapReports(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/report", ["GET", "HEAD"], async Task<IResult> (ClinicRegistry registry) => await registry.Reports.DesksAsync() is [var only] ? Form(only, Fresh(VisitForm.Blank), []) : Choice(await registry.Reports.DesksAsync())).ForAnybody();
        app.MapMethods("/report/{clinic}", ["GET", "HEAD"], async (string clinic, ClinicRegistry registry) => await AtAsync(registry, clinic, desk => Task.FromResult<IResult>(Form(desk, Fresh(VisitForm.Blank), [])))).ForAnybody();
        app.MapPost("/report/{clinic}", async (string clinic, HttpContext context, ClinicRegistry registry) => await PostAsync(registry, clinic, context, ReportAsync)).ForAnybody().Limited();
        app.MapMethods("/report/{clinic}/boundary", ["GET", "HEAD"], async (string clinic, ClinicRegistry registry) => await AtAsync(registry, clinic, desk => Task.FromResult<IResult>(Boundary(desk, Fresh(VisitForm.Blank), null, [])))).ForAnybody();
        app.MapPost("/report/{clinic}/boundary", async (string clinic, HttpContext context, ClinicRegistry registry) => await PostAsync(registry, clinic, context, ComplainAsync)).ForAnybody().Limited();
        app.MapMethods("/receipt/{token}", ["GET", "HEAD"], async (string token, ClinicRegistry registry) => await ReceiptAsync(registry, token, Fresh(VisitForm.Blank), [])).ForLinkHolder();
        app.MapPost("/receipt/{token}", async Task<IResult> (string token, HttpContext context, ClinicRegistry registry) =>
            await Visit.ReadAsync(context) is not { } form ? PlainFailure.Page(Problems.TooLarge) : await FollowAsync(registry, token, form)).ForLinkHolder();
    }

    /// <summary>Open to anybody: no cookie says who it is, so there is nothing to forge.</summary>
    private static T ForAnybody<T>(this T endpoint)
        where T : IEndpointConventionBuilder => endpoint.WithMetadata(Access.Public).ExcludeFromDescription().DisableAntiforgery();

    private static async Task<IResult> AtAsync(ClinicRegistry registry, string clinic, Func<ReportDesk, Task<IResult>> work)
    {
        var desks = await registry.Reports.DesksAsync();
        return desks.FirstOrDefault(d => d.Code == clinic) is { } desk ? await work(desk) : Choice(desks);
    }

    private static async Task<IResult> PostAsync(ClinicRegistry registry, string clinic, HttpContext context, Func<ClinicRegistry, ReportDesk, VisitForm, Task<IResult>> work) =>
        await Visit.ReadAsync(context) is not { } form ? PlainFailure.Page(Problems.TooLarge) : await AtAsync(registry, clinic, desk => work(registry, desk, form["once"].Length > 0 ? form : Fresh(form)));

    private static async Task<IResult> ReportAsync(ClinicRegistry registry, ReportDesk desk, VisitForm form)
    {
        // Not stopped when the line breaks: what has arrived is kept.
        var made = await registry.Reports.MakeAsync(desk.Id, ReportForm.Report(form), new CaseId(Once(form)), CancellationToken.None);
        return made.IsDone ? SeeOther($"/receipt/{made.Value.Receipt.Value}") : Form(desk, Fresh(form), [.. made.Problems.Select(p => p.Path)]);
    }

    private static async Task<IResult> ComplainAsync(ClinicRegistry registry, ReportDesk desk, VisitForm form)
    {
        var sent = await registry.Complaints.MakeAsync(desk.Id, form["what"], form["contact"].Trim() is { Length: > 0 } contact ? contact : null, new ComplaintId(Once(form)), CancellationToken.None);
        return sent.IsDone ? Boundary(desk, form, sent.Value, []) : Boundary(desk, Fresh(form), null, [sent.Problems[0].Code == Problems.TooLong ? "long" : "what"]);
    }

    private static async Task<IResult> FollowAsync(ClinicRegistry registry, string token, VisitForm form)
    {
        var receipt = new LinkToken(token);
        ImmutableArray<string> wrong;
        if (form["go"] == "add")
        {
            var added = await registry.Reports.AddAsync(receipt, form["more"], new RowId(Once(form)), CancellationToken.None);
            if (added is { IsDone: true, Value: var advice }) return SeeOther($"/receipt/{token}{(advice is null ? "" : "?added=1")}");
            if (LinkPages.IsOfLink(added.Problems)) return LinkPages.Problem(added.Problems);
            wrong = ["more"];
        }
        else
        {
            wrong = ReportForm.Unread(form);
            if (wrong.IsEmpty)
            {
                var told = await registry.Reports.TellAsync(receipt, ReportForm.Details(form), CancellationToken.None);
                if (told.IsDone) return SeeOther($"/receipt/{token}");
                if (LinkPages.IsOfLink(told.Problems)) return LinkPages.Problem(told.Problems);
                wrong = [.. told.Problems.Select(p => p.Path)];
            }
        }

        return await ReceiptAsync(registry, token, Fresh(form), wrong);
    }

    private static async Task<IResult> ReceiptAsync(ClinicRegistry registry, string token, VisitForm form, ImmutableArray<string> wrong) =>
        await registry.Reports.OpenAsync(new LinkToken(token)) is var open && open.IsDone ? new RazorComponentResult<ReceiptPage>(new { View = open.Value, Form = form, Wrong = wrong }) : LinkPages.Problem(open.Problems);

    private static RazorComponentResult<ReportPage> Form(ReportDesk desk, VisitForm form, ImmutableArray<string> wrong) => new(new { Desk = desk, Form = form, Wrong = wrong });

    private static RazorComponentResult<ReportBoundaryPage> Boundary(ReportDesk desk, VisitForm form, bool? received, ImmutableArray<string> wrong) => new(new { Desk = desk, Form = form, Received = received, Wrong = wrong });

    private static RazorComponentResult<ChooseDeskPage> Choice(ImmutableArray<ReportDesk> desks) => new(new { Desks = desks });

    /// <summary>A page that is loaded again sends nothing twice.</summary>
    private static SeeOtherResult SeeOther(string path) => new SeeOtherResult(path);

    private static Guid Once(VisitForm form) => Guid.TryParse(form["once"], out var once) ? once : Guid.NewGuid();

    private static VisitForm Fresh(VisitForm form) => form.With("once", Guid.NewGuid().ToString());

    private sealed class SeeOtherResult(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            (httpContext.Response.StatusCode, httpContext.Response.Headers.Location) = (StatusCodes.Status303SeeOther, path);
            return Task.CompletedTask;
        }
    }
}
