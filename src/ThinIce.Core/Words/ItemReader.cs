using System.Globalization;
using ThinIce.Core.Clinical;
using ThinIce.Core.Screening;

namespace ThinIce.Core.Words;

/// <summary>A concept of the session, with the words it came from. A class: lists of value types are compiled at every start of the program.</summary>
internal sealed record SessionWords(int Concept, string Words);

/// <summary>What one item of words came to.</summary>
internal sealed class ItemReading
{
    public List<Fact> Facts { get; } = [];

    /// <summary>Concepts of the session, with the words they came from.</summary>
    public List<SessionWords> Session { get; } = [];

    public List<string> NotUnderstood { get; } = [];

    public List<ReadAs> ReadAs { get; } = [];

    public (PressureLevel Level, string Words)? Pressure { get; set; }

    public double? Minutes { get; set; }

    public double? AgeYears { get; set; }

    public Sex? Sex { get; set; }

    /// <summary>Length of time said of a pregnancy, in days.</summary>
    public double? PregnancyDays { get; set; }

    /// <summary>The item says "none".</summary>
    public bool SaidNone { get; set; }

    /// <summary>Regions that are not to be massaged.</summary>
    public ulong DeniedRegions { get; set; }

    /// <summary>Where in the text each thing was said; filled only for narratives.</summary>
    public List<Mark> Marks { get; } = [];
}

/// <summary>A thing said in a narrative, and where its words stand.</summary>
/// <param name="Concept">Index of the concept.</param>
/// <param name="Start">First character.</param>
/// <param name="End">One past the last.</param>
/// <param name="Denied">Said not to be there.</param>
/// <param name="Fact">What was said of it; null for regions and for what belongs to the session.</param>
internal sealed record Mark(int Concept, int Start, int End, bool Denied, Fact? Fact = null);

/// <summary>Where words are read: which kinds of concept count, and in which field what they say belongs.</summary>
/// <param name="Field">The client field; null for session fields and for a whole intake in one line.</param>
/// <param name="Wanted">Kinds of concept that count here.</param>
/// <param name="OneLine">Whether the words are a whole intake, in which a relative named first is the person to be massaged.</param>
/// <param name="On">The day the intake is of; null where nobody said, and then "in 2019" is no time.</param>
/// <param name="Age">The person's age in years; null where nobody said, and then "aged 10" is no time.</param>
/// <param name="Sex">The person's sex; null where nobody said.</param>
/// <param name="Narrative">Whether the words tell a whole story: a husband who gave the massage is nobody's illness, and a list goes on after a comma.</param>
internal sealed record ReadingScope(ClientField? Field, Func<ConceptKind, bool> Wanted, bool OneLine = false, DateOnly? On = null, double? Age = null, Sex? Sex = null, bool Narrative = false);

/// <summary>
/// Reads one item of plain words: concepts, and for each of them whether it is denied, somebody else's, over, how long ago,
/// which side, how bad, where. One pass over the words with a small state, so that its time is bounded by their number.
/// The scoping of denials follows the idea of NegEx and ConText (a cue governs what follows until a stop), with the cues as data.
/// </summary>
internal sealed class ItemReader
{
    private const int LongestQuote = 80;

    // Whoever is younger is the baby; a child older than that says nothing of a birth that still matters.
    private const double OldestBabyYears = 3;

    // "sore after running": the running was just before, as far as can be told.
    private static readonly Span JustNow = new(0, 3);
    private readonly KnowledgeBase _knowledge;
    private readonly PhraseIndex _index;
    private readonly ReadingScope _scope;
    private readonly string _text;
    private readonly List<Token> _tokens;
    private readonly PhraseIndex.Reading _words;
    private readonly string[] _stems;
    private readonly ItemReading _reading = new();
    private readonly List<Draft> _drafts = [];
    private Segment _segment = new();
    private Segment? _carried;
    private bool _denying;
    private bool _others;
    private bool _hadRegion;
    private bool _loosely;
    private bool _stopped;
    private int _relations;
    private ulong _regions;
    private Side _side;

    private ItemReader(KnowledgeBase knowledge, PhraseIndex index, string text, ReadingScope scope)
    {
        (_knowledge, _index, _text, _scope) = (knowledge, index, text, scope);
        _tokens = index.Wording.Read(text);
        _stems = [.. _tokens.Select(t => index.Known(t.Stem) ?? t.Stem)];
        _words = index.Ready(_stems, _tokens);
    }

    public static ItemReading Read(KnowledgeBase knowledge, PhraseIndex index, string text, ReadingScope scope) =>
        new ItemReader(knowledge, index, text, scope).Run();

    private ItemReading Run()
    {
        for (var at = 0; at < _tokens.Count;)
        {
            if (at > 0 && _tokens[at].Before != Gap.Space) Break(at, _tokens[at].Before);
            _segment.Begin(_tokens[at].Start);
            at += Take(at);
            _segment.End = _tokens[at - 1].End;
        }

        Close();
        var nothing = _drafts.Count == 0 && _reading.Session.Count == 0 && _reading.NotUnderstood.Count == 0 && _reading.Minutes is null && _reading.Pressure is null;
        _reading.SaidNone = nothing && IsCue(0, CueKind.None) && !_hadRegion;
        if (nothing && !_reading.SaidNone && !string.IsNullOrWhiteSpace(_text)) _reading.NotUnderstood.Add(_text.Trim());
        foreach (var draft in _drafts)
        {
            var fact = Finish(draft);
            _reading.Facts.Add(fact);
            if (_scope.Narrative) _reading.Marks.Add(new(draft.Concept, draft.From, draft.To, fact.Presence == Presence.Denied, fact));
        }

        return _reading;
    }

    /// <summary>Reads what begins at a word and says how many words it took.</summary>
    private int Take(int at)
    {
        var (length, entry) = _index.Longest(_words, at, IsWanted);
        if (_scope.Narrative && length > 1 && entry!.Cue is null) (length, entry) = WithoutTheMassage(at, length, entry);
        if (length > 0 && entry!.Cue is null)
        {
            // "BP 190/110": the pair is the reading that was just named, not another one.
            if (_stems[at] == Tokens.Pair && _segment.Drafts.Count > 0 && _segment.Drafts[^1].Concept == entry.Concept) return length;
            Note(at, length);
            TakeConcept(at, length, entry.Concept);
            TakeInside(at, length);
            return length;
        }

        var time = TakeTime(at);
        if (time > length) return time;
        if (length > 0)
        {
            TakeCue(at, length, entry!.Cue!);
            return length;
        }

        var lowerOfPair = at > 1 && _stems[at - 2] == Tokens.Pair;
        if (lowerOfPair) return 1;
        if (Tokens.IsNumber(_tokens[at].Stem)) return TakeValue(at, double.Parse(_tokens[at].Stem, CultureInfo.InvariantCulture));
        if (_stems[at] != Tokens.Pair && !_index.IsOrdinary(_stems[at])) _segment.Unread.Add(at);
        return 1;
    }

    /// <summary>What stands inside the words for something and says more of it: "swollen left calf", "period is three weeks late".</summary>
    private void TakeInside(int at, int length)
    {
        // Two words have nothing between them.
        if (length < 3) return;
        foreach (var inside in _index.PassedOver(_words, at, length))
        {
            if (TakeTime(inside) > 0) continue;
            var (cued, cue) = _index.Longest(_words, inside, e => e.Cue?.Kind is CueKind.Side or CueKind.Degree or CueKind.When, inside + 1);
            if (cued > 0) TakeCue(inside, 1, cue!.Cue!);
        }
    }

    /// <summary>A bare number: the value of what was just named, or of what is named next in the same stretch.</summary>
    private int TakeValue(int at, double value)
    {
        var bare = BareReading(at, value);
        if (bare > 0) TakeConcept(at, bare, _knowledge.Vocabulary.IndexOf(_knowledge.Parameters.BareReading!.Concept));
        var last = _segment.Drafts.Count > 0 ? _segment.Drafts[^1] : null;
        if (last is not null && last.Value is null && _knowledge.Vocabulary.Concepts[last.Concept].TakesValue) last.Value = value;
        else _segment.Value ??= value;
        return Math.Max(1, bare);
    }

    /// <summary>Tokens of a number, with its unit, that begins a symptom and says by its height what it is; 0 where it does not.</summary>
    private int BareReading(int at, double value)
    {
        if (_scope.Field != ClientField.Symptoms || _knowledge.Parameters.BareReading is not { } bare || value % 1 == 0 || !bare.Ranges.Any(r => value >= r.Low && value <= r.High)) return 0;
        if (_segment.Drafts.Count > 0 || _segment.Unread.Count > 0) return 0;
        if (at + 1 == _stems.Length) return 1;
        if (bare.Units.Contains(_stems[at + 1])) return 2;
        if (bare.NotBefore.Contains(_stems[at + 1])) return 0;
        return _index.IsOrdinary(_stems[at + 1]) || _stems[at + 1] == Tokens.Pair || _index.Longest(_words, at + 1, IsWanted).Length > 0 ? 1 : 0;
    }

    private bool IsWanted(Entry entry)
    {
        if (entry.Cue is { } cue) return cue.Kind is not (CueKind.Pressure or CueKind.Sex) || _scope.Field is null;
        var kind = _knowledge.Vocabulary.KindOf(entry.Concept);
        if (!_scope.Wanted(kind)) return false;
        return !entry.InFieldOnly || (_scope.Field is { } field && Conditions.FactMatch.HomeOf(kind) == field) || (_scope.Field is null && !_scope.OneLine && !_scope.Narrative);
    }

    private void TakeConcept(int at, int length, int concept)
    {
        var kind = _knowledge.Vocabulary.KindOf(concept);
        if (_scope.Narrative) MarkPlaces(at, length, concept);
        if (kind == ConceptKind.Region)
        {
            _hadRegion = true;
            if (_scope.Field is null && _denying)
            {
                // "whole body, not the belly"
                _reading.DeniedRegions |= _knowledge.Vocabulary.ExtentOf(concept);
                return;
            }

            _segment.Regions |= _knowledge.Vocabulary.ExtentOf(concept);
            var last = _tokens[at + length - 1];
            if (_knowledge.Vocabulary.Concepts[concept].IsPaired && last.IsPlural) _segment.ImpliedSide = Side.Both;
            _segment.RegionConcepts.Add(new(concept, Words(at, length)));
        }
        else if (Conditions.FactMatch.HomeOf(kind) is { } home)
        {
            var draft = new Draft(concept, _scope.Field ?? home, _loosely ? Presence.Open : _denying ? Presence.Denied : Presence.Present, _others)
            {
                From = _tokens[at].Start, To = _tokens[at + length - 1].End,
            };
            _drafts.Add(draft);
            _segment.Drafts.Add(draft);
        }
        else
        {
            if (!_denying) _reading.Session.Add(new(concept, Words(at, length)));
            _segment.SessionMatches++;
        }
    }

    /// <summary>In a narrative "headache after massage" is a headache, and a massage: the words before the massage, where they mean something by themselves.</summary>
    private (int Length, Entry Entry) WithoutTheMassage(int at, int length, Entry entry)
    {
        if (Conditions.FactMatch.HomeOf(_knowledge.Vocabulary.KindOf(entry.Concept)) is null) return (length, entry);
        for (var i = at + 1; i < at + length; i++)
        {
            if (_index.Longest(_words, i, IsOfTheSession).Length == 0) continue;
            var (shorter, inner) = _index.Longest(_words, at, IsWanted, i);
            return shorter > 0 && inner!.Cue is null ? (shorter, inner) : (length, entry);
        }

        return (length, entry);
    }

    private bool IsOfTheSession(Entry entry) => entry.Cue is null && !entry.InFieldOnly && (_knowledge.Vocabulary.KindOf(entry.Concept) is ConceptKind.Technique or ConceptKind.Device);

    /// <summary>In a narrative: where something of the session or a region is said, also inside the words for something else ("rib fracture", "panic attack during massage").</summary>
    private void MarkPlaces(int at, int length, int concept)
    {
        if (Conditions.FactMatch.HomeOf(_knowledge.Vocabulary.KindOf(concept)) is null) _reading.Marks.Add(new(concept, _tokens[at].Start, _tokens[at + length - 1].End, _denying));
        if (_knowledge.Vocabulary.KindOf(concept) is ConceptKind.Region or ConceptKind.Position or ConceptKind.Provider or ConceptKind.Device) return;
        var inTechnique = _knowledge.Vocabulary.KindOf(concept) == ConceptKind.Technique;
        for (var i = at; i < at + length; i++)
        {
            var (inner, entry) = _index.Longest(_words, i, e => e.Cue is null && !e.InFieldOnly
                && _knowledge.Vocabulary.KindOf(e.Concept) is var kind && (kind == ConceptKind.Region || (!inTechnique && (kind is ConceptKind.Technique or ConceptKind.Device))));
            if (inner == 0 || i + inner > at + length) continue;
            _reading.Marks.Add(new(entry!.Concept, _tokens[i].Start, _tokens[i + inner - 1].End, _denying));
            i += inner - 1;
        }
    }

    private void TakeCue(int at, int length, Cue cue)
    {
        switch (cue.Kind)
        {
            case CueKind.Deny: (_denying, _loosely, _segment.Denials) = (true, false, _segment.Denials + 1); break;
            case CueKind.DenyBefore: DenyBefore(); break;
            case CueKind.Stop: Break(at, Gap.Stop); break;
            case CueKind.Or: Break(at, Gap.Space); break;
            case CueKind.Join:
                Break(at, Gap.Space);
                // "no fever and chest pain" may be read both ways: what follows is left open.
                _loosely = _denying;
                break;
            case CueKind.Link:
                Break(at, Gap.Space);
                _denying = _loosely = false;
                _segment.AfterEvent = cue.Value == 1;
                break;
            case CueKind.Until: Until(); break;
            case CueKind.Still:
                Break(at, Gap.Space);
                _segment.Ongoing = true;
                break;
            case CueKind.Again: _segment.Again = true; break;
            case CueKind.Other: TakeRelative(at, length, cue); break;
            case CueKind.Own: (_others, _segment.Own) = (false, true); break;
            case CueKind.Past: _segment.Currency = Currency.Past; break;
            case CueKind.Healed: _segment.Currency = _denying ? _segment.Currency : Currency.Healed; break;
            case CueKind.Gone when !BecomesSign(at + length): goto case CueKind.Healed;
            case CueKind.Open: _segment.Open = true; break;
            case CueKind.Worse: _segment.Worse = true; break;
            case CueKind.Degree: _segment.Degree = (Degree)cue.Value; break;
            case CueKind.Side: _segment.AddSide((Side)cue.Value); break;
            case CueKind.When: _segment.Time(cue.Days!.Value, over: cue.Days.Value.Low >= 1 && !IsCue(at - 1, CueKind.For)); break;
            case CueKind.None: _segment.Denials++; break;
            case CueKind.Pressure:
                if (!_denying && (_reading.Pressure is not { } known || (int)known.Level < cue.Value)) _reading.Pressure = ((PressureLevel)cue.Value, Words(at, length));
                _segment.Pressures++;
                break;
            case CueKind.Sex: _reading.Sex ??= (Sex)cue.Value; break;
            default: break;
        }
    }

    /// <summary>Whether a sign begins within three words in the same breath: "has gone numb", "gone a bit red".</summary>
    private bool BecomesSign(int at)
    {
        for (var i = at; i < Math.Min(at + 3, _tokens.Count) && _tokens[i].Before == Gap.Space && !IsCue(i, CueKind.Join) && !IsCue(i, CueKind.Link) && !IsCue(i, CueKind.Stop) && !IsCue(i, CueKind.Or); i++)
            if (_index.Longest(_words, i, e => e.Cue is null && _knowledge.Vocabulary.KindOf(e.Concept) == ConceptKind.Symptom).Length > 0) return true;
        return false;
    }

    private void TakeRelative(int at, int length, Cue cue)
    {
        // Told in a narrative, a husband mostly gave the massage; "family history of" is what it says.
        if (_scope.Narrative && !cue.Phrase.Contains(' ', StringComparison.Ordinal)) return;
        _segment.Relations++;
        _relations++;
        if (_scope.OneLine && _relations == 1 && _drafts.Count == 0 && !SaysOwn() && !IsCue(at + length, CueKind.Had))
        {
            // "aunt on warfarin, deep tissue, back": the massage is the aunt's.
            if (cue.Value != 0) _reading.Sex ??= (Sex)cue.Value;
            _reading.ReadAs.Add(new(Words(at, length), _knowledge.Text("read-as.person")));
            return;
        }

        if (IsCue(at + length, CueKind.Reports)) return;
        _others = true;
        // "clot in my mother": said of what stands before it in the same breath.
        foreach (var draft in _segment.Drafts) draft.Other = true;
    }

    private bool SaysOwn() => Enumerable.Range(0, _tokens.Count).Any(i => IsCue(i, CueKind.Own) && !IsCue(i + 1, CueKind.Other));

    /// <summary>"two weeks ago", "for 5 months", "88 year old", "60 minutes"; 0 where none begins here.</summary>
    private int TakeTime(int at)
    {
        if (TakeAgeThen(at) is > 0 and var age) return age;
        if (IsCue(at, CueKind.AgeBefore) && Number(at + 1) is { } aged)
        {
            _reading.AgeYears ??= aged;
            return 2;
        }

        if (YearAt(at) is { } year)
        {
            _segment.Time(Since(new(year, 1, 1), new(year, 12, 31)), over: year < _scope.On!.Value.Year - 1);
            return 1;
        }

        if (TakeMonth(at) is > 0 and var month) return month;

        if (UnitAlone(at) is { } some)
        {
            var past = IsCue(at + 1, CueKind.Ago);
            _segment.Time(some, over: past);
            return past ? 2 : 1;
        }

        if (Number(at) is not { } number || at + 1 >= _stems.Length || !_index.Units.TryGetValue(_stems[at + 1], out var unit)) return 0;
        var days = number * unit.Value;
        var ago = IsCue(at + 2, CueKind.Ago);
        var lasting = IsCue(at - 1, CueKind.For);
        if (_index.WeakNumbers.Contains(_tokens[at].Stem) && !ago && !lasting) return 0;
        if (IsCue(at + 2, CueKind.AgeAfter))
        {
            if (TakeBirth(at, days)) return 3;
            _reading.AgeYears ??= days / 365.25;
            return 3;
        }

        // "baby 8 months, still breastfeeding"
        if (IsCue(at - 1, CueKind.Baby) && !ago && TakeBirth(at, days)) return 2;
        if (unit.Value < 1 && !ago)
        {
            if (_scope.Field is null) _reading.Minutes ??= Math.Round(days * 24 * 60, 1);
            if (!lasting || _scope.Field is null) return 2;
        }

        _segment.Time(Span.Exactly(days), over: ago);
        return ago ? 3 : 2;
    }

    /// <summary>"baby is 10 days old", of a grown woman: she gave birth 10 days ago.</summary>
    private bool TakeBirth(int at, double days)
    {
        var near = IsCue(at - 1, CueKind.Baby) || IsCue(at - 2, CueKind.Baby) || IsCue(at + 3, CueKind.Baby);
        if (!near || _knowledge.Parameters.Birth is not { } birth || _denying || _others || _scope.Field is not { } field || _scope.Sex == Sex.Male || _scope.Age < OldestBabyYears || days > OldestBabyYears * 365.25) return false;
        var draft = new Draft(_knowledge.Vocabulary.IndexOf(birth), field, Presence.Present, other: false) { Days = Span.Exactly(days) };
        _drafts.Add(draft);
        _segment.Drafts.Add(draft);
        return true;
    }

    /// <summary>"aged 10", "at 6", "when I was ten": so many years before the age now; 0 where no such thing stands here.</summary>
    private int TakeAgeThen(int at)
    {
        if (_scope.Field is null || _scope.Age is not { } now) return 0;
        var length = _index.Longest(_words, at, e => e.Cue?.Kind is CueKind.AgeAt or CueKind.AgeBefore).Length;
        if (length == 0 || Number(at + length) is not { } then || then >= now) return 0;
        var end = at + length + 1;
        // "at 3 am", "at 30 mg" are something else.
        if (end < _tokens.Count && _tokens[end].Before == Gap.Space && !IsCue(end, CueKind.Join) && !IsCue(end, CueKind.Link)) return 0;
        _segment.Time(new Span(Math.Max(0, now - then - 1) * 365.25, (now - then + 1) * 365.25), over: true);
        return length + 1;
    }

    /// <summary>"for weeks", "months ago": a unit in the plural, and no number before it.</summary>
    private Span? UnitAlone(int at) =>
        _tokens[at].IsPlural && _index.Units.TryGetValue(_stems[at], out var unit) && unit.Value >= 1 && (at == 0 || (Number(at - 1) is null && !IsCue(at, CueKind.When)))
            ? new Span(_index.UnitAlone.Low * unit.Value, _index.UnitAlone.High * unit.Value) : null;

    /// <summary>A year such as 2019; null where none stands here, or the day of the intake is not known.</summary>
    private int? YearAt(int at)
    {
        if (_scope.On is not { Year: var now } || at >= _tokens.Count || _tokens[at].Stem.Length != 4 || !Tokens.IsNumber(_tokens[at].Stem)) return null;
        var year = (int)double.Parse(_tokens[at].Stem, CultureInfo.InvariantCulture);
        return year > now - 100 && year <= now ? year : null;
    }

    /// <summary>"in August", "March 2025", "5 May": the last one that has begun, unless a year stands beside it; 0 where no month stands here.</summary>
    private int TakeMonth(int at)
    {
        if (_scope.On is not { } now || !_index.Months.TryGetValue(_tokens[at].Stem, out var named)) return 0;
        var said = YearAt(at + 1);
        // "May" and "march" are months only where something beside them says so.
        if (_index.WeakMonths.Contains(_tokens[at].Stem) && said is null && Number(at - 1) is not (>= 1 and <= 31) && !IsCue(at - 1, CueKind.MonthBefore)) return 0;
        var month = (int)named.Value;
        var first = new DateOnly(said ?? (month <= now.Month ? now.Year : now.Year - 1), month, 1);
        if (first <= now) _segment.Time(Since(first, first.AddMonths(1).AddDays(-1)), over: now.DayNumber - first.DayNumber >= 395);
        return said is null ? 1 : 2;
    }

    /// <summary>How long ago something was that happened on one of these days.</summary>
    private Span Since(DateOnly first, DateOnly last)
    {
        var now = _scope.On!.Value.DayNumber;
        return new(Math.Max(0, now - last.DayNumber), now - first.DayNumber + 1);
    }

    private double? Number(int at)
    {
        if (at < 0 || at >= _stems.Length) return null;
        if (Tokens.IsNumber(_tokens[at].Stem)) return double.Parse(_tokens[at].Stem, CultureInfo.InvariantCulture);
        return _index.Numbers.TryGetValue(_tokens[at].Stem, out var number) ? number.Value : null;
    }

    private bool IsCue(int at, CueKind kind) =>
        at >= 0 && at < _stems.Length && _index.Longest(_words, at, e => e.Cue?.Kind == kind).Length > 0;

    /// <summary>The facts that a word about time, side or healing belongs to: those beside it, or else the last ones before it.</summary>
    private List<Draft> Targets() => _segment.Drafts.Count > 0 ? _segment.Drafts : LastDrafts();

    private List<Draft> LastDrafts() => _drafts.Count == 0 ? [] : [.. _drafts.Where(d => d.Group == _drafts[^1].Group)];

    private void Break(int at, Gap gap)
    {
        _stopped = gap == Gap.Stop;
        Close();
        if (gap == Gap.Space) return;
        if (gap is Gap.Stop or Gap.Bracket || !OrAhead(at)) _denying = _loosely = false;
        if (gap is Gap.Stop or Gap.Bracket || _segment.OnlyRelation is false) _others = false;
    }

    /// <summary>In a narrative, whether a list goes on at that word: "denies chest pain, fever, swelling" has nothing but things until the next comma.</summary>
    private bool ListGoesOn(int at)
    {
        var things = 0;
        for (var i = at; i < _tokens.Count && (i == at || _tokens[i].Before == Gap.Space);)
        {
            var (length, entry) = _index.Longest(_words, i, IsWanted);
            if (length == 0 || entry!.Cue is { Kind: not (CueKind.Or or CueKind.Join or CueKind.Side or CueKind.Degree) }) return false;
            if (entry.Cue is null) things++;
            i += length;
        }

        return things > 0;
    }

    /// <summary>Whether a comma stands in a list that ends in "or": "no fever, chills or chest pain".</summary>
    private bool OrAhead(int at)
    {
        if (_scope.Narrative && ListGoesOn(at)) return true;
        for (var i = at; i < _tokens.Count && (i == at || _tokens[i].Before != Gap.Stop); i++)
        {
            if (IsCue(i, CueKind.Stop) || IsCue(i, CueKind.Deny)) return false;
            if (IsCue(i, CueKind.Or)) return true;
        }

        return false;
    }

    private void Close()
    {
        var segment = _segment;
        _segment = new() { OnlyRelation = segment is { Relations: > 0, Drafts.Count: 0 }, AfterStop = _stopped };
        if (segment.Start < 0) return;
        foreach (var draft in segment.Drafts) (draft.Group, draft.SegmentStart, draft.SegmentEnd) = (segment.Start, segment.Start, segment.End);
        if (_carried is { } carried && segment.Drafts.Count > 0)
        {
            if (segment.Side != Side.Unstated) segment.AddSide(carried.Side);
            Apply(carried, segment.Drafts);
            _carried = null;
        }

        if (_scope.OneLine && segment is { SessionMatches: > 0, Drafts.Count: > 0 })
        {
            foreach (var region in segment.RegionConcepts) _reading.Session.Add(region);
            segment.Regions = 0;
        }

        Inherit(segment);
        if (segment.Drafts.Count == 0 && TakeForSession(segment)) return;
        if (segment.Drafts.Count > 0) HandOn(segment.Unread);
        else if (segment.Unread.Count > 0)
        {
            _reading.NotUnderstood.Add(_text[segment.Start..segment.End].Trim());
            if (segment.Days is { } then) Date(then, segment.Over);
            return;
        }

        if (segment is { Drafts.Count: 0, Denials: > 0, Regions: 0, AfterStop: true, Unread.Count: 0 } && LastDrafts() is { Count: > 0 } answered)
        {
            // "chest pain: no"
            foreach (var draft in answered) draft.Presence = Presence.Denied;
            return;
        }

        if (segment.Drafts.Count == 0 && Another(segment)) return;
        var targets = segment.Drafts.Count > 0 ? segment.Drafts : _denying ? [] : LastDrafts();
        if (segment is { Drafts.Count: 0, Days: { } when }) Date(when, segment.Over);
        if (targets.Count > 0) Apply(segment, targets);
        else if (!_denying) _carried = segment;
    }

    /// <summary>"Fusion with screws, 3 weeks ago": a time by itself dates every event of the item that has none yet.</summary>
    private void Date(Span when, bool over)
    {
        foreach (var draft in _drafts.Where(d => d.Days is null && _knowledge.Vocabulary.Concepts[d.Concept].Kind == ConceptKind.Procedure))
            (draft.Days, draft.Over) = (when, over);
    }

    /// <summary>Words beside something understood that nothing was made of, neighbours together: "back pain, aneurysm" must not lose the aneurysm.</summary>
    private void HandOn(List<int> unread)
    {
        for (var from = 0; from < unread.Count;)
        {
            var to = from;
            while (to + 1 < unread.Count && unread[to + 1] == unread[to] + 1) to++;
            _reading.NotUnderstood.Add(Words(unread[from], unread[to] - unread[from] + 1));
            from = to + 1;
        }
    }

    /// <summary>"My right calf is painful and warm": where and which side go on to the complaints that follow in the same sentence.</summary>
    private void Inherit(Segment segment)
    {
        if (segment.Side == Side.Unstated) segment.AddSide(segment.ImpliedSide);
        if (segment.AfterStop) (_regions, _side) = (0, Side.Unstated);
        if (segment.Regions != 0 || segment.Side != Side.Unstated) (_regions, _side) = (segment.Regions, segment.Side);
        foreach (var draft in segment.Drafts.Where(d => _knowledge.Vocabulary.Concepts[d.Concept] is { Kind: ConceptKind.Symptom, At.Length: 0 }))
            (draft.Regions, draft.Side) = (_regions, _side);
    }

    /// <summary>In words about the session, regions and minutes are the session's; true when the segment was all about it.</summary>
    private bool TakeForSession(Segment segment)
    {
        if (_scope.Field is not null) return false;
        // "can't feel my legs": more is said of the region than that it is to be massaged.
        if (_scope.OneLine && segment is { SessionMatches: 0, Pressures: 0, Unread.Count: > 0 }) return false;
        HandOn(segment.Unread);
        foreach (var region in segment.RegionConcepts) _reading.Session.Add(region);
        return segment.SessionMatches > 0 || segment.RegionConcepts.Count > 0 || segment.Pressures > 0 || (_reading.Minutes is not null && segment.Unread.Count == 0);
    }

    /// <summary>"and another one 2 weeks ago", "so did I last month": the last thing said again, with its own time or as the person's own.</summary>
    private bool Another(Segment segment)
    {
        var last = LastDrafts();
        var own = segment.Own && last.Exists(d => d.Other);
        if (last.Count == 0 || !(own || (segment.Again && segment.Days is not null))) return false;
        foreach (var draft in last)
        {
            var again = new Draft(draft.Concept, draft.Field, Presence.Present, other: !own && draft.Other)
            {
                Group = segment.Start, SegmentStart = draft.SegmentStart, SegmentEnd = segment.End, Regions = draft.Regions, Side = draft.Side,
            };
            _drafts.Add(again);
            Apply(segment, [again]);
        }

        return true;
    }

    /// <summary>"scan ruled out a clot" and "a clot was ruled out".</summary>
    private void DenyBefore()
    {
        if (_segment.Drafts.Count == 0) (_denying, _loosely) = (true, false);
        foreach (var draft in _segment.Drafts) draft.Presence = Presence.Denied;
    }

    /// <summary>"never had a clot until last month": had one then.</summary>
    private void Until()
    {
        foreach (var draft in Targets()) draft.Presence = Presence.Present;
        _denying = _loosely = false;
    }

    private void Apply(Segment segment, List<Draft> drafts)
    {
        foreach (var draft in drafts)
        {
            // Of several times the latest counts.
            if (segment.Days is { } days && (draft.Days is not { } known || days.Low < known.Low)) draft.Days = days;
            draft.Over = (draft.Over || segment.Over) && !segment.Ongoing;
            draft.AfterEvent |= segment.AfterEvent;
            // "took it this morning" is taking it.
            if (segment.Currency > draft.Currency && !(segment.Currency == Currency.Past && segment.Days is { Low: < 1 })) draft.Currency = segment.Currency;
            if (segment.Open && draft.Presence == Presence.Present) draft.Presence = Presence.Open;
            draft.Worse |= segment.Worse;
            if (draft.Value is null && _knowledge.Vocabulary.Concepts[draft.Concept].TakesValue) draft.Value = segment.Value;
            if (segment.Degree > draft.Degree) draft.Degree = segment.Degree;
            if (draft.Side == Side.Unstated) draft.Side = segment.Side;
            draft.Regions |= segment.Regions;
        }
    }

    private Fact Finish(Draft draft)
    {
        var concept = _knowledge.Vocabulary.Concepts[draft.Concept];
        var regions = draft.Regions;
        foreach (var at in concept.At) regions |= _knowledge.Vocabulary.ExtentOf(_knowledge.Vocabulary.IndexOf(at));
        var overByTime = draft.Over && concept.Kind is (ConceptKind.Symptom or ConceptKind.Condition);
        var whole = _text.Trim();
        var words = whole.Length <= LongestQuote && !_scope.OneLine ? whole : Quote(_text[draft.SegmentStart..draft.SegmentEnd].Trim());
        if (draft.Days is { } days && _knowledge.Vocabulary.IsA(draft.Concept, _knowledge.Vocabulary.IndexOf(_knowledge.Parameters.Pregnancy))) _reading.PregnancyDays ??= days.Low;
        return new(draft.Concept, draft.Field, words)
        {
            Presence = draft.Presence,
            Whose = !draft.Other ? Whose.Own
                // A relative's medicine in one's own list: whose it is has to be asked, not guessed.
                : _scope.Field == ClientField.Medicines && concept.Kind == ConceptKind.Medicine && draft.Presence == Presence.Present && draft.Currency == Currency.Current ? Whose.Unclear
                : Whose.Other,
            Currency = draft.Currency == Currency.Current && overByTime ? Currency.Past : draft.Currency,
            DaysAgo = draft.Days ?? (draft.AfterEvent && concept.Kind == ConceptKind.Procedure ? JustNow : null),
            Side = draft.Side,
            Degree = draft.Degree > _knowledge.Vocabulary.Concepts[draft.Concept].Degree ? draft.Degree : _knowledge.Vocabulary.Concepts[draft.Concept].Degree,
            Regions = regions,
            Worse = draft.Worse,
            Value = draft.Value,
        };
    }

    /// <summary>Notes words that were read as others.</summary>
    private void Note(int at, int length)
    {
        for (var i = at; i < at + length; i++)
            if (_stems[i] != _tokens[i].Stem) _reading.ReadAs.Add(new(Words(i, 1), _stems[i]));
    }

    private string Words(int at, int length) => _text[_tokens[at].Start.._tokens[at + length - 1].End];

    private static string Quote(string words) => words.Length <= LongestQuote ? words : words[..(LongestQuote - 1)] + "…";
}
