using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Contract;
using ThinIce.Numbers.Statistics.Agreement;
using ThinIce.Registry;
using ThinIce.Registry.Cases;
using ThinIce.Registry.Model;
using ThinIce.Web.Features.Answer;
using ThinIce.Web.Features.Clinics;
using ThinIce.Web.Features.Reports;

namespace ThinIce.Web.Features.Cases;

/// <summary>The officer's pages of cases: the board in the order of work, the file, one event with its facts and the judgement of cause.</summary>
internal static class CaseEndpoints
{
    /// <summary>Cases that a page compares at once: about two seconds of work. The command line compares any number.</summary>
    private const int MostCompared = 20_000;

    public static void MapCases(this IEndpointRouteBuilder app)
    {
        app.Get("/cases", Access.Safety, BoardAsync);
        app.Get("/cases/{id:guid}", Access.Safety, async (Guid id, Current who, ClinicRegistry registry) => await FileAsync(new(id), who, registry, VisitForm.Blank, []));
        app.Post("/cases/{id:guid}", Access.Safety, ActAsync);
        app.Get("/cases/{id:guid}/events/{happened:guid}", Access.Safety, async (Guid id, Guid happened, Current who, ClinicRegistry registry) => await EventAsync(new(id), new(happened), who, registry, VisitForm.Blank, []));
        app.Post("/cases/{id:guid}/events/{happened:guid}", Access.Safety, EventActAsync);
        app.Get("/cases/{id:guid}/history", Access.Safety, HistoryAsync);
        app.Get("/cases/{id:guid}/report", Access.Safety, async (Guid id, Current who, ClinicRegistry registry) => await ReportAsync(new(id), who, registry, VisitForm.Blank, []));
        app.Post("/cases/{id:guid}/report", Access.Safety, WriteReportAsync);
        app.Post("/cases/{id:guid}/report/stays", Access.Safety, RedactAsync);
        app.Post("/cases/{id:guid}/report/file", Access.Safety, ReportFileAsync);
        app.Get("/cases/duplicates", Access.Safety, DuplicatesAsync);
        app.Get("/cases/{id:guid}/beside", Access.Safety, BesideNumberAsync);
        app.Get("/cases/{id:guid}/beside/{other:guid}", Access.Safety, async (Guid id, Guid other, Current who, ClinicRegistry registry) => await BesideAsync(new(id), new(other), who, registry, []));
        app.Post("/cases/{id:guid}/beside/{other:guid}", Access.Safety, DecidePairAsync);
        app.Post("/alerts/{id:guid}/case", Access.Safety, async Task<IResult> (Guid id, Current who, ClinicRegistry registry) =>
            await registry.Reports.FromAlertAsync(who.Actor, new(id)) is { IsDone: true } made ? TypedResults.LocalRedirect($"/cases/{made.Value}") : Notices.NotFound());
    }

    /// <summary>Agreement of first judgements; null below two events or where all judgements are the same, of which kappa says nothing.</summary>
    public static Kappa? Agreement(ImmutableArray<ImmutableArray<string>> rated)
    {
        var categories = CaseWork.Categories(CausalityMethod.WhoUmc);
        var table = new long[categories.Length, categories.Length];
        foreach (var first in rated) table[categories.IndexOf(first[0]), categories.IndexOf(first[1])]++;
        return rated.Length < 2 || rated.SelectMany(r => r.Take(2)).Distinct().Count() < 2 ? null : Kappa.Cohen(table);
    }

    /// <summary>Agreement where three or more judged: Fleiss' kappa of the events that the most common number of people judged; null where there are too few, or all judgements are the same.</summary>
    public static (Kappa Kappa, int Events, int Raters)? AgreementOfMany(ImmutableArray<ImmutableArray<string>> rated)
    {
        var categories = CaseWork.Categories(CausalityMethod.WhoUmc);
        if (rated.Where(r => r.Length > 2).GroupBy(r => r.Length).MaxBy(g => (g.Count(), g.Key)) is not { } most || most.Count() < 3 || most.SelectMany(r => r).Distinct().Count() < 2) return null;
        return (Kappa.Fleiss([.. most.Select(r => (IReadOnlyList<int>)[.. categories.Select(c => r.Count(x => x == c))])]), most.Count(), most.Key);
    }

    private static async Task<IResult> BoardAsync(HttpContext context, Current who, ClinicRegistry registry)
    {
        var closedToo = context.Request.Query["closed"] == "1";
        var board = await registry.Cases.BoardAsync(who.Actor, closedToo);
        if (!board.IsDone) return Notices.Of(board.Problems) ?? Notices.NotFound();
        var rated = (await registry.Cases.RatedAsync(who.Actor)).Value;
        var zone = (await who.ClinicAsync()).TimeZone;
        return new RazorComponentResult<CasesPage>(new { Board = board.Value, ClosedToo = closedToo, Now = registry.Clock.GetUtcNow(), Zone = zone, Agreement = Agreement(rated), OfMany = AgreementOfMany(rated), Rated = rated.Length });
    }

    private static async Task<IResult> HistoryAsync(HttpContext context, Guid id, Current who, ClinicRegistry registry)
    {
        var history = await registry.Cases.VersionsAsync(who.Actor, new(id));
        if (!history.IsDone) return Notices.Of(history.Problems) ?? Notices.NotFound();
        var version = int.TryParse(context.Request.Query["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && history.Value.Versions.Any(v => v.Number == asked) ? asked : (int?)null;
        return new RazorComponentResult<CaseHistoryPage>(new { Id = new CaseId(id), History = history.Value, Version = version, Zone = (await who.ClinicAsync()).TimeZone });
    }

    private static async Task<IResult> ReportAsync(CaseId id, Current who, ClinicRegistry registry, VisitForm form, ImmutableArray<Problem> problems)
    {
        var report = await registry.Cases.ToReportAsync(who.Actor, id);
        return report.IsDone ? new RazorComponentResult<CaseReportPage>(new { Report = report.Value, Form = form, Problems = problems }) : Notices.Of(report.Problems) ?? Notices.NotFound();
    }

    private static async Task<IResult> WriteReportAsync(HttpContext context, Guid id, Current who, ClinicRegistry registry, IStringLocalizer<CaseWords> words, Answerer answerer)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        var headings = new CareText(words, answerer).Asked.ToList();
        var done = await registry.Cases.WriteReportAsync(who.Actor, new(id), headings.ToDictionary(h => h, h => form[FactsJson.Name(h)]), headings.Where(h => form[$"clear-{FactsJson.Name(h)}"].Length > 0).ToHashSet());
        return done.IsDone ? TypedResults.LocalRedirect($"/cases/{id}/report") : Notices.Of(done.Problems) ?? await ReportAsync(new(id), who, registry, form, done.Problems);
    }

    private static async Task<IResult> RedactAsync(HttpContext context, Guid id, Current who, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        var done = await registry.Cases.RedactAsync(who.Actor, new(id), form["redacted"]);
        return done.IsDone ? TypedResults.LocalRedirect($"/cases/{id}/report#stays") : Notices.Of(done.Problems) ?? await ReportAsync(new(id), who, registry, form, done.Problems);
    }

    private static async Task<IResult> ReportFileAsync(HttpContext context, Guid id, Current who, ClinicRegistry registry, IStringLocalizer<CaseWords> words, Answerer answerer)
    {
        // Without a word the one that names nobody.
        var redacted = (await Visit.ReadAsync(context) ?? VisitForm.Blank)["redacted"] != "no";
        var report = await registry.Cases.ToReportAsync(who.Actor, new(id), handOut: true);
        return report.IsDone
            ? TypedResults.File(Encoding.UTF8.GetBytes(new CareText(words, answerer).Write(report.Value, redacted).Markdown), "text/markdown; charset=utf-8", $"case-{report.Value.View.Row.Number}{(redacted ? "-redacted" : "")}.md")
            : Notices.Of(report.Problems) ?? Notices.NotFound();
    }

    private static async Task<IResult> DuplicatesAsync(Current who, ClinicRegistry registry)
    {
        var cases = await registry.Cases.ToLinkAsync(who.Actor);
        if (!cases.IsDone) return Notices.Of(cases.Problems) ?? Notices.NotFound();
        var all = cases.Value.Cases;
        var found = all.Length > MostCompared ? null : CaseDuplicates.Find(cases.Value);
        var numbered = all.ToDictionary(c => c.Number.ToString(CultureInfo.InvariantCulture));
        return new RazorComponentResult<DuplicatesPage>(new { Pairs = (found?.Pairs ?? []).Select(p => (numbered[p.A], numbered[p.B], p)).ToImmutableArray(), Compared = all.Length, TooMany = all.Length > MostCompared });
    }

    private static async Task<IResult> BesideNumberAsync(HttpContext context, Guid id, Current who, ClinicRegistry registry)
    {
        if (int.TryParse(context.Request.Query["number"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && await registry.Cases.NumberedAsync(who.Actor, number) is { IsDone: true } other) return TypedResults.LocalRedirect($"/cases/{id}/beside/{other.Value}");
        return await FileAsync(new(id), who, registry, VisitForm.Blank, [new Problem(Problems.NotFound, "There is no case of this number that you may see.", "number")]);
    }

    private static async Task<IResult> BesideAsync(CaseId one, CaseId other, Current who, ClinicRegistry registry, ImmutableArray<Problem> problems)
    {
        var both = await registry.Cases.BesideAsync(who.Actor, one, other);
        if (both.Problems.FirstOrDefault() is { Path: "other", Code: Problems.WrongState } same) return await FileAsync(one, who, registry, VisitForm.Blank, [same with { Path = "number" }]);
        if (!both.IsDone) return Notices.Of(both.Problems) ?? Notices.NotFound();
        return new RazorComponentResult<BesidePage>(new { Both = both.Value, Problems = problems, Zone = (await who.ClinicAsync()).TimeZone });
    }

    private static async Task<IResult> DecidePairAsync(HttpContext context, Guid id, Guid other, Current who, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        var done = await registry.Cases.DecidePairAsync(who.Actor, new(id), new(other), FactsJson.Parse<PairDecision>(form["go"]) ?? default);
        if (done.IsDone) return TypedResults.LocalRedirect(form["go"] == "same" ? $"/cases/{done.Value}#merged" : "/cases/duplicates");
        return Notices.Of(done.Problems) ?? await BesideAsync(new(id), new(other), who, registry, done.Problems);
    }

    private static async Task<IResult> FileAsync(CaseId id, Current who, ClinicRegistry registry, VisitForm form, ImmutableArray<Problem> problems)
    {
        var opened = await registry.Cases.OpenAsync(who.Actor, id);
        if (!opened.IsDone) return Notices.Of(opened.Problems) ?? Notices.NotFound();
        var zone = (await who.ClinicAsync()).TimeZone;
        return new RazorComponentResult<CasePage>(new { View = opened.Value, Form = form, Problems = problems, Zone = zone, Now = registry.Clock.GetUtcNow() });
    }

    private static async Task<IResult> EventAsync(CaseId id, CaseEventId happened, Current who, ClinicRegistry registry, VisitForm form, ImmutableArray<Problem> problems)
    {
        var opened = await registry.Cases.OpenAsync(who.Actor, id);
        if (!opened.IsDone) return Notices.Of(opened.Problems) ?? Notices.NotFound();
        return opened.Value.Events.FirstOrDefault(e => e.Row.Id == happened) is { } of ? new RazorComponentResult<CaseEventPage>(new { View = opened.Value, Event = of, Form = form, Problems = problems }) : Notices.NotFound();
    }

    private static async Task<IResult> ActAsync(HttpContext context, Guid id, Current who, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        var of = new CaseId(id);
        var (work, at) = (registry.Cases, form["go"]);
        var done = at switch
        {
            "assign" => await work.AssignAsync(who.Actor, of, Guid.TryParse(form["assignee"], out var to) ? new StaffId(to) : null),
            "conflict" => await work.DeclareConflictAsync(who.Actor, of),
            "choose" => await work.ChooseAsync(who.Actor, of, CodeKind.Harm, form["code"]),
            "details" => ReportForm.Unread(form) is { Length: > 0 } unread ? Outcome<Done>.Refused([.. unread.Select(f => new Problem(Problems.UnknownValue, "Write it as a day, month or year, or as a number.", f))]) : await work.TellAsync(who.Actor, of, Details(form)),
            "note" => await work.NoteAsync(who.Actor, of, FactsJson.Parse<NoteKind>(form["kind"]) ?? default, form["note"]),
            "draft" => await work.DraftAsync(who.Actor, of, form["answer"]),
            "release" => await work.ReleaseAsync(who.Actor, of, form["answer"]),
            "apart" => await work.TakeApartAsync(who.Actor, of),
            "state" => await work.SetStateAsync(who.Actor, of, FactsJson.Parse<CaseState>(form["state"]) ?? default, form["why"]),
            _ => await DecideAsync(work, who, of, at),
        };
        if (done.IsDone) return TypedResults.LocalRedirect($"/cases/{id}#{(at.Contains(':', StringComparison.Ordinal) ? "codes" : at)}");
        return Notices.Of(done.Problems) ?? await FileAsync(of, who, registry, form, done.Problems);
    }

    private static ReportDetails Details(VisitForm form) => ReportForm.Details(form) with { Facts = null, Contact = null, Provider = form["provider"].Length > 0 ? form["provider"] : null, MassagesBefore = VisitForm.Parse(form["times"]) is { } times ? (int)times : null };

    /// <summary>A button of a code: what is decided, and which code.</summary>
    private static Task<Outcome<Done>> DecideAsync(CaseWork work, Current who, CaseId of, string at) =>
        at.Split(':') is [var word, var code] && Guid.TryParse(code, out var id) && FactsJson.Parse<CodeDecision>(word) is { } decision
            ? work.DecideAsync(who.Actor, of, new(id), decision)
            : Task.FromResult<Outcome<Done>>(new Problem(Problems.UnknownValue, "Nothing was chosen.", "go"));

    private static async Task<IResult> EventActAsync(HttpContext context, Guid id, Guid happened, Current who, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        var (of, what) = (new CaseId(id), new CaseEventId(happened));
        var done = form["go"] switch
        {
            "facts" => CaseForm.Unread(form) is { Length: > 0 } unread ? Outcome<Done>.Refused(unread) : await registry.Cases.SetFactsAsync(who.Actor, of, what, CaseForm.Facts(form)),
            "who-umc" => CaseForm.WhoUmc(form) is { } judged ? await registry.Cases.JudgeAsync(who.Actor, of, what, judged) : new Problem(Problems.Missing, "Answer each question of the judgement.", "data"),
            "naranjo" => await registry.Cases.JudgeAsync(who.Actor, of, what, CaseForm.Naranjo(form)),
            "agree" => await registry.Cases.AgreeAsync(who.Actor, of, what, form["category"], form["reason"]),
            _ => new Problem(Problems.UnknownValue, "Nothing was chosen.", "go"),
        };
        if (done.IsDone) return TypedResults.LocalRedirect(form["go"] == "facts" ? $"/cases/{id}#events" : $"/cases/{id}/events/{happened}#judgements");
        return Notices.Of(done.Problems) ?? await EventAsync(of, what, who, registry, form, done.Problems);
    }
}
