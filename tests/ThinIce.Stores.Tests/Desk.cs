using System.Collections.Immutable;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Knowledge;
using ThinIce.Registry;
using ThinIce.Registry.Keys;
using ThinIce.Registry.Model;
using ThinIce.TestSupport;

namespace ThinIce.Stores.Tests;

/// <summary>Which database.</summary>
public enum Database
{
    Sqlite,
    PostgreSql,
}

/// <summary>A clock that stands still until a test moves it.</summary>
public sealed class TestClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;
}

/// <summary>A clinic with its staff in a new registry of its own: what most tests begin with.</summary>
public sealed class Desk : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("thinice-desk-").FullName;

    private static readonly Lazy<(Answerer Answerer, byte[] Bundle)> Knowledge = new(() =>
    {
        var file = Path.GetTempFileName();
        KnowledgeFolder.Build(Repository.Knowledge, file);
        var bytes = File.ReadAllBytes(file);
        File.Delete(file);
        return (new Answerer(Repository.Compiled, () => new DateOnly(2026, 11, 24)), bytes);
    });

    /// <summary>A Tuesday, ten in the morning in London, winter time.</summary>
    public TestClock Clock { get; } = new(new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero));

    /// <summary>What chance says; 0 draws everybody.</summary>
    public double Chance { get; set; }

    public RegistryOptions Options { get; private set; } = null!;

    public ClinicRegistry Registry { get; private set; } = null!;

    public ClinicId Clinic { get; private set; }

    public Actor Admin { get; private set; } = null!;

    public Actor Therapist { get; private set; } = null!;

    public Actor Officer { get; private set; } = null!;

    public Actor Deputy { get; private set; } = null!;

    public string Folder => _folder;

    public static KnowledgeInUse InUse => new(Knowledge.Value.Answerer, Knowledge.Value.Bundle);

    public static async Task<Desk> NewAsync(Database database, PostgreSqlServer server, ClinicSettings? settings = null)
    {
        var desk = new Desk();
        desk.Options = new()
        {
            DataFolder = Path.Combine(desk._folder, "data"), PostgreSql = database == Database.PostgreSql ? await server.NewDatabaseAsync() : null,
            PublicUrl = new("https://clinic.example/"), Clock = desk.Clock, Chance = () => desk.Chance,
        };
        desk.Registry = await ClinicRegistry.OpenAsync(desk.Options, InUse);
        var (clinic, admin) = (await desk.Registry.Clinics.OpenAsync(settings ?? London, new("Ada Admin", "ada@clinic.example", [Role.ClinicAdmin]))).Value;
        (desk.Clinic, desk.Admin) = (clinic, Actor.Staff(clinic, admin));
        desk.Therapist = await desk.StaffAsync("Theo Therapist", Role.Therapist);
        desk.Officer = await desk.StaffAsync("Olga Officer", Role.SafetyOfficer);
        desk.Deputy = await desk.StaffAsync("Dan Deputy", Role.Deputy);
        return desk;
    }

    public static ClinicSettings London => new() { Name = "Harbour Massage", Country = "GB", TimeZone = "Europe/London" };

    public async Task<Actor> StaffAsync(string name, params Role[] roles) =>
        Actor.Staff(Clinic, (await Registry.Clinics.AddStaffAsync(Admin, new(name, $"{name.Split(' ')[0].ToLowerInvariant()}@clinic.example", [.. roles]))).Value);

    /// <summary>Closes it and opens it again, as after a restart.</summary>
    public async Task ReopenAsync()
    {
        await Registry.DisposeAsync();
        Registry = await ClinicRegistry.OpenAsync(Options, InUse);
    }

    public async Task<ClientId> ClientAsync(string name = "Mira Quillfeather", string? email = "mira@home.example", DateOnly? born = null) =>
        (await Registry.Clients.AddAsync(Therapist, new() { Name = name, Email = email, Phone = "+44 7700 900123", BirthDate = born ?? new(1980, 5, 17), Sex = Sex.Female })).Value;

    public async Task<AppointmentId> AppointmentAsync(ClientId client) =>
        (await Registry.Clients.BookAsync(Therapist, client, Therapist.Id is { } id ? new StaffId(id) : null, Clock.Now.AddHours(1), 60)).Value;

    public static string Plan(string pressure = "moderate", string region = "back") => $$"""{"technique":"swedish massage","regions":["{{region}}"],"pressure":"{{pressure}}","minutes":60}""";

    /// <summary>Records a session as the therapist.</summary>
    public async Task<SessionRecorded> SessionAsync(ClientId client, AppointmentId? appointment = null, string? plan = null) =>
        (await Registry.Sessions.RecordAsync(Therapist, new() { Client = client, Appointment = appointment, StartedAt = Clock.Now, Plan = plan ?? Plan(), Advice = AdviceTaken.Followed })).Value;

    /// <summary>Takes out of the outbox whatever may go, as a mail server would, and hands back the secrets of its links.</summary>
    public async Task<ImmutableArray<(OutgoingMessage Message, LinkToken Token)>> SendAllAsync()
    {
        await Registry.CheckIns.RunAsync(Clinic);
        var sent = ImmutableArray.CreateBuilder<(OutgoingMessage, LinkToken)>();
        foreach (var message in (await Registry.Outbox.ClaimAsync(Clinic, "server", 100, TimeSpan.FromMinutes(1))).Value)
        {
            Assert.True((await Registry.Outbox.BeginAsync(Clinic, message.Id, "server", TimeSpan.FromMinutes(1))).IsDone);
            Assert.True((await Registry.Outbox.SentAsync(Clinic, message.Id, "server")).IsDone);
            sent.Add((message, new(message.Link?.Segments[^1] ?? "")));
        }

        return sent.ToImmutable();
    }

    /// <summary>Checks that chains and state agree.</summary>
    public async Task<Registry.Events.Verification> SoundAsync()
    {
        var found = await Registry.VerifyAsync();
        Assert.Empty(found.Faults);
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        if (Registry is not null) await Registry.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
