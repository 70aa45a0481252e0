using System.Collections.Concurrent;
using System.Collections.Immutable;
using ThinIce.Core.Clinical;
using ThinIce.Core.Conditions;
using ThinIce.Core.Words;

namespace ThinIce.Core.Screening;

/// <summary>
/// Answers "what could go wrong with this massage, for this person?". It informs and does not diagnose. Deterministic:
/// the same knowledge and the same facts, in whatever order, give the same answer. Safe for use by many threads.
/// </summary>
public sealed class ScreeningEngine
{
    private readonly KnowledgeBase _knowledge;
    private readonly RuleEngine<ScreeningRule> _engine;
    private readonly Recogniser _recogniser;
    private readonly ConcurrentDictionary<string, string> _notices = new(StringComparer.Ordinal);

    /// <summary>Compiles the rules of the knowledge.</summary>
    /// <param name="knowledge">The knowledge.</param>
    /// <param name="recogniser">A recogniser of the same knowledge to share; null makes one.</param>
    public ScreeningEngine(KnowledgeBase knowledge, Recogniser? recogniser = null)
    {
        _knowledge = knowledge;
        _engine = new(knowledge, knowledge.Rules);
        _recogniser = recogniser ?? new(knowledge);
    }

    /// <summary>Reads the words of an intake and answers it.</summary>
    /// <param name="intake">The intake.</param>
    /// <param name="language">Language of the words and of the answer; English where there is no other.</param>
    public ScreeningAnswer Screen(Intake intake, string language = "en")
    {
        return Quickly(_recogniser.Read(intake, language), intake.Id, intake.Place, intake.NotRead, language);
    }

    /// <summary>Answers an intake that is already coded.</summary>
    public ScreeningAnswer Screen(CodedCase coded, string id = "", string? place = null, string language = "en") =>
        Quickly(Reading.Of(coded), id, place, [], language);

    /// <summary>The same answer, worked out by <see cref="PlainRules"/>. For tests and for doubt; slow.</summary>
    public ScreeningAnswer ScreenPlainly(CodedCase coded, string id = "", string? place = null, string language = "en") =>
        Answer(Reading.Of(coded), PlainRules.Run(_knowledge, _knowledge.Rules, coded), wary => new PlainEvaluator(_knowledge, coded, wary), id, place, [], language);

    private ScreeningAnswer Quickly(Reading reading, string id, string? place, ImmutableArray<string> notRead, string language)
    {
        var index = _engine.Index(reading.Case);
        return Answer(reading, _engine.Run(index), wary => _engine.Over(index, wary), id, place, notRead, language);
    }

    private ScreeningAnswer Answer(
        Reading reading, List<Outcome<ScreeningRule>> outcomes, Func<bool, IEvaluator> over, string id, string? place, ImmutableArray<string> notRead, string language)
    {
        var coded = reading.Case;
        var parts = new AnswerParts(_knowledge, coded, over, language);
        var evaluator = over(false);
        var wanted = new List<AdviceOnElement>();
        foreach (var outcome in outcomes)
            if (outcome.Applies) wanted.AddRange(Wanted(outcome.Rule, evaluator, language));
        ImmutableArray<AdviceOnElement> adaptations = [.. wanted];
        var stands = 0;
        foreach (var outcome in outcomes)
            if (outcome.Applies) stands = Math.Max(stands, Effective(outcome.Rule, adaptations));
        var (decision, within) = ((Decision)(stands / 4), (Within)(stands % 4));
        var ordered = outcomes.Count < 2 ? outcomes : [.. outcomes.OrderByDescending(Order)];
        var (questions, more) = parts.Questions(outcomes, Strictness, stands,
            r => _knowledge.Text($"decision.{Words(r.Decision)}.short", language), reading.Misread, misreadFirst: true);
        return new()
        {
            Id = id,
            Decision = decision,
            Within = within,
            Undetermined = IsOpen(outcomes, stands, adaptations, evaluator, language) || (reading.Misread.Count > 0 && decision != Decision.Emergency),
            Findings = [.. ordered.Select(parts.Finding)],
            Adaptations = adaptations,
            Harms = parts.Harms(outcomes, Strictness),
            Questions = questions,
            MoreQuestions = more,
            NotUnderstood = reading.NotUnderstood,
            ReadAs = reading.ReadAs,
            Unknown = parts.OpenFields(),
            NoRule = parts.NoRule(_engine.Covers),
            NotRead = notRead,
            Help = parts.HelpIn(place),
            Notice = _notices.GetOrAdd(language, l => AnswerParts.Notice(_knowledge, l)),
            Knowledge = _knowledge.Version,
            ReviewedByClinician = _knowledge.ReviewedByClinician,
        };
    }

    /// <summary>
    /// Whether a gap could change the decision: an open rule would be stricter, or would change an element that nothing
    /// changes yet; or the rule that decides would fall away.
    /// </summary>
    private static bool IsOpen(
        List<Outcome<ScreeningRule>> outcomes, int stands, ImmutableArray<AdviceOnElement> adaptations, IEvaluator evaluator, string language)
    {
        var deciding = 0;
        var certain = 0;
        foreach (var outcome in outcomes)
        {
            if (outcome.Applies)
            {
                if (Effective(outcome.Rule, adaptations) != stands) continue;
                deciding++;
                if (!outcome.Verdict.IsOpen) certain++;
                continue;
            }

            if (outcome.Rule.Decision > Decision.Adapt && Strictness(outcome.Rule) > stands) return true;
            if (stands < Rank(Decision.Defer, Within.None) && outcome.Rule.Decision == Decision.Adapt
                && Wanted(outcome.Rule, evaluator, language, possibly: true).Exists(w => adaptations.All(a => a.Element != w.Element))) return true;
        }

        return stands > 0 && deciding > 0 && certain == 0;
    }

    /// <summary>The changes a rule wants: of several to one element, the first that applies.</summary>
    private static List<AdviceOnElement> Wanted(ScreeningRule rule, IEvaluator evaluator, string language, bool possibly = false)
    {
        var wanted = new List<AdviceOnElement>();
        foreach (var adaptation in rule.Adapt)
        {
            if (adaptation.When is { } when && evaluator.Evaluate(when) is var verdict && !(possibly ? verdict.Can : verdict.AsNo)) continue;
            if (adaptation.Unless is { } unless && evaluator.Evaluate(unless).Must) continue;
            if (!wanted.Exists(w => w.Element == adaptation.Element)) wanted.Add(new(adaptation.Element, adaptation.Advice.In(language), rule.Id.Value));
        }

        return wanted;
    }

    /// <summary>How strict a rule is here. One that adapts, and whose every change was excused, decides nothing.</summary>
    private static int Effective(ScreeningRule rule, ImmutableArray<AdviceOnElement> adaptations) =>
        rule.Decision == Decision.Adapt && adaptations.All(a => a.Rule != rule.Id.Value) ? 0 : Strictness(rule);

    /// <summary>Findings that count first, then the strictest, then by kind.</summary>
    private static int Order(Outcome<ScreeningRule> outcome) => ((outcome.Applies ? 1 << 16 : 0) | (Strictness(outcome.Rule) << 8)) + (int)outcome.Rule.Kind;

    private static int Strictness(ScreeningRule rule) => Rank(rule.Decision, rule.Within);

    private static int Rank(Decision decision, Within within) => ((int)decision * 4) + (int)within;

    private static string Words(Decision decision) => Contract.ContractNames.Of(decision);
}
