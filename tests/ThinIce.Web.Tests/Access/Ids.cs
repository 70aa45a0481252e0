using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using ThinIce.Registry;
using ThinIce.Registry.Model;
using ThinIce.Web.Tests.Clinic;

namespace ThinIce.Web.Tests.Access;

/// <summary>One of each thing that an address can name, in one clinic.</summary>
public sealed record Ids(ClinicId Clinic, Guid Client, Guid Recorded, Guid Visit, Guid Alert, Guid Complaint, Guid Course, Guid Import, Guid Staff, Guid Case, Guid Event, Guid Other)
{
    public string Fill(string path) => path
        .Replace("/clients/{id:guid}", $"/clients/{Client}", StringComparison.Ordinal).Replace("/visits/{id:guid}/chart", $"/visits/{Recorded}/chart", StringComparison.Ordinal).Replace("/visits/{id:guid}", $"/visits/{Visit}", StringComparison.Ordinal)
        .Replace("/cases/{id:guid}", $"/cases/{Case}", StringComparison.Ordinal).Replace("{happened:guid}", $"{Event}", StringComparison.Ordinal).Replace("{other:guid}", $"{Other}", StringComparison.Ordinal).Replace("/alerts/{id:guid}", $"/alerts/{Alert}", StringComparison.Ordinal).Replace("/complaints/{id:guid}", $"/complaints/{Complaint}", StringComparison.Ordinal)
        .Replace("{course:guid}", $"{Course}", StringComparison.Ordinal).Replace("/imports/{id:guid}", $"/imports/{Import}", StringComparison.Ordinal).Replace("/staff/{id:guid}", $"/staff/{Staff}", StringComparison.Ordinal);

    /// <summary>Fills the one clinic of a site with one client who had a session, reported alarm, complained, and has a course.</summary>
    public static async Task<Ids> MakeAsync(ClinicSite site, string name)
    {
        var registry = site.Registry;
        var clinic = (await registry.Clinics.AllAsync()).Single().ClinicId;
        var admin = await registry.Clinics.FindStaffAsync("ada@clinic.example");
        var ada = Actor.Staff(clinic, admin[0].Staff);
        var client = (await registry.Clients.AddAsync(ada, new() { Name = name, Email = "mira@home.example", Phone = "+44 7700 900123", BirthDate = new(1980, 5, 17) })).Value;
        var course = (await registry.Courses.OpenAsync(ada, client, "to turn the head", 6)).Value;
        var first = (await registry.Clients.BookAsync(ada, client, admin[0].Staff, registry.Clock.GetUtcNow(), 60)).Value;
        await registry.Sessions.RecordAsync(ada, new() { Client = client, Appointment = first, Course = course, StartedAt = registry.Clock.GetUtcNow(), Plan = """{"technique":"swedish massage","regions":["back"],"pressure":"moderate","minutes":60}""", Advice = AdviceTaken.Followed });
        var visit = (await registry.Clients.BookAsync(ada, client, admin[0].Staff, registry.Clock.GetUtcNow(), 60)).Value;
        site.Clock.ToNoonTomorrow();
        var token = await site.CheckInAsync(clinic);
        await registry.CheckIns.AnswerAsync(token, new() { Complaints = [new("left arm weak and speech slurred")] });
        await registry.Complaints.MakeAsync(token, new("She would not stop.", null, WantsCall: true));
        var olga = Actor.Staff(clinic, (await registry.Clinics.FindStaffAsync("olga@clinic.example"))[0].Staff);
        var alert = (await registry.Alerts.BoardAsync(olga)).Value[0].Id;
        var complaint = (await registry.Complaints.ListAsync(olga)).Value[0].Id;
        var reported = (await registry.Reports.FromAlertAsync(olga, alert)).Value;
        var happened = (await registry.Cases.OpenAsync(olga, reported)).Value.Events[0].Row.Id;
        var other = (await registry.Reports.MakeAsync(clinic, new() { Kind = Core.Cases.ReportKind.AdverseEvent, Words = "A bruise on the arm." }, new(Guid.NewGuid()))).Value.Id;
        var import = (await registry.Imports.TakeAsync(ada, "First Name,Last Name\nNils,Holm\n"u8.ToArray(), Registry.Imports.ImportKind.Clients)).Value.Id;
        var gone = (await registry.Clinics.AddStaffAsync(ada, new("Gus Gone", "gus@clinic.example", [Role.Therapist]))).Value;
        site.Clock.Ahead = TimeSpan.Zero;
        return new(clinic, client.Value, first.Value, visit.Value, alert.Value, complaint.Value, course.Value, import.Value, gone.Value, reported.Value, happened.Value, other.Value);
    }

    /// <summary>Gives somebody who is on a team an account, and signs in.</summary>
    public static async Task<Browser> SignedInAsync(ClinicSite site, string email, ClinicId clinic)
    {
        using var scope = site.App.Services.CreateScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<AccountDetails>>();
        Assert.True((await users.CreateAsync(new() { Email = email }, ClinicSite.Password)).Succeeded);
        var browser = site.Open();
        Assert.Equal("/start", (await browser.SignInAsync(email)).Location);
        await browser.PostAsync("/choose-clinic", ("clinic", clinic.ToString()));
        return browser;
    }
}
