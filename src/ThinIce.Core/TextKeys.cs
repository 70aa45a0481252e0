using System.Collections.Immutable;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;

namespace ThinIce.Core;

/// <summary>Keys of the sentences that answers and pages are put together from; the sentences are in <c>knowledge/texts/</c>.</summary>
public static class TextKeys
{
    /// <summary>All keys that the engines use.</summary>
    public static ImmutableArray<string> All { get; } =
    [
        "because.age", "because.weightKg", "because.pregnancyWeeks", "because.minutes", "because.priorSessions", "because.hoursAfter",
        "because.female", "because.male", "because.heat", "because.pressure.1", "because.pressure.2", "because.pressure.3",
        "read-as.person", "help.local", "help.number",
        "question.has", "question.family", "question.earlier", "question.misread",
        "question.certain", "question.whose", "question.when", "question.side", "question.where", "question.degree", "question.new", "question.over",
        "question.changes.relaxes", "question.changes.adds", "question.changes.stricter", "question.changes.misread",
        .. new[] { "age", "sex", "weightKg", "pregnancyWeeks", "minutes", "priorSessions", "hoursAfter", "pressure", "regions", "technique", "devices", "products", "position", "provider", "heat", "course" }
            .Select(field => $"question.field.{field}"),
        .. Enum.GetValues<Decision>().SelectMany(d => new[] { "short", "title", "advice" }.Select(part => $"decision.{ContractNames.Of(d)}.{part}")),
        .. Enum.GetValues<Urgency>().SelectMany(u => new[] { "short", "title", "advice" }.Select(part => $"urgency.{ContractNames.Of(u)}.{part}")),
        "urgency.undetermined", "urgency.undetermined-title", "urgency.undetermined-lead", "decision.undetermined", "decision.undetermined-proceed", "decision.undetermined-proceed-title", "decision.undetermined-red-flag-title", "decision.undetermined-red-flag", "not-reviewed", "limits", "alarm",
        .. Enum.GetValues<Element>().Select(e => $"element.{ContractNames.Of(e)}"),
        .. Enum.GetValues<SupportKind>().Select(s => $"supports.{ContractNames.Of(s)}"),
        "state.notAsked", "state.declined", "state.dontKnow", "within.today", "within.days",
    ];
}
