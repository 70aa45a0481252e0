using System.CommandLine;
using System.Text.Json;
using ThinIce.Core;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;

namespace ThinIce.Cli.Commands;

/// <summary><c>thinice screen</c>: what could go wrong with this massage, for this person.</summary>
internal static class ScreenCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Intakes (thinice/intake/1): one object, an array, or one per line; - is standard input", Arity = ArgumentArity.ZeroOrMore };
        var words = new Option<string?>("--words") { Description = "The whole thing in one line: \"aunt on warfarin, deep tissue, back\"" };
        var place = new Option<string?>("--place") { Description = "Country code for --words, such as GB" };
        var json = new Option<bool>("--json") { Description = "One JSON object per intake, one per line" };
        var knowledge = KnowledgeSource.Option();
        var command = new Command("screen", "Screen a planned massage before it happens") { files, words, place, json, knowledge };
        AnswerLoop.RefuseUnknownOptions(files);
        command.Validators.Add(result =>
        {
            if (result.GetValue(files) is not { Length: > 0 } && result.GetValue(words) is null) result.AddError("Give a FILE, - or --words.");
        });
        command.SetAction(parsed =>
        {
            var answerer = new Answerer(KnowledgeSource.Load(parsed.GetValue(knowledge)), KnowledgeSource.Today);
            var asJson = parsed.GetValue(json);
            void InWords(TextWriter text, Reply<ScreeningAnswer> reply) => Print(text, reply, answerer.Knowledge);
            var exit = parsed.GetValue(words) is { } line
                ? AnswerLoop.Run([OneLine(line, parsed.GetValue(place))], asJson, answerer.Screen, Answerer.Write, InWords) : 0;
            return Math.Max(exit, AnswerLoop.Run(parsed.GetValue(files)!, asJson, answerer.Screen, Answerer.Write, InWords));
        });
        return command;
    }

    private static JsonItem OneLine(string words, string? place)
    {
        var intake = new Dictionary<string, string?> { ["words"] = words, ["place"] = place };
        return new(JsonSerializer.SerializeToElement(intake, CliJson.Default.DictionaryStringString), null);
    }

    private static void Print(TextWriter text, Reply<ScreeningAnswer> reply, KnowledgeBase knowledge)
    {
        if (reply.Answer is { } answer) Card.Print(text, answer, knowledge);
        else AnswerLoop.Print(text, reply.Id, reply.Problems);
    }
}
