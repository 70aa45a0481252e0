using ThinIce.Core.Clinical;
using ThinIce.Core.Screening;

namespace ThinIce.Core.Contract;

/// <summary>The words that the contract uses for the values of enumerations.</summary>
public static class ContractNames
{
    /// <summary>proceed, adapt, defer, refer, emergency.</summary>
    public static string Of(Decision decision) => decision switch
    {
        Decision.Proceed => "proceed",
        Decision.Adapt => "adapt",
        Decision.Defer => "defer",
        Decision.Refer => "refer",
        _ => "emergency",
    };

    /// <summary>none, self-care, soon, urgent, emergency.</summary>
    public static string Of(Urgency urgency) => urgency switch
    {
        Urgency.None => "none",
        Urgency.SelfCare => "self-care",
        Urgency.Soon => "soon",
        Urgency.Urgent => "urgent",
        _ => "emergency",
    };

    /// <summary>today, days, or null.</summary>
    public static string? Of(Within within) => within switch
    {
        Within.Today => "today",
        Within.Days => "days",
        _ => null,
    };

    /// <summary>red-flag, contraindication, precaution, advice.</summary>
    public static string Of(RuleKind kind) => kind switch
    {
        RuleKind.RedFlag => "red-flag",
        RuleKind.Contraindication => "contraindication",
        RuleKind.Precaution => "precaution",
        _ => "advice",
    };

    /// <summary>holds, undetermined.</summary>
    public static string Of(FindingStatus status) => status == FindingStatus.Holds ? "holds" : "undetermined";

    /// <summary>direct, indirect, mechanism, convention.</summary>
    public static string Of(SupportKind supports) => supports switch
    {
        SupportKind.Direct => "direct",
        SupportKind.Indirect => "indirect",
        SupportKind.Mechanism => "mechanism",
        _ => "convention",
    };

    /// <summary>known, notAsked, declined, dontKnow.</summary>
    public static string Of(AnswerState state) => state switch
    {
        AnswerState.Known => "known",
        AnswerState.NotAsked => "notAsked",
        AnswerState.Declined => "declined",
        _ => "dontKnow",
    };

    /// <summary>The element's name in the contract.</summary>
    public static string Of(Element element) => element switch
    {
        Element.Pressure => "pressure",
        Element.Region => "region",
        Element.Technique => "technique",
        Element.Position => "position",
        Element.Duration => "duration",
        Element.Heat => "heat",
        Element.Device => "device",
        Element.Product => "product",
        Element.Timing => "timing",
        _ => "consent",
    };
}
