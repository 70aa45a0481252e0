using RulesEngine.Models;
using ThinIce.Core;
using ThinIce.Core.Clinical;
using ThinIce.Core.Conditions;
using ThinIce.Core.Screening;
using Peer = RulesEngine.RulesEngine;

namespace ThinIce.Bench;

/// <summary>
/// Our own rules said to Microsoft RulesEngine: which of them hold for a coded person. The peer is given the easy half: every
/// single question of the rules ("has an anticoagulant", "age over 65") is answered beforehand and not timed, and it only has
/// to join the answers; ours starts from the coded facts, and comes to four readings of each rule, not one. Ends with an error
/// where the two do not name the same rules.
/// </summary>
internal static class ScreenPeer
{
    /// <summary>What the peer sees: the answers to all questions, by number.</summary>
    public sealed class Answers(bool[] values)
    {
        /// <summary>The answer to one question.</summary>
        public bool Is(int question) => values[question];
    }

    public static Result Run()
    {
        var questions = new List<Condition>();
        var workflow = new Workflow
        {
            WorkflowName = "screen",
            Rules = [.. Engines.Knowledge.Rules.Select(r => new RulesEngine.Models.Rule { RuleName = r.Id.Value, Expression = Say(r.When, questions) })],
        };
        var peer = new Peer([workflow], new ReSettings { CustomTypes = [typeof(Answers)] });
        var inputs = Engines.Coded.Select(c => new Answers(Answer(c, questions))).ToArray();
        var engine = new RuleEngine<ScreeningRule>(Engines.Knowledge, Engines.Knowledge.Rules);
        for (var i = 0; i < inputs.Length; i++) Compare(engine.Run(Engines.Coded[i]), Held(peer, inputs[i]));

        var ours = Result.PerSecond(2, () => { foreach (var coded in Engines.Coded) engine.Run(coded); }) * Engines.Coded.Length;
        var theirs = Result.PerSecond(4, () => { foreach (var input in inputs) Held(peer, input); }) * inputs.Length;
        return new(ours, "intakes/s", $"Microsoft RulesEngine, the same {workflow.Rules.Count()} rules, {questions.Count} questions answered beforehand, equal answers", theirs);
    }

    private static HashSet<string> Held(Peer peer, Answers input) =>
        [.. peer.ExecuteAllRulesAsync("screen", input).AsTask().GetAwaiter().GetResult().Where(r => r.IsSuccess).Select(r => r.Rule.RuleName)];

    private static void Compare(List<Outcome<ScreeningRule>> ours, HashSet<string> held)
    {
        if (!held.SetEquals(ours.Where(o => o.Holds).Select(o => o.Rule.Id.Value))) throw new InvalidOperationException("The peer and ThinIce do not name the same rules.");
    }

    private static bool[] Answer(CodedCase coded, List<Condition> questions)
    {
        var evaluator = new PlainEvaluator(Engines.Knowledge, coded, misreadCounts: false);
        return [.. questions.Select(q => evaluator.Evaluate(q).AsNo)];
    }

    /// <summary>A condition in the peer's language; single questions are numbered.</summary>
    private static string Say(Condition condition, List<Condition> questions) => condition switch
    {
        AllOf all => Join(all.Of, " && ", questions),
        AnyOf any => Join(any.Of, " || ", questions),
        NoneOf none => $"!({Join(none.Of, " || ", questions)})",
        AtLeast some => $"(({string.Join(" + ", some.Of.Select(o => $"({Say(o, questions)} ? 1 : 0)"))}) >= {some.Needed})",
        IsDefined defined => Say(Engines.Knowledge.Definitions[defined.Definition.Value].When, questions),
        _ => $"input1.Is({Number(condition, questions)})",
    };

    private static string Join(IEnumerable<Condition> of, string with, List<Condition> questions) => $"({string.Join(with, of.Select(o => Say(o, questions)))})";

    private static int Number(Condition condition, List<Condition> questions)
    {
        var at = questions.IndexOf(condition);
        if (at >= 0) return at;
        questions.Add(condition);
        return questions.Count - 1;
    }
}
