using System.Net;
using System.Text.Json;
using ThinIce.Registry;
using ThinIce.Registry.Model;
using ThinIce.Web.Delivery;

namespace ThinIce.Stores.Tests;

/// <summary>Messages on their way, over a real mail server: none lost, and one for each check-in but where nobody can know.</summary>
public abstract class DeliveryTests(PostgreSqlServer server, Database database)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_check_in_goes_out_once_names_no_health_fact_and_can_be_stopped_by_the_mail_programs_own_button()
    {
        await using var desk = await DueAsync();
        await using var mail = new MailServer();
        using var worker = Worker(desk, mail);
        Assert.Equal(1, await worker.RoundAsync(Cancel));
        Assert.Equal(0, await worker.RoundAsync(Cancel));
        var sent = Assert.Single(mail.Taken);
        Assert.Equal("How are you after your visit to Harbour Massage?", MailServer.Header(sent, "Subject"));
        Assert.Contains("mira@home.example", MailServer.Header(sent, "To"), StringComparison.Ordinal);
        Assert.Contains("@clinic.example>", MailServer.Header(sent, "Message-Id"), StringComparison.Ordinal);
        Assert.Matches("^<https://clinic.example/stop/[\\w-]{43}>$", MailServer.Header(sent, "List-Unsubscribe"));
        Assert.Equal("List-Unsubscribe=One-Click", MailServer.Header(sent, "List-Unsubscribe-Post"));
        Assert.Matches("https://clinic.example/check-in/[\\w-]{43}", sent.Replace("=\r\n", "", StringComparison.Ordinal));
        // The words of the mail, without its addresses, whose secrets may spell anything.
        var words = System.Text.RegularExpressions.Regex.Replace(sent.Split("\r\n\r\n", 2)[1].Replace("=\r\n", "", StringComparison.Ordinal), "https://\\S+", "");
        foreach (var fact in new[] { "Mira", "Quillfeather", "pain", "back", "pressure", "swedish", "session", "treatment" }) Assert.DoesNotContain(fact, words, StringComparison.OrdinalIgnoreCase);
        await CountsAsync(desk, MessageState.Sent, sentAgain: 0);
    }

    [Fact]
    public async Task While_the_mail_server_is_down_or_busy_messages_wait_and_go_when_it_is_back()
    {
        await using var desk = await DueAsync();
        await using var mail = new MailServer();
        using var worker = Worker(desk, mail);
        mail.GoDown();
        Assert.Equal(0, await worker.RoundAsync(Cancel));
        mail.ComeBack();
        mail.Manner = Manner.Busy;
        desk.Clock.Now = desk.Clock.Now.AddMinutes(1);
        Assert.Equal(0, await worker.RoundAsync(Cancel));
        mail.Manner = Manner.HangsUp;
        desk.Clock.Now = desk.Clock.Now.AddMinutes(2);
        Assert.Equal(0, await worker.RoundAsync(Cancel));
        await CountsAsync(desk, MessageState.Waiting, sentAgain: 0);
        mail.Manner = Manner.Takes;
        desk.Clock.Now = desk.Clock.Now.AddMinutes(4);
        Assert.Equal(1, await worker.RoundAsync(Cancel));
        Assert.Single(mail.Taken);
        await CountsAsync(desk, MessageState.Sent, sentAgain: 0);
    }

    [Fact]
    public async Task An_address_that_is_refused_for_good_is_not_tried_again()
    {
        await using var desk = await DueAsync();
        await using var mail = new MailServer { Manner = Manner.Refuses };
        using var worker = Worker(desk, mail);
        await worker.RoundAsync(Cancel);
        desk.Clock.Now = desk.Clock.Now.AddHours(1);
        Assert.Equal(0, await worker.RoundAsync(Cancel));
        Assert.Empty(mail.Taken);
        await CountsAsync(desk, MessageState.Failed, sentAgain: 0);
    }

    [Fact]
    public async Task A_mail_server_that_hangs_up_after_the_mail_leaves_delivery_unknown_and_the_mail_goes_once_more_with_the_same_message_id()
    {
        await using var desk = await DueAsync();
        await using var mail = new MailServer { Manner = Manner.TakesAndHangsUp };
        using var worker = Worker(desk, mail);
        await worker.RoundAsync(Cancel);
        await CountsAsync(desk, MessageState.HandingOver, sentAgain: 0);
        desk.Clock.Now = desk.Clock.Now.AddMinutes(6);
        await desk.Registry.Outbox.SettleAsync(desk.Clinic, Cancel);
        await CountsAsync(desk, MessageState.DeliveryUnknown, sentAgain: 0);
        await worker.RoundAsync(Cancel);
        // And once more nobody says anything: that was the last time.
        desk.Clock.Now = desk.Clock.Now.AddMinutes(6);
        await worker.RoundAsync(Cancel);
        desk.Clock.Now = desk.Clock.Now.AddMinutes(6);
        await worker.RoundAsync(Cancel);
        Assert.Equal(2, mail.Taken.Count);
        Assert.Single(mail.MessageIds.Distinct());
        await CountsAsync(desk, MessageState.DeliveryUnknown, sentAgain: 1);
    }

    [Fact]
    public async Task Two_servers_on_one_database_send_one_mail_to_each_check_in()
    {
        await using var desk = await Desk.NewAsync(database, server);
        for (var i = 0; i < 12; i++) await desk.SessionAsync(await desk.ClientAsync($"Client {i}", $"c{i}@home.example", new(1980, 1, 1 + i)));
        desk.Clock.Now = desk.Clock.Now.AddHours(10);
        await using var other = database == Database.PostgreSql ? await ClinicRegistry.OpenAsync(desk.Options, Desk.InUse, Cancel) : null;
        await using var mail = new MailServer { Thinks = TimeSpan.FromMilliseconds(5) };
        using var one = Worker(desk, mail);
        using var two = DeliveryHosting.Alone(other ?? desk.Registry, Options(desk, mail), desk.Clock);
        await Task.WhenAll(Task.Run(() => one.RoundAsync(Cancel), Cancel), Task.Run(() => two.RoundAsync(Cancel), Cancel));
        await one.RoundAsync(Cancel);
        Assert.Equal(12, mail.Taken.Count);
        Assert.Equal(12, mail.MessageIds.Distinct().Count());
        await desk.SoundAsync();
    }

    [Fact]
    public async Task Nothing_goes_out_in_quiet_hours_also_on_the_night_the_clock_is_put_back()
    {
        // On 25 October 2026 at two in the morning the clock of London goes back to one.
        await using var desk = await Desk.NewAsync(database, server, Desk.London with { QuietFrom = new(20, 0), QuietTo = new(8, 0) });
        desk.Clock.Now = new(2026, 10, 24, 17, 0, 0, TimeSpan.Zero);
        await desk.SessionAsync(await desk.ClientAsync());
        await using var mail = new MailServer();
        using var worker = Worker(desk, mail);
        var hours = new List<int>();
        for (var at = desk.Clock.Now; at < new DateTimeOffset(2026, 10, 25, 12, 0, 0, TimeSpan.Zero); at = at.AddMinutes(30))
        {
            desk.Clock.Now = at;
            if (await worker.RoundAsync(Cancel) > 0) hours.Add(TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById("Europe/London")).Hour);
        }

        Assert.Equal([8], hours);
        Assert.Single(mail.Taken);
    }

    [Fact]
    public async Task Without_a_mail_server_mails_become_files_and_so_do_text_messages()
    {
        await using var desk = await DueAsync();
        var by = await desk.Registry.Clients.AddAsync(desk.Therapist, new() { Name = "Tess Text", Phone = "+44 7700 900999" }, Cancel);
        await desk.SessionAsync(by.Value);
        desk.Clock.Now = desk.Clock.Now.AddHours(14);
        using var worker = Worker(desk, null);
        Assert.Equal(2, await worker.RoundAsync(Cancel));
        var folder = Path.Combine(desk.Folder, "outbox");
        Assert.Contains("Subject: How are you", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(folder, "*.eml")), Cancel), StringComparison.Ordinal);
        Assert.Contains("https://clinic.example/check-in/", await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(folder, "*.txt")), Cancel), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) foreach (var file in Directory.GetFiles(folder)) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task A_text_message_goes_to_the_webhook_with_its_token_and_an_id_to_know_it_by()
    {
        await using var desk = await Desk.NewAsync(database, server);
        var client = await desk.Registry.Clients.AddAsync(desk.Therapist, new() { Name = "Tess Text", Phone = "+44 7700 900999" }, Cancel);
        await desk.SessionAsync(client.Value);
        desk.Clock.Now = desk.Clock.Now.AddHours(10);
        using var hook = new HttpListener();
        var port = FreePort();
        hook.Prefixes.Add($"http://127.0.0.1:{port}/");
        hook.Start();
        var got = Task.Run(async () =>
        {
            var call = await hook.GetContextAsync();
            using var json = await JsonDocument.ParseAsync(call.Request.InputStream);
            call.Response.StatusCode = 202;
            call.Response.Close();
            return (Token: call.Request.Headers["Authorization"], Key: call.Request.Headers["Idempotency-Key"], Body: json.RootElement.Clone());
        }, Cancel);
        using var worker = DeliveryHosting.Alone(desk.Registry, Options(desk, null) with { Sms = new($"http://127.0.0.1:{port}/"), SmsToken = "secret" }, desk.Clock);
        Assert.Equal(1, await worker.RoundAsync(Cancel));
        var (token, key, body) = await got;
        Assert.Equal(("Bearer secret", "+447700900999"), (token, body.GetProperty("to").GetString()));
        Assert.Equal(key, body.GetProperty("id").GetString());
        Assert.Contains("https://clinic.example/check-in/", body.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_public_address_clients_wait_and_staff_are_told_of_alerts_all_the_same()
    {
        await using var desk = await DueAsync();
        var token = Assert.Single(await desk.SendAllAsync()).Token;
        Assert.True((await desk.Registry.CheckIns.AnswerAsync(token, new() { Complaints = [new("my speech is slurred and my left arm is weak")] }, Cancel)).Value.Alerted);
        desk.Clock.Now = desk.Clock.Now.AddDays(3);
        await desk.Registry.CheckIns.RunAsync(desk.Clinic, Cancel);
        await using var blind = await ClinicRegistry.OpenAsync(desk.Options with { PublicUrl = null }, Desk.InUse, Cancel);
        await using var mail = new MailServer();
        desk.Clock.Now = desk.Clock.Now.AddDays(-2.9);
        using var worker = DeliveryHosting.Alone(blind, Options(desk, mail), desk.Clock);
        await worker.RoundAsync(Cancel);
        Assert.NotEmpty(mail.Taken);
        Assert.All(mail.Taken, m => Assert.Equal("Harbour Massage: somebody needs a call", MailServer.Header(m, "Subject")));
        desk.Clock.Now = desk.Clock.Now.AddDays(2.9);
        using var seeing = Worker(desk, mail);
        await seeing.RoundAsync(Cancel);
        Assert.Contains(mail.Taken, m => MailServer.Header(m, "Subject").StartsWith("How are you", StringComparison.Ordinal));
    }

    /// <summary>A clinic with one check-in due in the evening.</summary>
    private async Task<Desk> DueAsync()
    {
        var desk = await Desk.NewAsync(database, server);
        await desk.SessionAsync(await desk.ClientAsync());
        desk.Clock.Now = desk.Clock.Now.AddHours(9.2);
        return desk;
    }

    private static DeliveryWorker Worker(Desk desk, MailServer? mail) => DeliveryHosting.Alone(desk.Registry, Options(desk, mail), desk.Clock);

    private static DeliveryOptions Options(Desk desk, MailServer? mail) => new() { Folder = Path.Combine(desk.Folder, "outbox"), Smtp = mail?.Address, From = "no-reply@clinic.example", Patience = TimeSpan.FromSeconds(20) };

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task CountsAsync(Desk desk, MessageState state, int sentAgain)
    {
        var count = await desk.Registry.Outbox.CountAsync(desk.Clinic);
        Assert.Equal((1, sentAgain), (count.States.GetValueOrDefault(state), count.SentAgain));
        await desk.SoundAsync();
    }
}

public sealed class DeliveryOnSqlite(PostgreSqlServer server) : DeliveryTests(server, Database.Sqlite);

public sealed class DeliveryOnPostgreSql(PostgreSqlServer server) : DeliveryTests(server, Database.PostgreSql);
