using ThinIce.Core;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.Knowledge.Cases;

namespace ThinIce.Knowledge.Pages;

/// <summary>The knowledge in a few lines: how much there is, how it came out, and what it rests on.</summary>
public static class Summary
{
    /// <summary>Counts of rules, vocabulary and cases, and the share of evidence by kind of support.</summary>
    public static string Of(KnowledgeBase knowledge, IReadOnlyCollection<CaseResult> results)
    {
        var rules = knowledge.Rules.Concat<Rule>(knowledge.Aftercare).ToList();
        var evidence = rules.SelectMany(r => r.Evidence).ToList();
        var shares = Enum.GetValues<SupportKind>().Select(kind =>
            $"{ContractNames.Of(kind)} {Share(evidence.Count(e => e.Supports == kind), evidence.Count)}");
        return string.Join(Environment.NewLine,
            $"Knowledge {knowledge.Version}",
            $"{knowledge.Rules.Length} rules before a session, {knowledge.Aftercare.Length} after; {rules.Count(r => r.ReviewedBy is not null)} reviewed by a clinician.",
            $"{knowledge.Vocabulary.Concepts.Length} concepts, {knowledge.Harms.Count} harms, {knowledge.References.Count} sources.",
            $"{results.Count} cases, {results.Count(r => r.Failures.Length > 0)} failed.",
            $"Evidence: {string.Join(", ", shares)} of {evidence.Count}.");
    }

    private static string Share(int part, int of) => of == 0 ? "-" : $"{((100 * part) + (of / 2)) / of} %";
}
