using System.CommandLine;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;

namespace ThinIce.Cli.Commands;

/// <summary><c>thinice triage</c>: something feels wrong after a massage; how soon to act.</summary>
internal static class TriageCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Reports (thinice/aftercare/1): one object, an array, or one per line; - is standard input", Arity = ArgumentArity.OneOrMore };
        var json = new Option<bool>("--json") { Description = "One JSON object per report, one per line" };
        var knowledge = KnowledgeSource.Option();
        var command = new Command("triage", "Say how soon to act on what came after a massage") { files, json, knowledge };
        AnswerLoop.RefuseUnknownOptions(files);
        command.SetAction(parsed =>
        {
            var answerer = new Answerer(KnowledgeSource.Load(parsed.GetValue(knowledge)), KnowledgeSource.Today);
            return AnswerLoop.Run<TriageAnswer>(parsed.GetValue(files)!, parsed.GetValue(json), answerer.Triage, Answerer.Write, (text, reply) =>
            {
                if (reply.Answer is { } answer) Card.Print(text, answer, answerer.Knowledge);
                else AnswerLoop.Print(text, reply.Id, reply.Problems);
            });
        });
        return command;
    }
}
