using System.Collections.Immutable;
using ThinIce.Core;
using ThinIce.Core.Aftercare;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.Core.Words;

namespace ThinIce.Knowledge.Cases;

/// <summary>Runs cases through the engines.</summary>
public sealed class CaseRunner
{
    private readonly ScreeningEngine _screening;
    private readonly TriageEngine _triage;

    /// <summary>Compiles the rules once for all cases.</summary>
    public CaseRunner(KnowledgeBase knowledge)
    {
        var recogniser = new Recogniser(knowledge);
        (_screening, _triage) = (new(knowledge, recogniser), new(knowledge, recogniser));
    }

    /// <summary>Runs one case and compares.</summary>
    public CaseResult Run(RuleCase one) => one.IsAftercare ? Triage(one) : Screen(one);

    private CaseResult Screen(RuleCase one)
    {
        var read = IntakeReader.ReadIntake(one.Input);
        if (read.Value is not { } intake) return Unreadable(one, read.Problems);
        var answer = _screening.Screen(intake);
        var failures = Compare(one, ContractNames.Of(answer.Decision), answer.Findings, answer.Harms, answer.Questions, answer.Undetermined);
        var elements = answer.Adaptations.Where(a => a.Rule == one.Rule).Select(a => ContractNames.Of(a.Element)).ToHashSet();
        failures.AddRange(one.Expect.Elements.Where(e => !elements.Contains(e)).Select(e => $"'{e}' is not changed by this rule (changed: {Join(elements)})"));
        Unread(answer.NotUnderstood, answer.NotRead, one, failures);
        return new(one, [.. failures], ContractNames.Of(answer.Decision), Short(answer));
    }

    /// <summary>An answer in short: the decision, what changes in the session, and whether it is undetermined.</summary>
    internal static string Short(ScreeningAnswer answer)
    {
        var changes = answer.Adaptations.Select(a => ContractNames.Of(a.Element)).Distinct().Order(StringComparer.Ordinal).ToList();
        return $"{ContractNames.Of(answer.Decision)}{(changes.Count > 0 ? $" ({Join(changes)})" : "")}{(answer.Undetermined ? ", undetermined" : "")}";
    }

    private CaseResult Triage(RuleCase one)
    {
        var read = IntakeReader.ReadAftercare(one.Input);
        if (read.Value is not { } report) return Unreadable(one, read.Problems);
        var answer = _triage.Triage(report);
        var failures = Compare(one, ContractNames.Of(answer.Urgency), answer.Findings, answer.Suspected, answer.Questions, answer.Undetermined);
        Unread(answer.NotUnderstood, answer.NotRead, one, failures);
        return new(one, [.. failures], ContractNames.Of(answer.Urgency), $"{ContractNames.Of(answer.Urgency)}{(answer.Undetermined ? ", undetermined" : "")}");
    }

    private static List<string> Compare(
        RuleCase one, string outcome, ImmutableArray<Finding> findings, ImmutableArray<string> harms, ImmutableArray<Question> questions, bool undetermined)
    {
        var failures = new List<string>();
        var finding = findings.FirstOrDefault(f => f.Rule == one.Rule);
        var expect = one.Expect;
        if (finding?.Status != expect.Status) failures.Add($"the rule should be {Name(expect.Status)} and is {Name(finding?.Status)}");
        if (expect.Outcome is { } wanted && wanted != outcome) failures.Add($"the answer should be {wanted} and is {outcome}");
        failures.AddRange(expect.Harms.Where(h => !harms.Take(4).Contains(h)).Select(h => $"'{h}' is not among the first four harms ({Join(harms)})"));
        if (expect.Question is { } question && questions.All(q => q.Id != question)) failures.Add($"'{question}' is not asked (asked: {Join(questions.Select(q => q.Id))})");
        if (expect.Undetermined is { } open && open != undetermined) failures.Add(open ? "the answer should be undetermined" : "the answer should not be undetermined");
        return failures;
    }

    /// <summary>A case whose words are not understood tests nothing, unless that is what it is about.</summary>
    private static void Unread(ImmutableArray<string> notUnderstood, ImmutableArray<string> notRead, RuleCase one, List<string> failures)
    {
        if (notUnderstood.Length > 0 && one.Expect.Undetermined != true) failures.Add($"not understood: {Join(notUnderstood)}");
        if (notRead.Length > 0) failures.Add($"not a field: {Join(notRead)}");
    }

    private static CaseResult Unreadable(RuleCase one, ImmutableArray<Problem> problems) =>
        new(one, [.. problems.Select(p => $"{p.Path}: {p.Code} {p.Message}")], "error", "error");

    private static string Name(FindingStatus? status) => status is { } known ? ContractNames.Of(known) : "none";

    private static string Join(IEnumerable<string> items) => string.Join(", ", items);
}
