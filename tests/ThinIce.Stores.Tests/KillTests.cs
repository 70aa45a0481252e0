using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using ThinIce.Registry;
using ThinIce.Registry.Model;
using ThinIce.TestSupport;

namespace ThinIce.Stores.Tests;

/// <summary>Servers that are killed at seeded moments under load: what was acknowledged is there, events verify, nothing is half done.</summary>
public abstract class KillTests(PostgreSqlServer server, Database database)
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("THINICE_LONG") == "1";

    [Fact]
    public async Task Every_acknowledged_write_is_there_after_each_kill_and_the_events_verify()
    {
        await using var desk = await Desk.NewAsync(database, server);
        var links = await LinksAsync(desk);
        await desk.Registry.DisposeAsync();
        var moments = new Random(20261125);
        var acknowledged = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var kill = 0; kill < (IsLong ? 200 : 20); kill++)
        {
            // On PostgreSQL two servers at once, both killed. Every fifth time already while they start.
            var workers = Enumerable.Range(0, database == Database.PostgreSql ? 2 : 1).Select(_ => new Worker(desk, "load", links)).ToList();
            if (kill % 5 != 4) foreach (var worker in workers) await worker.ReadyAsync();
            await Task.Delay(moments.Next(1, 500));
            var lines = new List<string>();
            foreach (var worker in workers) lines.AddRange(await worker.KillAsync());
            await desk.ReopenAsync();
            await AreThereAsync(desk, lines);
            foreach (var kind in lines.CountBy(l => l.Split(' ')[0])) acknowledged[kind.Key] = acknowledged.GetValueOrDefault(kind.Key) + kind.Value;
            await desk.SoundAsync();
            await desk.Registry.DisposeAsync();
        }

        Assert.All(["client", "session", "erased", "answer"], kind => Assert.True(acknowledged.GetValueOrDefault(kind) > 10, $"only {acknowledged.GetValueOrDefault(kind)} of {kind} were acknowledged: too few to say anything"));
        await desk.ReopenAsync();
    }

    /// <summary>Secrets of check-ins that may be answered now, on the machine's own clock, which the workers go by.</summary>
    private static async Task<string[]> LinksAsync(Desk desk)
    {
        desk.Clock.Now = DateTimeOffset.UtcNow.AddHours(-20);
        await desk.Registry.Clinics.ChangeAsync(desk.Admin, Desk.London with { QuietFrom = new(0, 0), QuietTo = new(0, 0) });
        for (var i = 0; i < 8; i++) await desk.SessionAsync(await desk.ClientAsync($"Asked {i}", $"asked{i}@home.example", new DateOnly(1970, 1, 1).AddDays(i)));
        desk.Clock.Now = DateTimeOffset.UtcNow;
        var links = (await desk.SendAllAsync()).Select(m => m.Token.Value).ToArray();
        Assert.Equal(8, links.Length);
        return links;
    }

    [Fact]
    public async Task Kills_between_the_mail_servers_acceptance_and_our_commit_send_nothing_twice_but_what_is_marked_so()
    {
        await using var desk = await Desk.NewAsync(database, server);
        var messages = IsLong ? 60 : 12;
        desk.Clock.Now = DateTimeOffset.UtcNow.AddDays(-1);
        for (var i = 0; i < messages; i++)
        {
            var appointment = await desk.AppointmentAsync(await desk.ClientAsync($"Client {i}", $"c{i}@home.example", new DateOnly(1980, 1, 1).AddDays(i)));
            await desk.Registry.Clients.ChangeAppointmentAsync(desk.Therapist, appointment, null, DateTimeOffset.UtcNow.AddDays(9), AppointmentState.Booked);
            Assert.True((await desk.Registry.Intakes.InviteAsync(desk.Therapist, appointment, send: true)).IsDone);
        }

        // No quiet hours: this test runs at any hour, on the real clock.
        await desk.Registry.Clinics.ChangeAsync(desk.Admin, Desk.London with { QuietFrom = new(0, 0), QuietTo = new(0, 0) });
        await desk.Registry.DisposeAsync();
        var moments = new Random(5);
        var accepted = new List<string>();
        for (var kill = 0; kill < (IsLong ? 40 : 4); kill++)
        {
            var worker = new Worker(desk, "mail");
            await worker.ReadyAsync();
            await Task.Delay(moments.Next(1, 120));
            accepted.AddRange((await worker.KillAsync()).Where(l => l.StartsWith("accepted ", StringComparison.Ordinal)));
        }

        desk.Clock.Now = DateTimeOffset.UtcNow.AddMinutes(1);
        await desk.ReopenAsync();
        await desk.Registry.Outbox.SettleAsync(desk.Clinic);
        foreach (var unknown in (await desk.Registry.Outbox.ListAsync(desk.Officer)).Value.Where(m => m.State == MessageState.DeliveryUnknown)) await desk.Registry.Outbox.SendAgainAsync(desk.Officer, unknown.Id);
        accepted.AddRange((await desk.SendAllAsync()).Select(m => $"accepted {m.Message.MessageId}"));
        var again = (await desk.Registry.Outbox.ListAsync(desk.Officer)).Value;
        Assert.All(again, m => Assert.Equal(MessageState.Sent, m.State));
        var times = accepted.CountBy(a => a).ToDictionary();
        Assert.Equal(messages, times.Count);
        var twice = again.Where(m => m.SentAgain).Select(m => $"accepted <{m.Id.Value:N}@clinic.example>").ToHashSet();
        Assert.All(times, t => Assert.InRange(t.Value, 1, twice.Contains(t.Key) ? 2 : 1));
        await desk.SoundAsync();
    }

    [Fact]
    public async Task A_file_of_reports_whose_import_is_killed_is_gone_on_with_and_nothing_is_lost_or_doubled()
    {
        await using var desk = await Desk.NewAsync(database, server);
        await desk.Registry.DisposeAsync();
        const int Rows = 1_100;
        var file = Path.Combine(desk.Folder, "reports.csv");
        bool IsBroken(int row) => row % 400 == 7;
        await File.WriteAllLinesAsync(file, Enumerable.Range(1, Rows).Select(i => $"Sore shoulder the day after.,{(IsBroken(i) ? 300 : 20 + (i % 60))},R{i}").Prepend("words,age_years,cross_reference"));
        var (moments, acknowledged) = (new Random(7), 0);
        for (var kill = 0; acknowledged < Rows; kill++)
        {
            Assert.InRange(kill, 0, 50);
            var worker = new Worker(desk, "import", file);
            await worker.ReadyAsync();
            // Later each time, because a process that starts needs a while before its first batch is in.
            await Task.Delay(moments.Next(1, 1_000 + (IsLong ? 100 : 600) * kill));
            acknowledged = (await worker.KillAsync()).Select(l => int.Parse(l.Split(' ')[1], CultureInfo.InvariantCulture)).Append(acknowledged).Max();
        }

        await desk.ReopenAsync();
        await using var db = desk.Registry.Store.Context();
        var kept = await db.Set<CaseRecord>().OrderBy(c => c.Number).Select(c => c.CrossReference).ToListAsync();
        Assert.Equal(Enumerable.Range(1, Rows).Where(i => !IsBroken(i)).Select(i => $"R{i}"), kept);
        await desk.SoundAsync();
    }

    private static async Task AreThereAsync(Desk desk, List<string> lines)
    {
        await using var db = desk.Registry.Store.Context();
        var clients = (await db.Set<ClientRecord>().Select(c => new { c.ClientId, c.ErasedAt }).ToListAsync()).ToDictionary(c => c.ClientId.ToString(), c => c.ErasedAt);
        var sessions = (await db.Set<Session>().Select(s => s.Id).ToListAsync()).Select(s => s.ToString()).ToHashSet();
        var answers = await db.Set<CheckInAnswer>().Select(a => new { a.Id, a.Urgency, IsAlerted = db.Set<Alert>().Any(t => t.AnswerId == a.Id), a.ContactId }).ToListAsync();
        // No half-state: an alarming answer stands with its alert, a calm one without, and what was answered is marked so.
        Assert.All(answers, a => Assert.Equal(a.Urgency is "emergency" or "same-day", a.IsAlerted));
        var answered = (await db.Set<Contact>().Where(c => c.State == ContactState.Answered).Select(c => c.Id).ToListAsync()).ToHashSet();
        Assert.All(answers, a => Assert.Contains(a.ContactId, answered));
        var kept = answers.Select(a => a.Id.ToString()).ToHashSet();
        foreach (var line in lines)
        {
            var id = line.Split(' ')[1];
            Assert.True(line.Split(' ')[0] switch { "client" => clients.ContainsKey(id), "session" => sessions.Contains(id), "answer" => kept.Contains(id), _ => clients[id] is not null }, $"acknowledged and lost: {line}");
        }
    }

    /// <summary>A server in a process of its own.</summary>
    private sealed class Worker
    {
        private static readonly Lazy<string> Bundle = new(() =>
        {
            var path = Path.Combine(Path.GetTempPath(), $"thinice-worker-{Environment.ProcessId}.knowledge");
            File.WriteAllBytes(path, Desk.InUse.Bundle.ToArray());
            return path;
        });

        private readonly Process _process;
        private readonly List<string> _lines = [];
        private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Task _reading;
        private readonly Task<string> _errors;

        public Worker(Desk desk, string mode, params string[] links)
        {
            var program = Path.Combine(Repository.Root, "tests", "StoreWorker", "bin", "Release", "net10.0", "StoreWorker.dll");
            _process = Process.Start(new ProcessStartInfo("dotnet", [program, desk.Options.DataFolder, desk.Options.PostgreSql ?? "-", Bundle.Value, desk.Clinic.ToString(), desk.Therapist.Id.ToString()!, mode, .. links]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            _errors = _process.StandardError.ReadToEndAsync();
            _reading = ReadAsync();
        }

        public async Task ReadyAsync()
        {
            await Task.WhenAny(_ready.Task, _reading);
            if (!_ready.Task.IsCompleted) Assert.Fail($"the worker ended by itself: {await _errors}");
        }

        /// <summary>Kills it as a power cut would, and hands back what it had acknowledged.</summary>
        public async Task<IReadOnlyList<string>> KillAsync()
        {
            Assert.False(_process.HasExited, "the worker ended by itself");
            _process.Kill();
            await _process.WaitForExitAsync();
            await _reading;
            _process.Dispose();
            return _lines;
        }

        private async Task ReadAsync()
        {
            while (await _process.StandardOutput.ReadLineAsync() is { } line)
            {
                // A line that the kill cut off was not acknowledged.
                if (line == "ready") _ready.TrySetResult();
                else if (line.StartsWith("accepted ", StringComparison.Ordinal) ? line.EndsWith('>') : line.Split(' ') is [_, { Length: 36 }]) _lines.Add(line);
            }
        }
    }
}

public sealed class KillsOnSqlite(PostgreSqlServer server) : KillTests(server, Database.Sqlite);

public sealed class KillsOnPostgreSql(PostgreSqlServer server) : KillTests(server, Database.PostgreSql);
