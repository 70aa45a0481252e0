using System.Collections.Immutable;
using System.Globalization;
using ThinIce.Core.Words;

namespace ThinIce.Core.Narratives;

/// <summary>Hours from the massage to the first sign, and where they were said.</summary>
/// <param name="Hours">Hours.</param>
/// <param name="Start">First character.</param>
/// <param name="End">One past the last.</param>
internal sealed record Onset(double Hours, int Start, int End);

/// <summary>
/// Finds from the words how long after the massage the first sign came: said outright ("two hours later"), or as the difference of
/// two dates ("massage 3 days ago", "since yesterday"). Linear in the number of words.
/// </summary>
internal sealed class OnsetReader
{
    // A date belongs to what stands before it, unless what follows is much nearer.
    private const double FollowsWeighs = 5;
    private readonly PhraseIndex _index;
    private readonly PhraseFinder<TimeWords> _onsets, _dates;
    private readonly HashSet<string> _later, _within, _lasting, _ago, _since;

    public OnsetReader(NarrativeKnowledge knowledge, PhraseIndex index, IEnumerable<string> ago)
    {
        _index = index;
        _onsets = new(index.Wording, knowledge.Onsets.Select(t => (t.Phrase, t)));
        _dates = new(index.Wording, knowledge.Dates.Select(t => (t.Phrase, t)));
        (_later, _within, _lasting, _ago, _since) = (Stems(knowledge.Later), Stems(knowledge.Within), Stems(knowledge.Lasting), Stems(ago), Stems(knowledge.SinceThen));
    }

    private HashSet<string> Stems(IEnumerable<string> words) => [.. words.SelectMany(w => _index.Wording.Read(w)).Select(t => t.Stem)];

    /// <summary>The onset; null where it was not said.</summary>
    /// <param name="story">The words.</param>
    /// <param name="massage">Places where the massage is named.</param>
    /// <param name="events">Places where what came after is named.</param>
    public Onset? Read(Story story, ImmutableArray<int> massage, ImmutableArray<int> events)
    {
        var tokens = story.Tokens;
        Onset? outright = null, ofMassage = null, ofEvent = null;
        for (var at = 0; at < tokens.Count;)
        {
            var (fixedLength, said) = _onsets.At(tokens, at);
            var (length, hours) = Length(tokens, at);
            if (said is not null && fixedLength >= length)
            {
                outright ??= new(said.Hours, tokens[at].Start, tokens[at + fixedLength - 1].End);
                at += fixedLength;
                continue;
            }

            var (dateLength, date) = _dates.At(tokens, at);
            if (length > 0)
            {
                var next = at + length < tokens.Count ? tokens[at + length].Stem : "";
                var before = at > 0 ? tokens[at - 1].Stem : "";
                Onset here = new(hours, tokens[at].Start, tokens[at + length - 1].End);
                if (_ago.Contains(next)) Date(here);
                else if (_lasting.Contains(before)) ofEvent ??= here;
                else if (_later.Contains(next) || _within.Contains(before)) outright ??= here;
                at += length;
            }
            else if (date is not null)
            {
                Date(new(date.Hours, tokens[at].Start, tokens[at + dateLength - 1].End));
                at += dateLength;
            }
            else
            {
                // "massage a week ago and neck pain since": from the massage on.
                if (_since.Contains(tokens[at].Stem) && (at + 1 == tokens.Count || tokens[at + 1].Before != Gap.Space)) outright ??= new(0, tokens[at].Start, tokens[at].End);
                at++;
            }
        }

        if (events.IsEmpty) return null;
        if (outright is not null) return outright;
        if (ofMassage is null) return null;
        return ofMassage with { Hours = Math.Max(0, ofMassage.Hours - (ofEvent?.Hours ?? 0)) };

        void Date(Onset date)
        {
            if (Nearest(story, massage, date) <= Nearest(story, events, date)) ofMassage ??= date;
            else ofEvent ??= date;
        }
    }

    /// <summary>How far the nearest place of the same sentence is; what stands before a date is likelier meant than what follows it.</summary>
    private static double Nearest(Story story, ImmutableArray<int> places, Onset date) => places
        .Where(p => story.SentenceOf(p) == story.SentenceOf(date.Start))
        .Select(p => p < date.Start ? date.Start - p : FollowsWeighs * (p - date.Start)).DefaultIfEmpty(double.MaxValue).Min();

    /// <summary>A number and a unit of time; length 0 where none begins here.</summary>
    private (int Length, double Hours) Length(List<Token> tokens, int at)
    {
        if (Number(tokens[at].Stem) is not { } number || at + 1 >= tokens.Count) return (0, 0);
        // "2 to 3 days", "a few hours"
        var unit = at + 1;
        if (unit + 1 < tokens.Count && !_index.Units.ContainsKey(tokens[unit].Stem) && Number(tokens[unit].Stem) is { } second) (number, unit) = (second, unit + 1);
        return _index.Units.TryGetValue(tokens[unit].Stem, out var days) && tokens[unit].Before == Gap.Space ? (unit - at + 1, number * days.Value * 24) : (0, 0);
    }

    private double? Number(string stem) =>
        Tokens.IsNumber(stem) ? double.Parse(stem, CultureInfo.InvariantCulture) : _index.Numbers.TryGetValue(stem, out var number) ? number.Value : null;
}
