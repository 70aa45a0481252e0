using System.Collections.Immutable;
using System.Globalization;
using ThinIce.Core;
using ThinIce.Core.Clinical;
using ThinIce.Core.Conditions;
using ThinIce.Knowledge.Cases;

namespace ThinIce.Knowledge.Mapping;

/// <summary>Maps what only pages show: guidance, figures, practice cases and the history of the knowledge.</summary>
internal sealed class GuidanceMapping(Uses uses, List<KnowledgeError> errors)
{
    private static readonly NameList Tones = NameList.Kebab(typeof(GuidanceTone));
    private static readonly NameList Units = NameList.Kebab(typeof(RateUnit));
    private static readonly NameList Treatments = NameList.Kebab(typeof(RateTreatment));
    private static readonly NameList Choices = NameList.Kebab(typeof(DrillChoice));
    private static readonly NameList Kinds = NameList.Kebab(typeof(HistoryKind));

    public Placed<GuidancePage> Page(KnowledgeFile file) => new(Page(new Fields(file.Root, errors)), file.Root.At);

    public GuidancePage Page(Fields fields)
    {
        var page = new GuidancePage(fields.Text("id"), fields.Local("title"))
        {
            Lead = fields.Local("lead"),
            Sections = [.. fields.List("sections").Select(node => Section(fields.Under(node)))],
            Rates = Rates(fields),
        };
        fields.NoOthers();
        return page;
    }

    private GuidanceSection Section(Fields fields)
    {
        var section = new GuidanceSection(
            fields.Text("id"), fields.Local("heading"), (GuidanceTone)fields.OneOf("tone", Tones), fields.LocalOrNull("intro"),
            [.. fields.List("points").Select(node => Point(fields.Under(node)))]);
        fields.NoOthers();
        return section;
    }

    private GuidancePoint Point(Fields fields)
    {
        var point = new GuidancePoint(fields.Local("say"), [.. fields.List("refs").Select(node => Reference(fields, node))]);
        if (point.References.IsEmpty && fields.TextOrNull("supports") != "convention")
            fields.Fault("K031", fields.At, "A point names its sources ('refs'), or says supports: convention.");
        if (!point.References.IsEmpty) fields.TextOrNull("supports");
        fields.NoOthers();
        return point;
    }

    /// <summary>Figures of a page or of a harm.</summary>
    public ImmutableArray<Rate> Rates(Fields of) => [.. of.List("rates").Select(node => Rate(of.Under(node)))];

    private Rate Rate(Fields fields)
    {
        var (events, total) = (fields.Whole("events", 0, 1_000_000), fields.Whole("of", 1, 1_000_000));
        if (events > total) fields.Fault("K013", fields.At, "'events' is not more than 'of'.");
        var rate = new Rate(events, total, fields.Local("what"), Source(fields), fields.Local("limits"))
        {
            IsGood = fields.Flag("good"),
            Range = fields.List("range") is { Length: 2 } pair ? new Span(fields.AsNumber(pair[0]), fields.AsNumber(pair[1])) : null,
        };
        fields.NoOthers();
        return rate;
    }

    /// <summary>Rates that were counted and printed.</summary>
    public IEnumerable<Placed<PublishedRate>> Published(KnowledgeFile file)
    {
        var fields = new Fields(file.Root, errors);
        var rates = fields.List("rates").Select(node => new Placed<PublishedRate>(PublishedRate(fields.Under(node)), node.At)).ToList();
        fields.List("left-out");
        fields.NoOthers();
        return rates;
    }

    /// <summary>Figures of the same file that are no rates.</summary>
    public IEnumerable<Placed<RateLeftOut>> LeftOut(KnowledgeFile file)
    {
        var fields = new Fields(file.Root, errors);
        return [.. fields.List("left-out").Select(node => new Placed<RateLeftOut>(RateLeftOut(fields.Under(node)), node.At))];
    }

    public PublishedRate PublishedRate(Fields fields)
    {
        var (events, total) = (fields.Whole("events", 0, 100_000_000), fields.Whole("of", 1, 100_000_000));
        if (events > total) fields.Fault("K013", fields.At, "'events' is not more than 'of'.");
        var rate = new PublishedRate(fields.Text("id"), fields.Local("what"), events, total, (RateUnit)fields.NeedOneOf("unit", Units), Source(fields))
        {
            Name = fields.Local("name"),
            Treatment = (RateTreatment)fields.NeedOneOf("treatment", Treatments),
            Asked = fields.Local("asked"),
            Window = fields.Local("window"),
            Limits = fields.Local("limits"),
        };
        fields.NoOthers();
        return rate;
    }

    public RateLeftOut RateLeftOut(Fields fields)
    {
        var figure = new RateLeftOut(fields.Text("id"), fields.Local("what"), fields.Local("why"), Source(fields));
        fields.NoOthers();
        return figure;
    }

    private ReferenceId Source(Fields fields) => fields.Need("ref") is { } node ? Reference(fields, node) : new("");

    private ReferenceId Reference(Fields fields, Node node) => new(uses.Note(UseKind.Reference, fields.AsText(node), node.At));

    public IEnumerable<Placed<DrillCase>> Drill(KnowledgeFile file)
    {
        var fields = new Fields(file.Root, errors);
        var cases = fields.List("drill").Select(node => new Placed<DrillCase>(DrillCase(fields.Under(node)), node.At)).ToList();
        fields.NoOthers();
        return cases;
    }

    public DrillCase DrillCase(Fields fields)
    {
        var one = new DrillCase(fields.Text("id"), fields.Local("moment"), (DrillChoice)fields.NeedOneOf("right", Choices), fields.Local("why"))
        {
            Case = fields.Find("case") is { } node ? uses.Note(UseKind.Published, fields.AsText(node), node.At) : null,
            Check = fields.Find("intake") is { } intake ? new(false, YamlJson.Element(intake).GetRawText())
                : fields.Find("report") is { } report ? new(true, YamlJson.Element(report).GetRawText()) : null,
        };
        if (!fields.Flag("made-up") && one.Case is null) fields.Fault("K031", fields.At, "A practice case names a published 'case', or says made-up: true.");
        fields.NoOthers();
        return one;
    }

    /// <summary>The history; newest first, on days that there are.</summary>
    public IEnumerable<Placed<HistoryEntry>> History(KnowledgeFile file)
    {
        var fields = new Fields(file.Root, errors);
        var entries = fields.List("history").Select(node => new Placed<HistoryEntry>(Entry(fields.Under(node)), node.At)).ToList();
        foreach (var (newer, older) in entries.Zip(entries.Skip(1)))
            if (string.CompareOrdinal(newer.Value.On, older.Value.On) < 0) errors.Add(new("K041", older.At, "The history goes from the newest day to the oldest."));
        fields.NoOthers();
        return entries;
    }

    public HistoryEntry Entry(Fields fields)
    {
        var on = fields.Text("on");
        if (!DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) fields.Fault("K013", fields.At, "'on' is a day, such as 2026-11-25.");
        var entry = new HistoryEntry(on, (HistoryKind)fields.NeedOneOf("kind", Kinds), fields.Local("what"))
        {
            Rules = [.. fields.List("rules").Select(node => new RuleId(uses.Note(UseKind.Rule, fields.AsText(node), node.At)))],
            Areas = [.. fields.List("areas").Select(node => uses.Note(UseKind.Area, fields.AsText(node), node.At))],
            Harms = [.. fields.List("harms").Select(node => new HarmId(uses.Note(UseKind.Harm, fields.AsText(node), node.At)))],
        };
        fields.NoOthers();
        return entry;
    }
}
