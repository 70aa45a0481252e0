using System.Collections.Immutable;
using System.Text;
using ThinIce.Core.Words;

namespace ThinIce.Core.Narratives;

/// <summary>A narrative with its shorthand written out, and where each character of it came from.</summary>
/// <param name="Text">The words written out.</param>
/// <param name="From">For each character, the first character of the original it stands for; one more at the end.</param>
/// <param name="To">For each character, one past the last character of the original it stands for.</param>
internal sealed record WrittenOut(string Text, int[] From, int[] To)
{
    /// <summary>The span of the original that a span of the words written out stands for.</summary>
    public (int Start, int End) Original(int start, int end) => (From[start], To[Math.Max(start, end - 1)]);
}

/// <summary>
/// Writes out the shorthand of clerks and therapists before the words are recognised, so that the abbreviations of a narrative can
/// never be read into an intake. One pass over the text; what is not shorthand stays as it is.
/// </summary>
internal sealed class Shorthand
{
    private const double MostlyCapitals = 0.7;

    // So many letters of another word before or after what was glued to it.
    private const int LongEnough = 3;
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _always, _notes, _afterNumber;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _noteWords;
    private readonly ImmutableArray<SameWord> _glued;
    private readonly int _longest;

    public Shorthand(NarrativeKnowledge knowledge)
    {
        (_always, _notes, _afterNumber) = (By(knowledge.Shorthand), By(knowledge.Notes), By(knowledge.AfterNumber));
        _noteWords = new HashSet<string>(knowledge.NoteWords, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        _glued = knowledge.Glued;
        _longest = _always.Dictionary.Keys.Concat(_notes.Dictionary.Keys).Concat(_noteWords.Set).Append("").Max(k => k.Length);
    }

    private delegate bool IsWord(ReadOnlySpan<char> word);

    private static Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> By(IEnumerable<SameWord> words)
    {
        var by = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var word in words) by[word.Variant] = word.Word;
        return by.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public WrittenOut WriteOut(string text)
    {
        var note = IsNote(text);
        var (written, from, to) = (new StringBuilder(text.Length + 64), new List<int>(text.Length + 64), new List<int>(text.Length + 64));
        for (var at = 0; at < text.Length;)
        {
            var (length, words) = Begins(text, at) ? Found(text, at, note) : (0, null);
            if (words is null && note) (length, words) = Glued(text, at);
            if (words is null)
            {
                Add(text[at], at, at + 1);
                at++;
                continue;
            }

            // "5YOF": a number and its unit are two words.
            if (at > 0 && !char.IsWhiteSpace(text[at - 1]) && !(text[at - 1] is '(' or '/' or '?')) Add(' ', at, at);
            foreach (var c in words) Add(c, at, at + length);
            at += length;
            if (at < text.Length && char.IsLetterOrDigit(text[at])) Add(' ', at, at);
        }

        from.Add(text.Length);
        to.Add(text.Length);
        return new(written.ToString(), [.. from], [.. to]);

        void Add(char c, int start, int end)
        {
            written.Append(c);
            from.Add(start);
            to.Add(end);
        }
    }

    /// <summary>Clerks' systems swallow spaces: "KNEEDX SPRAIN", "DXBURN", "5YOFNOSE".</summary>
    private (int, string?) Glued(string text, int at)
    {
        foreach (var (glued, words) in _glued)
        {
            var end = at + glued.Length;
            if (end > text.Length || string.Compare(text, at, glued, 0, glued.Length, StringComparison.OrdinalIgnoreCase) != 0) continue;
            var (before, after) = (Letters(text, at - 1, -1), Letters(text, end, 1));
            if ((before == 0 && after >= LongEnough) || (before >= LongEnough && after == 0)) return (glued.Length, words);
        }

        return (0, null);
    }

    private static int Letters(string text, int at, int step)
    {
        var count = 0;
        for (; at >= 0 && at < text.Length && char.IsLetter(text[at]); at += step) count++;
        return count;
    }

    /// <summary>A note is written mostly in capitals, or has a note's own words in it.</summary>
    private bool IsNote(string text)
    {
        var (letters, capitals) = (text.Count(char.IsLetter), text.Count(char.IsUpper));
        if (letters > 0 && capitals > MostlyCapitals * letters) return true;
        for (var at = 0; at < text.Length; at++)
            if (Begins(text, at) && Longest(text, at, word => _noteWords.Contains(word)) > 0) return true;
        return false;
    }

    private (int, string?) Found(string text, int at, bool note)
    {
        var afterNumber = AfterNumber(text, at);
        var length = Longest(text, at, k => (afterNumber && _afterNumber.ContainsKey(k)) || _always.ContainsKey(k) || (_notes.ContainsKey(k) && (note || IsCapitals(k))));
        if (length == 0) return (0, null);
        var key = text.AsSpan(at, length);
        return (length, afterNumber && _afterNumber.TryGetValue(key, out var unit) ? unit : _always.TryGetValue(key, out var always) ? always : _notes[key]);
    }

    private static bool IsCapitals(ReadOnlySpan<char> word)
    {
        var letters = false;
        foreach (var c in word)
        {
            if (char.IsLower(c)) return false;
            letters |= char.IsLetter(c);
        }

        return letters && word.Length > 1;
    }

    private int Longest(string text, int at, IsWord isKnown)
    {
        for (var length = Math.Min(_longest, text.Length - at); length > 0; length--)
            if (Ends(text, at + length) && isKnown(text.AsSpan(at, length))) return length;
        return 0;
    }

    private static bool AfterNumber(string text, int at)
    {
        var i = at - 1;
        while (i >= 0 && text[i] is ' ' or '-') i--;
        return i >= 0 && char.IsAsciiDigit(text[i]);
    }

    private static bool Begins(string text, int at) => !char.IsWhiteSpace(text[at])
        && (at == 0 || !char.IsLetterOrDigit(text[at - 1]) || (char.IsAsciiDigit(text[at - 1]) && char.IsLetter(text[at])));

    private static bool Ends(string text, int end) =>
        end == text.Length || !char.IsLetterOrDigit(text[end]) || !char.IsLetterOrDigit(text[end - 1]) || (char.IsLetter(text[end - 1]) && char.IsAsciiDigit(text[end]));
}
