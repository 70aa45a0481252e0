using System.Collections.Immutable;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using ThinIce.Core.Contract;
using ThinIce.Registry;
using ThinIce.Web.Features.Clinics;
using ThinIce.Web.Features.Link;

namespace ThinIce.Web.Features.ClinicNumbers;

/// <summary>A clinic's own numbers: rates, the funnel, signals and the sequential monitor, each as a page and as CSV, and the sessions behind a figure.</summary>
internal static class ClinicNumberEndpoints
{
    public static void MapClinicNumbers(this IEndpointRouteBuilder app)
    {
        app.Get("/figures/rates", Access.Figures, (HttpContext context, Current who, ClinicRegistry registry) => RatesAsync(context, who, registry, isOwn: false));
        app.Get("/figures/rates.csv", Access.Figures, (HttpContext context, Current who, ClinicRegistry registry) => CsvAsync(context, who, registry, isOwn: false));
        app.Get("/figures/rates/sessions", Access.Privacy, (HttpContext context, Current who, ClinicRegistry registry) => SessionsAsync(context, who, registry, isOwn: false));
        app.Get("/my-figures/rates", Access.Treat, (HttpContext context, Current who, ClinicRegistry registry) => RatesAsync(context, who, registry, isOwn: true));
        app.Get("/my-figures/rates.csv", Access.Treat, (HttpContext context, Current who, ClinicRegistry registry) => CsvAsync(context, who, registry, isOwn: true));
        app.Get("/my-figures/rates/sessions", Access.Treat, (HttpContext context, Current who, ClinicRegistry registry) => SessionsAsync(context, who, registry, isOwn: true));
        app.Get("/figures/funnel", Access.Safety, async Task<IResult> (HttpContext context, Current who, ClinicRegistry registry) =>
        {
            var (refused, funnel, subject, subjects) = await FunnelAsync(context, who, registry);
            return refused ?? new RazorComponentResult<FunnelPage>(new { Report = funnel, Subject = subject!, Subjects = subjects, Minimum = (await who.ClinicAsync()).MinimumSessions });
        });
        app.Get("/figures/funnel.csv", Access.Safety, async Task<IResult> (HttpContext context, Current who, ClinicRegistry registry) =>
        {
            var (refused, funnel, _, _) = await FunnelAsync(context, who, registry);
            return refused ?? File((funnel ?? new([], 0, 0, 0, 0, 0)).Csv());
        });
        app.Get("/figures/monitor", Access.Figures, async Task<IResult> (HttpContext context, Current who, ClinicRegistry registry) =>
        {
            var (refused, page) = await MonitorAsync(context, who, registry);
            return refused ?? new RazorComponentResult<MonitorPage>(new { page!.Subject, page.Subjects, Report = page.Monitor, page.Published, page.Usual, page.Method, Minimum = (await who.ClinicAsync()).MinimumSessions });
        });
        app.Get("/figures/monitor.csv", Access.Figures, async Task<IResult> (HttpContext context, Current who, ClinicRegistry registry) =>
        {
            var (refused, page) = await MonitorAsync(context, who, registry);
            return refused ?? File((page!.Monitor ?? new("", new("", 0, 1, null), 0, [], [], 0, null, null)).Csv(page.Subject?.Id ?? ""));
        });
        app.MapSignals();
    }

    /// <summary>Whether the reader may open a client's record, and so the sessions behind a figure.</summary>
    public static bool MayOpen(Current who) => who.HasAny(Access.Privacy.Roles.AsSpan());

    /// <summary>The rows of a time that ends now; null where there are too few.</summary>
    public static async Task<(Outcome<Surveyed?> Rows, DateTimeOffset From, DateTimeOffset To)> ReadAsync(Current who, ClinicRegistry registry, bool isOwn)
    {
        var to = registry.Clock.GetUtcNow().AddDays(1);
        var from = to.AddDays(-ClinicRates.Days);
        if (!isOwn) return (await registry.Figures.SurveyedAsync(who.Actor, from, to), from, to);
        var own = await registry.Figures.OwnSurveyedAsync(who.Actor, from, to);
        return (own.IsDone ? (Outcome<Surveyed?>)own.Value : Outcome<Surveyed?>.Refused(own.Problems), from, to);
    }

    /// <summary>A file to download.</summary>
    public static IResult File(string csv) => Results.Text(csv, "text/csv", Encoding.UTF8);

    public static RateSubjects Subjects(HttpContext context) => new(
        context.RequestServices.GetRequiredService<Answerer>(), context.RequestServices.GetRequiredService<IStringLocalizer<ClinicNumberWords>>());

    private static async Task<(IResult? Refused, ClinicRates? Rates)> WorkAsync(HttpContext context, Current who, ClinicRegistry registry, bool isOwn)
    {
        var (rows, from, to) = await ReadAsync(who, registry, isOwn);
        if (!rows.IsDone) return (Notices.Of(rows.Problems) ?? Notices.NotFound(), null);
        return (null, rows.Value is { } found ? ClinicRates.Of(found, CheckInWindow.Of(context.Request.Query["upto"]), Subjects(context), from, to) : null);
    }

    private static async Task<IResult> RatesAsync(HttpContext context, Current who, ClinicRegistry registry, bool isOwn)
    {
        var (refused, rates) = await WorkAsync(context, who, registry, isOwn);
        return refused ?? new RazorComponentResult<ClinicRatesPage>(new { Report = rates, IsOwn = isOwn, MayOpen = isOwn || MayOpen(who), Minimum = (await who.ClinicAsync()).MinimumSessions });
    }

    private static async Task<IResult> CsvAsync(HttpContext context, Current who, ClinicRegistry registry, bool isOwn)
    {
        var (refused, rates) = await WorkAsync(context, who, registry, isOwn);
        return refused ?? File(rates?.Csv(isOwn || MayOpen(who)) ?? ClinicRates.CsvHead);
    }

    private static async Task<IResult> SessionsAsync(HttpContext context, Current who, ClinicRegistry registry, bool isOwn)
    {
        var (refused, rates) = await WorkAsync(context, who, registry, isOwn);
        if (refused is not null) return refused;
        var rate = rates?.Rates.FirstOrDefault(r => r.Subject.Id == context.Request.Query["what"]);
        return new RazorComponentResult<SessionsPage>(new { Title = rate?.Subject.Name ?? "", Visits = rate?.Cases ?? [], Back = isOwn ? "/my-figures/rates" : "/figures/rates", Current = isOwn ? "/my-figures" : "/figures" });
    }

    /// <summary>What can be compared between therapists and watched: anything at all, and the lines that everybody is asked.</summary>
    private static ImmutableArray<RateSubject> Always(HttpContext context) => [.. Subjects(context).Of([]).Where(s => s.OnlyAfter.IsEmpty)];

    private static RateSubject Chosen(HttpContext context, ImmutableArray<RateSubject> subjects) => subjects.FirstOrDefault(s => s.Id == context.Request.Query["what"]) ?? subjects.Single(s => s.Id == "new");

    private static async Task<(IResult? Refused, Funnel? Funnel, RateSubject? Subject, ImmutableArray<RateSubject> Subjects)> FunnelAsync(HttpContext context, Current who, ClinicRegistry registry)
    {
        var (rows, _, _) = await ReadAsync(who, registry, isOwn: false);
        if (!rows.IsDone) return (Notices.Of(rows.Problems) ?? Notices.NotFound(), null, null, []);
        var subjects = Always(context);
        var subject = Chosen(context, subjects);
        return (null, rows.Value is { } found ? Funnel.Of(VisitsAsked.Of(found.Visits, CheckInWindow.Whole), subject) : null, subject, subjects);
    }

    private sealed record MonitorView(RateSubject? Subject, ImmutableArray<RateSubject> Subjects, ClinicMonitor? Monitor, ImmutableArray<MonitorBaseline> Published, string Usual, string Method);

    private static async Task<(IResult? Refused, MonitorView? View)> MonitorAsync(HttpContext context, Current who, ClinicRegistry registry)
    {
        var (rows, _, _) = await ReadAsync(who, registry, isOwn: false);
        if (!rows.IsDone) return (Notices.Of(rows.Problems) ?? Notices.NotFound(), null);
        ImmutableArray<MonitorBaseline> published = [.. ClinicMonitor.PublishedOf(context.RequestServices.GetRequiredService<Answerer>().Knowledge)];
        var method = ClinicMonitor.Methods.FirstOrDefault(m => m == context.Request.Query["method"]) ?? ClinicMonitor.Methods[0];
        var printed = published.FirstOrDefault(p => p.Id == context.Request.Query["usual"]);
        var subjects = Always(context);
        if (rows.Value is not { } found) return (null, new(null, subjects, null, published, "own", method));
        var subject = Chosen(context, subjects);
        var answered = VisitsAsked.Of(found.Visits, CheckInWindow.Whole).Answered.Where(subject.IsAskedAfter).ToList();
        var baseline = printed ?? ClinicMonitor.Own(answered, subject);
        return (null, new(subject, subjects, baseline is null ? null : ClinicMonitor.Run(method, baseline, answered, subject), published, printed?.Id ?? "own", method));
    }
}
