using System.CommandLine;

namespace ThinIce.Cli.Commands;

/// <summary><c>thinice code</c>: suggests codes for what people, therapists and clerks wrote about a harm.</summary>
internal static class CodeCommand
{
    public static Command Create()
    {
        var file = new Argument<string?>("FILE") { Description = "A table with a heading, one narrative a row; - is standard input", Arity = ArgumentArity.ZeroOrOne };
        var text = new Option<string?>("--text") { Description = "Column of the narratives" };
        var id = new Option<string?>("--id") { Description = "Column of their ids; without it the number of the row" };
        var csv = new Option<string?>("--csv") { Description = "Write the suggestions to this file; without it they go to standard output" };
        var json = new Option<bool>("--json") { Description = "One JSON object for each narrative, with the place of the words each suggestion comes from" };
        var words = new Option<string?>("--words") { Description = "Instead of a table: one narrative" };
        var knowledge = KnowledgeSource.Option();
        var command = new Command("code", "Suggest harms, symptoms, regions, techniques, devices, onset and denials from narratives") { file, text, id, csv, json, words, knowledge };
        command.Validators.Add(result =>
        {
            if (result.GetValue(words) is null == (result.GetValue(file) is null)) result.AddError("Give a FILE, or one narrative with --words.");
            if (result.GetValue(file) is not null && result.GetValue(text) is null) result.AddError("Say with --text which column holds the narratives.");
        });
        command.SetAction(parsed => CodeRun.Run(new(parsed.GetValue(file), parsed.GetValue(text), parsed.GetValue(id), parsed.GetValue(csv), parsed.GetValue(json), parsed.GetValue(words)), parsed.GetValue(knowledge)));
        return command;
    }
}

/// <summary>What was asked for.</summary>
internal sealed record CodeAsked(string? File, string? Text, string? Id, string? Csv, bool Json, string? Words);
