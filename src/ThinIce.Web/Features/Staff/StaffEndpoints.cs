using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using ThinIce.Core.Contract;
using ThinIce.Registry;
using ThinIce.Registry.Model;
using ThinIce.Web.Features.Accounts;
using ThinIce.Web.Features.Answer;
using ThinIce.Web.Features.Clinics;
using ThinIce.Web.Features.SetUp;

namespace ThinIce.Web.Features.Staff;

/// <summary>A clinic's team, settings and hours; and what whoever runs the installation does.</summary>
internal static class StaffEndpoints
{
    /// <summary>Roles that a clinic gives.</summary>
    public static ImmutableArray<Role> Given { get; } = [Role.Therapist, Role.SafetyOfficer, Role.Deputy, Role.ClinicAdmin, Role.Researcher];

    /// <summary>Instead of a link: the person has a password already.</summary>
    public const string HasAccount = "has-account";

    public static void MapStaff(this IEndpointRouteBuilder app)
    {
        app.Get("/staff", Access.Admin, (Current who, ClinicRegistry registry) => PageAsync(who, registry, VisitForm.Blank, []));
        app.Post("/staff", Access.Admin, AddAsync);
        app.Post("/staff/{id:guid}/roles", Access.Admin, RolesAsync);
        app.Post("/staff/{id:guid}/leave", Access.Admin, async (Guid id, Current who, ClinicRegistry registry) => await DoneAsync(who, registry, await registry.Clinics.LeaveAsync(who.Actor, new(id))));
        app.Post("/staff/{id:guid}/invite", Access.Admin, InviteAsync);
        app.Post("/staff/settings", Access.Admin, SettingsAsync);
        app.Post("/staff/cover", Access.Admin, CoverAsync);
        app.Get("/installation", Access.Installation, (HttpContext context, ClinicRegistry registry, SafetyNotice safety) => InstallationAsync(context, registry, safety, VisitForm.Blank, []));
        app.Post("/installation/clinics", Access.Installation, OpenAsync);
        app.Post("/installation/safety", Access.Installation, async (HttpContext context, Current who, ClinicRegistry registry) =>
        {
            if ((await Visit.ReadAsync(context) ?? VisitForm.Blank)["safety"].Length > 0) await registry.Accounts.ConfirmSafetyAsync(who.Actor);
            return TypedResults.LocalRedirect("/installation");
        });
    }

    private static async Task<IResult> InstallationAsync(HttpContext context, ClinicRegistry registry, SafetyNotice safety, VisitForm form, ImmutableArray<Problem> problems, string invitation = "") =>
        new RazorComponentResult<InstallationPage>(new { Clinics = await registry.Clinics.AllAsync(), IsSafetyMissing = await safety.IsMissingAsync(context), Form = form, Problems = problems, Invitation = invitation }) { StatusCode = problems.Length > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };

    /// <summary>Opens another clinic. Whoever is named adds its team, and looks after its safety until somebody else does.</summary>
    private static async Task<IResult> OpenAsync(HttpContext context, ClinicRegistry registry, SafetyNotice safety, UserManager<AccountDetails> users)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        var email = form["email"].Trim();
        var opened = await registry.Clinics.OpenAsync(SetUpEndpoints.Settings(form), new(form["name"], email, [Role.ClinicAdmin, Role.SafetyOfficer]));
        if (!opened.IsDone) return await InstallationAsync(context, registry, safety, form, [.. opened.Problems.Select(SetUpEndpoints.Named)]);
        return await InstallationAsync(context, registry, safety, VisitForm.Blank, [], await AccountEndpoints.InviteAsync(email, opened.Value.Clinic, users, registry) ?? HasAccount);
    }

    private static async Task<IResult> PageAsync(Current who, ClinicRegistry registry, VisitForm form, ImmutableArray<Problem> problems, string invitation = "")
    {
        var clinic = await who.ClinicAsync();
        var staff = await registry.Clinics.StaffAsync(who.Actor);
        var hours = await registry.Clinics.HoursAsync(who.Actor);
        return new RazorComponentResult<StaffListPage>(new { Clinic = clinic, Staff = staff.IsDone ? staff.Value : [], Hours = hours.IsDone ? hours.Value : [], Form = form, Problems = problems, Invitation = invitation }) { StatusCode = problems.Length > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }

    private static async Task<IResult> DoneAsync<T>(Current who, ClinicRegistry registry, Outcome<T> outcome) =>
        outcome.IsDone ? TypedResults.LocalRedirect("/staff") : Notices.Of(outcome.Problems) ?? await PageAsync(who, registry, VisitForm.Blank, outcome.Problems);

    private static async Task<IResult> AddAsync(HttpContext context, Current who, ClinicRegistry registry, UserManager<AccountDetails> users)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        var added = await registry.Clinics.AddStaffAsync(who.Actor, new(form["name"], form["email"].Trim(), Roles(form)));
        if (!added.IsDone) return await PageAsync(who, registry, form, added.Problems);
        return await PageAsync(who, registry, VisitForm.Blank, [], await AccountEndpoints.InviteAsync(form["email"].Trim(), who.Place!.Clinic, users, registry) ?? HasAccount);
    }

    private static async Task<IResult> RolesAsync(HttpContext context, Guid id, Current who, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        return await DoneAsync(who, registry, await registry.Clinics.SetRolesAsync(who.Actor, new(id), Roles(form)));
    }

    private static async Task<IResult> InviteAsync(Guid id, Current who, ClinicRegistry registry, UserManager<AccountDetails> users)
    {
        var staff = await registry.Clinics.StaffAsync(who.Actor);
        if (!staff.IsDone || staff.Value.FirstOrDefault(s => s.Id == new StaffId(id) && !s.HasLeft) is not { } member) return Notices.NotFound();
        return await PageAsync(who, registry, VisitForm.Blank, [], await AccountEndpoints.InviteAsync(member.Email, who.Place!.Clinic, users, registry) ?? HasAccount);
    }

    private static async Task<IResult> SettingsAsync(HttpContext context, Current who, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        var clinic = await who.ClinicAsync();
        var told = ClinicSettings.Of(clinic) with
        {
            Name = form["name"],
            Country = form["country"].Trim().ToUpperInvariant(),
            TimeZone = form["timeZone"].Trim(),
            QuietFrom = Time(form["quietFrom"]) ?? clinic.QuietFrom,
            QuietTo = Time(form["quietTo"]) ?? clinic.QuietTo,
            EscalateMinutes = Number(form["escalateMinutes"], clinic.EscalateMinutes),
            RetentionYears = Number(form["retentionYears"], clinic.RetentionYears),
            MinimumSessions = Number(form["minimumSessions"], clinic.MinimumSessions),
            CasesADay = VisitForm.Parse(form["casesADay"]) ?? clinic.CasesADay,
            NoReports = form["noReports"].Length > 0,
            SampleProbability = VisitForm.Parse(form["samplePercent"]) / 100 ?? clinic.SampleProbability,
        };
        return await DoneAsync(who, registry, await registry.Clinics.ChangeAsync(who.Actor, told));
    }

    private static async Task<IResult> CoverAsync(HttpContext context, Current who, ClinicRegistry registry)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        var hours = Enum.GetValues<DayOfWeek>().Where(d => Time(form[$"from{(int)d}"]) is not null && Time(form[$"to{(int)d}"]) is not null).Select(d => new Cover(d, Time(form[$"from{(int)d}"])!.Value, Time(form[$"to{(int)d}"])!.Value)).ToList();
        return await DoneAsync(who, registry, await registry.Clinics.SetCoverAsync(who.Actor, hours));
    }

    private static ImmutableArray<Role> Roles(VisitForm form) => [.. form.Lines("roles").Select(r => Enum.TryParse<Role>(r, out var role) ? role : default).Where(r => Given.Contains(r))];

    private static TimeOnly? Time(string text) => TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : null;

    private static int Number(string text, int otherwise) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
