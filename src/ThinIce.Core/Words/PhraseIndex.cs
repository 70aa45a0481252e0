using System.Collections.Immutable;
using ThinIce.Core.Clinical;

namespace ThinIce.Core.Words;

/// <summary>What a phrase stands for: a concept, or a cue.</summary>
internal sealed record Entry(int Concept, bool InFieldOnly, Cue? Cue);

/// <summary>Checks on the words of a vocabulary, for those who write it.</summary>
public static class VocabularyWords
{
    /// <summary>Phrases that two concepts of the same field claim, in the language given; empty where each phrase has one owner.</summary>
    public static IEnumerable<(string Phrase, ConceptId First, ConceptId Second)> Clashes(Vocabulary vocabulary, Language language) => PhraseIndex.Clashes(vocabulary, language);
}

/// <summary>Finds the longest phrase of the vocabulary and of one language that begins at a word. A trie over words.</summary>
internal sealed class PhraseIndex
{
    private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<long, int> _next = [];
    private readonly List<List<Entry>?> _entries = [null];
    private readonly HashSet<string> _fillers;
    private readonly Lazy<Spelling> _spelling;

    public PhraseIndex(Vocabulary vocabulary, Language language)
    {
        Wording = new(language);
        for (var i = 0; i < vocabulary.Concepts.Length; i++)
        {
            var concept = vocabulary.Concepts[i];
            if (concept.Name.Exactly(language.Code) is { } name) Add(name, new(i, false, null));
            foreach (var words in concept.Words) Add(words, new(i, false, null));
            foreach (var words in concept.WordsInField) Add(words, new(i, true, null));
        }

        foreach (var cue in language.Cues) Add(cue.Phrase, new(-1, false, cue));
        _fillers = new(StringComparer.Ordinal);
        foreach (var filler in language.Fillers)
            foreach (var token in Wording.Read(filler)) _fillers.Add(token.Stem);
        Numbers = ByStem(language.Numbers);
        WeakNumbers = new(language.WeakNumbers, StringComparer.Ordinal);
        Units = ByStem(language.Units);
        UnitAlone = language.UnitAlone;
        _spelling = new(() => new Spelling(_words.Keys.Concat(Wording.SingleForms)));
    }

    /// <summary>How words are brought to one form.</summary>
    public Wording Wording { get; }

    public Dictionary<string, NamedNumber> Numbers { get; }

    public HashSet<string> WeakNumbers { get; }

    public Dictionary<string, NamedNumber> Units { get; }

    public Span UnitAlone { get; }

    public bool IsFiller(string stem) => _fillers.Contains(stem);

    /// <summary>The stem itself, or the known word it is a misspelling of; null where it is neither.</summary>
    public string? Known(string stem) => _words.ContainsKey(stem) ? stem : IsOrdinary(stem) ? null : _spelling.Value.Nearest(stem) is { } near ? Wording.Canonical(near) : null;

    /// <summary>Whether the word is known for something else than being part of a phrase, and so is never corrected.</summary>
    public bool IsOrdinary(string stem) => _fillers.Contains(stem) || Numbers.ContainsKey(stem) || Units.ContainsKey(stem) || Tokens.IsNumber(stem);

    /// <summary>
    /// The longest run of words from <paramref name="start"/> that ends in an entry <paramref name="wanted"/> takes; length 0
    /// where there is none. Small words inside the run are passed over: "numb between my legs" is "numb between legs". A run
    /// does not reach over a comma or the end of a sentence, except between single letters: "d.v.t.".
    /// </summary>
    public (int Length, Entry? Entry) Longest(Reading text, int start, Func<Entry, bool> wanted)
    {
        int node = 0, best = 0;
        Entry? found = null;
        for (var at = start; at < text.Stems.Length && (at == start || text.Goes(at)); at++)
        {
            var stem = text.Stems[at];
            if (!_words.TryGetValue(stem, out var word) || !_next.TryGetValue(Key(node, word), out var next))
            {
                if (at > start && Wording.IsSkipped(stem)) continue;
                break;
            }

            node = next;
            if (First(_entries[node], wanted) is not { } entry) continue;
            (best, found) = (at - start + 1, entry);
        }

        return Turned(text, start, wanted) is { Length: var length, Entry: { } turned } && length > best ? (length, turned) : (best, found);
    }

    /// <summary>"Cancer of the breast": a phrase of two words said the other way round, with a small word between.</summary>
    private (int Length, Entry? Entry) Turned(Reading text, int start, Func<Entry, bool> wanted)
    {
        var at = start + 1;
        while (at < text.Stems.Length && text.Goes(at) && Wording.IsSkipped(text.Stems[at])) at++;
        if (at == start + 1 || at >= text.Stems.Length || !text.Goes(at)) return (0, null);
        return _words.TryGetValue(text.Stems[at], out var first) && _words.TryGetValue(text.Stems[start], out var second)
            && _next.TryGetValue(Key(0, first), out var node) && _next.TryGetValue(Key(node, second), out node) && First(_entries[node], e => e.Cue is null && wanted(e)) is { } entry
            ? (at - start + 1, entry) : (0, null);
    }

    private static Entry? First(List<Entry>? entries, Func<Entry, bool> wanted)
    {
        if (entries is null) return null;
        foreach (var entry in entries)
            if (wanted(entry)) return entry;
        return null;
    }

    /// <summary>The words of one item, as phrases are looked for in them.</summary>
    /// <param name="Stems">Stems, misspellings corrected.</param>
    /// <param name="Tokens">The words themselves.</param>
    internal sealed record Reading(string[] Stems, List<Token> Tokens)
    {
        /// <summary>Whether a phrase may go on with that word.</summary>
        public bool Goes(int at) => Tokens[at].Before == Gap.Space || (Tokens[at].Before == Gap.Stop && Tokens[at].End - Tokens[at].Start == 1);
    }

    /// <summary>Phrases that two concepts of the same field claim: only one of them would ever be found.</summary>
    public static IEnumerable<(string Phrase, ConceptId First, ConceptId Second)> Clashes(Vocabulary vocabulary, Language language)
    {
        var index = new PhraseIndex(new([]), language);
        var owners = new Dictionary<(string, string), ConceptId>();
        foreach (var concept in vocabulary.Concepts)
        {
            var home = Conditions.FactMatch.HomeOf(concept.Kind) is { } field ? "client" : concept.Kind.ToString();
            var everywhere = concept.Words.Append(concept.Name.Exactly(language.Code) ?? "").Select(w => (w, home));
            var inField = concept.WordsInField.Select(w => (w, $"in {concept.Kind}"));
            foreach (var (words, scope) in everywhere.Concat(inField))
            {
                var phrase = string.Join(' ', index.Essential(words).Select(t => t.Stem));
                if (phrase.Length > 0 && !owners.TryAdd((scope, phrase), concept.Id) && owners[(scope, phrase)] != concept.Id) yield return (words, owners[(scope, phrase)], concept.Id);
            }
        }
    }

    private void Add(string phrase, Entry entry)
    {
        var node = 0;
        foreach (var token in Essential(phrase))
        {
            if (!_words.TryGetValue(token.Stem, out var word)) _words.Add(token.Stem, word = _words.Count);
            if (!_next.TryGetValue(Key(node, word), out var next))
            {
                _next.Add(Key(node, word), next = _entries.Count);
                _entries.Add(null);
            }

            node = next;
        }

        if (node != 0) (_entries[node] ??= []).Add(entry);
    }

    /// <summary>The words of a phrase without the small ones inside it; a first or last word stays: "the pill", "hepatitis a".</summary>
    private IEnumerable<Token> Essential(string phrase)
    {
        var tokens = Wording.Read(phrase);
        return tokens.Where((t, i) => i == 0 || i == tokens.Count - 1 || !Wording.IsSkipped(t.Stem));
    }

    private Dictionary<string, NamedNumber> ByStem(ImmutableArray<NamedNumber> values)
    {
        var byStem = new Dictionary<string, NamedNumber>(StringComparer.Ordinal);
        foreach (var value in values)
            foreach (var token in Wording.Read(value.Word)) byStem[token.Stem] = value;
        return byStem;
    }

    private static long Key(int node, int word) => ((long)node << 32) | (uint)word;
}
