using System.Collections.Immutable;
using ThinIce.Core.Clinical;
using ThinIce.Core.Conditions;

namespace ThinIce.Knowledge.Mapping;

/// <summary>Maps <c>when</c>, <c>unless</c> and formulas. Notes every id that is used, to be checked when all files are read.</summary>
/// <param name="uses">Where ids that are used are noted.</param>
/// <param name="errors">Where errors go.</param>
internal sealed class ConditionMapping(Uses uses, List<KnowledgeError> errors)
{
    public Condition Condition(Node node)
    {
        var fields = new Fields(node, errors);
        if (node is MapNode map && map["has"] is not null) return Has(fields);
        var parts = ImmutableArray.CreateBuilder<Condition>();
        if (node is MapNode { Entries.Length: 0 }) fields.Fault("K014", node.At, "An empty condition would always hold: say what it asks.");
        if (fields.Find("all") is { } all) parts.Add(new AllOf(List(all)));
        if (fields.Find("any") is { } any) parts.Add(new AnyOf(List(any)));
        if (fields.Find("none") is { } none) parts.Add(new NoneOf(List(none)));
        if (fields.Find("at-least") is { } needed)
            parts.Add(new AtLeast((int)fields.AsNumber(needed), fields.Need("of") is { } of ? List(of) : []));
        if (fields.Find("session") is { } session) parts.Add(Session(session));
        if (fields.Find("sex") is { } sex) parts.Add(new SexIs((Sex)fields.AsOneOf(sex, Names.Sexes)));
        if (fields.Find("course") is { } course) parts.Add(new CourseIs((Course)fields.AsOneOf(course, Names.Courses)));
        foreach (var key in new[] { "age", "pregnancy", "weight-kg", "hours-after" })
            if (fields.Find(key) is { } number) parts.Add(new NumberIs((NumberField)Names.Numbers.ValueOf(key), Comparison(number, key)));
        foreach (var key in new[] { "measure", "score" })
            if (fields.Find(key) is { } measures) parts.AddRange(fields.AsEntries(measures).Select(m => Measure(m.Key, m.Value)));
        if (fields.Find("is") is { } defined) parts.Add(new IsDefined(new(uses.Note(UseKind.Definition, fields.AsText(defined), defined.At))));
        fields.NoOthers();
        return parts.Count == 1 ? parts[0] : new AllOf(parts.ToImmutable());
    }

    public Formula Formula(Node node)
    {
        var fields = new Fields(node, errors);
        var formulas = new List<Formula>();
        if (fields.Find("number") is { } number) formulas.Add(new Constant(fields.AsNumber(number)));
        if (fields.Find("field") is { } field) formulas.Add(new FieldValue((NumberField)fields.AsOneOf(field, Names.Numbers)));
        if (fields.Find("add") is { } sum) formulas.Add(new SumOf(Fields.Each(Fields.AsList(sum), Formula)));
        if (fields.Find("multiply") is { } product) formulas.Add(new ProductOf(Fields.Each(Fields.AsList(product), Formula)));
        if (fields.Find("whole") is { } whole) formulas.Add(new WholePart(Formula(whole)));
        if (fields.Find("pressure") is { } pressure)
        {
            var table = fields.Under(pressure);
            formulas.Add(new ByPressure(table.Number("light"), table.Number("moderate"), table.Number("strong")));
            table.NoOthers();
        }

        if (fields.Find("band") is { } band)
        {
            formulas.Add(new ByBand((NumberField)fields.AsOneOf(band, Names.Numbers), Fields.Each(fields.List("values"), Band)));
            if (fields.Need("values") is null) formulas.RemoveAt(formulas.Count - 1);
        }

        if (fields.Find("if") is { } condition) formulas.Add(new IfHolds(Condition(condition), fields.Number("then"), fields.Number("otherwise")));
        fields.NoOthers();
        if (formulas.Count != 1) fields.Fault("K015", node.At, "A formula is one of number, field, add, multiply, whole, pressure, band with values, if with then and otherwise.");
        return formulas.Count > 0 ? formulas[0] : new Constant(0);
    }

    private Band Band(Node node)
    {
        var fields = new Fields(node, errors);
        var band = new Band(fields.Find("below") is { } below ? fields.AsNumber(below) : double.PositiveInfinity, fields.Number("is"));
        fields.NoOthers();
        return band;
    }

    /// <summary>A condition that stands twice in one list says nothing more: somebody pasted it, or meant another. What was compiled has been checked.</summary>
    private void NoneTwice(ImmutableArray<Node> items)
    {
        if (items.Length < 2 || items[0].At.Line == 0) return;
        var seen = new Dictionary<string, SourceLine>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (!seen.TryAdd(Written(item), item.At))
                errors.Add(new("K017", item.At, $"The same condition stands in this list already (line {seen[Written(item)].Line}): take one out, or say what the other was to be."));
        }
    }

    private static string Written(Node node) => node switch
    {
        TextNode text => text.Text,
        ListNode list => $"[{string.Join(", ", list.Items.Select(Written))}]",
        MapNode map => $"{{{string.Join(", ", map.Entries.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key}: {Written(e.Value)}"))}}}",
        _ => "",
    };

    private ImmutableArray<Condition> List(Node node)
    {
        var items = Fields.AsList(node);
        if (items.IsEmpty) errors.Add(new("K014", node.At, "An empty list of conditions says nothing: give at least one."));
        NoneTwice(items);
        return Fields.Each(items, Condition);
    }

    private HasFact Has(Fields fields)
    {
        var planned = fields.Find("at") is TextNode { Text: "planned" };
        var test = new FactTest
        {
            AtPlanned = planned,
            Value = fields.Find("value") is { } value ? Comparison(value, "value") : null,
            DaysAgo = fields.Find("since") is { } since ? Days(since) : null,
            Side = fields.Find("side") is { } side ? (Side)fields.AsOneOf(side, Names.Sides) : null,
            AtLeast = (fields.Find("degree") ?? fields.Find("said-degree")) is { } degree ? Degree(fields, degree) : null,
            DegreeSaid = fields.Find("said-degree") is not null,
            Currency = fields.Find("healed") is { } healed ? (fields.AsFlag(healed) ? CurrencyTest.Over : CurrencyTest.Current)
                : (CurrencyTest)fields.OneOf("status", Names.Currencies, (int)CurrencyTest.ByKind),
            InFamily = fields.OneOf("who", Names.Who) == 1,
            At = (planned ? fields.Find("said-at") : fields.Find("at") ?? fields.Find("said-at")) is { } at ? Concepts(fields, at, ConceptKind.Region) : [],
            Narrowly = fields.Find("said-at") is not null,
            AfterEarlierMassage = fields.OneOf("in", Names.In) == 1,
            New = fields.Flag("new"),
        };
        var has = fields.Need("has")!;
        var concept = uses.Note(UseKind.Fact, fields.AsText(has), has.At);
        // Of others the recogniser reads no value, so the condition would never hold.
        if (test.Value is not null) uses.Note(UseKind.Measured, concept, has.At);
        fields.NoOthers();
        return new(new(concept), test);
    }

    private static Degree Degree(Fields fields, Node node)
    {
        var text = fields.AsText(node);
        if (text.StartsWith(">=", StringComparison.Ordinal) && Names.Degrees.ValueOf(text[2..].Trim()) is > 0 and var degree) return (Degree)degree;
        fields.Fault("K013", node.At, "This is >=mild, >=moderate or >=severe.");
        return Core.Clinical.Degree.Mild;
    }

    private Condition Session(Node node)
    {
        var fields = new Fields(node, errors);
        var parts = ImmutableArray.CreateBuilder<Condition>();
        if (fields.Find("pressure") is { } pressure) parts.Add(Pressure(fields, pressure));
        if (fields.Find("region") is { } region) parts.Add(new RegionIs(Concepts(fields, region, ConceptKind.Region)));
        if (fields.Find("minutes") is { } minutes) parts.Add(new NumberIs(NumberField.Minutes, Comparison(minutes, "minutes")));
        if (fields.Find("prior-sessions") is { } prior) parts.Add(new NumberIs(NumberField.PriorSessions, Comparison(prior, "prior-sessions")));
        if (fields.Find("heat") is { } heat) parts.Add(new HeatIs(fields.AsFlag(heat)));
        foreach (var name in Names.SessionFields.All)
        {
            if (fields.Find(name) is { } named)
                parts.Add(new SessionHas((SessionField)Names.SessionFields.ValueOf(name), Concepts(fields, named, (ConceptKind)Names.Kinds.ValueOf(name))));
        }

        fields.NoOthers();
        if (parts.Count == 0) fields.Fault("K014", node.At, "An empty condition would always hold: say what it asks of the session.");
        return parts.Count == 1 ? parts[0] : new AllOf(parts.ToImmutable());
    }

    private static PressureIs Pressure(Fields fields, Node node)
    {
        var text = fields.AsText(node);
        var op = text.StartsWith(">=", StringComparison.Ordinal) || text.StartsWith("<=", StringComparison.Ordinal) ? text[..2] : "";
        if (Names.Pressures.ValueOf(text[op.Length..].Trim()) is > 0 and var value)
        {
            var level = (PressureLevel)value;
            return op switch
            {
                ">=" => new(level, PressureLevel.Strong),
                "<=" => new(PressureLevel.Light, level),
                _ => new(level, level),
            };
        }

        fields.Fault("K013", node.At, "This is >=, <= or nothing, and light, moderate or strong.");
        return new(PressureLevel.Light, PressureLevel.Strong);
    }

    private MeasureIs Measure(string id, Node node) => new(new(uses.Note(UseKind.Measure, id, node.At)), Comparison(node, id));

    private Comparison Comparison(Node node, string of)
    {
        if (node is TextNode text && Core.Conditions.Comparison.TryParse(text.Text, null, out var comparison)) return comparison;
        errors.Add(new("K016", node.At, $"'{of}' is compared like \">=65\", \"<3\" or \"12..28\"."));
        return new(0, true, 0, true);
    }

    private Comparison Days(Node node)
    {
        if (node is TextNode text && Core.Conditions.Comparison.TryParse(text.Text, Names.UnitDays, out var comparison)) return comparison;
        errors.Add(new("K016", node.At, "'since' is compared like \"<12w\" or \">2d\"; units are h, d, w, m, y."));
        return new(0, true, 0, true);
    }

    private ImmutableArray<ConceptId> Concepts(Fields fields, Node node, ConceptKind kind) =>
        Fields.Each(Fields.AsList(node), item => new ConceptId(uses.Note(UseKind.Of(kind), fields.AsText(item), item.At)));
}

/// <summary>What sort of thing an id names.</summary>
/// <param name="Name">In a sentence.</param>
/// <param name="Kind">The kind of concept; null for facts of any client kind and for things that are no concepts.</param>
internal sealed record UseKind(string Name, ConceptKind? Kind = null)
{
    public static readonly UseKind Fact = new("concept of the vocabulary");
    public static readonly UseKind Measured = new("concept with 'takes-value'");
    public static readonly UseKind Definition = new("definition");
    public static readonly UseKind Measure = new("measure");
    public static readonly UseKind Harm = new("harm");
    public static readonly UseKind Rule = new("rule");
    public static readonly UseKind Published = new("published case");
    public static readonly UseKind Area = new("area of rules");
    public static readonly UseKind Reference = new("reference");
    public static readonly UseKind Reviewer = new("reviewer");

    private static readonly UseKind[] OfKinds = Array.ConvertAll(Enum.GetValues<ConceptKind>(), kind => new UseKind($"{kind.ToString().ToLowerInvariant()} of the vocabulary", kind));

    public static UseKind Of(ConceptKind kind) => OfKinds[(int)kind];
}

/// <summary>One place where an id is used.</summary>
internal sealed record Use(UseKind Kind, string Id, SourceLine At);

/// <summary>All places where an id is used.</summary>
/// <param name="noted">Whether they are noted: not where they were checked before.</param>
internal sealed class Uses(bool noted = true)
{
    public List<Use> All { get; } = [];

    public string Note(UseKind kind, string id, SourceLine at)
    {
        if (noted) All.Add(new(kind, id, at));
        return id;
    }
}
