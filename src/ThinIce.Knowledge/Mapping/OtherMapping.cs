using System.Collections.Immutable;
using ThinIce.Core;
using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Clinical;
using ThinIce.Core.Conditions;
using ThinIce.Core.Words;

namespace ThinIce.Knowledge.Mapping;

/// <summary>Something read, and where it stood.</summary>
internal sealed record Placed<T>(T Value, SourceLine At)
    where T : class;

/// <summary>Maps everything but rules.</summary>
internal sealed class OtherMapping(Uses uses, List<KnowledgeError> errors)
{
    private readonly ConditionMapping _conditions = new(uses, errors);

    public IEnumerable<Placed<Concept>> Vocabulary(KnowledgeFile file)
    {
        var fields = new Fields(file.Root, errors);
        var kind = (ConceptKind)fields.NeedOneOf("kind", Names.Kinds);
        var concepts = fields.List("concepts").Select(node => new Placed<Concept>(Concept(node, kind), node.At)).ToList();
        fields.NoOthers();
        return concepts;
    }

    public Concept Concept(Node node, ConceptKind kind)
    {
        var fields = new Fields(node, errors);
        var concept = new Concept(new(fields.Text("id")), kind, fields.Local("name"))
        {
            IsA = Ids(fields, "is-a", UseKind.Fact),
            Words = fields.LocalTexts("words"),
            WordsInField = fields.LocalTexts("words-in-field"),
            Ask = fields.LocalOrNull("ask"),
            At = Ids(fields, "at", UseKind.Of(ConceptKind.Region)),
            PartOf = Ids(fields, "part-of", UseKind.Of(ConceptKind.Region)),
            IsPaired = fields.Flag("paired"),
            AskDays = fields.List("ask-days") is { Length: 2 } days ? new Span(fields.AsNumber(days[0]), fields.AsNumber(days[1])) : null,
            UsualPressure = fields.Find("usual-pressure") is { } pressure ? (PressureLevel)fields.AsOneOf(pressure, Names.Pressures) : null,
            TakesValue = fields.Flag("takes-value"),
            Degree = fields.Find("degree") is { } degree ? (Degree)fields.AsOneOf(degree, Names.Degrees) : Degree.Unstated,
            Codes = [.. fields.Entries("codes").Select(e => new Code(e.Key, fields.AsText(e.Value)))],
        };
        fields.NoOthers();
        return concept;
    }

    private ImmutableArray<ConceptId> Ids(Fields fields, string key, UseKind kind) =>
        Fields.Each(fields.List(key), item => new ConceptId(uses.Note(kind, fields.AsText(item), item.At)));

    public IEnumerable<Placed<Definition>> Definitions(KnowledgeFile file) => Each(file, "definitions", fields => new Definition(
        new(fields.Text("id")), fields.Local("name"), fields.Need("when") is { } when ? _conditions.Condition(when) : new AnyOf([]))
    {
        Ask = fields.LocalOrNull("ask"),
        AskIn = (ClientField)fields.OneOf("ask-in", Names.ClientLists, (int)ClientField.Symptoms),
    });

    public IEnumerable<Placed<Measure>> Measures(KnowledgeFile file) => Each(file, "measures", fields =>
    {
        fields.TextOrNull("note");
        return new Measure(new(fields.Text("id")), fields.Local("name"), fields.Text("unit"), fields.Need("formula") is { } formula ? _conditions.Formula(formula) : new Constant(0))
        {
            References = References(fields),
        };
    });

    public IEnumerable<Placed<Harm>> Harms(KnowledgeFile file) => Each(file, "harms", Harm);

    public Harm Harm(Fields fields) =>
        new(new(fields.Text("id")), fields.Local("name"), fields.Whole("gravity", 1, 5))
        {
            Heading = fields.Text("heading"),
            Icd10 = fields.Texts("icd-10"),
            What = fields.Local("what"),
            How = fields.Local("how"),
            AtRisk = fields.Local("at-risk"),
            FirstSigns = fields.Local("first-signs"),
            WhatToDo = fields.Local("what-to-do"),
            HowOften = fields.Local("how-often"),
            References = References(fields),
            Where = Ids(fields, "where", UseKind.Of(ConceptKind.Region)),
            Rates = new GuidanceMapping(uses, errors).Rates(fields),
        };

    public IEnumerable<Placed<Reference>> References(KnowledgeFile file) => Each(file, "references", Reference);

    public static Reference Reference(Fields fields) =>
        new(new(fields.Text("id")), fields.Text("title"), fields.Text("authors"), fields.Find("year") is { } year ? (int)fields.AsNumber(year) : null, fields.Text("url"), fields.Text("verified"))
        {
            Says = fields.Texts("says"),
            Caveat = fields.TextOrNull("caveat") ?? "",
        };

    public IEnumerable<Placed<PublishedCase>> Published(KnowledgeFile file) => Each(file, "published", PublishedCase);

    public PublishedCase PublishedCase(Fields fields) =>
        new(fields.Text("id"), fields.Text("title"), fields.Text("authors"), fields.Find("year") is { } year ? (int)fields.AsNumber(year) : null,
            fields.Text("source"), Names.Grades.All[fields.NeedOneOf("grade", Names.Grades)])
        {
            Harms = Fields.Each(fields.List("harms"), h => new HarmId(uses.Note(UseKind.Harm, fields.AsText(h), h.At))),
            Story = fields.Local("story"),
            FirstSign = fields.Local("first-sign"),
            Foreseeable = (Foreseeable)fields.NeedOneOf("foreseeable", Names.Foreseeables),
            Why = fields.Local("why"),
            Verified = fields.Text("verified"),
        };

    public IEnumerable<Placed<ScaleText>> Scales(KnowledgeFile file) => Each(file, "scales", Scale);

    public static ScaleText Scale(Fields fields) => new(fields.Text("id"), fields.Local("name"), fields.Text("source"), fields.Text("licence"))
    {
        Is = fields.Local("is"),
        IsNot = fields.Local("is-not"),
        Ours = fields.Local("ours"),
        Items = [.. fields.List("items").Select(node =>
        {
            var item = fields.Under(node);
            ScaleItem read = new(item.Text("id"), item.Local("text"));
            item.NoOthers();
            return read;
        })],
    };

    public IEnumerable<Placed<Place>> Places(KnowledgeFile file) => Each(file, "places", fields =>
    {
        fields.TextOrNull("note");
        return new Place(fields.Text("code"), fields.Local("name"), fields.Text("emergency")) { Advice = fields.TextOrNull("advice") ?? "", Support = Signposts(fields) };
    });

    private static ImmutableArray<Signpost> Signposts(Fields fields) => Fields.Each(fields.List("support"), node =>
    {
        var item = fields.Under(node);
        var read = new Signpost(item.Local("name"), item.Local("how"), item.Text("read"));
        item.NoOthers();
        return read;
    });

    public IEnumerable<Placed<CheckListLine>> CheckList(KnowledgeFile file) => Each(file, "check-list", CheckListLine);

    public CheckListLine CheckListLine(Fields fields) => new(fields.Text("id"), fields.Local("words")) { Regions = Ids(fields, "regions", UseKind.Of(ConceptKind.Region)) };

    public IEnumerable<Placed<Reviewer>> Reviewers(KnowledgeFile file) => Each(file, "reviewers", fields =>
        new Reviewer(fields.Text("id"), fields.Text("name"), fields.Text("registration"), fields.Text("on")));

    /// <summary>The sentences of one language: keys joined by dots (as <see cref="Translation.Language"/>) and words.</summary>
    public IEnumerable<Translation> Texts(Node node, string prefix = "")
    {
        var fields = new Fields(node, errors);
        return fields.AsEntries(node).SelectMany(e => e.Value is MapNode
            ? Texts(e.Value, $"{prefix}{e.Key}.")
            : [new Translation($"{prefix}{e.Key}", fields.AsText(e.Value))]);
    }

    public Language Language(KnowledgeFile file)
    {
        var fields = new Fields(file.Root, errors);
        var language = new Language(fields.Text("language"))
        {
            Cues = [.. fields.Entries("cues").SelectMany(kind => Cues(fields, kind.Key, kind.Value))],
            Fillers = [.. fields.List("fillers").SelectMany(f => fields.AsText(f).Split(' ', StringSplitOptions.RemoveEmptyEntries))],
            Numbers = [.. fields.Entries("numbers").Select(e => new NamedNumber(e.Key, fields.AsNumber(e.Value)))],
            WeakNumbers = fields.Texts("weak-numbers"),
            Months = [.. fields.Entries("months").Select(e => new NamedNumber(e.Key, fields.AsNumber(e.Value)))],
            WeakMonths = fields.Texts("weak-months"),
            UnitAlone = fields.List("unit-alone") is { Length: 2 } alone ? new Span(fields.AsNumber(alone[0]), fields.AsNumber(alone[1])) : Span.Exactly(1),
            Forms = [.. fields.List("forms").SelectMany(group => Same(fields.AsTexts(group)))],
            Spellings = [.. fields.List("spellings").SelectMany(group => Same(fields.AsTexts(group)))],
            Skipped = [.. fields.List("skipped").SelectMany(f => fields.AsText(f).Split(' ', StringSplitOptions.RemoveEmptyEntries))],
            Units = [.. fields.Entries("units").Select(e => new NamedNumber(e.Key, fields.AsNumber(e.Value)))],
        };
        fields.NoOthers();
        return language;
    }

    /// <summary>A group of words that mean the same: the first is the one the others stand for.</summary>
    private static IEnumerable<SameWord> Same(ImmutableArray<string> group) => group.Skip(1).Select(variant => new SameWord(variant, group[0]));

    private static IEnumerable<Cue> Cues(Fields fields, string name, Node node)
    {
        if (Names.Cues.ValueOf(name) < 0)
        {
            fields.Fault("K013", node.At, $"A sort of cue is one of {string.Join(", ", Names.Cues.All)}.");
            return [];
        }

        var kind = (CueKind)Names.Cues.ValueOf(name);
        // Cues with a value are grouped under it: degree: { mild: [a bit] }.
        return kind switch
        {
            CueKind.Degree => Valued(fields, node, kind, n => fields.AsOneOf(n, Names.Degrees)),
            CueKind.Side => Valued(fields, node, kind, n => fields.AsOneOf(n, Names.Sides)),
            CueKind.Pressure => Valued(fields, node, kind, n => fields.AsOneOf(n, Names.Pressures)),
            CueKind.Sex => Valued(fields, node, kind, n => fields.AsOneOf(n, Names.Sexes)),
            CueKind.Other => Valued(fields, node, kind, n => n is TextNode { Text: "anyone" } ? 0 : fields.AsOneOf(n, Names.Sexes)),
            CueKind.Link => Valued(fields, node, kind, n => n is TextNode { Text: "after" } ? 1 : 0),
            CueKind.When => Fields.AsList(node).Select(item => When(fields.Under(item))),
            _ => fields.AsTexts(node).Select(phrase => new Cue(phrase, kind)),
        };
    }

    private static IEnumerable<Cue> Valued(Fields fields, Node node, CueKind kind, Func<Node, int> value) =>
        fields.AsEntries(node).SelectMany(group => fields.AsTexts(group.Value)
            .Select(phrase => new Cue(phrase, kind, value(new TextNode(group.Value.At, group.Key, false)))));

    private static Cue When(Fields fields)
    {
        var phrase = fields.Text("say");
        var days = Fields.Each(Fields.AsList(fields.Need("days") ?? new ListNode(fields.At, [])), fields.AsNumber);
        fields.NoOthers();
        if (days.Length != 2) fields.Fault("K013", fields.At, "'days' is two numbers, from and to.");
        return new(phrase, CueKind.When, 0, days.Length == 2 ? new Span(days[0], days[1]) : Span.Exactly(0));
    }

    public Parameters Parameters(IEnumerable<KnowledgeFile> files)
    {
        var all = new MapNode(new("parameters", 0), [.. files.SelectMany(f => f.Root is MapNode map ? map.Entries : [])]);
        var fields = new Fields(all, errors);
        var ranges = new MapNode(all.At, fields.Entries("plausible"));
        var parameters = new Parameters
        {
            RecentSymptomDays = fields.Number("recent-symptom-days"),
            OldSymptomDays = fields.Number("old-symptom-days"),
            PregnancyPossible = fields.Need("pregnancy-possible") is { } possible ? _conditions.Condition(possible) : new AnyOf([]),
            Pregnancy = new(fields.Need("pregnancy-concept") is { } p ? uses.Note(UseKind.Fact, fields.AsText(p), p.At) : ""),
            Birth = fields.Find("birth-concept") is { } born ? new ConceptId(uses.Note(UseKind.Fact, fields.AsText(born), born.At)) : null,
            Benefit = new(fields.Need("benefit-concept") is { } b ? uses.Note(UseKind.Fact, fields.AsText(b), b.At) : ""),
            BareReading = fields.Find("bare-reading") is { } bare ? Bare(fields.Under(bare)) : null,
            Durations = fields.Find("durations") is { } durations ? Durations(fields.Under(durations)) : null,
            Ranges = [.. Names.Numbers.All.Select(n => Range(fields, ranges[n], n))],
        };
        fields.TextOrNull("note");
        fields.NoOthers();
        return parameters;
    }

    private BareReading Bare(Fields fields)
    {
        var concept = fields.Need("concept") is { } named ? uses.Note(UseKind.Fact, fields.AsText(named), named.At) : "";
        var ranges = Fields.Each(fields.List("ranges"), node => Range(fields, node, "bare-reading"));
        BareReading bare = new(new(concept), ranges, fields.Texts("units"), fields.Texts("not-before"));
        fields.NoOthers();
        return bare;
    }

    private static DurationBounds Durations(Fields fields)
    {
        DurationBounds bounds = new(fields.Number("days-from-hours"), fields.Number("weeks-from-hours"), fields.Number("long-from-hours"));
        fields.NoOthers();
        return bounds;
    }

    private static Span Range(Fields fields, Node? node, string name)
    {
        if (node is ListNode { Items.Length: 2 } pair) return new(fields.AsNumber(pair.Items[0]), fields.AsNumber(pair.Items[1]));
        fields.Fault("K011", node?.At ?? fields.At, $"A range needs two numbers, from and to: {name}.");
        return new(0, 0);
    }

    private static ImmutableArray<ReferenceId> References(Fields fields, Uses uses) =>
        Fields.Each(fields.List("references"), r => new ReferenceId(uses.Note(UseKind.Reference, fields.AsText(r), r.At)));

    private ImmutableArray<ReferenceId> References(Fields fields) => References(fields, uses);

    private List<Placed<T>> Each<T>(KnowledgeFile file, string key, Func<Fields, T> map)
        where T : class
    {
        var fields = new Fields(file.Root, errors);
        var values = fields.List(key).Select(node =>
        {
            var item = fields.Under(node);
            var value = map(item);
            item.NoOthers();
            return new Placed<T>(value, node.At);
        }).ToList();
        fields.NoOthers();
        return values;
    }
}
