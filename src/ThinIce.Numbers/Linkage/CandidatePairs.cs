namespace ThinIce.Numbers.Linkage;

/// <summary>
/// Chooses which pairs are worth comparing. Each pass puts records with one value in common (a field, two fields in part, a rare word) into a
/// block; the blocks are taken from the smallest on, as long as the comparisons stay within a number in proportion to the records.
/// </summary>
internal sealed class CandidatePairs
{
    /// <summary>Comparisons for each record, at most, before repeated ones are dropped.</summary>
    public const int PerRecord = 40;

    private const int LargestBlock = 400, SmallSet = 400, PairedFields = 8;

    private readonly ComparedField[] fields;
    private readonly int count;
    private readonly List<(int[] Records, int[] Starts)> passes = [];

    private CandidatePairs(ComparedField[] fields, int count) => (this.fields, this.count) = (fields, count);

    /// <summary>Pairs of record numbers, the lower in the upper half, in order and without repetition. Small sets: every pair.</summary>
    public static ulong[] Find(ComparedField[] fields, int count)
    {
        if (count <= SmallSet) return [.. from a in Enumerable.Range(0, count) from b in Enumerable.Range(a + 1, count - a - 1) select Pair(a, b)];
        var candidates = new CandidatePairs(fields, count);
        candidates.Block();
        return candidates.Collect();
    }

    public static ulong Pair(int a, int b) => a < b ? (ulong)a << 32 | (uint)b : (ulong)b << 32 | (uint)a;

    private void Block()
    {
        for (var f = 0; f < fields.Length; f++)
        {
            if (fields[f].Field.Kind == FieldKind.Name) continue;
            Pass(Whole(f));
        }

        Names();
        foreach (var field in fields.Where(f => f.TokenCount > 0)) RareWords(field);
        var paired = Enumerable.Range(0, fields.Length).Where(f => fields[f].Field.Kind != FieldKind.Text || fields[f].TokenCount == 0)
            .OrderByDescending(f => (double)fields[f].Known / count * Math.Log(1 + fields[f].Distinct)).Take(PairedFields).ToArray();
        var rough = paired.Select(Rough).ToArray();
        var two = from i in Enumerable.Range(0, rough.Length) from j in Enumerable.Range(i + 1, rough.Length - i - 1) select (rough[i], rough[j]);
        Parallel.ForEach(two, both =>
        {
            var keys = new ulong[count];
            for (var r = 0; r < count; r++) keys[r] = both.Item1[r] == 0 || both.Item2[r] == 0 ? 0 : Mix(both.Item1[r] * 31 + both.Item2[r]);
            Pass(keys);
        });
    }

    private ulong[] Whole(int f) => [.. fields[f].ValueOf.Select(v => v < 0 ? 0UL : (ulong)v + 1)];

    /// <summary>All fields of names share their blocks, so that a first name written in the place of the surname is found.</summary>
    private void Names()
    {
        var names = fields.Where(f => f.Field.Kind == FieldKind.Name).ToArray();
        if (names.Length == 0) return;
        var keys = new ulong[count * names.Length];
        var records = new int[keys.Length];
        for (var n = 0; n < names.Length; n++)
        {
            var hashes = Enumerable.Range(0, names[n].Distinct).Select(v => Hash(names[n].Value(v))).ToArray();
            for (var r = 0; r < count; r++) (keys[n * count + r], records[n * count + r]) = (names[n].ValueOf[r] < 0 ? 0 : hashes[names[n].ValueOf[r]], r);
        }

        Pass(keys, records);
    }

    private void RareWords(ComparedField field)
    {
        var (keys, records) = (new List<ulong>(), new List<int>());
        for (var r = 0; r < count; r++)
        {
            if (field.ValueOf[r] < 0) continue;
            foreach (var word in field.TokensOf(field.ValueOf[r]))
            {
                keys.Add((ulong)word + 1);
                records.Add(r);
            }
        }

        Pass([.. keys], [.. records]);
    }

    /// <summary>What of a value takes part where two fields have to agree: three letters of a name or text, the whole of anything else.</summary>
    private ulong[] Rough(int f)
    {
        var field = fields[f];
        var cut = field.Field.Kind is FieldKind.Name or FieldKind.Text;
        var hashes = Enumerable.Range(0, field.Distinct).Select(v => Hash(cut && field.Value(v).Length > 3 ? field.Value(v).AsSpan(0, 3) : field.Value(v))).ToArray();
        return [.. field.ValueOf.Select(v => v < 0 ? 0 : hashes[v])];
    }

    private void Pass(ulong[] keys, int[]? records = null)
    {
        records ??= [.. Enumerable.Range(0, count)];
        Array.Sort(keys, records);
        var starts = new List<int>();
        for (var i = 0; i < keys.Length; i++)
        {
            if (i == 0 || keys[i] != keys[i - 1]) starts.Add(i);
        }

        if (keys.Length > 0 && keys[0] == 0) starts.RemoveAt(0);
        starts.Add(keys.Length);
        // In any order: the pairs are put in order afterwards.
        lock (passes) passes.Add((records, [.. starts]));
    }

    private ulong[] Collect()
    {
        var bound = Bound();
        var pairs = new List<ulong>();
        foreach (var (records, starts) in passes)
        {
            for (var s = 0; s + 1 < starts.Length; s++)
            {
                if (starts[s + 1] - starts[s] > bound) continue;
                for (var i = starts[s]; i < starts[s + 1]; i++)
                {
                    for (var j = i + 1; j < starts[s + 1]; j++)
                    {
                        if (records[i] != records[j]) pairs.Add(Pair(records[i], records[j]));
                    }
                }
            }
        }

        var sorted = pairs.ToArray();
        Array.Sort(sorted);
        var kept = 0;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i] != sorted[i - 1]) sorted[kept++] = sorted[i];
        }

        return sorted[..kept];
    }

    /// <summary>The largest block that is taken: the comparisons of all blocks up to it stay within the budget.</summary>
    private int Bound()
    {
        var cost = new double[LargestBlock + 1];
        foreach (var (_, starts) in passes)
        {
            for (var s = 0; s + 1 < starts.Length; s++)
            {
                long size = starts[s + 1] - starts[s];
                if (size <= LargestBlock) cost[size] += size * (size - 1) / 2.0;
            }
        }

        var (bound, spent) = (2, cost[2]);
        while (bound < LargestBlock && spent + cost[bound + 1] <= (double)PerRecord * count) spent += cost[++bound];
        return bound;
    }

    private static ulong Hash(ReadOnlySpan<char> text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text) hash = (hash ^ c) * 1099511628211UL;
        return Mix(hash) | 1;
    }

    private static ulong Mix(ulong x)
    {
        x ^= x >> 33;
        x *= 0xff51afd7ed558ccdUL;
        x ^= x >> 33;
        return x | 1;
    }
}
