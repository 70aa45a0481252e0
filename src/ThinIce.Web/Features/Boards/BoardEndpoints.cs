using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using ThinIce.Core.Contract;
using ThinIce.Registry;
using ThinIce.Registry.Model;
using ThinIce.Web.Features.Answer;
using ThinIce.Web.Features.Clinics;

namespace ThinIce.Web.Features.Boards;

/// <summary>Who needs a call, complaints for those who may read them, and figures that rank nobody.</summary>
internal static class BoardEndpoints
{
    /// <summary>Days that the figures look back.</summary>
    public const int Days = 90;

    public static void MapBoards(this IEndpointRouteBuilder app)
    {
        app.Get("/alerts", Access.Care, AlertsAsync);
        app.Get("/alerts/{id:guid}", Access.Care, async (Guid id, Current who, ClinicRegistry registry) => await AlertAsync(id, who, registry, []));
        app.Post("/alerts/{id:guid}/close", Access.Care, CloseAlertAsync);
        app.Get("/complaints", Access.Safety, async Task<IResult> (Current who, ClinicRegistry registry) =>
            await registry.Complaints.ListAsync(who.Actor) is { IsDone: true } list ? new RazorComponentResult<ComplaintsPage>(new { Lines = list.Value }) : Notices.NotFound());
        app.Get("/complaints/{id:guid}", Access.Safety, async Task<IResult> (Guid id, Current who, ClinicRegistry registry) =>
            await registry.Complaints.ReadAsync(who.Actor, new(id)) is { IsDone: true } read ? new RazorComponentResult<ComplaintPage>(new { Complaint = read.Value }) : Notices.NotFound());
        app.Post("/complaints/{id:guid}/close", Access.Safety, async Task<IResult> (HttpContext context, Guid id, Current who, ClinicRegistry registry) =>
        {
            var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
            return await registry.Complaints.CloseAsync(who.Actor, new(id), form["note"]) is { IsDone: true } ? TypedResults.LocalRedirect("/complaints") : Notices.NotFound();
        });
        app.Get("/my-figures", Access.Treat, async Task<IResult> (Current who, ClinicRegistry registry) =>
        {
            var now = registry.Clock.GetUtcNow();
            var counts = await registry.Figures.OwnAsync(who.Actor, now.AddDays(-Days), now.AddDays(1));
            return counts.IsDone ? new RazorComponentResult<FiguresPage>(new { Counts = counts.Value, IsOwn = true }) : Notices.Of(counts.Problems) ?? Notices.NotFound();
        });
        app.Get("/figures", Access.Figures, async Task<IResult> (Current who, ClinicRegistry registry) =>
        {
            var now = registry.Clock.GetUtcNow();
            var counts = await registry.Figures.ClinicAsync(who.Actor, now.AddDays(-Days), now.AddDays(1));
            var minimum = (await who.ClinicAsync()).MinimumSessions;
            // Below the minimum neither: a rule that fired once would tell of one person.
            var rules = counts is { IsDone: true, Value: not null } && await registry.Figures.RulesAsync(who.Actor) is { IsDone: true } records ? records.Value.Where(r => r.Held > 0).OrderByDescending(r => r.Held).ToImmutableArray() : [];
            return counts.IsDone ? new RazorComponentResult<FiguresPage>(new { Counts = counts.Value, Minimum = minimum, Rules = rules }) : Notices.Of(counts.Problems) ?? Notices.NotFound();
        });
    }

    private static async Task<IResult> AlertsAsync(HttpContext context, Current who, ClinicRegistry registry)
    {
        var closedToo = context.Request.Query["closed"] == "1";
        var lines = await registry.Alerts.BoardAsync(who.Actor, closedToo);
        if (!lines.IsDone) return Notices.Of(lines.Problems) ?? Notices.NotFound();
        var cover = await registry.Clinics.CoverAsync(who.Place!.Clinic);
        return new RazorComponentResult<AlertsPage>(new { Lines = lines.Value, ClosedToo = closedToo, Now = registry.Clock.GetUtcNow(), IsCovered = cover.Now });
    }

    private static async Task<IResult> AlertAsync(Guid id, Current who, ClinicRegistry registry, ImmutableArray<Problem> problems)
    {
        var opened = await registry.Alerts.OpenAsync(who.Actor, new(id));
        if (!opened.IsDone) return Notices.Of(opened.Problems) ?? Notices.NotFound();
        return new RazorComponentResult<AlertPage>(new { Alert = opened.Value, Problems = problems });
    }

    private static async Task<IResult> CloseAlertAsync(HttpContext context, Guid id, Current who, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        if (!Enum.TryParse<AlertOutcome>(form["outcome"], out var outcome)) return await AlertAsync(id, who, registry, [new(Problems.Missing, "Say what became of it.", "outcome")]);
        var closed = await registry.Alerts.CloseAsync(who.Actor, new(id), outcome, form["note"].Trim() is { Length: > 0 } note ? note : null);
        return closed.IsDone ? TypedResults.LocalRedirect("/alerts") : Notices.Of(closed.Problems) ?? await AlertAsync(id, who, registry, closed.Problems);
    }

    /// <summary>How long ago, in the shortest words that say enough.</summary>
    public static string Ago(DateTimeOffset now, DateTimeOffset then) => (now - then) switch
    {
        { TotalMinutes: < 90 } t => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, (int)t.TotalMinutes)} min"),
        { TotalHours: < 48 } t => string.Create(CultureInfo.InvariantCulture, $"{(int)t.TotalHours} h"),
        var t => string.Create(CultureInfo.InvariantCulture, $"{(int)t.TotalDays} d"),
    };
}
