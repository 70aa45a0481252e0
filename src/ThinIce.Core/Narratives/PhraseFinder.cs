using ThinIce.Core.Words;

namespace ThinIce.Core.Narratives;

/// <summary>Finds fixed phrases among words that were brought to one form; the longest at each word.</summary>
/// <typeparam name="T">What a phrase stands for.</typeparam>
internal sealed class PhraseFinder<T>
    where T : class
{
    private readonly Dictionary<string, List<(string[] Stems, T Value)>> _by = new(StringComparer.Ordinal);

    public PhraseFinder(Wording wording, IEnumerable<(string Phrase, T Value)> phrases)
    {
        foreach (var (phrase, value) in phrases)
        {
            var stems = wording.Read(phrase).Select(t => t.Stem).ToArray();
            if (stems.Length == 0) continue;
            if (!_by.TryGetValue(stems[0], out var of)) _by.Add(stems[0], of = []);
            of.Add((stems, value));
        }

        foreach (var of in _by.Values) of.Sort((a, b) => b.Stems.Length - a.Stems.Length);
    }

    /// <summary>The phrase that begins at a word: how many words, and what it stands for; 0 where none begins.</summary>
    public (int Length, T? Value) At(List<Token> tokens, int at)
    {
        if (!_by.TryGetValue(tokens[at].Stem, out var of)) return (0, null);
        foreach (var (stems, value) in of)
        {
            var i = 1;
            while (i < stems.Length && at + i < tokens.Count && tokens[at + i].Stem == stems[i] && tokens[at + i].Before == Gap.Space) i++;
            if (i == stems.Length) return (i, value);
        }

        return (0, null);
    }
}
