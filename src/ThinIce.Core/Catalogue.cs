using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace ThinIce.Core;

/// <summary>Entries of one sort, found by id and listed in the order of their ids; each read when it is first looked at. Immutable.</summary>
/// <typeparam name="T">The sort.</typeparam>
public sealed class Catalogue<T> : IReadOnlyCollection<T>
    where T : class
{
    private readonly Dictionary<string, int> _at;
    private readonly Entries<T> _entries;

    /// <summary>Builds the catalogue of entries that are there. Throws <see cref="ArgumentException"/> on an id used twice.</summary>
    public Catalogue(IEnumerable<T> entries, Func<T, string> id)
        : this([.. entries], id)
    {
    }

    /// <summary>Builds the catalogue of entries still to be read. Throws <see cref="ArgumentException"/> on an id used twice.</summary>
    /// <param name="ids">Their ids.</param>
    /// <param name="read">Reads the entry of the id at that place.</param>
    public Catalogue(IReadOnlyList<string> ids, Func<int, T> read)
    {
        _at = new(ids.Count, StringComparer.Ordinal);
        for (var i = 0; i < ids.Count; i++) _at.Add(ids[i], i);
        _entries = new(ids.Count, read);
    }

    private Catalogue(T[] entries, Func<T, string> id)
        : this(Array.ConvertAll(entries, e => id(e)), at => entries[at])
    {
    }

    /// <inheritdoc/>
    public int Count => _entries.Count;

    /// <summary>The entry. Throws <see cref="KeyNotFoundException"/> where there is none: the compiler has checked every id.</summary>
    public T this[string id] => _entries[_at[id]];

    /// <summary>The entry, if there is one.</summary>
    public bool TryGetValue(string id, [NotNullWhen(true)] out T? entry)
    {
        entry = _at.TryGetValue(id, out var at) ? _entries[at] : null;
        return entry is not null;
    }

    /// <summary>The ids, in no order.</summary>
    public IReadOnlyCollection<string> Ids => _at.Keys;

    /// <summary>Whether there is one.</summary>
    public bool ContainsKey(string id) => _at.ContainsKey(id);

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        foreach (var id in _at.Keys.Order(StringComparer.Ordinal)) yield return this[id];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
