using ThinIce.Core.Words;

namespace ThinIce.Core.Narratives;

/// <summary>A narrative while it is coded: its words, the sentences they stand in, and the phrases that give roles and times.</summary>
internal sealed class Story
{
    private readonly List<(int Start, int End, NarrativeRole Role)> _roles = [];
    private readonly List<int> _stops = [];
    private readonly List<int> _commas = [];

    public Story(string text, List<Token> tokens, PhraseFinder<RoleWords> roles)
    {
        (Text, Tokens) = (text, tokens);
        for (var at = 0; at < tokens.Count;)
        {
            var (length, role) = roles.At(tokens, at);
            if (role is not null) _roles.Add((tokens[at].Start, tokens[at + length - 1].End, role.Role));
            at += Math.Max(1, length);
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (IsStop(text, i)) _stops.Add(i);
            else if (text[i] == ',') _commas.Add(i);
        }
    }

    public string Text { get; }

    public List<Token> Tokens { get; }

    /// <summary>The number of the sentence a place lies in.</summary>
    public int SentenceOf(int place) => _stops.BinarySearch(place) is var at && at < 0 ? ~at : at;

    /// <summary>Where the massage is named. What it was "for" counts only after it; said once, before roles are asked for.</summary>
    public void Massaged(IEnumerable<int> places)
    {
        var first = new Dictionary<int, int>();
        foreach (var place in places) first[SentenceOf(place)] = Math.Min(place, first.GetValueOrDefault(SentenceOf(place), int.MaxValue));
        _roles.RemoveAll(r => r.Role == NarrativeRole.Reason && !(first.TryGetValue(SentenceOf(r.Start), out var massage) && massage < r.Start));
    }

    /// <summary>The last role given before a place in its sentence; an event where none was. What the massage was for ends at a comma.</summary>
    public NarrativeRole RoleAt(int place)
    {
        var sentence = SentenceOf(place);
        for (var i = _roles.Count - 1; i >= 0; i--)
        {
            var (start, end, role) = _roles[i];
            if (end > place) continue;
            if (SentenceOf(start) != sentence) break;
            // "History of a clot, had a massage": the history is over.
            if (role == NarrativeRole.Got) return NarrativeRole.Event;
            if (role == NarrativeRole.After || (role == NarrativeRole.Reason && HasComma(end, place))) continue;
            return role;
        }

        return NarrativeRole.Event;
    }

    /// <summary>Whether a phrase of that role stands before a place in its sentence.</summary>
    public bool Before(int place, NarrativeRole role) => _roles.Exists(r => r.Role == role && r.End <= place && SentenceOf(r.Start) == SentenceOf(place));

    /// <summary>Whether a phrase of that role stands in the sentence of a place.</summary>
    public bool InSentence(int place, NarrativeRole role) => _roles.Exists(r => r.Role == role && SentenceOf(r.Start) == SentenceOf(place));

    /// <summary>Whether words are nothing but a phrase that gives a role: read, if not by the vocabulary.</summary>
    public bool IsAllRoles(string words) => Text.IndexOf(words, StringComparison.Ordinal) is >= 0 and var at && _roles.Exists(r => r.Start <= at && at + words.Length <= r.End);

    /// <summary>Whether a phrase of that role lies between two places.</summary>
    public bool Between(int from, int to, NarrativeRole role) => _roles.Exists(r => r.Role == role && r.Start >= from && r.End <= to);

    private bool HasComma(int from, int to) => _commas.Exists(c => c >= from && c < to);

    private static bool IsStop(string text, int at) => text[at] switch
    {
        '.' => at + 1 >= text.Length || !char.IsAsciiDigit(text[at + 1]),
        ';' or '!' or '?' or '\n' => true,
        '-' or '–' or '—' => at > 0 && at + 1 < text.Length && text[at - 1] == ' ' && text[at + 1] == ' ',
        _ => false,
    };
}
