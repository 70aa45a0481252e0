using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using ThinIce.Core.Contract;
using ThinIce.Registry;
using ThinIce.Web.Features.Answer;
using ThinIce.Web.Features.Clinics;

namespace ThinIce.Web.Features.Day;

/// <summary>Today's clients, and somebody who walks in: name, one line of words, the plan, and the advice is there.</summary>
internal static class DayEndpoints
{
    public static void MapDay(this IEndpointRouteBuilder app)
    {
        app.Get("/day", Access.Care, (HttpContext context, Current who, ClinicRegistry registry) => PageAsync(context.Request.Query["on"], who, registry, VisitForm.Blank, []));
        app.Post("/day/walk-in", Access.Care, WalkInAsync);
        app.Get("/visits/{id:guid}", Access.Care, VisitAsync);
        app.Post("/visits/{id:guid}", Access.Treat, AnswerAsync);
        app.Post("/visits/{id:guid}/words", Access.Care, WordsAsync);
        app.Get("/visits/{id:guid}/chart", Access.Care, ChartAsync);
        app.Post("/visits/{id:guid}/link", Access.Care, LinkAsync);
        app.Post("/visits/{id:guid}/kiosk", Access.Care, KioskAsync);
        app.Post("/visits/{id:guid}/missed", Access.Care, MissedAsync);
    }

    private static async Task<IResult> PageAsync(string? on, Current who, ClinicRegistry registry, VisitForm form, ImmutableArray<Problem> problems)
    {
        var now = (await registry.Clients.NowAsync(who.Place!.Clinic))!.Value;
        var day = DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var given) ? given : DateOnly.FromDateTime(now);
        var lines = await registry.Clients.DayAsync(who.Actor, day);
        if (!lines.IsDone) return Notices.Of(lines.Problems) ?? Notices.NotFound();
        var clinic = await who.ClinicAsync();
        return new RazorComponentResult<DayPage>(new { Day = day, IsToday = day == DateOnly.FromDateTime(now), Zone = clinic.TimeZone, Lines = lines.Value, Form = form, Problems = problems }) { StatusCode = problems.Length > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }

    private static async Task<IResult> WalkInAsync(HttpContext context, Current who, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        var minutes = VisitForm.Parse(form["minutes"]) is >= 1 and <= 1440 and var given ? (int)given : 60;
        StaffId? therapist = who.HasAny(Role.Therapist) ? who.Staff : null;
        var done = await registry.Clients.WalkInAsync(who.Actor, new() { Name = form["name"] }, therapist, minutes);
        if (!done.IsDone) return Notices.Of(done.Problems) ?? await PageAsync(null, who, registry, form, done.Problems);
        if (form["words"].Trim() is { Length: > 0 } words) await registry.Intakes.TakeAsync(who.Actor, done.Value.Appointment, 0, new JsonObject { ["words"] = words }.ToJsonString(), new());
        // The plan names nobody, so it may stand in the address; loading the page again does not make the person twice.
        var plan = string.Join('&', new[] { "technique", "regions", "pressure", "minutes" }.Where(f => form[f].Length > 0).Select(f => $"{f}={Uri.EscapeDataString(form[f])}"));
        return TypedResults.LocalRedirect($"/visits/{done.Value.Appointment}{(plan.Length > 0 ? $"?{plan}" : "")}");
    }

    private static async Task<IResult> VisitAsync(HttpContext context, Guid id, Current who, ClinicRegistry registry)
    {
        var visit = await registry.Visits.ReadAsync(who.Actor, new(id));
        if (!visit.IsDone) return Notices.Of(visit.Problems) ?? Notices.NotFound();
        var form = VisitForm.Blank;
        foreach (var field in PlanForm.Fields) form = form.With(field, context.Request.Query[field].ToString() is { Length: > 0 and < 500 } given ? given.Replace(';', '\n') : PlanForm.Of(visit.Value.LastPlan, field));
        if (form["minutes"].Length == 0) form = form.With("minutes", visit.Value.Row.Minutes.ToString(CultureInfo.InvariantCulture));
        if (visit.Value.LastPrice is { } price) form = form.With("price", price.ToString("0.##", CultureInfo.InvariantCulture));
        return await ShowAsync(who, registry, visit.Value, form, []);
    }

    private static async Task<IResult> ShowAsync(Current who, ClinicRegistry registry, VisitView visit, VisitForm form, ImmutableArray<Problem> problems, string link = "")
    {
        var plan = VisitJson.Session(form).ToJsonString();
        var advice = await registry.Sessions.AdviseAsync(who.Actor, visit.Client.Id, visit.Row.Id, plan);
        var mistakes = advice.IsDone ? [] : VisitJson.Mistakes(advice.Problems);
        return new RazorComponentResult<VisitPage>(new
        {
            Visit = visit, Form = form, Plan = advice.IsDone ? plan : "", Advice = advice.IsDone ? advice.Value : null, Mistakes = mistakes, Problems = problems, Link = link, Now = await registry.Clients.NowAsync(who.Place!.Clinic),
            Zone = (await who.ClinicAsync()).TimeZone,
        })
        {
            StatusCode = mistakes.Length + problems.Length > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }

    /// <summary>One form with two buttons: advice on another plan, or record the session.</summary>
    private static async Task<IResult> AnswerAsync(HttpContext context, Guid id, Current who, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        var visit = await registry.Visits.ReadAsync(who.Actor, new(id));
        if (!visit.IsDone) return Notices.Of(visit.Problems) ?? Notices.NotFound();
        if (form["go"] != "save") return await ShowAsync(who, registry, visit.Value, form, []);
        var performed = VisitJson.Session(form).ToJsonString();
        var planned = form["plan"].Length > 0 ? form["plan"] : performed;
        var price = VisitForm.Parse(form["price"]);
        if (form["price"].Length > 0 && price is null) return await ShowAsync(who, registry, visit.Value, form, [new(Problems.WrongType, "The price has to be a number.", "price")]);
        var recorded = await registry.Sessions.RecordAsync(who.Actor, new()
        {
            Client = visit.Value.Client.Id, Appointment = new(id), Course = visit.Value.Course, StartedAt = visit.Value.Row.StartsAt < registry.Clock.GetUtcNow() ? visit.Value.Row.StartsAt : registry.Clock.GetUtcNow(),
            Plan = planned, Performed = performed == planned ? null : performed, Advice = Taken(form["advice"]), Instead = Text(form["instead"]),
            Stopped = Enum.TryParse<Registry.Model.StopReason>(form["stopped"], out var reason) ? reason : null, Noticed = Text(form["noticed"]), Price = price is { } money ? (decimal)money : null,
        });
        if (!recorded.IsDone) return Notices.Of(recorded.Problems) ?? await ShowAsync(who, registry, visit.Value, form, recorded.Problems);
        if (visit.Value is { Course: { } course } && (visit.Value.Extras.Pain.IsKnown || visit.Value.Extras.Function.IsKnown)) await registry.Courses.ScoreAsync(who.Actor, course, recorded.Value.Id, visit.Value.Extras.Pain, visit.Value.Extras.Function);
        return TypedResults.LocalRedirect($"/visits/{id}/chart");
    }

    /// <summary>What the client says at the desk: added to what was told the last time.</summary>
    private static async Task<IResult> WordsAsync(HttpContext context, Guid id, Current who, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        var visit = await registry.Visits.ReadAsync(who.Actor, new(id));
        if (!visit.IsDone) return Notices.Of(visit.Problems) ?? Notices.NotFound();
        var told = JsonNode.Parse(visit.Value.Before ?? "{}")!.AsObject();
        var words = string.Join("; ", new[] { told["words"]?.GetValue<string>(), form["words"].Trim() }.Where(w => !string.IsNullOrEmpty(w)));
        told["words"] = words;
        var taken = await registry.Intakes.TakeAsync(who.Actor, new(id), 0, told.ToJsonString(), new());
        return taken.IsDone ? TypedResults.LocalRedirect($"/visits/{id}") : Notices.Of(taken.Problems) ?? await ShowAsync(who, registry, visit.Value, form, taken.Problems);
    }

    private static async Task<IResult> ChartAsync(Guid id, Current who, ClinicRegistry registry)
    {
        var visit = await registry.Visits.ReadAsync(who.Actor, new(id));
        if (!visit.IsDone) return Notices.Of(visit.Problems) ?? Notices.NotFound();
        if (visit.Value.Recorded is null) return Notices.NotFound();
        return new RazorComponentResult<ChartPage>(new { Visit = visit.Value, Clinic = await who.ClinicAsync() });
    }

    private static async Task<IResult> LinkAsync(HttpContext context, Guid id, Current who, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        var visit = await registry.Visits.ReadAsync(who.Actor, new(id));
        if (!visit.IsDone) return Notices.Of(visit.Problems) ?? Notices.NotFound();
        var invited = await registry.Intakes.InviteAsync(who.Actor, new(id), form["send"].Length > 0);
        if (!invited.IsDone) return Notices.Of(invited.Problems) ?? await ShowAsync(who, registry, visit.Value, Defaults(visit.Value), invited.Problems);
        return await ShowAsync(who, registry, visit.Value, Defaults(visit.Value), [], form["send"].Length > 0 ? "sent" : new Uri(registry.PublicUrl ?? new Uri($"{context.Request.Scheme}://{context.Request.Host}/"), $"intake/{invited.Value.Token.Value}").ToString());
    }

    /// <summary>Hands the tablet over: the member of staff is signed out on it before the client's page opens, so that going back leads nowhere.</summary>
    private static async Task<IResult> KioskAsync(HttpContext context, Guid id, Current who, ClinicRegistry registry, SignInManager<AccountDetails> signIn)
    {
        var invited = await registry.Intakes.InviteAsync(who.Actor, new(id), send: false);
        if (!invited.IsDone) return Notices.Of(invited.Problems) ?? Notices.NotFound();
        await signIn.SignOutAsync();
        context.Response.Headers["Clear-Site-Data"] = "\"cache\"";
        return TypedResults.LocalRedirect($"/intake/{invited.Value.Token.Value}?kiosk=1");
    }

    private static async Task<IResult> MissedAsync(HttpContext context, Guid id, Current who, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        var visit = await registry.Visits.ReadAsync(who.Actor, new(id));
        if (!visit.IsDone) return Notices.Of(visit.Problems) ?? Notices.NotFound();
        var row = visit.Value.Row;
        var changed = await registry.Clients.ChangeAppointmentAsync(who.Actor, new(id), row.TherapistId, row.StartsAt, form["go"] == "cancel" ? Registry.Model.AppointmentState.Cancelled : Registry.Model.AppointmentState.NoShow);
        return changed.IsDone ? TypedResults.LocalRedirect("/day") : Notices.Of(changed.Problems) ?? await ShowAsync(who, registry, visit.Value, Defaults(visit.Value), changed.Problems);
    }

    private static VisitForm Defaults(VisitView visit) => PlanForm.Fields.Aggregate(VisitForm.Blank, (form, field) => form.With(field, PlanForm.Of(visit.LastPlan, field)));

    private static Registry.Model.AdviceTaken Taken(string given) => Enum.TryParse<Registry.Model.AdviceTaken>(given, out var taken) ? taken : Registry.Model.AdviceTaken.NotSaid;

    private static string? Text(string text) => text.Trim() is { Length: > 0 } words ? words : null;
}

/// <summary>The fields of a plan, between a form and the contract's JSON.</summary>
internal static class PlanForm
{
    public static readonly ImmutableArray<string> Fields = ["technique", "regions", "pressure", "minutes", "devices", "products", "position"];

    /// <summary>A field of an earlier plan as it stands in a form.</summary>
    public static string Of(string? plan, string field) => plan is null || JsonNode.Parse(plan)?[field] is not { } value ? ""
        : value is JsonArray list ? string.Join('\n', list.Select(v => v!.GetValue<string>())) : value.ToString();
}

/// <summary>What changed between two intakes, in the words that were told.</summary>
internal static class SinceLast
{
    private static readonly string[] Lists = ["conditions", "medicines", "procedures", "symptoms", "allergies", "pastReactions"];

    /// <summary>What is new and what is no longer told.</summary>
    public static (IReadOnlyList<string> New, IReadOnlyList<string> Gone) Of(string? now, string? before)
    {
        if (now is null || before is null) return ([], []);
        var (a, b) = (All(now), All(before));
        return ([.. a.Except(b, StringComparer.OrdinalIgnoreCase)], [.. b.Except(a, StringComparer.OrdinalIgnoreCase)]);
    }

    /// <summary>Everything that was told in words.</summary>
    public static List<string> All(string intake)
    {
        var root = JsonNode.Parse(intake)!.AsObject();
        var words = Lists.SelectMany(l => (root["client"]?[l] as JsonArray ?? []).Select(v => v!.GetValue<string>()));
        return [.. words.Concat((root["words"]?.GetValue<string>() ?? "").Split([';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
    }
}
