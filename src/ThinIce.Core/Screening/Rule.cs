using System.Collections.Immutable;
using ThinIce.Core.Clinical;
using ThinIce.Core.Conditions;

namespace ThinIce.Core.Screening;

/// <summary>What sort of finding a rule makes.</summary>
public enum RuleKind : byte
{
    /// <summary>Good to know; changes no decision.</summary>
    Advice,

    /// <summary>Change something.</summary>
    Precaution,

    /// <summary>Not here, or not now.</summary>
    Contraindication,

    /// <summary>See a clinician.</summary>
    RedFlag,
}

/// <summary>How far a rule has come. All but <see cref="Retired"/> fire.</summary>
public enum RuleStatus : byte
{
    /// <summary>Written, not reviewed by a clinician.</summary>
    Draft,

    /// <summary>Reviewed.</summary>
    Reviewed,

    /// <summary>Reviewed and adopted.</summary>
    InForce,

    /// <summary>Kept to be read; does not fire.</summary>
    Retired,
}

/// <summary>What a rule does when words point to it but leave it open.</summary>
public enum IfUnknown : byte
{
    /// <summary>Ask; until then it does not count.</summary>
    Ask,

    /// <summary>Ask; until then act as if it were so. A field nobody asked about is never assumed, only asked about.</summary>
    TreatAsPresent,
}

/// <summary>How well a source supports what the rule says.</summary>
public enum SupportKind : byte
{
    /// <summary>Says this of massage or manual therapy.</summary>
    Direct,

    /// <summary>Says it of something near.</summary>
    Indirect,

    /// <summary>Explains why it would be so.</summary>
    Mechanism,

    /// <summary>Common practice; needs no source and is shown as what it is.</summary>
    Convention,
}

/// <summary>One support of a rule. <paramref name="Reference"/> is null only for <see cref="SupportKind.Convention"/>.</summary>
public sealed record Evidence(ReferenceId? Reference, string Says, SupportKind Supports);

/// <summary>
/// What every rule has, before or after a session. Data from <c>knowledge/</c>; no rule is written in C#.
/// </summary>
/// <param name="Id">Permanent id.</param>
/// <param name="When">When it holds.</param>
public abstract record Rule(RuleId Id, Condition When)
{
    /// <summary>What sort.</summary>
    public RuleKind Kind { get; init; }

    /// <summary>How far it has come.</summary>
    public RuleStatus Status { get; init; }

    /// <summary>The folder it lives in: vascular, bleeding …</summary>
    public string Area { get; init; } = "";

    /// <summary>What to do while it is open.</summary>
    public IfUnknown IfUnknown { get; init; }

    /// <summary>Only while this holds, or the words point to it, is an open rule worth a question; null means always.</summary>
    public Condition? AskIf { get; init; }

    /// <summary>Harms, most important first.</summary>
    public ImmutableArray<HarmId> Harms
    {
        get;
        init
        {
            field = value;
            var names = new string[value.Length];
            for (var i = 0; i < names.Length; i++) names[i] = value[i].Value;
            HarmNames = [.. names];
        }
    } = [];

    /// <summary>The ids of <see cref="Harms"/>, as answers list them.</summary>
    public ImmutableArray<string> HarmNames { get; private init; } = [];

    /// <summary>Why, for a therapist.</summary>
    public LocalText ForTherapist { get; init; } = LocalText.None;

    /// <summary>Why, for the person.</summary>
    public LocalText ForClient { get; init; } = LocalText.None;

    /// <summary>How it could be used wrongly.</summary>
    public string Misuse { get; init; } = "";

    /// <summary>Whom it may stop without need. Never empty.</summary>
    public ImmutableArray<string> OverAlerts { get; init; } = [];

    /// <summary>What it rests on.</summary>
    public ImmutableArray<Evidence> Evidence
    {
        get;
        init
        {
            field = value;
            Sources = [.. value.Where(e => e.Reference is not null).Select(e => e.Reference!.Value.Value).Distinct()];
        }
    } = [];

    /// <summary>The ids of the sources in <see cref="Evidence"/>, as answers list them.</summary>
    public ImmutableArray<string> Sources { get; private init; } = [];

    /// <summary>Reviewer's id in <c>knowledge/reviewers.yaml</c>; null until somebody has.</summary>
    public string? ReviewedBy { get; init; }

    /// <summary>File of the rule inside <c>knowledge/</c>.</summary>
    public string File { get; init; } = "";
}

/// <summary>What to do about a planned massage, in order of strictness.</summary>
public enum Decision : byte
{
    /// <summary>As planned.</summary>
    Proceed,

    /// <summary>Go ahead with the named changes.</summary>
    Adapt,

    /// <summary>Not today; rebook when the named thing has passed.</summary>
    Defer,

    /// <summary>Not now; see a health professional first.</summary>
    Refer,

    /// <summary>Get help now.</summary>
    Emergency,
}

/// <summary>How soon to be seen, for <see cref="Decision.Refer"/>. The stricter is the larger.</summary>
public enum Within : byte
{
    /// <summary>Nothing said.</summary>
    None,

    /// <summary>Within days.</summary>
    Days,

    /// <summary>Today.</summary>
    Today,
}

/// <summary>What of a session is to change.</summary>
public enum Element : byte
{
    /// <summary>How hard.</summary>
    Pressure,

    /// <summary>Where.</summary>
    Region,

    /// <summary>Which technique.</summary>
    Technique,

    /// <summary>How the person lies or sits.</summary>
    Position,

    /// <summary>How long.</summary>
    Duration,

    /// <summary>Heat and cold.</summary>
    Heat,

    /// <summary>Devices.</summary>
    Device,

    /// <summary>Oils and creams.</summary>
    Product,

    /// <summary>When.</summary>
    Timing,

    /// <summary>What to agree on first.</summary>
    Consent,
}

/// <summary>One change to a session, and when it is wanted. Of several changes to one element in a rule the first that applies is given: the strictest stands first.</summary>
public sealed record Adaptation(Element Element, LocalText Advice)
{
    /// <summary>Only when this holds; null means whenever the rule does.</summary>
    public Condition? When { get; init; }

    /// <summary>Not when this is known to hold.</summary>
    public Condition? Unless { get; init; }
}

/// <summary>A rule about a planned massage.</summary>
public sealed record ScreeningRule(RuleId Id, Condition When) : Rule(Id, When)
{
    /// <summary>What it decides.</summary>
    public Decision Decision { get; init; }

    /// <summary>How soon, when it refers.</summary>
    public Within Within { get; init; }

    /// <summary>Changes, element by element.</summary>
    public ImmutableArray<Adaptation> Adapt { get; init; } = [];

    /// <summary>Declared exception to "lighter or shorter is never stricter".</summary>
    public bool WorseWhenLight { get; init; }
}

/// <summary>How soon to act on what came after a massage, in order.</summary>
public enum Urgency : byte
{
    /// <summary>Nothing to do.</summary>
    None,

    /// <summary>An expected mild reaction.</summary>
    SelfCare,

    /// <summary>Within days and before the next session.</summary>
    Soon,

    /// <summary>Seen by a clinician today.</summary>
    Urgent,

    /// <summary>Call for help now.</summary>
    Emergency,
}

/// <summary>A rule about what came after a massage.</summary>
public sealed record AftercareRule(RuleId Id, Condition When) : Rule(Id, When)
{
    /// <summary>How soon to act.</summary>
    public Urgency Urgency { get; init; }
}
