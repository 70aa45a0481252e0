using ThinIce.Core.Contract;

namespace ThinIce.Core.Screening;

/// <summary>The heading over an answer, the same on every page and card: never "go ahead" while something that could change it is missing.</summary>
public static class Titles
{
    /// <summary>Heading over the answer to an intake.</summary>
    public static string Title(this ScreeningAnswer answer, KnowledgeBase knowledge, string language = "en") =>
        knowledge.Text(answer.IsOpenProceed() ? answer.PointsToARedFlag() ? "decision.undetermined-red-flag-title" : "decision.undetermined-proceed-title" : $"decision.{ContractNames.Of(answer.Decision)}.title", language);

    /// <summary>First sentence under the heading.</summary>
    public static string Lead(this ScreeningAnswer answer, KnowledgeBase knowledge, string language = "en") =>
        knowledge.Text(answer.IsOpenProceed() ? answer.PointsToARedFlag() ? "decision.undetermined-red-flag" : "decision.undetermined-proceed" : $"decision.{ContractNames.Of(answer.Decision)}.advice", language);

    /// <summary>Heading over the answer to an aftercare report.</summary>
    public static string Title(this TriageAnswer answer, KnowledgeBase knowledge, string language = "en") =>
        knowledge.Text(answer is { Undetermined: true, Urgency: Urgency.None or Urgency.SelfCare } ? "urgency.undetermined-title" : $"urgency.{ContractNames.Of(answer.Urgency)}.title", language);

    /// <summary>The person's own words point to a red flag and leave it open: no time for a reassuring heading.</summary>
    public static bool PointsToARedFlag(this ScreeningAnswer answer) =>
        answer.Findings.Any(f => f is { Kind: RuleKind.RedFlag, Counts: false, Because.Length: > 0 });

    /// <summary>Nothing found, and not all known.</summary>
    public static bool IsOpenProceed(this ScreeningAnswer answer) => answer is { Decision: Decision.Proceed, Undetermined: true };
}
