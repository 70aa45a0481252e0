using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace ThinIce.Core;

/// <summary>Entries of one sort, found by id and listed in the order of their ids. Immutable.</summary>
/// <typeparam name="T">The sort.</typeparam>
public sealed class Catalogue<T> : IReadOnlyCollection<T>
    where T : class
{
    private readonly Dictionary<string, T> _byId = new(StringComparer.Ordinal);
    private readonly ImmutableArray<T> _ordered;

    /// <summary>Builds the catalogue. Throws <see cref="ArgumentException"/> on an id used twice.</summary>
    public Catalogue(IEnumerable<T> entries, Func<T, string> id)
    {
        foreach (var entry in entries) _byId.Add(id(entry), entry);
        _ordered = [.. _byId.Values.OrderBy(id, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public int Count => _ordered.Length;

    /// <summary>The entry. Throws <see cref="KeyNotFoundException"/> where there is none: the compiler has checked every id.</summary>
    public T this[string id] => _byId[id];

    /// <summary>The entry, if there is one.</summary>
    public bool TryGetValue(string id, [NotNullWhen(true)] out T? entry) => _byId.TryGetValue(id, out entry);

    /// <summary>Whether there is one.</summary>
    public bool ContainsKey(string id) => _byId.ContainsKey(id);

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_ordered).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
