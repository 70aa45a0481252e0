using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Clinical;
using ThinIce.Core.Screening;

namespace ThinIce.Core.Cases;

/// <summary>How a case is dealt with, by what is known of its seriousness (ICH E2A). Higher ones come first; silence never makes one lower than an answer would.</summary>
public enum ReviewClass : byte
{
    /// <summary>All six criteria were answered no, for each event.</summary>
    NotSerious = 1,

    /// <summary>Not yet known, and nothing points to it.</summary>
    NotKnown,

    /// <summary>Not yet known; the harm named, the urgency of the words or the kind of report point to it. Dealt with like a serious one until somebody has looked.</summary>
    Presumed,

    /// <summary>One of the six criteria was met.</summary>
    Serious,
}

/// <summary>Puts a case into its class.</summary>
public static class ReviewClasses
{
    /// <summary>The class of a case.</summary>
    /// <param name="kind">What is reported.</param>
    /// <param name="events">Its events, with the criteria answered so far.</param>
    /// <param name="gravity">Gravity of its gravest harm, 1 to 5; 0 while none is coded or suggested.</param>
    /// <param name="urgency">Urgency of the advice that its words got; null none.</param>
    /// <param name="guide">From where on harm and urgency point to a serious one.</param>
    public static ReviewClass Of(ReportKind kind, IReadOnlyCollection<EventFacts> events, int gravity, Urgency? urgency, CaseGuide guide)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(guide);
        var serious = Seriousness.OfCase(events);
        if (serious.IsKnown) return serious.Value ? ReviewClass.Serious : ReviewClass.NotSerious;
        if (kind == ReportKind.MissedCondition || gravity >= guide.PresumedFromGravity || urgency >= guide.PresumedFromUrgency) return ReviewClass.Presumed;
        // Nothing happened to anybody: there is no event that could be serious.
        return kind == ReportKind.AdverseEvent || events.Count > 0 ? ReviewClass.NotKnown : ReviewClass.NotSerious;
    }
}
