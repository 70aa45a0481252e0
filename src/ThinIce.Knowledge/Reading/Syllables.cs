using System.Collections.Frozen;
using System.Globalization;

namespace ThinIce.Knowledge.Reading;

/// <summary>
/// Counts the syllables of an English word by its spelling. Not a pronouncing dictionary: the rules below are right for about
/// nine words in ten; words that our texts use and that the rules miscount stand in <c>syllables.txt</c> with their number. Both
/// are tested against the CMU Pronouncing Dictionary.
/// </summary>
public static class Syllables
{
    private static readonly FrozenDictionary<string, int> Listed = Read();

    /// <summary>Syllables of a word of letters; at least 1.</summary>
    public static int Of(string word) => Listed.TryGetValue(Plain(word), out var listed) ? listed : BySpelling(word);

    /// <summary>
    /// By the rules alone: groups of vowels count one each; a silent e at the end, also in -es and -ed, counts none; two vowels
    /// that are spoken apart (di-et, mu-se-um, co-op) count two.
    /// </summary>
    public static int BySpelling(string word)
    {
        var letters = Plain(word);
        if (letters.Length == 0) return 1;
        var groups = 0;
        for (var i = 0; i < letters.Length; i++)
            if (IsVowel(letters, i) && (i == 0 || !IsVowel(letters, i - 1) || Apart(letters, i))) groups++;
        return Math.Max(1, groups - Silent(letters));
    }

    /// <summary>Whether the vowel at a place begins a syllable of its own after another vowel.</summary>
    private static bool Apart(string w, int i) => (w[i - 1], w[i]) switch
    {
        ('i', 'a') => !Ends(w, i - 1, "ial", "ian", "iage") || i < 2 || w[i - 2] is not ('c' or 't' or 's' or 'r' or 'l'),
        ('i', 'o') => i < 2 || w[i - 2] is not ('t' or 's' or 'c' or 'g' or 'x'),
        ('i', 'u') or ('i', 'i') or ('u', 'u') or ('y', 'i') or ('y', 'a') or ('y', 'o') or ('y', 'e') => true,
        ('i', 'e') => Ends(w, i - 1, "iet", "ience", "ient", "iety") && (i < 2 || w[i - 2] is not ('c' or 't')),
        ('e', 'o') => i < 2 || w[i - 2] is not ('p' or 'g'),
        ('e', 'i') => Ends(w, i - 1, "eing"),
        ('u', 'a') => i < 2 || w[i - 2] is not ('q' or 'g'),
        ('u', 'i') => Ends(w, i - 1, "uing", "uity"),
        ('u', 'o') or ('a', 'o') => i < 2 || w[i - 2] is not 'q',
        ('o', 'e') => Ends(w, i - 1, "oem", "oet"),
        ('o', 'i') => Ends(w, i - 1, "oing"),
        ('e', 'u') => Ends(w, i - 1, "eum"),
        _ => false,
    };

    private static int Silent(string w) =>
        Ends(w, w.Length - 2, "le") && w.Length > 2 && !IsVowel(w, w.Length - 3) ? 0
        : Ends(w, w.Length - 3, "les") && w.Length > 3 && !IsVowel(w, w.Length - 4) ? 0
        : w[^1] == 'e' && w.Length > 2 && !IsVowel(w, w.Length - 2) ? 1
        : w.EndsWith("es", StringComparison.Ordinal) && w.Length > 3 && !IsVowel(w, w.Length - 3) && w[^3] is not ('s' or 'x' or 'z' or 'c' or 'g') && !Ends(w, w.Length - 4, "ches", "shes") ? 1
        : w.EndsWith("ed", StringComparison.Ordinal) && w.Length > 3 && !IsVowel(w, w.Length - 3) && w[^3] is not ('t' or 'd') ? 1
        : (w.EndsWith("ely", StringComparison.Ordinal) || w.EndsWith("eful", StringComparison.Ordinal) || w.EndsWith("ement", StringComparison.Ordinal) || w.EndsWith("eness", StringComparison.Ordinal)) ? 1
        : 0;

    private static bool Ends(string w, int at, params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
            if (at >= 0 && w.AsSpan(at).StartsWith(part, StringComparison.Ordinal)) return true;
        return false;
    }

    private static bool IsVowel(string w, int i) => i >= 0 && w[i] is 'a' or 'e' or 'i' or 'o' or 'u' || i > 0 && w[i] == 'y';

    private static string Plain(string word)
    {
        var text = word.ToLowerInvariant();
        if (text.EndsWith("'s", StringComparison.Ordinal) || text.EndsWith("’s", StringComparison.Ordinal)) text = text[..^2];
        return string.Concat(text.Where(char.IsAsciiLetterLower));
    }

    private static FrozenDictionary<string, int> Read()
    {
        using var stream = typeof(Syllables).Assembly.GetManifestResourceStream("ThinIce.Knowledge.Reading.syllables.txt")
            ?? throw new InvalidOperationException("syllables.txt is missing from the build.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(' '))
            .ToFrozenDictionary(p => p[0], p => int.Parse(p[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }
}
