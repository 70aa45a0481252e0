using System.Globalization;
using System.Text.Json.Nodes;
using ThinIce.Core.Clinical;
using ThinIce.Registry.Model;

namespace ThinIce.Registry.Demo;

/// <summary>What was filled in.</summary>
/// <param name="Clinic">The clinic.</param>
/// <param name="Clients">Clients.</param>
/// <param name="Sessions">Sessions.</param>
/// <param name="Answers">Answered check-ins.</param>
/// <param name="Alerts">Alerts.</param>
public sealed record DemoResult(ClinicId Clinic, int Clients, int Sessions, int Answers, int Alerts);

/// <summary>Fills a clinic with half a year of made-up work, through the same acts as a real one. The same seed gives the same clinic, but for its ids and keys.</summary>
public sealed class DemoClinic
{
    private const int Weeks = 26;

    /// <summary>Share of check-ins that people answer. The only comparable instrument came back for 55.9 % of visits (SafetyNET, <see href="https://pubmed.ncbi.nlm.nih.gov/39159155/"/>).</summary>
    private const double AnswerShare = 0.6;

    /// <summary>Share of clients who come on a working day.</summary>
    private const double VisitShare = 0.12;

    private readonly JsonObject _data = JsonNode.Parse(typeof(DemoClinic).Assembly.GetManifestResourceStream("ThinIce.Registry.Demo.demo.json")!)!.AsObject();
    private readonly Random _random;
    private readonly Clock _clock;
    private readonly ClinicRegistry _registry;
    private readonly List<(ClientId Id, JsonNode Person)> _clients = [];
    private int _sessions, _answers, _alerts;

    private DemoClinic(ClinicRegistry registry, Clock clock, int seed) => (_registry, _clock, _random) = (registry, clock, new(seed));

    /// <summary>Fills a registry.</summary>
    /// <param name="options">Where; its clock says when it ends.</param>
    /// <param name="knowledge">What answers.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="stop">Stops waiting.</param>
    public static async Task<DemoResult> FillAsync(RegistryOptions options, KnowledgeInUse knowledge, int seed, CancellationToken stop = default)
    {
        var clock = new Clock(options.Clock.GetUtcNow().AddDays(-7 * Weeks));
        var chance = new Random(seed);
        await using var registry = await ClinicRegistry.OpenAsync(options with { Clock = clock, PublicUrl = options.PublicUrl ?? new("https://demo.example/"), Chance = chance.NextDouble }, knowledge, stop);
        return await new DemoClinic(registry, clock, seed).RunAsync(options.Clock.GetUtcNow(), stop);
    }

    private async Task<DemoResult> RunAsync(DateTimeOffset until, CancellationToken stop)
    {
        var place = _data["clinic"]!;
        var people = _data["staff"]!.AsArray().Select(s => new NewStaff(Text(s, "name"), Text(s, "email"), [.. s!["roles"]!.AsArray().Select(r => Enum.Parse<Role>(r!.GetValue<string>()))])).ToList();
        var (clinic, first) = (await _registry.Clinics.OpenAsync(new() { Name = Text(place, "name"), Country = Text(place, "country"), TimeZone = Text(place, "timeZone"), MinimumSessions = 20, ControlProbability = 0.03 }, people[0], stop)).Value;
        var admin = Actor.Staff(clinic, first);
        await _registry.Clinics.SetCoverAsync(admin, [.. Enumerable.Range(1, 5).Select(d => new Cover((DayOfWeek)d, new(9, 0), new(17, 30)))], stop);
        var therapists = new List<Actor> { admin };
        foreach (var person in people.Skip(1))
        {
            var id = (await _registry.Clinics.AddStaffAsync(admin, person, stop)).Value;
            if (person.Roles.Contains(Role.Therapist)) therapists.Add(Actor.Staff(clinic, id));
        }

        foreach (var person in _data["clients"]!.AsArray()) _clients.Add(((await _registry.Clients.AddAsync(admin, Details(person!), stop)).Value, person!));
        while (_clock.Now < until)
        {
            await DayAsync(clinic, therapists, stop);
            _clock.Now = _clock.Now.Date.AddDays(1).AddHours(9) is var next && next > until.UtcDateTime ? until : new(next, TimeSpan.Zero);
        }

        return new(clinic, _clients.Count, _sessions, _answers, _alerts);
    }

    private async Task DayAsync(ClinicId clinic, List<Actor> therapists, CancellationToken stop)
    {
        await _registry.CheckIns.DrawControlsAsync(clinic, stop);
        await CheckInsAsync(clinic, stop);
        if (_clock.Now.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) return;
        foreach (var (id, person) in _clients.Where(_ => _random.NextDouble() < VisitShare).ToList())
        {
            var therapist = therapists[_random.Next(therapists.Count)];
            var appointment = (await _registry.Clients.BookAsync(therapist, id, new(therapist.Id!.Value), _clock.Now.AddMinutes(30), 60, stop)).Value;
            var extras = new IntakeExtras { Consent = Answer<bool>.Known(true), Pain = Answer<int>.Known(_random.Next(0, 8)), Function = _random.NextDouble() < 0.8 ? Answer<int>.Known(_random.Next(4, 11)) : Answer<int>.Declined };
            await _registry.Intakes.TakeAsync(therapist, appointment, 0, new JsonObject { ["client"] = person["client"]!.DeepClone() }.ToJsonString(), extras, stop);
            _clock.Now = _clock.Now.AddMinutes(35);
            var advised = _random.NextDouble() < 0.85;
            var recorded = await _registry.Sessions.RecordAsync(therapist, new()
            {
                Client = id, Appointment = appointment, StartedAt = _clock.Now, Plan = Pick("plans").ToJsonString(), Advice = advised ? AdviceTaken.Followed : AdviceTaken.Instead,
                Instead = advised ? null : "Shorter, and stopped asking for more pressure.", Price = 45 + (5 * _random.Next(0, 4)),
            }, stop);
            if (recorded.IsDone) _sessions++;
        }

        _clock.Now = new(_clock.Now.UtcDateTime.Date.AddHours(19.5), TimeSpan.Zero);
        await CheckInsAsync(clinic, stop);
    }

    private async Task CheckInsAsync(ClinicId clinic, CancellationToken stop)
    {
        var lease = TimeSpan.FromMinutes(5);
        await _registry.CheckIns.RunAsync(clinic, stop);
        foreach (var message in (await _registry.Outbox.ClaimAsync(clinic, "demo", 200, lease, stop)).Value)
        {
            await _registry.Outbox.BeginAsync(clinic, message.Id, "demo", lease, stop);
            await _registry.Outbox.SentAsync(clinic, message.Id, "demo", stop);
            if (message.Template != Template.CheckIn || _random.NextDouble() > AnswerShare) continue;
            var token = new Keys.LinkToken(message.Link!.Segments[^1]);
            var visit = await _registry.CheckIns.OpenAsync(token, stop);
            var reply = await _registry.CheckIns.AnswerAsync(token, Report(visit.IsDone && visit.Value.Regions.Contains(Touchy)), stop);
            if (!reply.IsDone) continue;
            _answers++;
            if (reply.Value.Alerted) _alerts++;
        }
    }

    /// <summary>The region after whose treatment more is told, so that there is something to see on the boards.</summary>
    private string Touchy => _data["touchy"]!["region"]!.GetValue<string>();

    private CheckInReport Report(bool isTouchy)
    {
        var draw = isTouchy ? 0.55 + (0.45 * _random.NextDouble()) : _random.NextDouble();
        var benefit = _random.NextDouble() < 0.4;
        if (draw < 0.75) return new() { AllFine = true, Benefit = Answer<bool>.Known(benefit), BenefitWords = benefit ? Pick("benefits").GetValue<string>() : null };
        var words = Pick(draw >= 0.98 ? "alarming" : isTouchy ? "touchy-complaints" : "complaints").GetValue<string>();
        return new()
        {
            Complaints = [new(words) { Intensity = Answer<int>.Known(_random.Next(1, 7)), Hours = Answer<double>.Known(_random.Next(2, 48)), Impact = Answer<Impact>.Known(Impact.Some), StillThere = Answer<bool>.Known(draw > 0.9) }],
            Care = Answer<CareSought>.Known(CareSought.None), Benefit = Answer<bool>.Known(benefit),
        };
    }

    private static ClientDetails Details(JsonNode person) => new()
    {
        Name = Text(person, "name"), Email = $"{Text(person, "name").ToLowerInvariant().Replace(' ', '.')}@demo.example",
        BirthDate = DateOnly.ParseExact(Text(person, "born"), "yyyy-MM-dd", CultureInfo.InvariantCulture), Sex = Text(person, "sex") == "female" ? Sex.Female : Sex.Male,
    };

    private JsonNode Pick(string list) => _data[list]!.AsArray() is var items ? items[_random.Next(items.Count)]! : null!;

    private static string Text(JsonNode? node, string key) => node![key]!.GetValue<string>();

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
