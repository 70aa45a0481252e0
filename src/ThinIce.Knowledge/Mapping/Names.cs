using ThinIce.Core.Clinical;
using ThinIce.Core.Conditions;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.Core.Words;

namespace ThinIce.Knowledge.Mapping;

/// <summary>The words that knowledge files use for the values of enumerations.</summary>
internal static class Names
{
    public static readonly Dictionary<string, ConceptKind> Kinds = Kebab<ConceptKind>();
    public static readonly Dictionary<string, PressureLevel> Pressures = Kebab<PressureLevel>();
    public static readonly Dictionary<string, Sex> Sexes = Kebab<Sex>();
    public static readonly Dictionary<string, Degree> Degrees = Kebab<Degree>();
    public static readonly Dictionary<string, Course> Courses = Kebab<Course>();
    public static readonly Dictionary<string, RuleStatus> Statuses = Kebab<RuleStatus>();
    public static readonly Dictionary<string, IfUnknown> IfUnknowns = Kebab<IfUnknown>();
    public static readonly Dictionary<string, CueKind> Cues = Kebab<CueKind>();
    public static readonly Dictionary<string, RuleKind> RuleKinds = By<RuleKind>(ContractNames.Of);
    public static readonly Dictionary<string, SupportKind> Supports = By<SupportKind>(ContractNames.Of);
    public static readonly Dictionary<string, Decision> Decisions = By<Decision>(ContractNames.Of);
    public static readonly Dictionary<string, Urgency> Urgencies = By<Urgency>(ContractNames.Of);
    public static readonly Dictionary<string, Element> Elements = By<Element>(ContractNames.Of);
    public static readonly Dictionary<string, Within> Withins = new() { ["today"] = Within.Today, ["days"] = Within.Days };
    public static readonly Dictionary<string, Side> Sides = new() { ["one"] = Side.One, ["left"] = Side.Left, ["right"] = Side.Right, ["both"] = Side.Both };

    public static readonly Dictionary<string, CurrencyTest> Currencies = new()
    {
        ["any"] = CurrencyTest.Any, ["current"] = CurrencyTest.Current, ["over"] = CurrencyTest.Over,
    };

    public static readonly Dictionary<string, NumberField> Numbers = new()
    {
        ["age"] = NumberField.Age, ["weight-kg"] = NumberField.WeightKg, ["pregnancy"] = NumberField.PregnancyWeeks,
        ["minutes"] = NumberField.Minutes, ["prior-sessions"] = NumberField.PriorSessions, ["hours-after"] = NumberField.HoursAfter,
    };

    public static readonly Dictionary<string, SessionField> SessionFields = Kebab<SessionField>();

    public static readonly Dictionary<string, ClientField> ClientLists =
        Enumerable.Range(0, Core.Clinical.ClientFields.ListCount).Select(f => (ClientField)f).ToDictionary(f => f.Name());

    /// <summary>Days in the units of "since".</summary>
    public static double? UnitDays(string unit) => unit switch { "h" => 1 / 24.0, "d" => 1, "w" => 7, "m" => 30.4375, "y" => 365.25, _ => null };

    private static Dictionary<string, T> By<T>(Func<T, string> name)
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(name);

    private static Dictionary<string, T> Kebab<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(v => KebabOf(v.ToString()));

    private static string KebabOf(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
