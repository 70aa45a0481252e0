using System.Collections.Immutable;
using ThinIce.Core.Clinical;
using ThinIce.Core.Conditions;
using ThinIce.Core.Words;

namespace ThinIce.Core.Narratives;

/// <summary>
/// Suggests codes for a narrative: what came during or after a massage, where, with which technique or device, how long after, and what
/// was denied; each with the words it comes from. It reads with the <see cref="Recogniser"/>, after shorthand was written out, and knows
/// no code of its own: which words mean what is in <c>knowledge/</c>. It does not guess what a symptom might mean. Safe for many threads.
/// </summary>
public sealed class NarrativeCoder
{
    /// <summary>Characters of a narrative that are read; what follows is left unread and said to be so.</summary>
    public const int LongestNarrative = 20_000;

    private static readonly ImmutableArray<AnswerState> AllKnown = [.. Enumerable.Repeat(AnswerState.Known, ClientFields.Count)];
    private readonly KnowledgeBase _knowledge;
    private readonly NarrativeKnowledge _data;
    private readonly Recogniser _recogniser;
    private readonly PhraseIndex _index;
    private readonly Shorthand _shorthand;
    private readonly PhraseFinder<RoleWords> _roles;
    private readonly PhraseFinder<string> _passedOver;
    private readonly OnsetReader _onset;
    private readonly PhraseFinder<HarmCode> _named;
    private readonly PhraseFinder<Cue> _deny;
    private readonly HashSet<int> _symptoms, _notCoded, _plainMassage;
    private readonly ImmutableArray<(int Concept, int As, HashSet<string>? Words)> _readAs;

    /// <summary>Makes a coder of the knowledge.</summary>
    public NarrativeCoder(KnowledgeBase knowledge)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        (_knowledge, _data, _recogniser) = (knowledge, knowledge.Narratives.Count > 0 ? knowledge.Narratives[0] : new(), new(knowledge));
        (_index, _shorthand) = (_recogniser.IndexOf("en"), new(_data));
        _roles = new(_index.Wording, _data.Roles.Select(r => (r.Phrase, r)));
        _passedOver = new(_index.Wording, _data.PassedOver.Select(p => (p, p)));
        _named = new(_index.Wording, _data.Harms.SelectMany(h => h.Named.Select(n => (n, h))));
        _deny = new(_index.Wording, knowledge.Languages["en"].Cues.Where(c => c.Kind == CueKind.Deny).Select(c => (c.Phrase, c)));
        _onset = new(_data, _index, knowledge.Languages["en"].Cues.Where(c => c.Kind == CueKind.Ago).Select(c => c.Phrase));
        (_symptoms, _notCoded, _plainMassage) = (Indexes(_data.Symptoms), Indexes(_data.NotCoded), Indexes(_data.PlainMassage));
        _readAs = [.. _data.ReadAs.Select(r => (Index(r.Concept), Index(r.As), r.Words.IsEmpty ? null : r.Words.ToHashSet(StringComparer.OrdinalIgnoreCase)))];
    }

    private int Index(ConceptId id) => _knowledge.Vocabulary.IndexOf(id);

    private HashSet<int> Indexes(ImmutableArray<ConceptId> ids) => [.. ids.Select(Index)];

    /// <summary>Codes a narrative.</summary>
    public NarrativeCodes Code(string narrative)
    {
        ArgumentNullException.ThrowIfNull(narrative);
        var written = _shorthand.WriteOut(narrative.Length > LongestNarrative ? narrative[..LongestNarrative] : narrative);
        var text = PassOver(written.Text);
        var reading = _recogniser.ReadNarrative(text);
        Story story = new(text, _index.Wording.Read(text), _roles);
        var massage = reading.Marks.Where(m => !m.Denied && Kind(m) is ConceptKind.Technique or ConceptKind.Device && !_notCoded.Contains(m.Concept)).ToList();
        story.Massaged(massage.Select(m => m.Start));
        var said = reading.Marks.Where(m => m.Fact is not null).Select(m => m with { Concept = Coded(m, text) }).ToList();
        var roles = said.ConvertAll(m => RoleOf(story, m, massage));
        var events = said.Where((m, i) => !m.Denied && roles[i] == NarrativeRole.Event && !IsBenefit(m)).ToList();
        var denied = said.Where((m, i) => m.Denied && roles[i] != NarrativeRole.Aside).ToList();
        var named = Named(story);
        var onset = _onset.Read(story, [.. massage.Select(m => m.Start)], [.. events.Select(m => m.Start), .. named.Where(n => !n.Mark.Denied).Select(n => n.Mark.Start)]);
        // No massage, no mild effect of one: "shoulder pain for a week, has not had a massage".
        var mild = massage.Count > 0 || !reading.Marks.Exists(m => m.Denied && Kind(m) is ConceptKind.Technique or ConceptKind.Device);
        return new()
        {
            Harms = Harms(story, events, massage, named, mild, written),
            Symptoms = Listed(events.Where(IsReported), m => ReportedAs(m.Concept), written),
            Regions = Regions(reading.Marks, said, roles, story, massage, written),
            Techniques = Techniques(massage, written),
            Devices = Listed(Narrowest([.. massage.Where(m => Kind(m) == ConceptKind.Device)]), m => m.Concept, written),
            OnsetHours = onset is null ? null : Math.Round(onset.Hours, 2),
            OnsetSpans = onset is null ? [] : [Span(onset.Start, onset.End, written)],
            Negated = Negated(denied, named, written),
            Before = Listed(said.Where((m, i) => !m.Denied && roles[i] is NarrativeRole.Reason or NarrativeRole.History), m => ReportedAs(m.Concept) is >= 0 and var r ? r : m.Concept, written),
            IsCut = narrative.Length > LongestNarrative,
            NotUnderstood = [.. reading.NotUnderstood.Distinct().Where(words => !story.IsAllRoles(words))],
        };
    }

    /// <summary>Blanks phrases that would be misread, so that places stay where they are.</summary>
    private string PassOver(string text)
    {
        var tokens = _index.Wording.Read(text);
        var letters = text.ToCharArray();
        for (var at = 0; at < tokens.Count;)
        {
            var (length, _) = _passedOver.At(tokens, at);
            if (length > 0) Array.Fill(letters, ' ', tokens[at].Start, tokens[at + length - 1].End - tokens[at].Start);
            at += Math.Max(1, length);
        }

        return new(letters);
    }

    private ConceptKind Kind(Mark mark) => _knowledge.Vocabulary.KindOf(mark.Concept);

    private bool IsBenefit(Mark mark) => _knowledge.Vocabulary.IsA(mark.Concept, Index(_knowledge.Parameters.Benefit));

    private int Coded(Mark mark, string text)
    {
        var words = text[mark.Start..mark.End];
        foreach (var (concept, other, of) in _readAs)
            if (of is null ? _knowledge.Vocabulary.IsA(mark.Concept, concept) : concept == mark.Concept && of.Contains(words)) return other;
        return mark.Concept;
    }

    private static NarrativeRole RoleOf(Story story, Mark mark, List<Mark> massage)
    {
        // "worse than before" is told of after, whatever it was before.
        if (mark.Fact!.Worse) return NarrativeRole.Event;
        var role = story.RoleAt(mark.Start);
        if (role != NarrativeRole.Event || mark.Fact.Whose == Whose.Other) return mark.Fact.Whose == Whose.Other ? NarrativeRole.Aside : role;
        // "Back pain for weeks, had a massage": it was there before. "Back pain after a massage" was not.
        var later = massage.Find(m => m.Start > mark.End && story.SentenceOf(m.Start) == story.SentenceOf(mark.Start));
        var earlier = massage.Exists(m => m.Start < mark.Start && story.SentenceOf(m.Start) <= story.SentenceOf(mark.Start));
        if (later is not null && !earlier && story.Between(mark.End, later.Start, NarrativeRole.Got) && !story.Between(mark.End, later.Start, NarrativeRole.After)) return NarrativeRole.History;
        // "Headache gone": one that was there before.
        return mark.Fact.Currency == Currency.Healed && !story.Before(mark.Start, NarrativeRole.Event) && !story.InSentence(mark.Start, NarrativeRole.After) ? NarrativeRole.History : role;
    }

    /// <summary>Harms that are named outright, each with where, and whether it was denied.</summary>
    private List<(HarmCode Code, Mark Mark)> Named(Story story)
    {
        var named = new List<(HarmCode, Mark)>();
        for (var at = 0; at < story.Tokens.Count;)
        {
            var (length, code) = _named.At(story.Tokens, at);
            if (code is not null && story.RoleAt(story.Tokens[at].Start) == NarrativeRole.Event)
                named.Add((code, new(-1, story.Tokens[at].Start, story.Tokens[at + length - 1].End, IsDenied(story, at))));
            at += Math.Max(1, length);
        }

        return named;
    }

    private bool IsDenied(Story story, int at)
    {
        for (var i = at - 1; i >= 0 && i >= at - 3 && story.Tokens[i + 1].Before == Gap.Space; i--)
            if (_deny.At(story.Tokens, i).Length > 0) return true;
        return false;
    }

    private bool IsReported(Mark mark) => ReportedAs(mark.Concept) >= 0;

    /// <summary>The symptom that a concept is coded under: itself or the nearest it is a kind of; -1 where it is not coded as a symptom.</summary>
    private int ReportedAs(int concept)
    {
        foreach (var ancestor in _knowledge.Vocabulary.AncestorsOf(concept))
            if (_symptoms.Contains(ancestor)) return ancestor;
        return -1;
    }

    private ImmutableArray<SuggestedCode> Techniques(List<Mark> massage, WrittenOut written)
    {
        var techniques = massage.Where(m => Kind(m) == ConceptKind.Technique).ToList();
        var devices = massage.Exists(m => Kind(m) == ConceptKind.Device);
        // The widest word says nothing beside a narrower one; and beside a device the machine did it.
        return Listed(Narrowest(techniques)
            .Where(t => !_plainMassage.Contains(t.Concept) || !(devices || techniques.Exists(o => !_plainMassage.Contains(o.Concept)))), m => m.Concept, written);
    }

    private IEnumerable<Mark> Narrowest(List<Mark> marks) => marks.Where(m => !marks.Exists(o => o.Concept != m.Concept && _knowledge.Vocabulary.IsA(o.Concept, m.Concept)));

    private ImmutableArray<SuggestedCode> Regions(List<Mark> marks, List<Mark> said, List<NarrativeRole> roles, Story story, List<Mark> massage, WrittenOut written)
    {
        bool IsToldOfBefore(Mark m) => story.RoleAt(m.Start) is NarrativeRole.History or NarrativeRole.Aside;
        var named = marks.Where(m => !m.Denied && Kind(m) == ConceptKind.Region && !IsToldOfBefore(m)).ToList();
        var implied = said.Where((m, i) => !m.Denied && roles[i] == NarrativeRole.Event && !IsBenefit(m) && Kind(m) == ConceptKind.Symptom)
            .SelectMany(m => _knowledge.Vocabulary.Concepts[m.Concept].At.Select(at => m with { Concept = Index(at) }));
        var all = named.Concat(implied.Where(i => !named.Exists(n => _knowledge.Vocabulary.ExtentOf(n.Concept) is var extent && (extent & _knowledge.Vocabulary.ExtentOf(i.Concept)) != 0)));
        return Listed(all, m => m.Concept, written);
    }

    private ImmutableArray<SuggestedCode> Harms(Story story, List<Mark> events, List<Mark> massage, List<(HarmCode Code, Mark Mark)> named, bool mild, WrittenOut written)
    {
        var session = Session(massage);
        // A thing said a hundred times is looked at once.
        var distinct = events.GroupBy(m => (m.Concept, m.Fact!.Regions)).Select(g => g.First()).ToList();
        var fresh = mild ? distinct.Where(m => !IsLongStanding(story, m)).ToList() : [];
        var (distinctFacts, freshFacts) = (Facts(distinct), Facts(fresh));
        var found = new List<(HarmCode Code, SuggestedCode Suggested, int Gravity)>();
        foreach (var code in _data.Harms)
        {
            var (told, facts) = code.Alone ? (fresh, freshFacts) : (distinct, distinctFacts);
            var because = named.Where(n => n.Code == code && !n.Mark.Denied).Select(n => n.Mark).ToList();
            if (Holds(code.When, facts, session)) because.AddRange(Because(code.When, told, facts, session));
            else if (because.Count == 0) continue;
            because = because.Count == 0 ? [.. told] : because;
            found.Add((code, new(code.Harm.Value, Spans([.. because, .. events.Where(e => because.Exists(b => b.Concept >= 0 && b.Concept == e.Concept))], written)), _knowledge.Harms[code.Harm.Value].Gravity));
        }

        return [.. found.Where(f => !f.Code.Alone || !found.Exists(o => !o.Code.Alone))
            .Where(f => !f.Code.Unless.Any(other => found.Exists(o => o.Code.Harm == other)))
            .GroupBy(f => f.Suggested.Id).Select(g => g.First()).OrderByDescending(f => f.Gravity).Select(f => f.Suggested)];
    }

    /// <summary>The words that a harm comes from: those that are enough alone, or without which it would not hold.</summary>
    private IEnumerable<Mark> Because(Condition condition, List<Mark> told, ImmutableArray<Fact> facts, CodedSession session)
    {
        var enough = facts.Select(f => Holds(condition, [f], session)).ToList();
        // Where nothing that is told can undo it, it would hold by these without any of the others.
        var bySome = enough.Contains(true) && !CanBeUndone(condition);
        return told.Where((_, i) => enough[i] || (!bySome && !Holds(condition, facts.RemoveAt(i), session)));
    }

    /// <summary>Whether a further fact can make a condition untrue.</summary>
    private bool CanBeUndone(Condition condition) => condition switch
    {
        AllOf all => all.Of.Any(CanBeUndone),
        AnyOf any => any.Of.Any(CanBeUndone),
        AtLeast some => some.Of.Any(CanBeUndone),
        IsDefined defined => CanBeUndone(_knowledge.Definitions[defined.Definition.Value].When),
        HasFact or RegionIs or SessionHas => false,
        _ => true,
    };

    /// <summary>Weeks of pain that nobody says began with the massage.</summary>
    private bool IsLongStanding(Story story, Mark mark) =>
        mark.Fact!.DaysAgo is { } days && days.Low >= _data.LongStandingDays && !mark.Fact.Worse && !story.InSentence(mark.Start, NarrativeRole.After);

    private CodedSession Session(List<Mark> massage)
    {
        Said Of(ConceptKind kind) => new([.. massage.Where(m => Kind(m) == kind).Select(m => m.Concept).Distinct()], true, "");
        return new() { Techniques = Of(ConceptKind.Technique), Devices = Of(ConceptKind.Device) };
    }

    private static ImmutableArray<Fact> Facts(List<Mark> events) =>
        [.. events.Select(m => m.Fact! with { Concept = m.Concept, Presence = Presence.Present, Whose = Whose.Own, Currency = Currency.Current })];

    private bool Holds(Condition condition, ImmutableArray<Fact> facts, CodedSession session)
    {
        CodedCase coded = new() { Facts = facts, Fields = AllKnown, Session = session, BeforeIsKnown = true };
        return new PlainEvaluator(_knowledge, coded, misreadCounts: false).Evaluate(condition).AsNo;
    }

    private ImmutableArray<SuggestedCode> Negated(List<Mark> denied, List<(HarmCode Code, Mark Mark)> named, WrittenOut written)
    {
        var codes = named.Where(n => n.Mark.Denied).Select(n => (Id: n.Code.Harm.Value, n.Mark)).ToList();
        foreach (var mark in denied)
        {
            if (ReportedAs(mark.Concept) is >= 0 and var symptom) codes.Add((_knowledge.Vocabulary.Concepts[symptom].Id.Value, mark));
            else if (_data.Harms.FirstOrDefault(h => Holds(h.When, Facts([mark]), new())) is { } harm) codes.Add((harm.Harm.Value, mark));
            else if (!IsBenefit(mark) && Kind(mark) is ConceptKind.Condition or ConceptKind.Procedure) codes.Add((_knowledge.Vocabulary.Concepts[mark.Concept].Id.Value, mark));
        }

        return [.. codes.GroupBy(c => c.Id).Select(g => new SuggestedCode(g.Key, Spans([.. g.Select(c => c.Mark)], written)))];
    }

    private ImmutableArray<SuggestedCode> Listed(IEnumerable<Mark> marks, Func<Mark, int> concept, WrittenOut written) =>
        [.. marks.GroupBy(concept).Select(g => new SuggestedCode(_knowledge.Vocabulary.Concepts[g.Key].Id.Value, Spans([.. g], written)))];

    private static ImmutableArray<TextSpan> Spans(List<Mark> marks, WrittenOut written) =>
        [.. marks.Select(m => Span(m.Start, m.End, written)).Distinct().OrderBy(s => s.Start)];

    private static TextSpan Span(int start, int end, WrittenOut written)
    {
        var (from, to) = written.Original(start, end);
        return new(from, to - from);
    }
}
