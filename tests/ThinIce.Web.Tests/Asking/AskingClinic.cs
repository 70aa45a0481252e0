using System.Net;
using Microsoft.AspNetCore.Builder;
using ThinIce.Core.Contract;
using ThinIce.Registry;
using ThinIce.Registry.Model;
using ThinIce.TestSupport;
using ThinIce.Web;

namespace ThinIce.Web.Tests.Asking;

/// <summary>A clinic of its own with a site of its own, whose clock a test moves.</summary>
internal sealed class AskingClinic : IAsyncDisposable
{
    private static readonly Lazy<Answerer> Answerer = new(() => new(Repository.Compiled, () => new(2026, 11, 24)));
    private readonly string _folder = Directory.CreateTempSubdirectory("thinice-asking-").FullName;
    private WebApplication _app = null!;

    public Clock Time { get; } = new();

    public ClinicRegistry Registry { get; private set; } = null!;

    public ClinicId Clinic { get; private set; }

    public Actor Therapist { get; private set; } = null!;

    public Actor Officer { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public string Url { get; private set; } = "";

    public static async Task<AskingClinic> NewAsync(bool hasOfficer = true)
    {
        var made = new AskingClinic();
        made.Registry = await ClinicRegistry.OpenAsync(new() { DataFolder = Path.Combine(made._folder, "data"), PublicUrl = new("https://clinic.example/"), Clock = made.Time, Chance = () => 0 }, new(Answerer.Value, ReadOnlyMemory<byte>.Empty));
        var (clinic, admin) = (await made.Registry.Clinics.OpenAsync(new() { Name = "Harbour Massage", Country = "GB", TimeZone = "Europe/London" }, new("Ada Admin", "ada@clinic.example", [Role.ClinicAdmin]))).Value;
        made.Clinic = clinic;
        made.Therapist = await made.StaffAsync(admin, "Theo Therapist", Role.Therapist);
        if (hasOfficer) made.Officer = await made.StaffAsync(admin, "Olga Officer", Role.SafetyOfficer);
        made._app = WebHost.Create(Answerer.Value, "http://127.0.0.1:0", made.Registry);
        await made._app.StartAsync();
        made.Url = made._app.Urls.First();
        made.Http = new() { BaseAddress = new(made.Url) };
        return made;
    }

    public async Task<ClientId> ClientAsync(DateOnly? born = null, string name = "Mira Quillfeather") =>
        (await Registry.Clients.AddAsync(Therapist, new() { Name = name, Email = "mira@home.example", BirthDate = born })).Value;

    /// <summary>The address of a check-in that is due.</summary>
    public async Task<string> CheckInAsync(ClientId? client = null)
    {
        var plan = """{"technique":"deep tissue massage","regions":["neck"],"pressure":"strong","minutes":60}""";
        await Registry.Sessions.RecordAsync(Therapist, new() { Client = client ?? await ClientAsync(), StartedAt = Time.Now, Plan = plan });
        Time.Now = Time.Now.AddHours(9.5);
        await Registry.CheckIns.RunAsync(Clinic);
        return (await Registry.Outbox.ClaimAsync(Clinic, "test", 10, TimeSpan.FromHours(1))).Value.Single(m => m.Template == Template.CheckIn).Link!.AbsolutePath;
    }

    /// <summary>The address of an intake for an appointment tomorrow.</summary>
    public async Task<(string Path, AppointmentId Appointment)> IntakeAsync(ClientId client)
    {
        var appointment = (await Registry.Clients.BookAsync(Therapist, client, null, Time.Now.AddDays(1), 60)).Value;
        var made = (await Registry.Intakes.InviteAsync(Therapist, appointment, send: false)).Value;
        return ($"/intake/{made.Token.Value}", appointment);
    }

    public async Task<(HttpStatusCode Status, string Page)> GetAsync(string path)
    {
        using var reply = await Http.GetAsync(new Uri(path, UriKind.Relative));
        return (reply.StatusCode, await reply.Content.ReadAsStringAsync());
    }

    public async Task<(HttpStatusCode Status, string Page)> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value)));
        using var reply = await Http.PostAsync(new Uri(path, UriKind.Relative), form);
        return (reply.StatusCode, WebUtility.HtmlDecode(await reply.Content.ReadAsStringAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        if (_app is not null) await _app.DisposeAsync();
        if (Registry is not null) await Registry.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<Actor> StaffAsync(StaffId admin, string name, Role role) =>
        Actor.Staff(Clinic, (await Registry.Clinics.AddStaffAsync(Actor.Staff(Clinic, admin), new(name, $"{name.Split(' ')[0].ToLowerInvariant()}@clinic.example", [role]))).Value);

    /// <summary>A Tuesday, ten in the morning in London.</summary>
    internal sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
