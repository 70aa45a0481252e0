using System.Collections;
using System.Runtime.CompilerServices;

namespace ThinIce.Core;

/// <summary>
/// Entries in a fixed order, each read when it is first looked at: a program that answers one intake needs few of the
/// thousands. Immutable to those who read it, and safe for many threads: two may read the same entry at once, and then one of
/// the two stays.
/// </summary>
/// <typeparam name="T">The sort of entry.</typeparam>
[CollectionBuilder(typeof(Entries), nameof(Entries.Of))]
public sealed class Entries<T> : IReadOnlyList<T>
    where T : class
{
    private readonly T?[] _known;
    private readonly Func<int, T> _read;

    /// <summary>So many entries, and how one of them is read.</summary>
    public Entries(int count, Func<int, T> read) => (_known, _read) = (new T?[count], read);

    /// <inheritdoc/>
    public int Count => _known.Length;

    /// <summary>How many there are.</summary>
    public int Length => _known.Length;

    /// <inheritdoc/>
    public T this[int index] => Volatile.Read(ref _known[index]) ?? Read(index);

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0; i < _known.Length; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private T Read(int index)
    {
        var entry = _read(index);
        return Interlocked.CompareExchange(ref _known[index], entry, null) ?? entry;
    }
}

/// <summary>Makes entries of what is there already.</summary>
public static class Entries
{
    /// <summary>Entries that are there already.</summary>
    public static Entries<T> Of<T>(ReadOnlySpan<T> entries)
        where T : class
    {
        var all = entries.ToArray();
        return new(all.Length, i => all[i]);
    }
}
