using ThinIce.Core.Clinical;

namespace ThinIce.Core.Words;

/// <summary>What a phrase stands for: a concept, or a cue.</summary>
/// <param name="Concept">Index of the concept; -1 for a cue.</param>
/// <param name="InFieldOnly">Whether it means the concept only in the concept's own field.</param>
/// <param name="Cue">Index of the cue in its language; -1 for a concept.</param>
public readonly record struct Meaning(int Concept, bool InFieldOnly, int Cue);

/// <summary>
/// The phrases of the vocabulary and of one language, made ready when the knowledge is compiled: a trie over words, in arrays.
/// Node 0 is where every phrase begins. Not for reading by hand; <see cref="Concept.Words"/> and <see cref="Language"/> say the same.
/// </summary>
/// <param name="language">Code of the language.</param>
/// <param name="words">Every word of a phrase, brought to its one form; a word's number is its place.</param>
/// <param name="stepsFrom">For each node, where its steps begin; one more at the end.</param>
/// <param name="stepWords">The word of each step; within a node in ascending order.</param>
/// <param name="stepNodes">The node that each step leads to.</param>
/// <param name="meaningsFrom">For each node, where its meanings begin; one more at the end.</param>
/// <param name="meanings">What the phrases that end in a node stand for, in the order written.</param>
public sealed class PhraseTable(string language, string[] words, int[] stepsFrom, int[] stepWords, int[] stepNodes, int[] meaningsFrom, Meaning[] meanings)
{
    /// <summary>Code of the language.</summary>
    public string Language => language;

    /// <summary>Every word of a phrase, brought to its one form; a word's number is its place.</summary>
    public ReadOnlySpan<string> Words => words;

    /// <summary>For each node, where its steps begin; one more at the end.</summary>
    public ReadOnlySpan<int> StepsFrom => stepsFrom;

    /// <summary>The word of each step; within a node in ascending order.</summary>
    public ReadOnlySpan<int> StepWords => stepWords;

    /// <summary>The node that each step leads to.</summary>
    public ReadOnlySpan<int> StepNodes => stepNodes;

    /// <summary>For each node, where its meanings begin; one more at the end.</summary>
    public ReadOnlySpan<int> MeaningsFrom => meaningsFrom;

    /// <summary>What the phrases that end in a node stand for, in the order written.</summary>
    public ReadOnlySpan<Meaning> Meanings => meanings;

    /// <summary>Makes the table.</summary>
    public static PhraseTable Of(IReadOnlyList<Concept> concepts, Language language)
    {
        var made = new Making(new(language));
        for (var i = 0; i < concepts.Count; i++)
        {
            if (concepts[i].Name.Exactly(language.Code) is { } name) made.Add(name, new(i, false, -1));
            foreach (var words in concepts[i].Words) made.Add(words, new(i, false, -1));
            foreach (var words in concepts[i].WordsInField) made.Add(words, new(i, true, -1));
        }

        for (var i = 0; i < language.Cues.Length; i++) made.Add(language.Cues[i].Phrase, new(-1, false, i));
        return made.Table(language.Code);
    }

    /// <summary>The node that a word leads to; -1 where it leads nowhere.</summary>
    public int Next(int node, int word)
    {
        int low = stepsFrom[node], high = stepsFrom[node + 1] - 1;
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            if (stepWords[middle] == word) return stepNodes[middle];
            if (stepWords[middle] < word) low = middle + 1;
            else high = middle - 1;
        }

        return -1;
    }

    /// <summary>The trie while phrases are added.</summary>
    private sealed class Making(Wording wording)
    {
        private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);
        private readonly List<SortedDictionary<int, int>> _steps = [[]];
        private readonly List<List<Meaning>> _meanings = [[]];

        public void Add(string phrase, Meaning meaning)
        {
            var node = 0;
            foreach (var token in wording.Essential(phrase))
            {
                if (!_words.TryGetValue(token.Stem, out var word)) _words.Add(token.Stem, word = _words.Count);
                if (!_steps[node].TryGetValue(word, out var next))
                {
                    _steps[node].Add(word, next = _steps.Count);
                    _steps.Add([]);
                    _meanings.Add([]);
                }

                node = next;
            }

            if (node != 0) _meanings[node].Add(meaning);
        }

        public PhraseTable Table(string language) => new(
            language, [.. _words.Keys], From(_steps.ConvertAll(s => s.Count)), [.. _steps.SelectMany(s => s.Keys)], [.. _steps.SelectMany(s => s.Values)],
            From(_meanings.ConvertAll(m => m.Count)), [.. _meanings.SelectMany(m => m)]);

        private static int[] From(List<int> counts)
        {
            var from = new int[counts.Count + 1];
            for (var i = 0; i < counts.Count; i++) from[i + 1] = from[i] + counts[i];
            return from;
        }
    }
}
