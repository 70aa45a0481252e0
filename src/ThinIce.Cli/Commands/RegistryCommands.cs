using System.CommandLine;

namespace ThinIce.Cli.Commands;

/// <summary>
/// The verbs that look after the registry: verify, backup, restore, erase, keys, demo, password-link, import, export, registry. Here are only their words; what they
/// do is in <see cref="RegistryVerbs"/>, so that verbs which need no database load none.
/// </summary>
internal static class RegistryCommands
{
    public static IEnumerable<Command> Create() => [Verify(), Backup(), Restore(), Erase(), Keys(), Demo(), Password(), Import(), Export(), Docs()];

    private static Command Verify()
    {
        var command = new Command("verify", "Check that the events of the registry are whole, and that its state is what they say");
        var place = new Place(command);
        command.SetAction((parsed, stop) => RegistryVerbs.VerifyAsync(place.Of(parsed), stop));
        return command;
    }

    private static Command Backup()
    {
        var file = new Argument<string>("FILE") { Description = "The backup to write" };
        var command = new Command("backup", "Copy the registry while it is in use, and check the copy. Master keys are not in it") { file };
        var place = new Place(command);
        command.SetAction((parsed, stop) => RegistryVerbs.BackupAsync(place.Of(parsed), parsed.GetValue(file)!, stop));
        return command;
    }

    private static Command Restore()
    {
        var file = new Argument<string>("FILE") { Description = "The backup to put back" };
        var replace = new Option<bool>("--replace") { Description = "Put it in the place of the registry that is there" };
        var check = new Option<bool>("--check") { Description = "Only check the backup" };
        var command = new Command("restore", "Check a backup and put it back. Whoever was erased since is erased again") { file, replace, check };
        var place = new Place(command);
        command.SetAction((parsed, stop) => RegistryVerbs.RestoreAsync(place.Of(parsed), parsed.GetValue(file)!, parsed.GetValue(replace), parsed.GetValue(check), stop));
        return command;
    }

    private static Command Erase()
    {
        var clinic = new Option<Guid?>("--clinic") { Description = "Id of the clinic" };
        var client = new Option<Guid?>("--client") { Description = "Id of the client to erase, for good" };
        var why = new Option<string?>("--why") { Description = "Reason, for the event" };
        var despite = new Option<bool>("--despite-retention") { Description = "Although the clinic's retention period runs" };
        var expired = new Option<bool>("--expired") { Description = "Erase everybody whose retention period has passed" };
        var command = new Command("erase", "Erase a person for good: names and words become unreadable, in restored backups too") { clinic, client, why, despite, expired };
        command.Validators.Add(result =>
        {
            if (result.GetValue(expired) == (result.GetValue(client) is not null && result.GetValue(clinic) is not null)) result.AddError("Give --clinic and --client, or --expired.");
        });
        var place = new Place(command);
        command.SetAction((parsed, stop) => parsed.GetValue(expired)
            ? RegistryVerbs.EraseExpiredAsync(place.Of(parsed), stop)
            : RegistryVerbs.EraseAsync(place.Of(parsed), parsed.GetValue(clinic)!.Value, parsed.GetValue(client)!.Value, parsed.GetValue(why), parsed.GetValue(despite), stop));
        return command;
    }

    private static Command Keys()
    {
        var forget = new Option<bool>("--forget-old") { Description = "Destroy the older master keys: nobody can then read backups from before" };
        var rotate = new Command("rotate", "Make a new master key and wrap every key anew with it") { forget };
        var place = new Place(rotate);
        rotate.SetAction((parsed, stop) => RegistryVerbs.RotateAsync(place.Of(parsed), parsed.GetValue(forget), stop));
        return new Command("keys", "Look after the master keys") { rotate };
    }

    private static Command Demo()
    {
        var seed = new Option<int>("--seed") { Description = "The same seed gives the same clinic", DefaultValueFactory = _ => 1 };
        var knowledge = KnowledgeSource.Option();
        var command = new Command("demo", "Fill a registry with a made-up clinic and half a year of its work") { seed, knowledge };
        var place = new Place(command);
        command.SetAction((parsed, stop) => RegistryVerbs.DemoAsync(place.Of(parsed), parsed.GetValue(seed), parsed.GetValue(knowledge), stop));
        return command;
    }

    private static Command Password()
    {
        var email = new Argument<string>("EMAIL") { Description = "Address of somebody on a team" };
        var publicUrl = new Option<Uri?>("--public-url") { Description = "The address people reach the server under" };
        var command = new Command("password-link", "Make a link by which somebody who lost the password sets a new one") { email, publicUrl };
        var place = new Place(command);
        command.SetAction((parsed, stop) => RegistryVerbs.PasswordLinkAsync(place.Of(parsed), parsed.GetValue(email)!, parsed.GetValue(publicUrl), stop));
        return command;
    }

    private static Command Import()
    {
        var file = new Argument<string>("FILE") { Description = "Reports of harm: CSV with headings, or JSON Lines (.jsonl)" };
        var map = new Option<string?>("--map") { Description = "YAML that says what the headings and words of the file mean" };
        var resume = new Option<bool>("--resume") { Description = "Go on with a file that is half in" };
        var command = new Command("import", "Take reports in as cases. Broken rows are kept in FILE.rejected.csv, the good ones beside them are in") { file, map, resume };
        var (clinic, knowledge) = (Clinic(), KnowledgeSource.Option());
        command.Add(clinic);
        command.Add(knowledge);
        var place = new Place(command);
        command.SetAction((parsed, stop) => CaseFileVerbs.ImportAsync(place.Of(parsed), parsed.GetValue(clinic), parsed.GetValue(file)!, parsed.GetValue(map), parsed.GetValue(resume), parsed.GetValue(knowledge), stop));
        return command;
    }

    private static Command Export()
    {
        var format = new Option<string>("--format") { Description = "csv, jsonl or parquet", Required = true };
        format.AcceptOnlyFromAmong("csv", "jsonl", "parquet");
        var to = new Option<string?>("--to") { Description = "File to write (default: standard output; parquet needs a file)" };
        var words = new Option<bool>("--with-words") { Description = "Also what reporters wrote, which can tell who it is" };
        var days = new Option<bool>("--days") { Description = "Dates to the day, not only the month" };
        var all = new Option<bool>("--all") { Description = "Also cases that were found to be none, and those merged into another" };
        var dictionary = new Option<string?>("--dictionary") { Description = "Also write the data dictionary, as Markdown, into this file" };
        var command = new Command("export", "Hand cases out without what could tell who it is: one row for each thing that happened") { format, to, words, days, all, dictionary };
        var (clinic, knowledge) = (Clinic(), KnowledgeSource.Option());
        command.Add(clinic);
        command.Add(knowledge);
        var place = new Place(command);
        command.SetAction((parsed, stop) => CaseFileVerbs.ExportAsync(place.Of(parsed), parsed.GetValue(clinic), parsed.GetValue(format)!, parsed.GetValue(to), new(parsed.GetValue(words), parsed.GetValue(days), parsed.GetValue(all)), parsed.GetValue(dictionary), parsed.GetValue(knowledge), stop));
        return command;
    }

    public static Option<Guid?> Clinic() => new("--clinic") { Description = "Id of the clinic, where there are several" };

    private static Command Docs()
    {
        var to = new Option<string>("--to") { Description = "Folder to write into", DefaultValueFactory = _ => "docs/reference" };
        var docs = new Command("docs", "Write the reference page of tables and events") { to };
        docs.SetAction(parsed => RegistryVerbs.Docs(parsed.GetValue(to)!));
        return new Command("registry", "The registry's own reference") { docs };
    }

    /// <summary>Where a registry is, as the command line says it.</summary>
    public sealed class Place
    {
        private readonly Option<string> _data = new("--data") { Description = "Data folder", DefaultValueFactory = _ => Environment.GetEnvironmentVariable("THINICE_DATA") ?? "thinice-data" };
        private readonly Option<string?> _keys = new("--keys") { Description = "Folder of the master keys and the erasure ledger (default: keys in the data folder)", DefaultValueFactory = _ => Environment.GetEnvironmentVariable("THINICE_KEYS") };
        private readonly Option<string?> _postgreSql = new("--postgresql") { Description = "Connection string; better in the environment as THINICE_POSTGRESQL, where no list of processes shows it", DefaultValueFactory = _ => Environment.GetEnvironmentVariable("THINICE_POSTGRESQL") };

        public Place(Command command)
        {
            command.Add(_data);
            command.Add(_keys);
            command.Add(_postgreSql);
        }

        public RegistryPlace Of(ParseResult parsed) => new(parsed.GetValue(_data)!, parsed.GetValue(_keys), parsed.GetValue(_postgreSql));
    }
}

/// <summary>Where a registry is.</summary>
internal sealed record RegistryPlace(string Data, string? Keys, string? PostgreSql);
