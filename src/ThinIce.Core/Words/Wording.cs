using System.Collections.Immutable;

namespace ThinIce.Core.Words;

/// <summary>
/// Brings the many ways of writing one word to one: other spellings ("oedema", "edema"), and words that mean the same
/// wherever they stand ("pee", "urinate", "pass water"). The same for the vocabulary and for what people write, so that a
/// phrase is written down once. Data from <c>knowledge/language/</c>.
/// </summary>
internal sealed class Wording
{
    // Short words are no candidates: "toe" is not "te".
    private const int ShortestSpelling = 6;
    private readonly ImmutableArray<SameWord> _spellings;
    private readonly Dictionary<string, List<Form>> _forms = new(StringComparer.Ordinal);
    private readonly HashSet<string> _skipped = new(StringComparer.Ordinal);

    public Wording(Language language)
    {
        _spellings = language.Spellings;
        foreach (var form in language.Forms)
        {
            var stems = Cut(form.Variant).Select(t => t.Stem).ToArray();
            if (stems.Length == 0) continue;
            if (!_forms.TryGetValue(stems[0], out var of)) _forms.Add(stems[0], of = []);
            of.Add(new(stems, Cut(form.Word)[0].Stem));
        }

        foreach (var of in _forms.Values) of.Sort((a, b) => b.Stems.Length - a.Stems.Length);
        foreach (var word in language.Skipped) _skipped.UnionWith(Cut(word).Select(t => t.Stem));
    }

    private sealed record Form(string[] Stems, string To);

    /// <summary>Words of one token each that stand for another, for finding misspellings of them.</summary>
    public IEnumerable<string> SingleForms => _forms.Values.SelectMany(of => of).Where(f => f.Stems.Length == 1).Select(f => f.Stems[0]);

    /// <summary>Whether the word may be left out inside a phrase: the, my.</summary>
    public bool IsSkipped(string stem) => _skipped.Contains(stem);

    /// <summary>The stem that a stem of one word stands for; itself where it stands for no other.</summary>
    public string Canonical(string stem)
    {
        if (_forms.TryGetValue(stem, out var of))
            foreach (var (stems, to) in of)
                if (stems.Length == 1) return to;
        return stem;
    }

    /// <summary>The words of a text, each brought to its one form. Linear in the length of the text.</summary>
    public List<Token> Read(string text)
    {
        var tokens = Cut(text);
        var read = new List<Token>(tokens.Count);
        for (var at = 0; at < tokens.Count;)
        {
            var (length, to) = FormAt(tokens, at);
            if (length == 0)
            {
                read.Add(tokens[at++]);
                continue;
            }

            read.Add(new(to!, tokens[at].Start, tokens[at + length - 1].End, tokens[at].Before, tokens[at + length - 1].IsPlural));
            at += length;
        }

        return read;
    }

    /// <summary>The words of a phrase without the small ones inside it; a first or last word stays: "the pill", "hepatitis a".</summary>
    public IEnumerable<Token> Essential(string phrase)
    {
        var tokens = Read(phrase);
        return tokens.Where((t, i) => i == 0 || i == tokens.Count - 1 || !IsSkipped(t.Stem));
    }

    private (int Length, string? To) FormAt(List<Token> tokens, int at)
    {
        if (!_forms.TryGetValue(tokens[at].Stem, out var of)) return (0, null);
        foreach (var (stems, to) in of)
        {
            var i = 1;
            while (i < stems.Length && at + i < tokens.Count && tokens[at + i].Before == Gap.Space && tokens[at + i].Stem == stems[i]) i++;
            if (i == stems.Length) return (i, to);
        }

        return (0, null);
    }

    private List<Token> Cut(string text)
    {
        var tokens = Tokens.Of(text);
        for (var i = 0; i < tokens.Count; i++)
        {
            var spelled = Spelled(tokens[i].Stem);
            if (spelled != tokens[i].Stem) tokens[i] = tokens[i] with { Stem = spelled };
        }

        return tokens;
    }

    private string Spelled(string stem)
    {
        if (stem.Length < ShortestSpelling) return stem;
        foreach (var (from, to) in _spellings) stem = stem.Replace(from, to, StringComparison.Ordinal);
        return stem;
    }
}
