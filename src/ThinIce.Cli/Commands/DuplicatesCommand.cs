using System.CommandLine;

namespace ThinIce.Cli.Commands;

/// <summary><c>thinice duplicates</c>: which records may be of one and the same thing.</summary>
internal static class DuplicatesCommand
{
    // Nothing here may name a type of ThinIce.Numbers: the other verbs start without it.
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Records: .csv (gzipped or not), a record on a line; several files count as one", Arity = ArgumentArity.ZeroOrMore };
        var id = new Option<string?>("--id") { Description = "Column of the record's identifier" };
        var fields = new Option<string[]>("--field") { Description = "A column to compare and its kind, COL:KIND: name, text, date, code, number or category; as often as needed" };
        var reports = new Option<bool>("--reports") { Description = "The case reports of the registry instead of a file" };
        var csv = new Option<string?>("--csv") { Description = "Write the suspected pairs here (- is standard output): a, b, score, group" };
        var groups = new Option<string?>("--groups") { Description = "Write the groups here: group, id, master (the most complete record)" };
        var decisions = new Option<string?>("--decisions") { Description = "What people decided, columns a, b, same (yes or no): holds for these pairs, and the weights are fitted to it" };
        var json = new Option<bool>("--json") { Description = "The summary as one JSON object" };
        var command = new Command("duplicates", "Find records that may be of one and the same thing. Suspected only: a person decides") { files, id, fields, reports, csv, groups, decisions, json };
        var (clinic, knowledge) = (RegistryCommands.Clinic(), KnowledgeSource.Option());
        command.Add(clinic);
        command.Add(knowledge);
        var place = new RegistryCommands.Place(command);
        command.SetAction((parsed, stop) =>
        {
            var options = new DuplicatesOptions(parsed.GetValue(files) ?? [], parsed.GetValue(id), parsed.GetValue(fields) ?? [], parsed.GetValue(reports), parsed.GetValue(csv), parsed.GetValue(groups), parsed.GetValue(decisions), parsed.GetValue(json));
            return options.Reports ? DuplicatesRun.ReportsAsync(options, place.Of(parsed), parsed.GetValue(clinic), parsed.GetValue(knowledge), stop) : Task.FromResult(DuplicatesRun.Run(options));
        });
        return command;
    }
}

/// <summary>The options of <c>thinice duplicates</c> as they were given.</summary>
internal sealed record DuplicatesOptions(string[] Files, string? Id, string[] Fields, bool Reports, string? Csv, string? Groups, string? Decisions, bool Json);
