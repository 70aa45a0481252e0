using ThinIce.Core;
using ThinIce.Core.Clinical;
using ThinIce.Core.Conditions;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.Core.Words;

namespace ThinIce.Knowledge.Mapping;

/// <summary>
/// Names of the values of an enumeration, in their order. Numbers instead of a generic table, because generic code over
/// enumerations is compiled at every start of the program.
/// </summary>
/// <param name="first">Number of the first value.</param>
/// <param name="names">Names from there on.</param>
internal sealed class NameList(int first, params string[] names)
{
    public IReadOnlyList<string> All => names;

    /// <summary>The value's number; -1 where no value has that name.</summary>
    public int ValueOf(string name) => Array.IndexOf(names, name) is var at && at < 0 ? -1 : at + first;

    /// <summary>Names in kebab-case.</summary>
    public static NameList Kebab(Type type, int first = 0) => new(first, Array.ConvertAll(Enum.GetNames(type), KebabOf));

    /// <summary>Names as the contract has them.</summary>
    public static NameList Contract(Type type, Func<int, string> name)
    {
        var names = new string[Enum.GetNames(type).Length];
        for (var i = 0; i < names.Length; i++) names[i] = name(i);
        return new(0, names);
    }

    private static string KebabOf(string name)
    {
        var kebab = new System.Text.StringBuilder();
        foreach (var c in name)
        {
            if (char.IsUpper(c) && kebab.Length > 0) kebab.Append('-');
            kebab.Append(char.ToLowerInvariant(c));
        }

        return kebab.ToString();
    }
}

/// <summary>The words that knowledge files use for the values of enumerations.</summary>
internal static class Names
{
    public static readonly NameList Kinds = NameList.Kebab(typeof(ConceptKind));
    public static readonly NameList Pressures = NameList.Kebab(typeof(PressureLevel), 1);
    public static readonly NameList Roles = NameList.Kebab(typeof(Core.Narratives.NarrativeRole));
    public static readonly NameList Sexes = NameList.Kebab(typeof(Sex), 1);
    public static readonly NameList Courses = NameList.Kebab(typeof(Course), 1);
    public static readonly NameList Degrees = new((int)Degree.Mild, "mild", "moderate", "severe");
    public static readonly NameList Sides = new((int)Side.Left, "left", "right", "one", "both");
    public static readonly NameList Statuses = NameList.Kebab(typeof(RuleStatus));
    public static readonly NameList IfUnknowns = NameList.Kebab(typeof(IfUnknown));
    public static readonly NameList Cues = NameList.Kebab(typeof(CueKind));
    public static readonly NameList Currencies = new((int)CurrencyTest.Any, "any", "current", "over", "recent");
    public static readonly NameList Who = new(0, "self", "family");
    public static readonly NameList In = new(1, "pastReactions");
    public static readonly NameList Withins = new((int)Within.Days, "days", "today");
    public static readonly NameList Numbers = new(0, "age", "weight-kg", "pregnancy", "minutes", "prior-sessions", "hours-after");
    public static readonly NameList SessionFields = NameList.Kebab(typeof(SessionField));
    public static readonly NameList RuleKinds = NameList.Contract(typeof(RuleKind), i => ContractNames.Of((RuleKind)i));
    public static readonly NameList Supports = NameList.Contract(typeof(SupportKind), i => ContractNames.Of((SupportKind)i));
    public static readonly NameList Decisions = NameList.Contract(typeof(Decision), i => ContractNames.Of((Decision)i));
    public static readonly NameList Urgencies = NameList.Contract(typeof(Urgency), i => ContractNames.Of((Urgency)i));
    public static readonly NameList Elements = NameList.Contract(typeof(Element), i => ContractNames.Of((Element)i));
    public static readonly NameList Grades = new(0, "A", "B", "C", "D", "E");
    public static readonly NameList Foreseeables = new((int)Foreseeable.No, "no", "partly", "yes");
    public static readonly NameList ClientLists = new(0, "conditions", "medicines", "procedures", "symptoms", "allergies", "pastReactions");

    /// <summary>Days in the units of "since".</summary>
    public static double? UnitDays(string unit) => unit switch { "h" => 1 / 24.0, "d" => 1, "w" => 7, "m" => 30.4375, "y" => 365.25, _ => null };
}
