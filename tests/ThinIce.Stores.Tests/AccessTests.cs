using ThinIce.Core.Contract;
using ThinIce.Registry;
using ThinIce.Registry.Keys;
using ThinIce.Registry.Model;
using ThinIce.Registry.Pages;
using ThinIce.TestSupport;

namespace ThinIce.Stores.Tests;

/// <summary>Who may see and do what: asked of the registry itself, not of pages.</summary>
public abstract class AccessTests(PostgreSqlServer server, Database database)
{
    private Task<Desk> DeskAsync() => Desk.NewAsync(database, server);

    [Fact]
    public async Task A_complaint_reaches_the_officer_and_never_whom_it_names_or_the_sessions_therapist()
    {
        await using var desk = await DeskAsync();
        // The therapist is a deputy too, and later made an officer.
        await desk.Registry.Clinics.SetRolesAsync(desk.Admin, new(desk.Therapist.Id!.Value), [Role.Therapist, Role.Deputy, Role.SafetyOfficer]);
        Assert.True((await ComplainAsync(desk, about: null)).IsDone);
        Assert.Empty((await desk.Registry.Complaints.ListAsync(desk.Therapist)).Value);
        var line = Assert.Single((await desk.Registry.Complaints.ListAsync(desk.Officer)).Value);
        Assert.Equal(Problems.NotFound, (await desk.Registry.Complaints.ReadAsync(desk.Therapist, line.Id)).Problems[0].Code);
        Assert.Equal(Problems.NotFound, (await desk.Registry.Complaints.CloseAsync(desk.Therapist, line.Id, "nothing")).Problems[0].Code);
        Assert.Equal(Problems.NotAllowed, (await desk.Registry.Complaints.ListAsync(desk.Admin)).Problems[0].Code);
        Assert.Equal(Problems.NotAllowed, (await desk.Registry.Complaints.ListAsync(Actor.Operator(desk.Clinic))).Problems[0].Code);
        Assert.Equal("He would not stop.", (await desk.Registry.Complaints.ReadAsync(desk.Officer, line.Id)).Value.Words);
        // Neither as an alert, nor in the outbox, nor in the list of who read the record, nor in what is exported.
        Assert.Empty((await desk.Registry.Alerts.BoardAsync(desk.Therapist)).Value);
        Assert.DoesNotContain((await desk.Registry.Outbox.ListAsync(desk.Therapist)).Value, m => m.Template == Template.Complaint);
        var client = (await desk.Registry.Complaints.ReadAsync(desk.Officer, line.Id)).Value.Client!.Id;
        Assert.DoesNotContain((await desk.Registry.Privacy.AccessAsync(desk.Therapist, client)).Value, a => a.Type.StartsWith("complaint", StringComparison.Ordinal));
        Assert.DoesNotContain("would not stop", (await desk.Registry.Privacy.ExportAsync(desk.Therapist, client)).Value, StringComparison.Ordinal);
        Assert.Contains("would not stop", (await desk.Registry.Privacy.ExportAsync(desk.Officer, client)).Value, StringComparison.Ordinal);
        await desk.SoundAsync();
    }

    [Fact]
    public async Task A_complaint_about_the_officer_goes_to_the_deputy_and_one_that_nobody_may_read_says_so()
    {
        await using var desk = await DeskAsync();
        Assert.True((await ComplainAsync(desk, about: new(desk.Officer.Id!.Value))).Value);
        Assert.Empty((await desk.Registry.Complaints.ListAsync(desk.Officer)).Value);
        Assert.Single((await desk.Registry.Complaints.ListAsync(desk.Deputy)).Value);
        await desk.Registry.Clinics.LeaveAsync(desk.Admin, new(desk.Deputy.Id!.Value));
        Assert.False((await ComplainAsync(desk, about: new(desk.Officer.Id.Value), "Second Person")).Value);
    }

    [Fact]
    public async Task A_role_that_may_not_is_refused_and_another_clinic_finds_nothing()
    {
        await using var desk = await DeskAsync();
        var client = await desk.ClientAsync();
        var researcher = await desk.StaffAsync("Rae Researcher", Role.Researcher);
        Assert.Equal(Problems.NotAllowed, (await desk.Registry.Clients.ReadAsync(researcher, client)).Problems[0].Code);
        Assert.Equal(Problems.NotAllowed, (await desk.Registry.Privacy.EraseAsync(desk.Therapist, client)).Problems[0].Code);
        Assert.Equal(Problems.NotAllowed, (await desk.Registry.Clinics.AddStaffAsync(desk.Therapist, new("X", "x@clinic.example", [Role.ClinicAdmin]))).Problems[0].Code);
        Assert.True((await desk.Registry.Figures.ClinicAsync(researcher, default, desk.Clock.Now)).IsDone);
        var (other, admin) = (await desk.Registry.Clinics.OpenAsync(Desk.London with { Name = "Elsewhere" }, new("Eve Elsewhere", "eve@clinic.example", [Role.ClinicAdmin, Role.Therapist, Role.SafetyOfficer]))).Value;
        var eve = Actor.Staff(other, admin);
        Assert.Equal(Problems.NotFound, (await desk.Registry.Clients.ReadAsync(eve, client)).Problems[0].Code);
        Assert.Equal(Problems.NotFound, (await desk.Registry.Privacy.EraseAsync(eve, client)).Problems[0].Code);
        Assert.Empty((await desk.Registry.Clients.FindAsync(eve, "mira")).Value);
        // Somebody of one clinic who names another as theirs has no role there.
        Assert.Equal(Problems.NotAllowed, (await desk.Registry.Clients.ReadAsync(eve with { Clinic = desk.Clinic }, client)).Problems[0].Code);
        await desk.SoundAsync();
    }

    [Fact]
    public async Task A_clinic_keeps_one_administrator_and_who_left_may_nothing()
    {
        await using var desk = await DeskAsync();
        Assert.Equal(Problems.WrongState, (await desk.Registry.Clinics.LeaveAsync(desk.Admin, new(desk.Admin.Id!.Value))).Problems[0].Code);
        await desk.Registry.Clinics.LeaveAsync(desk.Admin, new(desk.Therapist.Id!.Value));
        Assert.Equal(Problems.NotAllowed, (await desk.Registry.Clients.AddAsync(desk.Therapist, new() { Name = "Late" })).Problems[0].Code);
        Assert.Equal(4, (await desk.Registry.Clinics.StaffAsync(desk.Officer)).Value.Length);
        Assert.Single(await desk.Registry.Clinics.FindStaffAsync("OLGA@clinic.example"));
        await desk.SoundAsync();
    }

    [Fact]
    public async Task An_old_answer_is_given_again_word_for_word_by_the_bundle_of_its_day()
    {
        await using var desk = await DeskAsync();
        var client = await desk.ClientAsync();
        var appointment = await desk.AppointmentAsync(client);
        await desk.Registry.Intakes.TakeAsync(desk.Therapist, appointment, 0, """{"client":{"medicines":["warfarin"],"procedures":["hip replaced in 2019"]}}""", new());
        var session = await desk.SessionAsync(client, appointment, Desk.Plan("strong"));
        desk.Clock.Now = desk.Clock.Now.AddYears(3);
        await desk.ReopenAsync();
        var replay = (await desk.Registry.Knowledges.ReplayAsync(desk.Officer, session.Id)).Value;
        Assert.Contains("\"warfarin\"", replay.Then, StringComparison.Ordinal);
        Assert.Contains($"\"knowledge\":\"{Desk.InUse.Answerer.Knowledge.Version}\"", replay.Again, StringComparison.Ordinal);
        Assert.Equal(replay.Then, replay.Again);
    }

    private static async Task<Outcome<bool>> ComplainAsync(Desk desk, StaffId? about, string name = "Mira Quillfeather")
    {
        desk.Clock.Now = new DateTimeOffset(desk.Clock.Now.Date.AddDays(1).AddHours(10), TimeSpan.Zero);
        await desk.SessionAsync(await desk.ClientAsync(name));
        desk.Clock.Now = new DateTimeOffset(desk.Clock.Now.Date.AddHours(19.5), TimeSpan.Zero);
        var token = (await desk.SendAllAsync()).Last(m => m.Message.Template == Template.CheckIn).Token;
        return await desk.Registry.Complaints.MakeAsync(token, new("He would not stop.", about, WantsCall: true));
    }
}

public sealed class AccessOnSqlite(PostgreSqlServer server) : AccessTests(server, Database.Sqlite);

public sealed class AccessOnPostgreSql(PostgreSqlServer server) : AccessTests(server, Database.PostgreSql);

/// <summary>The page of tables and events is what the code says.</summary>
public sealed class RegistryPageTests
{
    [Fact]
    public void The_reference_of_tables_and_events_and_the_data_dictionary_are_up_to_date()
    {
        static bool IsNew(string file, string text) => text == File.ReadAllText(Path.Combine(Repository.Root, "docs", "reference", file));
        Assert.True(IsNew(RegistryPage.FileName, RegistryPage.Write()) && IsNew(CaseDictionaryPage.FileName, CaseDictionaryPage.Write()), "docs/reference is old: run ./thinice registry docs --to docs/reference");
    }

    [Fact]
    public void Every_table_and_every_column_is_explained() => Assert.DoesNotContain("|  |", RegistryPage.Write().Replace("|  |\n", "|\n", StringComparison.Ordinal), StringComparison.Ordinal);
}
