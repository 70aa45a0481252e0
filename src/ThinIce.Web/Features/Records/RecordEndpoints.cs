using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Registry;
using ThinIce.Registry.FollowUp;
using ThinIce.Web.Features.Answer;
using ThinIce.Web.Features.Clinics;

namespace ThinIce.Web.Features.Records;

/// <summary>A client's record: details, visits, courses of care, and what the person may ask for: all that is kept, who read it, erasure.</summary>
internal static class RecordEndpoints
{
    public static void MapRecords(this IEndpointRouteBuilder app)
    {
        // By POST: a name has no place in an address.
        app.Post("/clients", Access.Care, async Task<IResult> (HttpContext context, Current who, ClinicRegistry registry) =>
        {
            var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
            var found = form["find"].Trim().Length < 2 ? [] : await registry.Clients.FindAsync(who.Actor, form["find"]) is { IsDone: true } some ? some.Value : [];
            return new RazorComponentResult<FoundPage>(new { Found = found, Find = form["find"] });
        });
        app.Get("/clients/{id:guid}", Access.Care, (Guid id, Current who, ClinicRegistry registry) => PageAsync(id, who, registry, []));
        app.Post("/clients/{id:guid}", Access.Care, ChangeAsync);
        app.Post("/clients/{id:guid}/contact", Access.Care, ContactAsync);
        app.Post("/clients/{id:guid}/book", Access.Care, BookAsync);
        app.Post("/clients/{id:guid}/courses", Access.Treat, CourseAsync);
        app.Post("/clients/{id:guid}/courses/{course:guid}/score", Access.Care, ScoreAsync);
        app.Post("/clients/{id:guid}/courses/{course:guid}/close", Access.Treat, async (Guid id, Guid course, Current who, ClinicRegistry registry) => await DoneAsync(id, who, registry, await registry.Courses.CloseAsync(who.Actor, new(course))));
        app.Get("/clients/{id:guid}/privacy", Access.Privacy, (Guid id, Current who, ClinicRegistry registry) => PrivacyAsync(id, who, registry, []));
        app.Post("/clients/{id:guid}/export", Access.Privacy, ExportAsync);
        app.Post("/clients/{id:guid}/erase", Access.Privacy, EraseAsync);
        app.Post("/clients/{id:guid}/hold", Access.Privacy, HoldAsync);
    }

    private static async Task<IResult> PageAsync(Guid id, Current who, ClinicRegistry registry, ImmutableArray<Problem> problems)
    {
        var client = await registry.Clients.ReadAsync(who.Actor, new(id));
        if (!client.IsDone) return Notices.Of(client.Problems) ?? Notices.NotFound();
        var sessions = await registry.Sessions.ReadAsync(who.Actor, new(id));
        var courses = await registry.Courses.ReadAsync(who.Actor, new(id));
        return new RazorComponentResult<RecordPage>(new { Client = client.Value, Sessions = sessions.IsDone ? sessions.Value : [], Courses = courses.IsDone ? courses.Value : [], Problems = problems })
        {
            StatusCode = problems.Length > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }

    private static async Task<IResult> DoneAsync<T>(Guid id, Current who, ClinicRegistry registry, Outcome<T> outcome) =>
        outcome.IsDone ? TypedResults.LocalRedirect($"/clients/{id}") : Notices.Of(outcome.Problems) ?? await PageAsync(id, who, registry, outcome.Problems);

    private static async Task<IResult> ChangeAsync(HttpContext context, Guid id, Current who, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        var now = await registry.Clients.ReadAsync(who.Actor, new(id));
        if (!now.IsDone) return Notices.Of(now.Problems) ?? Notices.NotFound();
        DateOnly? born = DateOnly.TryParseExact(form["birthDate"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
        if (form["birthDate"].Length > 0 && born is null) return await PageAsync(id, who, registry, [new(Problems.NotADate, Problems.Kind(Problems.NotADate).WayOut, "birthDate")]);
        return await DoneAsync(id, who, registry, await registry.Clients.ChangeAsync(who.Actor, new(id), new()
        {
            Name = form["name"], Email = form["email"], Phone = form["phone"], BirthDate = born, External = now.Value.Details.External,
            Sex = form["sex"] switch { "female" => Sex.Female, "male" => Sex.Male, _ => null },
        }, now.Value.PressureWish));
    }

    private static async Task<IResult> ContactAsync(HttpContext context, Guid id, Current who, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        return await DoneAsync(id, who, registry, await registry.Clients.ChooseContactAsync(who.Actor, new(id), form["noEmail"].Length > 0, form["noText"].Length > 0));
    }

    private static async Task<IResult> BookAsync(HttpContext context, Guid id, Current who, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        if (!DateTime.TryParseExact($"{form["date"]} {form["time"]}", "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return await PageAsync(id, who, registry, [new(Problems.NotADate, Problems.Kind(Problems.NotADate).WayOut, "date")]);
        var clinic = await who.ClinicAsync();
        StaffId? therapist = who.HasAny(Role.Therapist) ? who.Staff : null;
        return await DoneAsync(id, who, registry, await registry.Clients.BookAsync(who.Actor, new(id), therapist, new ClinicClock(clinic).Moment(local), VisitForm.Parse(form["minutes"]) is { } minutes ? (int)minutes : 60));
    }

    private static async Task<IResult> CourseAsync(HttpContext context, Guid id, Current who, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        return await DoneAsync(id, who, registry, await registry.Courses.OpenAsync(who.Actor, new(id), form["goal"], VisitForm.Parse(form["agreed"]) is { } agreed ? (int)agreed : 0));
    }

    private static async Task<IResult> ScoreAsync(HttpContext context, Guid id, Guid course, Current who, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        return await DoneAsync(id, who, registry, await registry.Courses.ScoreAsync(who.Actor, new(course), null, Scale(form["pain"]), Scale(form["function"])));
    }

    private static Answer<int> Scale(string text) => VisitForm.Parse(text) is { } number ? Answer<int>.Known((int)number) : Answer<int>.NotAsked;

    private static async Task<IResult> PrivacyAsync(Guid id, Current who, ClinicRegistry registry, ImmutableArray<Problem> problems)
    {
        var client = await registry.Clients.ReadAsync(who.Actor, new(id));
        if (!client.IsDone) return Notices.Of(client.Problems) ?? Notices.NotFound();
        var reads = await registry.Privacy.AccessAsync(who.Actor, new(id));
        var staff = await registry.Clinics.StaffAsync(who.Actor);
        return new RazorComponentResult<PrivacyPage>(new
        {
            Client = client.Value, Reads = reads.IsDone ? reads.Value : [], Problems = problems, Zone = (await who.ClinicAsync()).TimeZone,
            Staff = staff.IsDone ? staff.Value.ToImmutableDictionary(s => s.Id.Value, s => s.Name) : ImmutableDictionary<Guid, string>.Empty,
        })
        {
            StatusCode = problems.Length > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        };
    }

    private static async Task<IResult> ExportAsync(Guid id, Current who, ClinicRegistry registry)
    {
        var exported = await registry.Privacy.ExportAsync(who.Actor, new(id));
        return exported.IsDone ? TypedResults.File(Encoding.UTF8.GetBytes(exported.Value), "application/json", "record.json") : Notices.Of(exported.Problems) ?? Notices.NotFound();
    }

    private static async Task<IResult> EraseAsync(HttpContext context, Guid id, Current who, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        if (form["sure"].Length == 0) return await PrivacyAsync(id, who, registry, [new(Problems.Missing, "Confirm that it is to be erased for good.", "sure")]);
        var erased = await registry.Privacy.EraseAsync(who.Actor with { Why = form["why"] }, new(id), form["despite"].Length > 0);
        return erased.IsDone ? Notices.Show("erased", StatusCodes.Status200OK) : Notices.Of(erased.Problems) ?? await PrivacyAsync(id, who, registry, erased.Problems);
    }

    private static async Task<IResult> HoldAsync(HttpContext context, Guid id, Current who, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        if (!DateOnly.TryParseExact(form["until"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var until)) return await PrivacyAsync(id, who, registry, [new(Problems.NotADate, Problems.Kind(Problems.NotADate).WayOut, "until")]);
        var held = await registry.Privacy.HoldAsync(who.Actor with { Why = form["why"] }, new(id), new DateTimeOffset(until.ToDateTime(default), TimeSpan.Zero));
        return held.IsDone ? TypedResults.LocalRedirect($"/clients/{id}/privacy") : Notices.Of(held.Problems) ?? await PrivacyAsync(id, who, registry, held.Problems);
    }
}
