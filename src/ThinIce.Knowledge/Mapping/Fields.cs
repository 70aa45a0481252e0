using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using ThinIce.Core.Clinical;

namespace ThinIce.Knowledge.Mapping;

/// <summary>Reads a map of the knowledge key by key, and reports what is missing, of the wrong sort, or not a key at all.</summary>
internal sealed class Fields
{
    private readonly MapNode _map;
    private readonly List<KnowledgeError> _errors;
    private readonly List<string> _read = [];

    public Fields(Node node, List<KnowledgeError> errors)
    {
        _errors = errors;
        if (node is not MapNode) Fault("K012", node.At, "This is a map of keys and values.");
        _map = node as MapNode ?? new(node.At, []);
    }

    public SourceLine At => _map.At;

    public List<KnowledgeError> Errors => _errors;

    public Node? Find(string key)
    {
        _read.Add(key);
        return _map[key] is { } node and not TextNode { IsNull: true } ? node : null;
    }

    public Node? Need(string key)
    {
        var node = Find(key);
        if (node is null) Fault("K011", _map.At, $"'{key}' is missing.");
        return node;
    }

    public string Text(string key) => Need(key) is { } node ? AsText(node) : "";

    public string? TextOrNull(string key) => Find(key) is { } node ? AsText(node) : null;

    public string AsText(Node node)
    {
        if (node is TextNode text) return text.Text;
        Fault("K012", node.At, "This is a text.");
        return "";
    }

    public double Number(string key) => Need(key) is { } node ? AsNumber(node) : 0;

    public double AsNumber(Node node)
    {
        if (node is TextNode text && double.TryParse(text.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) return value;
        Fault("K012", node.At, "This is a number.");
        return 0;
    }

    public int Whole(string key, int low, int high)
    {
        var value = Number(key);
        if (value == Math.Truncate(value) && value >= low && value <= high) return (int)value;
        Fault("K013", _map.At, $"'{key}' is a whole number from {low} to {high}.");
        return low;
    }

    public bool Flag(string key) => Find(key) is { } node && AsFlag(node);

    public bool AsFlag(Node node)
    {
        if (node is TextNode { Text: "true" or "yes" }) return true;
        if (node is not TextNode { Text: "false" or "no" }) Fault("K012", node.At, "This is true or false.");
        return false;
    }

    public LocalText Local(string key) => Need(key) is { } node ? AsLocal(node) : LocalText.None;

    public LocalText? LocalOrNull(string key) => Find(key) is { } node ? AsLocal(node) : null;

    public LocalText AsLocal(Node node)
    {
        if (node is not MapNode map)
        {
            Fault("K012", node.At, "This is words by language, such as { en: \"…\" }.");
            return LocalText.None;
        }

        if (map["en"] is null) Fault("K011", node.At, "The English words ('en') are missing.");
        return new([.. map.Entries.Select(e => new Translation(e.Key, AsText(e.Value)))]);
    }

    public ImmutableArray<string> Texts(string key) => Find(key) is { } node ? AsTexts(node) : [];

    public ImmutableArray<string> AsTexts(Node node) => Each(AsList(node), AsText);

    /// <summary>Words by language, all languages together.</summary>
    public ImmutableArray<string> LocalTexts(string key) =>
        Find(key) is not { } node ? [] : node is MapNode map ? [.. map.Entries.SelectMany(e => AsTexts(e.Value))] : AsTexts(node);

    public ImmutableArray<Node> List(string key) => Find(key) is { } node ? AsList(node) : [];

    /// <summary>What each of the nodes is read as. Not Select, which is compiled anew for every value type at every start of the program.</summary>
    public static ImmutableArray<T> Each<T>(ImmutableArray<Node> nodes, Func<Node, T> read)
    {
        if (nodes.IsEmpty) return [];
        var values = new T[nodes.Length];
        for (var i = 0; i < values.Length; i++) values[i] = read(nodes[i]);
        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    /// <summary>A list; a single value counts as a list of one.</summary>
    public static ImmutableArray<Node> AsList(Node node) => node is ListNode list ? list.Items : [node];

    /// <summary>The number of the value named; <paramref name="fallback"/> where the key is absent.</summary>
    public int OneOf(string key, NameList names, int fallback = 0) => Find(key) is { } node ? AsOneOf(node, names) : fallback;

    public int NeedOneOf(string key, NameList names) => Need(key) is { } node ? AsOneOf(node, names) : names.ValueOf(names.All[0]);

    public int AsOneOf(Node node, NameList names)
    {
        if (node is TextNode text && names.ValueOf(text.Text) is >= 0 and var value) return value;
        Fault("K013", node.At, $"This is one of {string.Join(", ", names.All)}.");
        return names.ValueOf(names.All[0]);
    }

    /// <summary>The keys and values of a map field.</summary>
    public ImmutableArray<MapEntry> Entries(string key) => Find(key) is { } node ? AsEntries(node) : [];

    public ImmutableArray<MapEntry> AsEntries(Node node)
    {
        if (node is MapNode map) return map.Entries;
        Fault("K012", node.At, "This is a map of keys and values.");
        return [];
    }

    public Fields Under(Node node) => new(node, _errors);

    public void Fault(string code, SourceLine at, string message) => _errors.Add(new(code, at, message));

    /// <summary>Reports keys that nothing read. Called last.</summary>
    public void NoOthers()
    {
        foreach (var (key, value) in _map.Entries)
        {
            if (_read.Contains(key)) continue;
            var near = _read.Distinct().Where(k => Math.Abs(k.Length - key.Length) <= 2).MinBy(k => Core.Words.Nearness.Distance(k, key));
            var hint = near is not null && Core.Words.Nearness.Distance(near, key) <= 2 ? $" Did you mean '{near}'?" : $" Keys here: {string.Join(", ", _read.Distinct().Order(StringComparer.Ordinal))}.";
            Fault("K010", value.At, $"'{key}' is not a key here.{hint}");
        }
    }
}
