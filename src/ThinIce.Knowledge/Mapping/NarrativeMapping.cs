using System.Collections.Immutable;
using ThinIce.Core.Clinical;
using ThinIce.Core.Narratives;
using ThinIce.Core.Words;

namespace ThinIce.Knowledge.Mapping;

/// <summary>Maps <c>knowledge/narratives/</c>: all its files together are one entry.</summary>
internal sealed class NarrativeMapping(Uses uses, List<KnowledgeError> errors)
{
    private readonly ConditionMapping _conditions = new(uses, errors);

    public NarrativeKnowledge Read(IReadOnlyList<KnowledgeFile> files)
    {
        if (files.Count == 0) return new();
        var all = new MapNode(new("narratives", 0), [.. files.SelectMany(f => f.Root is MapNode map ? map.Entries : [])]);
        var fields = new Fields(all, errors);
        var narratives = new NarrativeKnowledge
        {
            Shorthand = Same(fields, "shorthand"),
            Notes = Same(fields, "shorthand-in-notes"),
            AfterNumber = Same(fields, "shorthand-after-a-number"),
            Glued = Same(fields, "shorthand-glued"),
            NoteWords = fields.Texts("words-of-notes"),
            PassedOver = fields.Texts("passed-over"),
            Roles = [.. fields.Entries("roles").SelectMany(e => Roles(fields, e.Key, e.Value))],
            LongStandingDays = fields.Number("long-standing-days"),
            Onsets = Times(fields, "onsets"),
            Dates = Times(fields, "dates"),
            Later = fields.Texts("later"),
            Within = fields.Texts("within"),
            Lasting = fields.Texts("lasting"),
            SinceThen = fields.Texts("since-then"),
            Symptoms = Fields.Each([.. fields.List("symptoms").SelectMany(line => Fields.AsList(line))], Concept),
            NotCoded = Fields.Each(fields.List("not-coded"), Concept),
            PlainMassage = Fields.Each(fields.List("plain-massage"), Concept),
            ReadAs = [.. fields.List("read-as").Select(node => ReadAs(fields.Under(node)))],
            Harms = [.. fields.List("harms").Select(node => Harm(fields.Under(node)))],
        };
        fields.NoOthers();
        return narratives;
    }

    private static ImmutableArray<SameWord> Same(Fields fields, string key) =>
        [.. fields.List(key).SelectMany(group => fields.AsTexts(group) is var words && words.IsEmpty ? [] : words.Skip(1).Select(variant => new SameWord(variant, words[0])))];

    private static IEnumerable<RoleWords> Roles(Fields fields, string name, Node node)
    {
        var role = Names.Roles.ValueOf(name);
        if (role < 0) fields.Fault("K013", node.At, $"A role is one of {string.Join(", ", Names.Roles.All)}.");
        return fields.AsTexts(node).Select(phrase => new RoleWords(phrase, (NarrativeRole)Math.Max(0, role)));
    }

    private static ImmutableArray<TimeWords> Times(Fields fields, string key) => [.. fields.Entries(key).Select(e => new TimeWords(e.Key, fields.AsNumber(e.Value)))];

    private ConceptId Concept(Node node) => new(uses.Note(UseKind.Fact, new Fields(new MapNode(node.At, []), errors).AsText(node), node.At));

    private ReadConceptAs ReadAs(Fields fields)
    {
        ReadConceptAs read = new(Concept(fields.Need("concept") ?? new TextNode(fields.At, "", false)), Concept(fields.Need("as") ?? new TextNode(fields.At, "", false)), fields.Texts("words"));
        fields.NoOthers();
        return read;
    }

    private HarmCode Harm(Fields fields)
    {
        var harm = fields.Need("harm") is { } node ? uses.Note(UseKind.Harm, fields.AsText(node), node.At) : "";
        HarmCode code = new(new(harm), fields.Find("when") is { } when ? _conditions.Condition(when) : new Core.Conditions.AnyOf([]))
        {
            Alone = fields.Flag("alone"),
            Named = fields.Texts("named"),
            Unless = Fields.Each(fields.List("unless"), h => new HarmId(uses.Note(UseKind.Harm, fields.AsText(h), h.At))),
        };
        fields.NoOthers();
        return code;
    }
}
