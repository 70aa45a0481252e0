using System.Collections.Immutable;

namespace ThinIce.Knowledge.Reading;

/// <summary>A text of the knowledge that the public reads.</summary>
/// <param name="At">File and line.</param>
/// <param name="Of">Id of the rule, harm, page … it belongs to.</param>
/// <param name="Field">Which text of it.</param>
/// <param name="Text">The words, in English.</param>
public sealed record ClientText(SourceLine At, string Of, string Field, string Text)
{
    /// <summary>How hard it is to read.</summary>
    public ReadingGrade Reading { get; } = ReadingGrade.Of(Text);

    /// <inheritdoc/>
    public override string ToString() => $"{At}: {Of}, {Field}: grade {Reading.Grade:0.0} ({Reading.Words} words)";
}

/// <summary>
/// Finds what the public reads among the files of the knowledge: words for the client, advice, questions, names of harms and their pages,
/// published cases, guidance and the sentences of the answers. Words for therapists, sources and what rules rest on are not among them.
/// </summary>
public static class ClientTexts
{
    /// <summary>Keys whose English words are for the public, by the first part of a file's path.</summary>
    private static readonly ImmutableDictionary<string, ImmutableArray<string>> Public = new Dictionary<string, ImmutableArray<string>>
    {
        ["rules"] = ["client", "advice"],
        ["aftercare"] = ["client"],
        ["vocabulary"] = ["ask"],
        ["definitions"] = ["ask"],
        ["harms"] = ["what", "how", "at-risk", "first-signs", "what-to-do", "how-often", "limits", "count", "of-what"],
        ["published"] = ["story", "first-sign", "why"],
        ["pages"] = ["lead", "say", "intro", "heading", "title", "name"],
        ["rates"] = ["what", "asked", "window", "limits", "why"],
        ["drill"] = ["before", "moment", "why"],
        ["history.yaml"] = ["what"],
    }.ToImmutableDictionary();

    /// <summary>All of a folder. A file that is no valid YAML is left out: the compiler reports it.</summary>
    public static ImmutableArray<ClientText> In(string folder) =>
        [.. YamlFiles.Read(folder, [], path => !path.EndsWith(".cases.yaml", StringComparison.Ordinal)).SelectMany(Of)];

    private static IEnumerable<ClientText> Of(KnowledgeFile file)
    {
        var part = file.Path.Split('/')[0];
        if (part == "texts") return Sentences(file.Root, "");
        return Public.TryGetValue(part, out var keys) ? Below(file.Root, Path.GetFileNameWithoutExtension(file.Path), "", keys) : [];
    }

    private static IEnumerable<ClientText> Sentences(Node node, string key) => node switch
    {
        MapNode map => map.Entries.SelectMany(e => Sentences(e.Value, key.Length == 0 ? e.Key : $"{key}.{e.Key}")),
        TextNode { IsNull: false } text => [new(text.At, "texts", key, text.Text)],
        _ => [],
    };

    private static IEnumerable<ClientText> Below(Node node, string id, string field, ImmutableArray<string> keys) => node switch
    {
        ListNode list => list.Items.SelectMany(item => Below(item, id, field, keys)),
        MapNode map => map.Entries.SelectMany(e => Entry(e, (map["id"] as TextNode ?? map["case"] as TextNode)?.Text ?? id, field, keys)),
        _ => [],
    };

    private static IEnumerable<ClientText> Entry(MapEntry entry, string id, string field, ImmutableArray<string> keys)
    {
        if (!keys.Contains(entry.Key)) return Below(entry.Value, id, entry.Key == "en" ? field : entry.Key, keys);
        var words = entry.Value is MapNode map ? map["en"] : entry.Value;
        return words is TextNode { IsNull: false } text ? [new(text.At, id, entry.Key, text.Text)] : Below(entry.Value, id, entry.Key, keys);
    }
}
