using System.Text;
using Microsoft.EntityFrameworkCore;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Registry;
using ThinIce.Registry.Events;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Stores.Tests;

/// <summary>Names, contacts and words: encrypted, erased for good, and nowhere they do not belong.</summary>
public abstract class PrivacyTests(PostgreSqlServer server, Database database)
{
    /// <summary>Words that only the person or the therapist wrote; none of them may be readable in the database.</summary>
    private static readonly string[] Words = ["Quillfeather", "mira@home", "7700900123", "1980-05-17", "zanzibar", "hummingbird", "marmalade"];

    [Fact]
    public async Task Nothing_that_names_or_quotes_a_person_is_readable_in_the_database()
    {
        await using var desk = await Desk.NewAsync(database, server);
        await LifeAsync(desk);
        var dump = await DumpAsync(desk);
        Assert.All(Words, word => Assert.DoesNotContain(word, dump, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("warfarin", dump, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erasure_leaves_band_month_and_codes_and_every_event_still_verifies()
    {
        await using var desk = await Desk.NewAsync(database, server);
        var client = await LifeAsync(desk);
        await desk.Registry.Privacy.RedactAsync(desk.Officer, client, null, "A woman in her forties bruised after firm work on the back.");
        var events = (await desk.SoundAsync()).Events;
        Assert.True((await desk.Registry.Privacy.EraseAsync(desk.Officer with { Why = "She asked." }, client)).IsDone);
        Assert.True((await desk.SoundAsync()).Events > events);
        await using var db = desk.Registry.Store.Context();
        var left = await db.Set<ClientRecord>().SingleAsync();
        Assert.Equal((40, Sex.Female, null, null), (left.AgeBand, left.Sex, left.Name, left.EmailIndex));
        var session = await db.Set<Session>().SingleAsync();
        Assert.Equal((new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), null), (session.StartedAt, session.Asked));
        Assert.Contains("warfarin", session.Coded, StringComparison.Ordinal);
        Assert.Equal("A woman in her forties bruised after firm work on the back.", (await db.Set<Redaction>().SingleAsync()).Text);
        Assert.Empty(await db.Set<Appointment>().ToListAsync());
        Assert.Empty(await db.Set<Message>().Where(m => m.ClientId != null).ToListAsync());
        Assert.Equal("erased", (await desk.Registry.Clients.ReadAsync(desk.Therapist, client)).Problems[0].Code);
        Assert.Equal("erased", (await desk.Registry.Privacy.EraseAsync(desk.Officer, client)).Problems[0].Code);
    }

    [Fact]
    public async Task Erasure_holds_after_an_older_backup_is_put_back()
    {
        await using var desk = await Desk.NewAsync(database, server);
        var client = await LifeAsync(desk);
        var other = await desk.ClientAsync("Otto Undisturbed", "otto@home.example", new(1970, 1, 1));
        var backup = Path.Combine(desk.Folder, "older.backup");
        Assert.True((await Backups.TakeAsync(desk.Registry, backup)).IsSound);
        await desk.Registry.Privacy.EraseAsync(desk.Officer, client);
        await desk.Registry.DisposeAsync();
        var restored = await Backups.RestoreAsync(desk.Options, backup, replace: true);
        Assert.True(restored.IsSound);
        await desk.ReopenAsync();
        Assert.Equal("erased", (await desk.Registry.Clients.ReadAsync(desk.Therapist, client)).Problems[0].Code);
        Assert.Equal("Otto Undisturbed", (await desk.Registry.Clients.ReadAsync(desk.Therapist, other)).Value.Details.Name);
        await using var db = desk.Registry.Store.Context();
        Assert.Null(await db.Set<ThinIce.Registry.Model.PersonKey>().FirstOrDefaultAsync(k => k.Subject == client.Value));
        await desk.SoundAsync();
    }

    [Fact]
    public async Task A_crash_between_the_ledger_and_the_database_is_finished_at_the_next_start()
    {
        await using var desk = await Desk.NewAsync(database, server);
        var client = await LifeAsync(desk);
        Registry.Keys.ErasureLedger.Add(desk.Registry.Ring.Masters.Ledger, new Registry.Keys.ErasedLine(client.Value, desk.Clinic.Value, desk.Clock.Now));
        File.AppendAllText(desk.Registry.Ring.Masters.Ledger, "{\"torn");
        await desk.ReopenAsync();
        Assert.Equal("erased", (await desk.Registry.Clients.ReadAsync(desk.Therapist, client)).Problems[0].Code);
        await desk.SoundAsync();
    }

    [Fact]
    public async Task Rotation_wraps_every_key_anew_and_changes_no_word()
    {
        await using var desk = await Desk.NewAsync(database, server);
        var client = await LifeAsync(desk);
        var old = desk.Registry.Ring.Masters.CurrentId;
        Assert.True(await desk.Registry.Privacy.RotateAsync(forgetOld: true) >= 6);
        Assert.False(File.Exists(desk.Registry.Ring.Masters.FileOf(old)));
        await desk.ReopenAsync();
        Assert.Equal("Mira Quillfeather", (await desk.Registry.Clients.ReadAsync(desk.Therapist, client)).Value.Details.Name);
        await desk.SoundAsync();
    }

    [Fact]
    public async Task Without_its_master_key_a_registry_says_which_file_is_missing()
    {
        await using var desk = await Desk.NewAsync(database, server);
        await desk.ClientAsync();
        await desk.Registry.DisposeAsync();
        var masters = desk.Registry.Ring.Masters;
        var file = masters.FileOf(masters.CurrentId);
        File.Move(file, file + ".away");
        var missing = await Assert.ThrowsAsync<RegistryException>(() => ClinicRegistry.OpenAsync(desk.Options));
        Assert.Equal((Problems.NoKey, file), (missing.Problem.Code, missing.Problem.Path));
        File.Move(file + ".away", file);
        await desk.ReopenAsync();
        await desk.SoundAsync();
    }

    [Fact]
    public async Task A_record_is_kept_while_it_is_held_and_while_the_place_wants_it_kept()
    {
        await using var desk = await Desk.NewAsync(database, server, Desk.London with { RetentionYears = 7 });
        var client = await desk.ClientAsync();
        await desk.SessionAsync(client);
        var refused = await desk.Registry.Privacy.EraseAsync(desk.Officer, client);
        Assert.Contains("2033-11-24", Assert.Single(refused.Problems).Message, StringComparison.Ordinal);
        var hold = (await desk.Registry.Privacy.HoldAsync(desk.Officer, client, desk.Clock.Now.AddYears(9))).Value;
        Assert.Equal(Problems.Held, (await desk.Registry.Privacy.EraseAsync(desk.Officer, client, despiteRetention: true)).Problems[0].Code);
        desk.Clock.Now = desk.Clock.Now.AddYears(8);
        Assert.Empty(await desk.Registry.Privacy.ExpiredAsync(desk.Clinic));
        Assert.True((await desk.Registry.Privacy.LiftAsync(desk.Officer, hold)).IsDone);
        Assert.Equal([client], await desk.Registry.Privacy.ExpiredAsync(desk.Clinic));
        Assert.True((await desk.Registry.Privacy.EraseAsync(desk.Officer, client)).IsDone);
        Assert.Empty(await desk.Registry.Privacy.ExpiredAsync(desk.Clinic));
    }

    [Fact]
    public async Task A_person_gets_everything_that_is_kept_and_a_list_of_who_read_it()
    {
        await using var desk = await Desk.NewAsync(database, server);
        var client = await LifeAsync(desk);
        await desk.Registry.Clients.ReadAsync(desk.Therapist, client);
        var export = (await desk.Registry.Privacy.ExportAsync(desk.Officer, client)).Value;
        Assert.All(["Mira Quillfeather", "mira@home.example", "zanzibar", "hummingbird", "marmalade"], word => Assert.Contains(word, export, StringComparison.Ordinal));
        var access = (await desk.Registry.Privacy.AccessAsync(desk.Officer, client)).Value;
        Assert.Contains(access, a => a.Type == EventTypes.RecordRead.Name && a.ActorId == desk.Therapist.Id);
        Assert.Contains(access, a => a.Type == EventTypes.RecordExported.Name && a.ActorId == desk.Officer.Id);
    }

    [Fact]
    public async Task A_redaction_that_still_names_the_person_is_refused()
    {
        await using var desk = await Desk.NewAsync(database, server);
        var client = await desk.ClientAsync();
        Assert.Equal("text", (await desk.Registry.Privacy.RedactAsync(desk.Officer, client, null, "Then quillfeather fainted.")).Problems[0].Path);
    }

    [Fact]
    public async Task No_refusal_and_no_failure_repeats_what_somebody_wrote()
    {
        await using var desk = await Desk.NewAsync(database, server);
        var client = await desk.ClientAsync("Mira Quillfeather");
        var told = new List<string>();
        told.AddRange((await desk.Registry.Clients.AddAsync(desk.Therapist, new() { Name = "Mira Quillfeather", BirthDate = new(1980, 5, 17), Email = "zanzibar" })).Problems.Select(p => p.ToString()));
        told.AddRange((await desk.Registry.Clients.AddAsync(desk.Therapist, new() { Name = "Mira Quillfeather", BirthDate = new(1980, 5, 17) })).Problems.Select(p => p.ToString()));
        told.AddRange((await desk.Registry.Sessions.RecordAsync(desk.Therapist, new() { Client = client, StartedAt = desk.Clock.Now, Plan = """{"technique":"marmalade","pressure":"hummingbird"}""" })).Problems.Select(p => p.ToString()));
        told.AddRange(desk.Registry.Imports.Preview("Name;Email\nMira Quillfeather;zanzibar\n"u8, Registry.Imports.ImportKind.Clients).Value.Rejected.Select(r => r.Problem.ToString()));
        // A constraint of the database itself, hit on purpose: what it says must not hold the row's values.
        var failure = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var db = desk.Registry.Store.Context();
            var link = new Link { Id = new(Guid.NewGuid()), ClinicId = desk.Clinic, ClientId = new(Guid.NewGuid()), TokenHash = Encoding.UTF8.GetBytes("marmalade") };
            db.Add(link);
            await db.SaveChangesAsync();
        });
        told.Add(failure.ToString());
        Assert.True(told.Count >= 5);
        Assert.All(told, text => Assert.All(Words, word => Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase)));
        Assert.All(told, text => Assert.DoesNotContain(Convert.ToHexString(Encoding.UTF8.GetBytes("marmalade")), text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Secrets_and_addresses_are_hidden_from_whatever_prints_them()
    {
        await using var desk = await Desk.NewAsync(database, server);
        var invitation = (await desk.Registry.Intakes.InviteAsync(desk.Therapist, await desk.AppointmentAsync(await desk.ClientAsync()), send: true)).Value;
        var message = Assert.Single((await desk.Registry.Outbox.ClaimAsync(desk.Clinic, "server", 10, TimeSpan.FromMinutes(1))).Value);
        Assert.DoesNotContain(invitation.Token.Value, $"{invitation}{message}{invitation.Token}", StringComparison.Ordinal);
        Assert.DoesNotContain("mira", $"{message}", StringComparison.Ordinal);
        Assert.DoesNotContain(invitation.Token.Value, await DumpAsync(desk), StringComparison.Ordinal);
        Assert.EndsWith(invitation.Token.Value, message.Link!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Only_the_owner_can_read_the_files()
    {
        await using var desk = await Desk.NewAsync(database, server);
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        var files = Directory.EnumerateFileSystemEntries(desk.Options.DataFolder, "*", SearchOption.AllDirectories).Append(desk.Options.DataFolder).ToList();
        Assert.True(files.Count >= 4);
        Assert.All(files, f => Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(f) & others));
    }

    /// <summary>A client with intake, session, check-in and answer, all with words of their own.</summary>
    private static async Task<ClientId> LifeAsync(Desk desk)
    {
        var client = await desk.ClientAsync();
        var appointment = await desk.AppointmentAsync(client);
        await desk.Registry.Intakes.TakeAsync(desk.Therapist, appointment, 0, """{"client":{"medicines":["warfarin since zanzibar"],"conditions":[]}}""", new() { Consent = Answer<bool>.Known(true) });
        await desk.Registry.Sessions.RecordAsync(desk.Therapist with { Why = "marmalade" }, new() { Client = client, Appointment = appointment, StartedAt = desk.Clock.Now, Plan = Desk.Plan(), Noticed = "hummingbird" });
        desk.Clock.Now = desk.Clock.Now.AddHours(10);
        var (_, token) = Assert.Single(await desk.SendAllAsync());
        Assert.True((await desk.Registry.CheckIns.AnswerAsync(token, new() { Complaints = [new("bruise like marmalade")], BenefitWords = "hummingbird" })).IsDone);
        return client;
    }

    /// <summary>Every column of every table as text, bytes as text too.</summary>
    private static async Task<string> DumpAsync(Desk desk)
    {
        var text = new StringBuilder();
        await using var db = desk.Registry.Store.Context();
        await db.Database.OpenConnectionAsync();
        foreach (var table in db.Model.GetEntityTypes().Select(t => t.GetTableName()).Where(t => t != "bundle_bytes"))
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM {table}";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                for (var i = 0; i < reader.FieldCount; i++)
                    text.Append(reader.GetValue(i) is byte[] bytes ? Encoding.UTF8.GetString(bytes) : reader.GetValue(i)).Append('\n');
        }

        return text.ToString();
    }
}

public sealed class PrivacyOnSqlite(PostgreSqlServer server) : PrivacyTests(server, Database.Sqlite);

public sealed class PrivacyOnPostgreSql(PostgreSqlServer server) : PrivacyTests(server, Database.PostgreSql);
