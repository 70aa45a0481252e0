using System.Collections.Immutable;
using ThinIce.Core.Clinical;
using ThinIce.Core.Conditions;
using ThinIce.Core.Screening;
using ThinIce.Core.Words;

namespace ThinIce.Core.Aftercare;

/// <summary>
/// Answers "something feels wrong after a massage: how soon should I act?". It suspects and does not diagnose, and it
/// never says that the massage was the cause. Safe for use by many threads.
/// </summary>
public sealed class TriageEngine
{
    private readonly KnowledgeBase _knowledge;
    private readonly RuleEngine<AftercareRule> _engine;
    private readonly Recogniser _recogniser;

    /// <summary>Compiles the aftercare rules of the knowledge.</summary>
    /// <param name="knowledge">The knowledge.</param>
    /// <param name="recogniser">A recogniser of the same knowledge to share; null makes one.</param>
    public TriageEngine(KnowledgeBase knowledge, Recogniser? recogniser = null)
    {
        _knowledge = knowledge;
        _engine = new(knowledge, knowledge.Aftercare);
        _recogniser = recogniser ?? new(knowledge);
    }

    /// <summary>Reads the words of a report and answers it.</summary>
    public TriageAnswer Triage(AftercareReport report, string language = "en")
    {
        return Answer(_recogniser.Read(report, language), Quickly, report.Intake.Id, report.Intake.Place, report.Intake.NotRead, language);
    }

    /// <summary>Answers a report that is already coded.</summary>
    public TriageAnswer Triage(CodedCase coded, string id = "", string? place = null, string language = "en") =>
        Answer(Reading.Of(coded), Quickly, id, place, [], language);

    /// <summary>The same answer, worked out by <see cref="PlainRules"/>. For tests and for doubt; slow.</summary>
    public TriageAnswer TriagePlainly(CodedCase coded, string id = "", string? place = null, string language = "en") =>
        Answer(Reading.Of(coded), Plainly, id, place, [], language);

    private Ran Quickly(CodedCase coded)
    {
        var index = _engine.Index(coded);
        return new(_engine.Run(index), wary => _engine.Over(index, wary));
    }

    private Ran Plainly(CodedCase coded) => new(PlainRules.Run(_knowledge, _knowledge.Aftercare, coded), wary => new PlainEvaluator(_knowledge, coded, wary));

    /// <summary>The outcomes, and what finds out how conditions stand in the case.</summary>
    private sealed record Ran(List<Outcome<AftercareRule>> Outcomes, Func<bool, IEvaluator> Over);

    private TriageAnswer Answer(Reading reading, Func<CodedCase, Ran> run, string id, string? place, ImmutableArray<string> notRead, string language)
    {
        var coded = reading.Case;
        var (outcomes, over) = run(coded);
        var parts = new AnswerParts(_knowledge, coded, over, language);
        var applied = outcomes.Where(o => o.Applies).ToList();
        var unexplained = Unexplained(coded, applied, parts);
        if (unexplained && !coded.IsMisread(ClientField.Symptoms))
        {
            // A complaint no rule has taken up is as good as one that was not understood: the red flags are asked for.
            var wary = coded with { MisreadFields = coded.MisreadFields | (1 << (int)ClientField.Symptoms) };
            return Answer(reading with { Case = wary }, run, id, place, notRead, language);
        }

        var urgency = applied.Select(o => o.Rule.Urgency).DefaultIfEmpty(unexplained ? Urgency.Soon : Urgency.None).Max();
        // A complaint that no rule knows, or a list of symptoms nobody filled in, must not come out as "nothing to do".
        if (urgency == Urgency.None && (unexplained || reading.Misread.Count > 0 || coded.StateOf(ClientField.Symptoms) != AnswerState.Known)) urgency = Urgency.SelfCare;
        var ordered = outcomes.OrderByDescending(o => o.Applies).ThenByDescending(o => o.Rule.Urgency).ThenByDescending(o => o.Rule.Kind).ToList();
        var (questions, more) = parts.Questions(outcomes, Rank, (int)urgency,
            r => _knowledge.Text($"urgency.{Words(r.Urgency)}.short", language), reading.Misread, misreadFirst: false);
        var undetermined = outcomes.Exists(o => !o.Applies && o.Rule.Urgency > urgency)
            || (applied.Count > 0 && urgency > Urgency.None && applied.Where(o => o.Rule.Urgency == urgency).All(o => o.Verdict.IsOpen))
            || ((unexplained || reading.NotUnderstood.Length > 0) && urgency < Urgency.Emergency)
            || (coded.StateOf(ClientField.Symptoms) != AnswerState.Known && urgency < Urgency.Emergency);
        var help = parts.HelpIn(place);
        return new()
        {
            Id = id,
            Urgency = urgency,
            Undetermined = undetermined,
            Suspected = parts.Harms(applied, Rank),
            NewOrWorse = [.. coded.Facts.Where(f => IsComplaint(f) && !f.Before).Select(f => f.Words).Distinct()],
            Because = [.. applied.Where(o => o.Rule.Urgency == urgency).SelectMany(o => parts.Because(o.Rule)).Distinct()],
            Advice = Advice(urgency, undetermined, applied, help, language),
            Findings = [.. ordered.Select(parts.Finding)],
            Questions = questions,
            MoreQuestions = more,
            References = [.. ordered.Where(o => o.Applies).SelectMany(o => o.Rule.Evidence).Where(e => e.Reference is not null).Select(e => e.Reference!.Value.Value).Distinct()],
            NotUnderstood = reading.NotUnderstood,
            ReadAs = reading.ReadAs,
            Unknown = coded.BeforeIsKnown ? parts.OpenFields() : parts.OpenFields().Add(new("before", AnswerState.NotAsked)),
            NoRule = parts.NoRule(_engine.Covers),
            NotRead = notRead,
            Help = help,
            Notice = AnswerParts.Notice(_knowledge, language),
            Knowledge = _knowledge.Version,
            ReviewedByClinician = _knowledge.ReviewedByClinician,
        };
    }

    /// <summary>Whether something is complained of that no rule that applies has taken up.</summary>
    private bool Unexplained(CodedCase coded, List<Outcome<AftercareRule>> applied, AnswerParts parts)
    {
        var explained = applied.SelectMany(o => parts.Because(o.Rule)).ToHashSet(StringComparer.Ordinal);
        return coded.Facts.Any(f => IsComplaint(f) && !f.Before && !explained.Contains(f.Words));
    }

    private bool IsComplaint(Fact fact) =>
        fact is { Presence: not Presence.Denied, Field: ClientField.Symptoms, Whose: not Whose.Other, Currency: Currency.Current }
        && !_knowledge.Vocabulary.IsA(fact.Concept, _knowledge.Vocabulary.IndexOf(_knowledge.Parameters.Benefit));

    private string Advice(Urgency urgency, bool undetermined, List<Outcome<AftercareRule>> applied, Help help, string language)
    {
        var unsure = undetermined && urgency <= Urgency.SelfCare;
        var general = _knowledge.Text(unsure ? "urgency.undetermined-lead" : $"urgency.{Words(urgency)}.advice", language).Replace("{emergency}", help.InWords, StringComparison.Ordinal);
        var particular = applied.Where(o => o.Rule.Urgency == urgency).Select(o => o.Rule.ForClient.In(language)).Distinct();
        var open = undetermined && urgency < Urgency.Emergency
            ? [_knowledge.Text("urgency.undetermined", language).Replace("{emergency}", help.InWords, StringComparison.Ordinal)]
            : Array.Empty<string>();
        return string.Join(' ', new[] { general }.Concat(particular).Concat(open));
    }

    private static int Rank(AftercareRule rule) => (int)rule.Urgency;

    private static string Words(Urgency urgency) => Contract.ContractNames.Of(urgency);
}
