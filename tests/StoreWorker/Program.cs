using ThinIce.Core.Contract;
using ThinIce.Knowledge;
using ThinIce.Registry;
using ThinIce.Registry.Model;
using ThinIce.Web;
using ThinIce.Web.Delivery;

// A server under load, to be killed: writes, and says on standard output what the registry has acknowledged, one line each.
// Arguments: data folder, connection string or -, bundle, clinic, therapist, load, mail, or the address of a mail server.
if (args is not [var data, var postgreSql, var bundle, var clinicText, var therapistText, var mode]) return 64;

var answerer = new Answerer(KnowledgeFolder.Load(bundle), () => new DateOnly(2026, 11, 24));
var options = new RegistryOptions { DataFolder = data, PostgreSql = postgreSql == "-" ? null : postgreSql, PublicUrl = new("https://clinic.example/") };
await using var registry = await ClinicRegistry.OpenAsync(options, new(answerer, ReadOnlyMemory<byte>.Empty));
var clinic = new ClinicId(Guid.Parse(clinicText));
var therapist = Actor.Staff(clinic, new(Guid.Parse(therapistText)));
var output = new Lock();
await using var site = mode == "load" ? WebHost.Create(answerer, "http://127.0.0.1:0", registry) : null;
if (site is not null) await site.StartAsync();
using var http = new HttpClient { BaseAddress = new(site?.Urls.First() ?? "http://localhost") };
// Warm before it says so: a server that is killed while it compiles its first act has written nothing.
if (mode == "load") await OneAsync("warm", 0);
Say("ready");
await (mode == "mail" ? MailAsync() : mode.StartsWith("smtp:", StringComparison.Ordinal) ? DeliverAsync() : Task.WhenAll(Enumerable.Range(0, 4).Select(LoadAsync)));
return 0;

async Task LoadAsync(int writer)
{
    for (var i = 0; ; i++) await OneAsync($"{writer}", i);
}

async Task OneAsync(string writer, int i)
{
    var client = (await registry.Clients.AddAsync(therapist, new() { Name = $"Client {writer} {i}", Email = $"c{writer}x{i}@home.example" })).Value;
    Say($"client {client}");
    var session = (await registry.Sessions.RecordAsync(therapist, new() { Client = client, StartedAt = DateTimeOffset.UtcNow.AddHours(-20), Plan = """{"technique":"swedish massage","regions":["back"],"pressure":"moderate","minutes":60}""", Noticed = "Nothing." })).Value;
    Say($"session {session.Id}");
    if (writer != "warm") await AnswerAsync();
    if (i % 4 == 3 && (await registry.Privacy.EraseAsync(Actor.Operator(clinic), client)).IsDone) Say($"erased {client}");
}

// As a browser does it: the page of a check-in, sent; said only when the server has answered that it is kept.
async Task AnswerAsync()
{
    await registry.CheckIns.RunAsync(clinic);
    foreach (var message in (await registry.Outbox.ClaimAsync(clinic, $"server {Environment.ProcessId}", 2, TimeSpan.FromMinutes(5))).Value.Where(m => m.Template == Template.CheckIn))
    {
        var once = Guid.NewGuid();
        using var form = new FormUrlEncodedContent([new("once", once.ToString()), new("go", "send"), new("sign", "sore muscles"), new("benefit", "yes")]);
        using var reply = await http.PostAsync(message.Link!.AbsolutePath, form);
        if (reply.IsSuccessStatusCode) Say($"answer {once}");
    }
}

// Against a real mail server, whose address is the mode.
async Task DeliverAsync()
{
    using var worker = DeliveryHosting.Alone(registry, new() { Folder = Path.Combine(data, "outbox"), Smtp = new(mode), Lease = TimeSpan.FromSeconds(2), Patience = TimeSpan.FromSeconds(1) }, TimeProvider.System);
    for (; ; await Task.Delay(20)) await worker.RoundAsync();
}

async Task MailAsync()
{
    var (holder, lease) = ($"server {Environment.ProcessId}", TimeSpan.FromSeconds(2));
    while (true)
    {
        await registry.Outbox.SettleAsync(clinic);
        foreach (var message in (await registry.Outbox.ClaimAsync(clinic, holder, 5, lease)).Value)
        {
            if (!(await registry.Outbox.BeginAsync(clinic, message.Id, holder, lease)).IsDone) continue;
            // Here the mail server takes it. Between this and the next line nobody can know.
            Say($"accepted {message.MessageId}");
            await registry.Outbox.SentAsync(clinic, message.Id, holder);
        }

        await Task.Delay(20);
    }
}

void Say(string line)
{
    lock (output)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
