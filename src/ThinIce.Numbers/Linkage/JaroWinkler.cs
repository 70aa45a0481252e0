using System.Numerics;
using System.Runtime.CompilerServices;

namespace ThinIce.Numbers.Linkage;

/// <summary>
/// Likeness of two short strings, from 0 to 1. Jaro's measure with Winkler's prefix of up to four letters, weight 0.1
/// (Winkler 1990, "String Comparator Metrics and Enhanced Decision Rules in the Fellegi-Sunter Model of Record Linkage").
/// </summary>
public static class JaroWinkler
{
    /// <summary>The likeness; only the first 64 characters are looked at. Two empty strings are alike.</summary>
    public static double Similarity(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.Length > 64) a = a[..64];
        if (b.Length > 64) b = b[..64];
        if (a.SequenceEqual(b)) return 1;
        return Prefixed(Jaro(a, b), a, b);
    }

    /// <summary>Which letters there are, one bit for each; letters that lie 64 apart share one. For <see cref="MayReach"/>.</summary>
    internal static ulong Letters(ReadOnlySpan<char> text)
    {
        var letters = 0UL;
        foreach (var c in text.Length > 64 ? text[..64] : text) letters |= 1UL << (c & 63);
        return letters;
    }

    /// <summary>
    /// Whether the likeness may be that great, by the letters alone: no more can match than the one has of those in the other. Never false where it
    /// is; true is no answer yet.
    /// </summary>
    internal static bool MayReach(double likeness, ReadOnlySpan<char> a, ReadOnlySpan<char> b, ulong lettersA, ulong lettersB)
    {
        if (a.Length > 64) a = a[..64];
        if (b.Length > 64) b = b[..64];
        if ((lettersA & lettersB) == 0) return a.IsEmpty && b.IsEmpty;
        double most = Math.Min(Held(a, lettersB), Held(b, lettersA));
        return Prefixed((most / a.Length + most / b.Length + 1) / 3, a, b) >= likeness;
    }

    private static int Held(ReadOnlySpan<char> text, ulong letters)
    {
        var held = 0;
        foreach (var c in text) held += (int)(letters >> (c & 63) & 1);
        return held;
    }

    private static double Prefixed(double jaro, ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var prefix = 0;
        while (prefix < Math.Min(4, Math.Min(a.Length, b.Length)) && a[prefix] == b[prefix]) prefix++;
        return jaro + prefix * 0.1 * (1 - jaro);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Jaro(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var window = Math.Max(0, Math.Max(a.Length, b.Length) / 2 - 1);
        ulong inA = 0, inB = 0;
        for (var i = 0; i < a.Length; i++)
        {
            for (int j = Math.Max(0, i - window), last = Math.Min(b.Length - 1, i + window); j <= last; j++)
            {
                if (a[i] != b[j] || (inB >> j & 1) != 0) continue;
                inA |= 1UL << i;
                inB |= 1UL << j;
                break;
            }
        }

        var matches = BitOperations.PopCount(inA);
        if (matches == 0) return 0;
        var moved = 0;
        for (ulong left = inA, right = inB; left != 0; left &= left - 1, right &= right - 1)
        {
            if (a[BitOperations.TrailingZeroCount(left)] != b[BitOperations.TrailingZeroCount(right)]) moved++;
        }

        double m = matches;
        return (m / a.Length + m / b.Length + (m - moved / 2) / m) / 3;
    }
}
