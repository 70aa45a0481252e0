using System.Runtime.CompilerServices;

namespace ThinIce.Numbers.Linkage;

/// <summary>Counts slips of typing between two strings: a letter changed, left out, put in, or two neighbours swapped (optimal string alignment).</summary>
public static class Slips
{
    /// <summary>The number of slips, or <paramref name="most"/> + 1 where there are more; most is 0 to 64. Only the first 64 characters are looked at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Count(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int most)
    {
        if (a.Length > 64) a = a[..64];
        if (b.Length > 64) b = b[..64];
        if (Math.Abs(a.Length - b.Length) > most) return most + 1;
        var start = a.CommonPrefixLength(b);
        a = a[start..];
        b = b[start..];
        while (a.Length > 0 && b.Length > 0 && a[^1] == b[^1])
        {
            a = a[..^1];
            b = b[..^1];
        }

        if (a.Length == 0 || b.Length == 0) return Math.Min(most + 1, Math.Max(a.Length, b.Length));
        Span<byte> rows = stackalloc byte[3 * 65];
        Span<byte> before = rows[..65], last = rows[65..130], row = rows[130..];
        for (var j = 0; j <= b.Length; j++) last[j] = (byte)Math.Min(j, most + 1);
        var (beyond, leastBefore) = ((byte)(most + 1), 0);
        for (var i = 1; i <= a.Length; i++)
        {
            // A way through the table that leaves this band has more slips than are counted.
            var (from, to) = (Math.Max(1, i - most), Math.Min(b.Length, i + most));
            row[from - 1] = from == 1 ? (byte)i : beyond;
            var least = (int)row[from - 1];
            for (var j = from; j <= to; j++)
            {
                var cost = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) cost = Math.Min(cost, before[j - 2] + 1);
                row[j] = (byte)Math.Min(cost, beyond);
                least = Math.Min(least, cost);
            }

            if (to < b.Length) row[to + 1] = beyond;
            if (least > most && leastBefore > most) return most + 1;
            leastBefore = least;
            var spare = before;
            before = last;
            last = row;
            row = spare;
        }

        return Math.Min(most + 1, (int)last[b.Length]);
    }
}
