using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace ThinIce.Numbers.Files;

/// <summary>
/// Gives each different word a number, in the order of first appearance. Words are bytes and compared as bytes. Made for millions of
/// short words in any order, where what costs is fetching from memory: a look-up takes two places, one in the table and one entry.
/// </summary>
internal sealed class ByteInterner
{
    private const int ChunkBits = 22, ChunkSize = 1 << ChunkBits;
    private readonly List<byte[]> chunks = [];

    // Upper half: of the hash. Lower half: number + 1. 0: free.
    private ulong[] table = new ulong[1 << 10];
    private Entry[] entries = new Entry[1 << 9];
    private int used = ChunkSize;

    private struct Entry
    {
        public ulong First, Second;
        public long Start;
        public int Length;
        public uint Hash;
    }

    /// <summary>How many different words there are.</summary>
    public int Count { get; private set; }

    /// <summary>The word of a number.</summary>
    public ReadOnlySpan<byte> this[int id]
    {
        get
        {
            ref var entry = ref entries[id];
            return chunks[(int)(entry.Start >> ChunkBits)].AsSpan((int)(entry.Start & (ChunkSize - 1)), entry.Length);
        }
    }

    /// <summary>The word of a number as text.</summary>
    public string Text(int id) => Encoding.UTF8.GetString(this[id]);

    /// <summary>The number of a word, given now if it is new.</summary>
    public int Add(ReadOnlySpan<byte> word)
    {
        var (first, second) = Ends(word);
        var hash = Hash(word, first, second);
        for (var slot = (int)hash & (table.Length - 1); ; slot = (slot + 1) & (table.Length - 1))
        {
            var there = table[slot];
            if (there == 0) return Insert(word, first, second, hash, slot);
            if ((uint)(there >> 32) != hash) continue;
            ref var entry = ref entries[(int)(uint)there - 1];
            if (entry.First == first && entry.Second == second && entry.Length == word.Length && (word.Length <= 16 || word.SequenceEqual(this[(int)(uint)there - 1]))) return (int)(uint)there - 1;
        }
    }

    private int Insert(ReadOnlySpan<byte> word, ulong first, ulong second, uint hash, int slot)
    {
        if (Count == entries.Length) Array.Resize(ref entries, Count * 2);
        entries[Count] = new() { First = first, Second = second, Start = Store(word), Length = word.Length, Hash = hash };
        table[slot] = (ulong)hash << 32 | (uint)++Count;
        if (Count * 2 > table.Length) Grow();
        return Count - 1;
    }

    private long Store(ReadOnlySpan<byte> word)
    {
        if (word.Length > ChunkSize) throw new InvalidDataException("A word is longer than 4 MB.");
        if (chunks.Count == 0 || used + word.Length > ChunkSize)
        {
            chunks.Add(new byte[ChunkSize]);
            used = 0;
        }

        word.CopyTo(chunks[^1].AsSpan(used));
        var start = ((long)(chunks.Count - 1) << ChunkBits) + used;
        used += word.Length;
        return start;
    }

    private void Grow()
    {
        table = new ulong[table.Length * 4];
        for (var id = 0; id < Count; id++)
        {
            var hash = entries[id].Hash;
            var slot = (int)hash & (table.Length - 1);
            while (table[slot] != 0) slot = (slot + 1) & (table.Length - 1);
            table[slot] = (ulong)hash << 32 | (uint)(id + 1);
        }
    }

    /// <summary>The first and the last eight bytes; with the length, all of a word of at most sixteen.</summary>
    private static (ulong First, ulong Second) Ends(ReadOnlySpan<byte> word)
    {
        if (word.Length >= 8) return (MemoryMarshal.Read<ulong>(word), MemoryMarshal.Read<ulong>(word[^8..]));
        if (word.Length >= 4) return (MemoryMarshal.Read<uint>(word), MemoryMarshal.Read<uint>(word[^4..]));
        ulong rest = 0;
        foreach (var b in word) rest = rest << 8 | b;
        return (rest, 0);
    }

    private static uint Hash(ReadOnlySpan<byte> word, ulong first, ulong second)
    {
        const ulong k = 0x9E3779B97F4A7C15;
        var h = Mix(first ^ (ulong)word.Length * k, BitOperations.RotateLeft(second, 32) ^ k);
        for (var rest = word; rest.Length > 16; rest = rest[8..]) h = Mix(h ^ MemoryMarshal.Read<ulong>(rest[8..]), k);
        h *= k;
        return (uint)(h >> 32);
    }

    private static ulong Mix(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}
