namespace ThinIce.Numbers.Linkage;

/// <summary>Counts slips of typing between two strings: a letter changed, left out, put in, or two neighbours swapped (optimal string alignment).</summary>
public static class Slips
{
    /// <summary>The number of slips, or <paramref name="most"/> + 1 where there are more. Only the first 64 characters are looked at.</summary>
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
        for (var j = 0; j <= b.Length; j++) last[j] = (byte)j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = (byte)i;
            var least = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) cost = Math.Min(cost, before[j - 2] + 1);
                row[j] = (byte)cost;
                least = Math.Min(least, cost);
            }

            if (least > most + 1) return most + 1;
            var spare = before;
            before = last;
            last = row;
            row = spare;
        }

        return Math.Min(most + 1, (int)last[b.Length]);
    }
}
