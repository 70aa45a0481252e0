using System.Collections.Immutable;
using ThinIce.Core.Clinical;
using ThinIce.Core.Conditions;
using ThinIce.Core.Words;

namespace ThinIce.Core.Screening;

/// <summary>What screening and aftercare share in making an answer out of outcomes: findings, ranked harms, ordered questions, whom to call.</summary>
/// <param name="knowledge">Names, texts, places.</param>
/// <param name="coded">The case.</param>
/// <param name="over">What finds out how conditions stand in the case; told whether misread words count.</param>
/// <param name="language">Language of the answer.</param>
internal sealed class AnswerParts(KnowledgeBase knowledge, CodedCase coded, Func<bool, IEvaluator> over, string language)
{
    /// <summary>More than this is a form, not a question.</summary>
    public const int MostQuestions = 12;

    /// <summary>The contract's limit: a longer list is not read.</summary>
    public const int MostHarms = 8;

    private Explanation? _explanation;
    private Explanation? _wary;

    public ImmutableArray<string> Because(Rule rule) => For(rule).Because(rule.When);

    public Finding Finding<TRule>(Outcome<TRule> outcome)
        where TRule : Rule
    {
        var rule = outcome.Rule;
        return new(
            rule.Id.Value, rule.Kind, outcome.Holds ? FindingStatus.Holds : FindingStatus.Undetermined,
            Because(rule), rule.HarmNames, rule.ForClient.In(language), rule.ForTherapist.In(language), rule.Sources, rule.Evidence, outcome.Applies);
    }

    /// <summary>
    /// Harms of the findings that count; with none, of those that are open. Ordered by how strict the finding is, then the one
    /// that each rule names first before its others, then by how grave the harm can be, then by its place in the rule.
    /// </summary>
    /// <param name="outcomes">All outcomes.</param>
    /// <param name="strictness">How strict a rule's decision is.</param>
    public ImmutableArray<string> Harms<TRule>(IReadOnlyList<Outcome<TRule>> outcomes, Func<TRule, int> strictness)
        where TRule : Rule
    {
        if (outcomes.Count == 0) return [];
        if (outcomes.Count == 1 && outcomes[0].Rule.Harms.Length == 1) return outcomes[0].Rule.HarmNames;
        var best = new Dictionary<string, int>(StringComparer.Ordinal);
        var counting = outcomes.Any(o => o.Applies);
        foreach (var outcome in outcomes)
        {
            if (outcome.Applies != counting) continue;
            for (var place = 0; place < outcome.Rule.Harms.Length; place++)
            {
                var id = outcome.Rule.Harms[place].Value;
                var gravity = knowledge.Harms.TryGetValue(id, out var harm) ? harm.Gravity : 0;
                var rank = (((((strictness(outcome.Rule) * 2) + (place == 0 ? 1 : 0)) * 8) + gravity) * 64) - Math.Min(place, 63);
                if (!best.TryGetValue(id, out var known) || rank > known) best[id] = rank;
            }
        }

        return [.. best.Keys.OrderByDescending(h => best[h]).ThenBy(h => h, StringComparer.Ordinal).Take(MostHarms)];
    }

    /// <summary>
    /// Questions, ordered by the strictest decision that an answer alone could bring, then by one that it could bring
    /// together with others, then by how many rules wait for it, then by the order of the rules.
    /// </summary>
    /// <param name="outcomes">All outcomes.</param>
    /// <param name="strictness">How strict a rule's decision is.</param>
    /// <param name="stands">How strict the answer is as it stands.</param>
    /// <param name="would">What a decision of a rule is called.</param>
    /// <param name="misread">Fields with words that nothing was made of.</param>
    /// <param name="misreadFirst">Whether those are asked about before all else.</param>
    public (ImmutableArray<Question> Questions, int More) Questions<TRule>(
        IReadOnlyList<Outcome<TRule>> outcomes, Func<TRule, int> strictness, int stands, Func<TRule, string> would,
        IReadOnlyList<ClientField> misread, bool misreadFirst)
        where TRule : Rule
    {
        if (misread.Count == 0 && !outcomes.Any(o => o.Verdict.IsOpen)) return ([], 0);
        var waiting = new Dictionary<string, Waiting>(StringComparer.Ordinal);
        for (var order = 0; order < outcomes.Count; order++)
        {
            var outcome = outcomes[order];
            if (!outcome.Verdict.IsOpen) continue;
            var (gaps, settles) = For(outcome.Rule).Gaps(outcome.Rule.When);
            foreach (var gap in gaps)
            {
                var relaxes = outcome.Applies && outcome.Holds;
                var rank = relaxes ? 0 : (Math.Max(strictness(outcome.Rule) - stands, 0) * 2) + (settles ? 1 : 0);
                var changes = relaxes ? knowledge.Text("question.changes.relaxes", language)
                    : strictness(outcome.Rule) <= stands ? knowledge.Text("question.changes.adds", language)
                    : knowledge.Text("question.changes.stricter", language).Replace("{decision}", would(outcome.Rule), StringComparison.Ordinal);
                waiting[gap.Id] = waiting.TryGetValue(gap.Id, out var known) ? known.Join(rank, changes) : new(gap, rank, changes, 1, order);
            }
        }

        var ordered = waiting.Values.OrderByDescending(w => w.Rank).ThenByDescending(w => w.Rules).ThenBy(w => w.Order).ThenBy(w => w.Gap.Id, StringComparer.Ordinal)
            .Select(w => new Question(w.Gap.Id, w.Gap.Ask, w.Gap.Field, w.Changes, w.Gap.YesNo));
        var unclear = misread.Select(f => new Question($"misread:{f.Name()}", knowledge.Text("question.misread", language), f.Name(),
            knowledge.Text("question.changes.misread", language), YesNo: false));
        var all = (misreadFirst ? unclear.Concat(ordered) : ordered.Take(MostQuestions - misread.Count).Concat(unclear)).ToList();
        return ([.. all.Take(MostQuestions)], Math.Max(0, waiting.Count + misread.Count - MostQuestions));
    }

    /// <summary>The person's own facts that no rule is about, by their words.</summary>
    public ImmutableArray<string> NoRule(Func<int, bool> isCovered)
    {
        List<string>? words = null;
        foreach (var fact in coded.Facts)
            if (fact is { Presence: not Presence.Denied, Whose: not Whose.Other } && !isCovered(fact.Concept) && words?.Contains(fact.Words) != true) (words ??= []).Add(fact.Words);
        return words is null ? [] : [.. words];
    }

    /// <summary>Client fields without an answer.</summary>
    public ImmutableArray<OpenField> OpenFields()
    {
        var open = new List<OpenField>();
        for (var f = 0; f < ClientFields.Count; f++)
            if (coded.Fields[f] != AnswerState.Known && f != (int)ClientField.WeightKg) open.Add(new(((ClientField)f).Name(), coded.Fields[f]));
        return [.. open];
    }

    /// <summary>What every answer says about itself.</summary>
    public static string Notice(KnowledgeBase knowledge, string language) => knowledge.ReviewedByClinician
        ? knowledge.Text("limits", language) : $"{knowledge.Text("not-reviewed", language)} {knowledge.Text("limits", language)}";

    /// <summary>Whom to call in a place; "your local emergency number" where it is not known.</summary>
    public Help HelpIn(string? place)
    {
        if (place is null || !knowledge.Places.TryGetValue(place.ToUpperInvariant(), out var known))
            return new(null, null, knowledge.Text("help.local", language));
        var words = knowledge.Text("help.number", language).Replace("{number}", known.Emergency, StringComparison.Ordinal);
        return new(known.Emergency, known.Advice.Length > 0 ? known.Advice : null, words);
    }

    private Explanation For(Rule rule) => rule.Kind == RuleKind.RedFlag
        ? _wary ??= new(knowledge, coded, over(true), language)
        : _explanation ??= new(knowledge, coded, over(false), language);

    private sealed record Waiting(Gap Gap, int Rank, string Changes, int Rules, int Order)
    {
        public Waiting Join(int rank, string changes) =>
            rank > Rank ? this with { Rank = rank, Changes = changes, Rules = Rules + 1 } : this with { Rules = Rules + 1 };
    }
}
