using System.Collections.Immutable;
using ThinIce.Core.Clinical;

namespace ThinIce.Core.Words;

/// <summary>What a phrase stands for: a concept, or a cue.</summary>
internal sealed record Entry(int Concept, bool InFieldOnly, Cue? Cue);

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
            foreach (var token in Tokens.Of(filler)) _fillers.Add(token.Stem);
        Numbers = ByStem(language.Numbers);
        WeakNumbers = new(language.WeakNumbers, StringComparer.Ordinal);
        Units = ByStem(language.Units);
        _spelling = new(() => new Spelling(_words.Keys));
    }

    public Dictionary<string, NamedNumber> Numbers { get; }

    public HashSet<string> WeakNumbers { get; }

    public Dictionary<string, NamedNumber> Units { get; }

    public bool IsFiller(string stem) => _fillers.Contains(stem);

    /// <summary>The stem itself, or the known word it is a misspelling of; null where it is neither.</summary>
    public string? Known(string stem) => _words.ContainsKey(stem) ? stem : IsOrdinary(stem) ? null : _spelling.Value.Nearest(stem);

    /// <summary>Whether the word is known for something else than being part of a phrase, and so is never corrected.</summary>
    public bool IsOrdinary(string stem) => _fillers.Contains(stem) || Numbers.ContainsKey(stem) || Units.ContainsKey(stem) || Tokens.IsNumber(stem);

    /// <summary>The longest run of words from <paramref name="start"/> that ends in an entry <paramref name="wanted"/> takes; length 0 where there is none.</summary>
    public (int Length, Entry? Entry) Longest(IReadOnlyList<string?> stems, int start, Func<Entry, bool> wanted)
    {
        int node = 0, best = 0;
        Entry? found = null;
        for (var at = start; at < stems.Count && stems[at] is { } stem; at++)
        {
            if (!_words.TryGetValue(stem, out var word) || !_next.TryGetValue(Key(node, word), out node)) break;
            if (_entries[node] is not { } entries) continue;
            foreach (var entry in entries)
            {
                if (!wanted(entry)) continue;
                (best, found) = (at - start + 1, entry);
                break;
            }
        }

        return (best, found);
    }

    private void Add(string phrase, Entry entry)
    {
        var node = 0;
        foreach (var token in Tokens.Of(phrase))
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

    private static Dictionary<string, NamedNumber> ByStem(ImmutableArray<NamedNumber> values)
    {
        var byStem = new Dictionary<string, NamedNumber>(StringComparer.Ordinal);
        foreach (var value in values) byStem[Tokens.Stem(value.Word)] = value;
        return byStem;
    }

    private static long Key(int node, int word) => ((long)node << 32) | (uint)word;
}
