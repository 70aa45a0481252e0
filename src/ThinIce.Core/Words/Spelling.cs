namespace ThinIce.Core.Words;

/// <summary>
/// Finds the known word that a misspelling is nearest to, by optimal string alignment distance (one insertion, deletion,
/// substitution or swap of neighbours each count one): 1 for words of five letters or more, 2 from nine on. Candidates are
/// found by deletions on both sides (Garbe's symmetric delete), so the cost does not grow with the vocabulary.
/// </summary>
internal sealed class Spelling
{
    private const int Shortest = 5, LongForTwo = 9, Longest = 30;
    private readonly Dictionary<string, List<string>> _byDeletion = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>>.AlternateLookup<ReadOnlySpan<char>> _lookUp;

    public Spelling(IEnumerable<string> words)
    {
        _lookUp = _byDeletion.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var word in words.Where(w => w.Length is >= Shortest and <= Longest && w.All(char.IsLetter)))
        {
            foreach (var shorter in Deletions(word))
            {
                if (!_byDeletion.TryGetValue(shorter, out var of)) _byDeletion.Add(shorter, of = []);
                of.Add(word);
            }
        }
    }

    /// <summary>The nearest word, ties broken by the same first letter and then by the alphabet; null where none is near.</summary>
    public string? Nearest(string word)
    {
        if (word.Length is < Shortest or > Longest || !word.All(char.IsLetter)) return null;
        (int, int, string)? best = null;
        foreach (var candidate in Candidates(word))
        {
            var distance = Nearness.Distance(word, candidate);
            if (distance > Allowed(Math.Min(word.Length, candidate.Length))) continue;
            // Short words that differ in their first letter are mostly other words: a drunk is no trunk.
            if (word[0] != candidate[0] && candidate.Length < LongForTwo) continue;
            var rank = (distance, candidate[0] == word[0] ? 0 : 1, candidate);
            if (best is not { } b || Compare(rank, b) < 0) best = rank;
        }

        return best?.Item3;
    }

    private static int Compare((int, int, string) a, (int, int, string) b) =>
        a.Item1 != b.Item1 ? a.Item1 - b.Item1 : a.Item2 != b.Item2 ? a.Item2 - b.Item2 : string.CompareOrdinal(a.Item3, b.Item3);

    private static int Allowed(int length) => length >= LongForTwo ? 2 : 1;

    /// <summary>Words that share a deletion with this one. The deletions are looked up where they stand: most words that are not known have none.</summary>
    private List<string> Candidates(string word)
    {
        List<string> found = [];
        Span<char> once = stackalloc char[Longest], twice = stackalloc char[Longest];
        Add(word);
        for (var i = 0; i < word.Length; i++)
        {
            var shorter = Without(word, i, once);
            Add(shorter);
            if (Allowed(word.Length + 1) < 2) continue;
            for (var j = i; j < shorter.Length; j++) Add(Without(shorter, j, twice));
        }

        return found;

        void Add(ReadOnlySpan<char> deletion)
        {
            if (!_lookUp.TryGetValue(deletion, out var of)) return;
            foreach (var candidate in of)
                if (!found.Contains(candidate)) found.Add(candidate);
        }
    }

    private static ReadOnlySpan<char> Without(ReadOnlySpan<char> word, int at, Span<char> into)
    {
        word[..at].CopyTo(into);
        word[(at + 1)..].CopyTo(into[at..]);
        return into[..(word.Length - 1)];
    }

    private static HashSet<string> Deletions(string word)
    {
        var all = new HashSet<string>(StringComparer.Ordinal) { word };
        var last = new List<string> { word };
        for (var round = 0; round < Allowed(word.Length + 1); round++)
        {
            last = [.. last.SelectMany(w => Enumerable.Range(0, w.Length).Select(i => w.Remove(i, 1))).Distinct()];
            all.UnionWith(last);
        }

        return all;
    }
}
