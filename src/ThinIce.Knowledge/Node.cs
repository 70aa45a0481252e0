using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace ThinIce.Knowledge;

/// <summary>A place in the knowledge: file and line, for error messages. Line 0 where only a compiled bundle was read.</summary>
/// <param name="File">Path inside <c>knowledge/</c>.</param>
/// <param name="Line">Line, from 1.</param>
public sealed record SourceLine(string File, int Line)
{
    /// <inheritdoc/>
    public override string ToString() => Line > 0 ? $"{File}:{Line}" : File;
}

/// <summary>A value of a knowledge file: text, list or map. YAML and the compiled bundle both become this, so that one mapping serves both.</summary>
/// <param name="At">Where it stands.</param>
public abstract record Node(SourceLine At);

/// <summary>A text, a number, true, false or null as written; <paramref name="IsNull"/> for an empty or null value.</summary>
public sealed record TextNode(SourceLine At, string Text, bool IsNull) : Node(At)
{
    /// <summary>Whether it stood in quotes, and so is a text even where it looks like a number.</summary>
    public bool IsQuoted { get; init; }
}

/// <summary>A list.</summary>
public sealed record ListNode(SourceLine At, ImmutableArray<Node> Items) : Node(At);

/// <summary>A key of a map and its value.</summary>
public sealed record MapEntry(string Key, Node Value);

/// <summary>A map, in the order written.</summary>
public sealed record MapNode : Node
{
    private readonly Func<ImmutableArray<MapEntry>>? _read;
    private string? _id;
    private MapEntry[]? _entries;

    /// <summary>A map of what was read.</summary>
    public MapNode(SourceLine at, ImmutableArray<MapEntry> entries)
        : base(at) => _entries = ImmutableCollectionsMarshal.AsArray(entries);

    /// <summary>A map that is read when it is first looked into; its id may be known before.</summary>
    public MapNode(SourceLine at, string? id, Func<ImmutableArray<MapEntry>> read)
        : base(at) => (_id, _read) = (id, read);

    /// <summary>The value of its key <c>id</c>; null where there is none.</summary>
    public string? Id => _id ??= (this["id"] as TextNode)?.Text;

    /// <summary>Keys and values.</summary>
    public ImmutableArray<MapEntry> Entries => ImmutableCollectionsMarshal.AsImmutableArray(_entries ??= ImmutableCollectionsMarshal.AsArray(_read!()));

    /// <summary>The value of a key; null where there is none.</summary>
    public Node? this[string key]
    {
        get
        {
            foreach (var (name, value) in Entries)
                if (name == key) return value;
            return null;
        }
    }
}

/// <summary>A knowledge file: its path and content.</summary>
public sealed record KnowledgeFile(string Path, Node Root);

/// <summary>Something wrong in the knowledge, with file and line and a stable code.</summary>
/// <param name="Code">K-number, listed in the reference docs.</param>
/// <param name="At">Where.</param>
/// <param name="Message">What is wrong and the way out.</param>
public sealed record KnowledgeError(string Code, SourceLine At, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{At}: {Code} {Message}";
}
