using System.Runtime.InteropServices;
using System.Text;

namespace ThinIce.Numbers.Files;

/// <summary>Gives each different word a number, in the order of first appearance. Words are bytes and compared as bytes.</summary>
internal sealed class ByteInterner
{
    private const int ChunkBits = 22, ChunkSize = 1 << ChunkBits;
    private readonly List<byte[]> chunks = [];
    private int[] table = new int[1024];
    private uint[] hashes = new uint[512];
    private long[] starts = new long[512];
    private int[] lengths = new int[512];
    private int used = ChunkSize;

    /// <summary>How many different words there are.</summary>
    public int Count { get; private set; }

    /// <summary>The word of a number.</summary>
    public ReadOnlySpan<byte> this[int id] => chunks[(int)(starts[id] >> ChunkBits)].AsSpan((int)(starts[id] & (ChunkSize - 1)), lengths[id]);

    /// <summary>The word of a number as text.</summary>
    public string Text(int id) => Encoding.UTF8.GetString(this[id]);

    /// <summary>The number of a word, given now if it is new.</summary>
    public int Add(ReadOnlySpan<byte> word)
    {
        var hash = Hash(word);
        for (var slot = (int)hash & (table.Length - 1); ; slot = (slot + 1) & (table.Length - 1))
        {
            var id = table[slot] - 1;
            if (id < 0) return Insert(word, hash, slot);
            if (hashes[id] == hash && word.SequenceEqual(this[id])) return id;
        }
    }

    private int Insert(ReadOnlySpan<byte> word, uint hash, int slot)
    {
        if (Count == hashes.Length)
        {
            Array.Resize(ref hashes, Count * 2);
            Array.Resize(ref starts, Count * 2);
            Array.Resize(ref lengths, Count * 2);
        }

        (hashes[Count], starts[Count], lengths[Count]) = (hash, Store(word), word.Length);
        table[slot] = ++Count;
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
        table = new int[table.Length * 2];
        for (var id = 0; id < Count; id++)
        {
            var slot = (int)hashes[id] & (table.Length - 1);
            while (table[slot] != 0) slot = (slot + 1) & (table.Length - 1);
            table[slot] = id + 1;
        }
    }

    private static uint Hash(ReadOnlySpan<byte> word)
    {
        const ulong k = 0x9E3779B97F4A7C15;
        var h = (ulong)word.Length * k;
        while (word.Length >= 8)
        {
            h = Mix(h ^ MemoryMarshal.Read<ulong>(word), k);
            word = word[8..];
        }

        ulong rest = 0;
        if (word.Length >= 4)
        {
            rest = (ulong)MemoryMarshal.Read<uint>(word) << 32 | MemoryMarshal.Read<uint>(word[^4..]);
        }
        else
        {
            foreach (var b in word) rest = rest << 8 | b;
        }

        h = Mix(h ^ rest, k);
        return (uint)(h ^ h >> 32);
    }

    private static ulong Mix(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}
