using System.Collections.Concurrent;
using System.Collections.Immutable;
using ThinIce.Core.Clinical;
using ThinIce.Core.Conditions;
using ThinIce.Core.Screening;

namespace ThinIce.Core.Words;

/// <summary>An intake or report after its words were read.</summary>
/// <param name="Case">The coded case.</param>
/// <param name="NotUnderstood">Words that nothing was made of.</param>
/// <param name="ReadAs">Misspellings, and what they were taken for.</param>
/// <param name="Misread">Client fields that hold words nothing was made of.</param>
public sealed record Reading(CodedCase Case, ImmutableArray<string> NotUnderstood, ImmutableArray<ReadAs> ReadAs, IReadOnlyList<ClientField> Misread)
{
    /// <summary>A case that was coded elsewhere.</summary>
    public static Reading Of(CodedCase coded) => new(coded, [], [],
        coded.MisreadFields == 0 ? [] : [.. Enumerable.Range(0, ClientFields.ListCount).Select(f => (ClientField)f).Where(coded.IsMisread)]);
}

/// <summary>
/// Turns the words of an intake into a coded case. It says what was written, not what is true, and hands on every word it
/// made nothing of. No network, no download; time linear in the number of words. Safe for use by many threads.
/// </summary>
/// <param name="knowledge">Vocabulary and languages.</param>
public sealed class Recogniser(KnowledgeBase knowledge)
{
    private readonly ConcurrentDictionary<string, PhraseIndex> _indexes = new(StringComparer.Ordinal);
    private readonly PlainPregnancy _pregnancy = new(knowledge);

    /// <summary>Reads an intake.</summary>
    public Reading Read(Intake intake, string language = "en") => new ReadingOf(knowledge, IndexOf(language), _pregnancy).Intake(intake);

    /// <summary>Reads an aftercare report: what is there now, and which of it was there before.</summary>
    public Reading Read(AftercareReport report, string language = "en") => new ReadingOf(knowledge, IndexOf(language), _pregnancy).Report(report);

    /// <summary>Reads a whole narrative as one item, with the place of each thing in it.</summary>
    internal ItemReading ReadNarrative(string text, string language = "en") => ItemReader.Read(knowledge, IndexOf(language), text, Narrative);

    private static readonly ReadingScope Narrative = new(null, _ => true, Narrative: true);

    /// <summary>The phrases of a language; of English where it is not known.</summary>
    internal PhraseIndex IndexOf(string language) => _indexes.GetOrAdd(knowledge.Languages.ContainsKey(language) ? language : "en",
        code => new(knowledge.Languages[code], knowledge.Phrases[code]));
}

/// <summary>Whether a pregnancy nobody asked about is possible, and how long one may last.</summary>
internal sealed class PlainPregnancy(KnowledgeBase knowledge)
{
    public int Concept { get; } = knowledge.Vocabulary.IndexOf(knowledge.Parameters.Pregnancy);

    public bool IsPossible(CodedCase coded) => new PlainEvaluator(knowledge, coded, misreadCounts: false).Evaluate(knowledge.Parameters.PregnancyPossible).Can;

    public Span Range => new(double.Epsilon, knowledge.Parameters.RangeOf(NumberField.PregnancyWeeks).High);
}

/// <summary>One reading in progress.</summary>
internal sealed class ReadingOf(KnowledgeBase knowledge, PhraseIndex index, PlainPregnancy pregnancy)
{
    private readonly List<Fact> _facts = [];
    private readonly List<string> _notUnderstood = [];
    private readonly List<ReadAs> _readAs = [];
    private readonly List<ClientField> _misread = [];

    private static readonly ReadingScope OneLine = new(null, _ => true, OneLine: true);

    public Reading Intake(Intake intake) => Finish(Case(intake));

    public Reading Report(AftercareReport report)
    {
        var coded = Case(report.Intake);
        var before = new List<Fact>();
        foreach (var words in report.Before.Or([]))
            before.AddRange(Item(words, Client(ClientField.Symptoms)).Facts.Where(f => f.Presence == Presence.Present));
        return Finish(coded with
        {
            Facts = [.. coded.Facts.Select(f => f.Field == ClientField.Symptoms ? SinceTheSession(f, report, before) : f)],
            HoursAfter = report.HoursAfter,
            Course = report.Course,
            BeforeIsKnown = report.Before.IsKnown,
        });
    }

    /// <summary>A complaint of a report: there before or not, and, where it is already over and no time was said, of the hours since.</summary>
    private Fact SinceTheSession(Fact fact, AftercareReport report, List<Fact> before) => fact with
    {
        Before = !fact.Worse && report.Course != Course.Worse && before.Exists(b => IsSame(b, fact)),
        DaysAgo = fact.DaysAgo ?? (fact.Currency == Currency.Current ? null : new Span(0, Math.Min((report.HoursAfter ?? 0) / 24, knowledge.Parameters.RecentSymptomDays))),
    };

    /// <summary>The same complaint: one is a kind of the other, and no worse than it was.</summary>
    private bool IsSame(Fact before, Fact now) =>
        (knowledge.Vocabulary.IsA(before.Concept, now.Concept) || knowledge.Vocabulary.IsA(now.Concept, before.Concept))
        && now.Degree <= (before.Degree == Degree.Unstated ? Degree.Moderate : before.Degree)
        && (now.Regions == 0 || (before.Regions & now.Regions) != 0);

    private Reading Finish(CodedCase coded) => new(coded, [.. _notUnderstood.Distinct()], [.. _readAs.Distinct()], _misread);

    private CodedCase Case(Intake intake)
    {
        var client = intake.Client;
        (_on, _age, _sex) = (intake.On, client.Age.IsKnown ? client.Age.Value : null, client.Sex.IsKnown ? client.Sex.Value : null);
        var line = intake.InOneLine is { } words ? Item(words, OneLine) : new ItemReading();
        _facts.AddRange(line.Facts);
        if (line.NotUnderstood.Count > 0) Misread(ClientField.Conditions);
        for (var f = 0; f < ClientFields.ListCount; f++) List((ClientField)f, client.Lists[f].Or([]));
        var definitions = Direct(client.Direct);
        var weeks = line.PregnancyDays;
        var coded = new CodedCase
        {
            Facts = [.. _facts],
            Fields = States(client, line),
            MisreadFields = _misread.Aggregate(0, (bits, f) => bits | (1 << (int)f)),
            Age = client.Age.IsKnown ? client.Age.Value : line.AgeYears,
            Sex = client.Sex.IsKnown ? client.Sex.Value : line.Sex,
            WeightKg = client.WeightKg.IsKnown ? client.WeightKg.Value : null,
            Session = Session(intake.Session, line),
            Definitions = definitions,
        };
        return Pregnancy(coded, client.PregnancyWeeks, _pregnancyDays ?? weeks);
    }

    private double? _pregnancyDays;
    private DateOnly? _on;
    private double? _age;
    private Sex? _sex;

    private ItemReading Item(string words, ReadingScope scope)
    {
        var reading = ItemReader.Read(knowledge, index, words, scope with { On = _on, Age = _age, Sex = _sex });
        _notUnderstood.AddRange(reading.NotUnderstood);
        _readAs.AddRange(reading.ReadAs);
        return reading;
    }

    private void List(ClientField field, ImmutableArray<string> items)
    {
        foreach (var words in items)
        {
            var reading = Item(words, Client(field));
            _facts.AddRange(reading.Facts);
            _pregnancyDays ??= reading.PregnancyDays;
            if (reading.NotUnderstood.Count > 0) Misread(field);
        }
    }

    private void Misread(ClientField field)
    {
        if (!_misread.Contains(field)) _misread.Add(field);
    }

    private static readonly ImmutableArray<ReadingScope> ClientScopes =
        [.. Enumerable.Range(0, ClientFields.ListCount).Select(f => new ReadingScope((ClientField)f, k => k == ConceptKind.Region || FactMatch.HomeOf(k) is not null))];

    private static ReadingScope Client(ClientField field) => ClientScopes[(int)field];

    private ImmutableSortedDictionary<string, bool?> Direct(ImmutableArray<DirectAnswer> answers)
    {
        var definitions = ImmutableSortedDictionary<string, bool?>.Empty;
        foreach (var answer in answers)
        {
            var (kind, id) = Split(answer.Question);
            var concept = kind == "has" ? knowledge.Vocabulary.IndexOf(new(id)) : -1;
            if (kind == "is" && knowledge.Definitions.TryGetValue(id, out var definition) && definition.Ask is not null) definitions = definitions.SetItem(id, answer.Yes);
            else if (concept >= 0 && FactMatch.HomeOf(knowledge.Vocabulary.KindOf(concept)) is { } home)
                _facts.Add(Answered(concept, home, answer.Yes));
            else _notUnderstood.Add(answer.Question);
        }

        return definitions;
    }

    private Fact Answered(int concept, ClientField home, bool? yes) => new(concept, home, knowledge.Vocabulary.Concepts[concept].Name.In("en"))
    {
        Presence = yes switch { true => Presence.Present, false => Presence.Denied, null => Presence.Open },
        DaysAgo = yes == true ? knowledge.Vocabulary.Concepts[concept].AskDays : null,
    };

    private static (string Kind, string Id) Split(string question)
    {
        var colon = question.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? ("", question) : (question[..colon], question[(colon + 1)..]);
    }

    private static ImmutableArray<AnswerState> States(Client client, ItemReading line)
    {
        var states = new AnswerState[ClientFields.Count];
        for (var f = 0; f < ClientFields.ListCount; f++) states[f] = client.Lists[f].State;
        (states[(int)ClientField.Age], states[(int)ClientField.Sex]) = (client.Age.State, client.Sex.State);
        (states[(int)ClientField.PregnancyWeeks], states[(int)ClientField.WeightKg]) = (client.PregnancyWeeks.State, client.WeightKg.State);
        if (line.AgeYears is not null) states[(int)ClientField.Age] = AnswerState.Known;
        if (line.Sex is not null) states[(int)ClientField.Sex] = AnswerState.Known;
        return [.. states];
    }

    /// <summary>Weeks as asked, or as said in words, or 0 where a pregnancy is not possible; words that say "pregnant" outweigh a 0.</summary>
    private CodedCase Pregnancy(CodedCase coded, Answer<double> asked, double? days)
    {
        var said = coded.Facts.Where(f => f is { Whose: Whose.Own, Currency: Currency.Current } && knowledge.Vocabulary.IsA(f.Concept, pregnancy.Concept)).ToList();
        var present = said.Find(f => f.Presence == Presence.Present);
        var perhaps = said.Exists(f => f.Presence == Presence.Open);
        Span? weeks = perhaps && present is null && !(asked.IsKnown && asked.Value > 0) ? new Span(0, pregnancy.Range.High)
            : asked.IsKnown && (asked.Value > 0 || present is null) ? Span.Exactly(asked.Value)
            : present is not null ? days is { } d ? Span.Exactly(d / 7) : pregnancy.Range
            : said.Exists(f => f.Presence == Presence.Denied) || !pregnancy.IsPossible(coded) ? Span.Exactly(0)
            : null;
        return coded with
        {
            PregnancyWeeks = weeks,
            PregnancyWords = (present ?? said.Find(f => f.Presence == Presence.Open))?.Words ?? "",
            Fields = weeks is null ? coded.Fields : coded.Fields.SetItem((int)ClientField.PregnancyWeeks, AnswerState.Known),
        };
    }

    private CodedSession Session(PlannedSession planned, ItemReading line)
    {
        var technique = One(planned.Technique, ConceptKind.Technique, ConceptKind.Region, ConceptKind.Device, ConceptKind.Position, ConceptKind.Product);
        var regions = Many(planned.Regions, ConceptKind.Region);
        var devices = Many(planned.Devices, ConceptKind.Device);
        var readings = new[] { line, technique }.Concat(regions).Concat(devices).ToList();
        var techniques = Of(ConceptKind.Technique, planned.Technique is null ? [] : [technique], readings);
        var where = Of(ConceptKind.Region, regions, readings);
        var (pressure, words) = Pressure(planned.Pressure, techniques, readings);
        return new()
        {
            Techniques = techniques,
            Regions = where,
            RegionBits = Bits(where, techniques) & ~readings.Aggregate(0UL, (bits, r) => bits | r.DeniedRegions),
            Devices = Of(ConceptKind.Device, devices, readings, saidNone: planned.Devices is null or { Length: 0 }),
            Products = Of(ConceptKind.Product, Many(planned.Products, ConceptKind.Product), readings, planned.Products is { Length: 0 }),
            Position = Of(ConceptKind.Position, planned.Position is null ? [] : [One(planned.Position, ConceptKind.Position)], readings),
            Provider = Of(ConceptKind.Provider, planned.Provider is null ? [] : [One(planned.Provider, ConceptKind.Provider)], readings),
            Pressure = pressure,
            PressureWords = words,
            Minutes = planned.Minutes ?? line.Minutes ?? technique.Minutes,
            // Like devices: heat that nobody mentioned is taken as none planned.
            Heat = planned.Heat ?? false,
            PriorSessions = planned.PriorSessions,
        };
    }

    /// <summary>The extent of the regions named, and of those a technique always works on.</summary>
    private ulong Bits(Said regions, Said techniques)
    {
        var bits = 0UL;
        foreach (var region in regions.Concepts) bits |= knowledge.Vocabulary.ExtentOf(region);
        foreach (var technique in techniques.Concepts)
            foreach (var at in knowledge.Vocabulary.Concepts[technique].At) bits |= knowledge.Vocabulary.ExtentOf(knowledge.Vocabulary.IndexOf(at));
        return bits;
    }

    private ItemReading One(string? words, params ConceptKind[] kinds) =>
        words is null ? new() : Item(words, new(null, k => Array.IndexOf(kinds, k) >= 0));

    private List<ItemReading> Many(ImmutableArray<string>? items, ConceptKind kind) =>
        items is { } list ? [.. list.Select(words => One(words, kind))] : [];

    /// <summary>
    /// The concepts of one kind in what was read: from the field itself, and from other words about the session. Known only
    /// when something was said and all of it was understood; an empty list says "none".
    /// </summary>
    private Said Of(ConceptKind kind, List<ItemReading> own, IEnumerable<ItemReading> all, bool saidNone = false)
    {
        var matches = own.Concat(all).Distinct().SelectMany(r => r.Session).Where(m => knowledge.Vocabulary.KindOf(m.Concept) == kind).ToList();
        var understood = matches.Count > 0 && own.TrueForAll(r => r.NotUnderstood.Count == 0);
        var none = saidNone || (own.Count > 0 && own.TrueForAll(r => r.SaidNone));
        return new([.. matches.Select(m => m.Concept).Distinct()], understood || none, string.Join(", ", matches.Select(m => m.Words).Distinct()));
    }

    /// <summary>The pressure of the field; else the strongest of the words about it; else what the technique is usually done with.</summary>
    private (PressureLevel? Level, string Words) Pressure(PressureLevel? stated, Said techniques, List<ItemReading> readings)
    {
        if (stated is { } level) return (level, knowledge.Text($"because.pressure.{(int)level}"));
        PressureLevel? strongest = null;
        var words = "";
        foreach (var reading in readings)
        {
            if (reading.Pressure is not { } said || said.Level <= strongest) continue;
            (strongest, words) = (said.Level, said.Words);
        }

        foreach (var technique in techniques.Concepts)
        {
            // "deep tissue, gentle on the neck" is still deep tissue; "gentle Swedish" is gentle.
            if (knowledge.Vocabulary.Concepts[technique].UsualPressure is not { } usual || usual <= strongest) continue;
            if (strongest is null || usual == PressureLevel.Strong) (strongest, words) = (usual, techniques.Words);
        }

        return (strongest, words);
    }
}
