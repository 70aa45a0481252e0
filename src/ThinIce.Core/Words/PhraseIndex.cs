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

/// <summary>Finds the longest phrase of the vocabulary and of one language that begins at a word.</summary>
internal sealed class PhraseIndex
{
    private readonly PhraseTable _table;
    private readonly Entry?[] _entries;
    private readonly Language _language;
    private readonly Dictionary<string, int> _words;
    private readonly HashSet<string> _fillers;
    private readonly HashSet<string> _between = new(StringComparer.Ordinal);
    private readonly Lazy<Spelling> _spelling;

    public PhraseIndex(Language language, PhraseTable table)
    {
        (_language, _table, _entries) = (language, table, new Entry?[table.Meanings.Length]);
        Wording = new(language);
        _words = new(table.Words.Length, StringComparer.Ordinal);
        for (var i = 0; i < table.Words.Length; i++) _words.Add(table.Words[i], i);
        _fillers = new(StringComparer.Ordinal);
        foreach (var filler in language.Fillers)
            foreach (var token in Wording.Read(filler)) _fillers.Add(token.Stem);
        foreach (var cue in language.Cues.Where(c => c.Kind is CueKind.Side or CueKind.Degree or CueKind.When))
            if (Wording.Read(cue.Phrase) is [var only]) _between.Add(only.Stem);
        Numbers = ByStem(language.Numbers);
        WeakNumbers = new(language.WeakNumbers, StringComparer.Ordinal);
        Units = ByStem(language.Units);
        Months = ByStem(language.Months);
        WeakMonths = new(language.WeakMonths, StringComparer.Ordinal);
        UnitAlone = language.UnitAlone;
        _spelling = new(() => new Spelling([.. _table.Words, .. Wording.SingleForms]));
    }

    /// <summary>How words are brought to one form.</summary>
    public Wording Wording { get; }

    public Dictionary<string, NamedNumber> Numbers { get; }

    public HashSet<string> WeakNumbers { get; }

    public Dictionary<string, NamedNumber> Units { get; }

    public Dictionary<string, NamedNumber> Months { get; }

    public HashSet<string> WeakMonths { get; }

    public Span UnitAlone { get; }

    public bool IsFiller(string stem) => _fillers.Contains(stem);

    /// <summary>The stem itself, or the known word it is a misspelling of; null where it is neither.</summary>
    public string? Known(string stem) => _words.ContainsKey(stem) ? stem : IsOrdinary(stem) ? null : _spelling.Value.Nearest(stem) is { } near ? Wording.Canonical(near) : null;

    /// <summary>Whether the word is known for something else than being part of a phrase, and so is never corrected.</summary>
    public bool IsOrdinary(string stem) => _fillers.Contains(stem) || Numbers.ContainsKey(stem) || Units.ContainsKey(stem) || Months.ContainsKey(stem) || Tokens.IsNumber(stem);

    /// <summary>The words of one item, made ready to look for phrases in them.</summary>
    /// <param name="stems">Stems, misspellings corrected.</param>
    /// <param name="tokens">The words themselves.</param>
    public Reading Ready(string[] stems, List<Token> tokens)
    {
        var words = new int[stems.Length];
        for (var i = 0; i < stems.Length; i++) words[i] = _words.TryGetValue(stems[i], out var word) ? word : -1;
        return new(words, stems, tokens);
    }

    /// <summary>
    /// The longest run of words from <paramref name="start"/> that ends in an entry <paramref name="wanted"/> takes; length 0
    /// where there is none. Small words inside the run are passed over: "numb between my legs" is "numb between legs". So are
    /// a side, a degree and a length of time, which <see cref="PassedOver"/> gives back: "swollen left calf", "period is three
    /// weeks late". A run does not reach over a comma or the end of a sentence, except between single letters: "d.v.t.".
    /// </summary>
    /// <param name="text">The words.</param>
    /// <param name="start">The word it begins at.</param>
    /// <param name="wanted">Which entries are taken.</param>
    /// <param name="end">The word it has to end before, where it may not go on to the last.</param>
    public (int Length, Entry? Entry) Longest(Reading text, int start, Func<Entry, bool> wanted, int end = int.MaxValue)
    {
        int node = 0, best = 0;
        Entry? found = null;
        end = Math.Min(end, text.Words.Length);
        for (var at = start; at < end && (at == start || text.Goes(at)); at++)
        {
            var next = _table.Next(node, text.Words[at]);
            if (next < 0)
            {
                var over = at > start ? Over(text, at) : 0;
                if (over == 0) break;
                at += over - 1;
                continue;
            }

            node = next;
            if (First(node, wanted) is not { } entry) continue;
            (best, found) = (at - start + 1, entry);
        }

        return end == text.Words.Length && Turned(text, start, wanted) is { Length: var length, Entry: { } turned } && length > best ? (length, turned) : (best, found);
    }

    /// <summary>How many words from here say only how much, which side or how long, or nothing, and may stand inside any phrase; 0 where none does.</summary>
    private int Over(Reading text, int at)
    {
        if (Wording.IsSkipped(text.Stems[at]) || _between.Contains(text.Stems[at])) return 1;
        return IsAmount(text.Stems[at]) && at + 1 < text.Stems.Length && text.Goes(at + 1) && Units.ContainsKey(text.Stems[at + 1]) ? 2 : 0;
    }

    private bool IsAmount(string stem) => Tokens.IsNumber(stem) || Numbers.ContainsKey(stem);

    /// <summary>The words inside a run found by <see cref="Longest"/> that are no part of its phrase and yet say something: a side, a degree, a time.</summary>
    /// <param name="text">The words.</param>
    /// <param name="start">The word the run begins at.</param>
    /// <param name="length">How many words it has.</param>
    public IEnumerable<int> PassedOver(Reading text, int start, int length)
    {
        var node = _table.Next(0, text.Words[start]);
        for (var at = start + 1; node >= 0 && at < start + length;)
        {
            if (_table.Next(node, text.Words[at]) is >= 0 and var next) (node, at) = (next, at + 1);
            else
            {
                if (!Wording.IsSkipped(text.Stems[at])) yield return at;
                at += Math.Max(1, Over(text, at));
            }
        }
    }

    /// <summary>"Cancer of the breast": a phrase of two words said the other way round, with a small word between.</summary>
    private (int Length, Entry? Entry) Turned(Reading text, int start, Func<Entry, bool> wanted)
    {
        var at = start + 1;
        while (at < text.Words.Length && text.Goes(at) && Wording.IsSkipped(text.Stems[at])) at++;
        if (at == start + 1 || at >= text.Words.Length || !text.Goes(at)) return (0, null);
        var node = _table.Next(0, text.Words[at]);
        if (node >= 0) node = _table.Next(node, text.Words[start]);
        return node >= 0 && First(node, e => e.Cue is null && wanted(e)) is { } entry ? (at - start + 1, entry) : (0, null);
    }

    private Entry? First(int node, Func<Entry, bool> wanted)
    {
        for (var at = _table.MeaningsFrom[node]; at < _table.MeaningsFrom[node + 1]; at++)
            if ((_entries[at] ??= Made(_table.Meanings[at])) is var entry && wanted(entry)) return entry;
        return null;
    }

    private Entry Made(Meaning meaning) => new(meaning.Concept, meaning.InFieldOnly, meaning.Cue >= 0 ? _language.Cues[meaning.Cue] : null);

    /// <summary>The words of one item, as phrases are looked for in them.</summary>
    /// <param name="Words">The words' numbers in the table; -1 for words of no phrase.</param>
    /// <param name="Stems">Stems, misspellings corrected.</param>
    /// <param name="Tokens">The words themselves.</param>
    internal sealed record Reading(int[] Words, string[] Stems, List<Token> Tokens)
    {
        /// <summary>Whether a phrase may go on with that word.</summary>
        public bool Goes(int at) => Tokens[at].Before == Gap.Space || (Tokens[at].Before == Gap.Stop && Tokens[at].End - Tokens[at].Start == 1);
    }

    /// <summary>Phrases that two concepts of the same field claim: only one of them would ever be found.</summary>
    public static IEnumerable<(string Phrase, ConceptId First, ConceptId Second)> Clashes(Vocabulary vocabulary, Language language)
    {
        var wording = new Wording(language);
        var owners = new Dictionary<(string, string), ConceptId>();
        foreach (var concept in vocabulary.Concepts)
        {
            var home = Conditions.FactMatch.HomeOf(concept.Kind) is { } field ? "client" : concept.Kind.ToString();
            var everywhere = concept.Words.Append(concept.Name.Exactly(language.Code) ?? "").Select(w => (w, home));
            var inField = concept.WordsInField.Select(w => (w, $"in {concept.Kind}"));
            foreach (var (words, scope) in everywhere.Concat(inField))
            {
                var phrase = string.Join(' ', wording.Essential(words).Select(t => t.Stem));
                if (phrase.Length > 0 && !owners.TryAdd((scope, phrase), concept.Id) && owners[(scope, phrase)] != concept.Id) yield return (words, owners[(scope, phrase)], concept.Id);
            }
        }
    }

    private Dictionary<string, NamedNumber> ByStem(ImmutableArray<NamedNumber> values)
    {
        var byStem = new Dictionary<string, NamedNumber>(StringComparer.Ordinal);
        foreach (var value in values)
            foreach (var token in Wording.Read(value.Word)) byStem[token.Stem] = value;
        return byStem;
    }
}
