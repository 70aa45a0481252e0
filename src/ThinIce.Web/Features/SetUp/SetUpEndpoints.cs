using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Localization;
using ThinIce.Core.Contract;
using ThinIce.Registry;
using ThinIce.Registry.Events;
using ThinIce.Web.Features.Accounts;
using ThinIce.Web.Features.Answer;
using ThinIce.Web.Features.Clinics;

namespace ThinIce.Web.Features.SetUp;

/// <summary>The first set-up, once: who runs the installation, the clinic, its safety officer and deputy. Guarded by a code that <c>serve</c> prints.</summary>
internal static class SetUpEndpoints
{
    public static void MapSetUp(this IEndpointRouteBuilder app)
    {
        app.Get("/setup", Access.Public, async Task<IResult> (HttpContext context, ClinicRegistry registry, SafetyNotice safety) => await registry.Accounts.AnyAsync() ? Closed() : Page(VisitForm.Blank.With("quietFrom", "20:30").With("quietTo", "08:00"), safety.IsBeyond(context), []));
        app.Post("/setup", Access.Public, SetUpAsync).Limited();
    }

    private static async Task<IResult> SetUpAsync(HttpContext context, ClinicRegistry registry, SetupCode code, SafetyNotice safety, SignInManager<AccountDetails> signIn, IStringLocalizer<SetUpWords> words)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        await code.Turn.WaitAsync(context.RequestAborted);
        try
        {
            return await InTurnAsync(context, form, registry, code, safety, signIn, words);
        }
        finally
        {
            code.Turn.Release();
        }
    }

    private static async Task<IResult> InTurnAsync(HttpContext context, VisitForm form, ClinicRegistry registry, SetupCode code, SafetyNotice safety, SignInManager<AccountDetails> signIn, IStringLocalizer<SetUpWords> words)
    {
        var isBeyond = safety.IsBeyond(context);
        if (await registry.Accounts.AnyAsync()) return Closed();
        if (!code.Fits(form["code"])) return Page(form, isBeyond, [new(Problems.NotAllowed, words["wrong.code"], "code")]);
        var account = new AccountDetails { Email = form["email"].Trim() };
        var problems = await CheckAsync(form, account, isBeyond, signIn.UserManager, words);
        if (problems.Length > 0) return Page(form, isBeyond, problems);

        var opened = await registry.Clinics.OpenAsync(Settings(form), new(form["name"], account.Email, [.. Roles(form, "me")]));
        if (!opened.IsDone) return Page(form, isBeyond, [.. opened.Problems.Select(Named)]);
        if (!(await signIn.UserManager.CreateAsync(account, form["password"])).Succeeded) return Closed();
        var (clinic, staff) = opened.Value;
        var actor = Actor.Staff(clinic, staff);
        await registry.Accounts.AddSystemAdminAsync(Actor.Operator(ClinicId.Installation), form["name"], account.Email);
        if (form["safety"].Length > 0) await registry.Accounts.ConfirmSafetyAsync(Actor.Operator(ClinicId.Installation));
        var invited = ImmutableArray.CreateBuilder<(string Name, string Link)>();
        foreach (var (who, role) in new[] { ("officer", Role.SafetyOfficer), ("deputy", Role.Deputy) })
        {
            if (form[$"{who}Name"].Length == 0) continue;
            await registry.Clinics.AddStaffAsync(actor, new(form[$"{who}Name"], form[$"{who}Email"].Trim(), [role]));
            if (await AccountEndpoints.InviteAsync(form[$"{who}Email"].Trim(), clinic, signIn.UserManager, registry) is { } link) invited.Add((form[$"{who}Name"], link));
        }

        await signIn.SignInAsync(account, isPersistent: false);
        await registry.Accounts.NoteAsync(account.Id, EventTypes.SignedIn, "set-up");
        // Whoever sets up begins in the clinic, not in the installation.
        context.Response.Cookies.Append(Current.ClinicCookie, clinic.ToString(), new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = registry.PublicUrl?.Scheme == Uri.UriSchemeHttps, IsEssential = true });
        return new RazorComponentResult<SetUpDonePage>(new { Invited = invited.ToImmutable() });
    }

    private static IEnumerable<Role> Roles(VisitForm form, string who)
    {
        yield return Role.ClinicAdmin;
        if (form[$"{who}Treats"].Length > 0) yield return Role.Therapist;
        if (form["officerName"].Length == 0) yield return Role.SafetyOfficer;
    }

    private static async Task<ImmutableArray<Problem>> CheckAsync(VisitForm form, AccountDetails account, bool isBeyond, UserManager<AccountDetails> users, IStringLocalizer<SetUpWords> words)
    {
        var problems = ImmutableArray.CreateBuilder<Problem>();
        var weak = AccountEndpoints.Weak(form["password"], account.Email) is not null;
        foreach (var validator in users.PasswordValidators) weak |= !(await validator.ValidateAsync(users, account, form["password"])).Succeeded;
        if (weak) problems.Add(new(Problems.UnknownValue, words["wrong.password"], "password"));
        // Asked before the clinic is opened, so that none is left behind without an account.
        foreach (var validator in users.UserValidators) if (!(await validator.ValidateAsync(users, account)).Succeeded) problems.Add(new(Problems.Missing, words["wrong.email"], "email"));
        if (isBeyond && form["safety"].Length == 0) problems.Add(new(Problems.Missing, words["wrong.safety"], "safety"));
        foreach (var who in new[] { "officer", "deputy" })
        {
            var (name, email) = (form[$"{who}Name"], form[$"{who}Email"].Trim());
            if ((name.Length > 0) != (email.Length > 0) || (email.Length > 0 && !email.Contains('@', StringComparison.Ordinal))) problems.Add(new(Problems.Missing, words["wrong.person"], $"{who}Email"));
            else if (email.Length > 0 && string.Equals(email, account.Email, StringComparison.OrdinalIgnoreCase)) problems.Add(new(Problems.Duplicate, words["wrong.same"], $"{who}Email"));
        }

        if (form["officerEmail"].Length > 0 && string.Equals(form["officerEmail"].Trim(), form["deputyEmail"].Trim(), StringComparison.OrdinalIgnoreCase)) problems.Add(new(Problems.Duplicate, words["wrong.same"], "deputyEmail"));
        return problems.ToImmutable();
    }

    /// <summary>The settings that a new clinic begins with.</summary>
    public static ClinicSettings Settings(VisitForm form) => new()
    {
        Name = form["clinic"], Country = form["country"].Trim().ToUpperInvariant(), TimeZone = form["zone"].Trim(),
        QuietFrom = Time(form["quietFrom"]) ?? new(20, 30), QuietTo = Time(form["quietTo"]) ?? new(8, 0),
    };

    private static TimeOnly? Time(string text) => TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : null;

    /// <summary>The registry's names of fields as those of a page on which the clinic has a name and a person too.</summary>
    public static Problem Named(Problem problem) => problem with { Path = problem.Path switch { "timeZone" => "zone", "name" when problem.Message.Contains("clinic", StringComparison.Ordinal) => "clinic", var same => same } };

    private static RazorComponentResult<NoticePage> Closed() => Notices.Show("set-up-done", StatusCodes.Status404NotFound);

    private static RazorComponentResult<SetUpPage> Page(VisitForm form, bool isBeyond, ImmutableArray<Problem> problems) => new(new { Form = form, IsBeyond = isBeyond, Problems = problems });
}
