using ThinIce.Core.Contract;
using ThinIce.Knowledge;
using ThinIce.Registry;
using ThinIce.Registry.Imports;
using ThinIce.Registry.Model;

// A server under load, to be killed: writes, and says on standard output what the registry has acknowledged, one line each.
// Arguments: data folder, connection string or -, bundle, clinic, therapist, load, mail or import, secrets of links to check-ins or a file of reports.
if (args is not [var data, var postgreSql, var bundle, var clinicText, var therapistText, var mode, .. var links]) return 64;

var answerer = new Answerer(KnowledgeFolder.Load(bundle), () => new DateOnly(2026, 11, 24));
var options = new RegistryOptions { DataFolder = data, PostgreSql = postgreSql == "-" ? null : postgreSql, PublicUrl = new("https://clinic.example/") };
await using var registry = await ClinicRegistry.OpenAsync(options, new(answerer, ReadOnlyMemory<byte>.Empty));
var clinic = new ClinicId(Guid.Parse(clinicText));
var therapist = Actor.Staff(clinic, new(Guid.Parse(therapistText)));
var output = new Lock();
// Warm before it says so: a server that is killed while it compiles its first act has written nothing.
if (mode == "load")
{
    await OneAsync("warm", 0);
    await AnswerAsync(0);
}

Say("ready");
await (mode == "import" ? ImportAsync() : mode == "mail" ? MailAsync() : Task.WhenAll([.. Enumerable.Range(0, 2).Select(LoadAsync), .. Enumerable.Range(0, 4).Select(AnswersAsync)]));
return 0;

async Task LoadAsync(int writer)
{
    for (var i = 0; ; i++) await OneAsync($"{writer}", i);
}

// Several at once, so that they share transactions as in the evening.
async Task AnswersAsync(int writer)
{
    for (var i = writer; ; i += 4) await AnswerAsync(i);
}

async Task AnswerAsync(int i)
{
    var once = new AnswerId(Guid.NewGuid());
    CheckInReport report = i % 3 == 0 ? new() { Complaints = [new("left arm weak and speech slurred")] } : new() { AllFine = true };
    if ((await registry.CheckIns.AnswerAsync(new(links[i % links.Length]), report, once)) is { IsDone: false } refused) throw new InvalidOperationException(refused.Problems[0].Code);
    Say($"answer {once}");
}

async Task OneAsync(string writer, int i)
{
    var client = (await registry.Clients.AddAsync(therapist, new() { Name = $"Client {writer} {i}", Email = $"c{writer}x{i}@home.example" })).Value;
    Say($"client {client}");
    var session = (await registry.Sessions.RecordAsync(therapist, new() { Client = client, StartedAt = DateTimeOffset.UtcNow, Plan = """{"technique":"swedish massage","regions":["back"],"pressure":"moderate","minutes":60}""", Noticed = "Nothing." })).Value;
    Say($"session {session.Id}");
    if (i % 3 == 0 && (await registry.Privacy.EraseAsync(Actor.Operator(clinic), client)).IsDone) Say($"erased {client}");
}

async Task ImportAsync()
{
    var file = ReportFile.Open(links[0]).Value;
    var taken = await registry.CaseFiles.TakeAsync(Actor.Operator(clinic), file, ReportMap.Guess(file.Columns), resume: true, _ => { }, (rows, _) => Say($"rows {rows:D36}"));
    // It waits to be killed, as after the last batch.
    if (taken.IsDone) Say($"rows {taken.Value.Rows:D36}");
    await Task.Delay(Timeout.Infinite);
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
