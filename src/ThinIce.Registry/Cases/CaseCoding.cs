using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using ThinIce.Core;
using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Cases;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Core.Narratives;
using ThinIce.Core.Screening;
using ThinIce.Core.Words;
using ThinIce.Knowledge;
using ThinIce.Registry.Model;

namespace ThinIce.Registry.Cases;

/// <summary>What the knowledge makes of the words of a report. Worked out before the registry is locked.</summary>
/// <param name="Codes">Suggested codes.</param>
/// <param name="Advice">Advice on what is told of as having come after the massage; null where nothing is.</param>
/// <param name="Knowledge">Knowledge version.</param>
internal sealed record WordsRead(NarrativeCodes Codes, TriageAnswer? Advice, string Knowledge);

/// <summary>Everything that cases ask of the knowledge. Safe for many threads.</summary>
internal sealed class CaseCoding(KnowledgeInUse inUse)
{
    private const int MostSentences = 60;
    private readonly Lazy<NarrativeCoder> _coder = new(() => new(inUse.Answerer.Knowledge));
    private readonly ConcurrentDictionary<string, (KnowledgeBase Base, ScreeningEngine Engine)> _engines = new(StringComparer.Ordinal);

    public KnowledgeBase Base => inUse.Answerer.Knowledge;

    public CaseGuide Guide => Base.Cases.Count > 0 ? Base.Cases[0] : new();

    /// <summary>Reads words: codes, and advice on the sentences in which something came during or after the massage. What was there before alarms nobody.</summary>
    /// <param name="words">The narrative.</param>
    /// <param name="country">For telephone numbers; null not known.</param>
    /// <param name="answers">Answers to ThinIce's own questions.</param>
    public WordsRead Read(string words, string? country, ImmutableArray<DirectAnswer> answers)
    {
        var codes = _coder.Value.Code(words);
        var sentences = Sentences(words, codes.Symptoms.Concat(codes.Harms).SelectMany(c => c.Spans));
        if (sentences.Count == 0 && !answers.Any(a => a.Yes == true)) return new(codes, null, Base.Version);
        var asked = new JsonObject { ["format"] = "thinice/aftercare/1", ["symptoms"] = new JsonArray([.. sentences.Select(s => (JsonNode)s)]) };
        if (country is not null) asked["place"] = country;
        if (answers.Length > 0)
        {
            var told = new JsonObject();
            foreach (var answer in answers) told[answer.Question] = answer.Yes switch { true => "yes", false => "no", _ => "unknown" };
            asked["client"] = new JsonObject { ["answers"] = told };
        }

        return new(codes, inUse.Answerer.Triage(Coding.Item(asked.ToJsonString())).Answer, Base.Version);
    }

    /// <summary>Gravity of the gravest of some harms, 1 to 5; 0 where there is none.</summary>
    public int Gravity(IEnumerable<string> harms) => harms.Select(h => Base.Harms.TryGetValue(h, out var harm) ? harm.Gravity : 0).DefaultIfEmpty(0).Max();

    /// <summary>Whether an id is that of a harm.</summary>
    public bool IsHarm(string id) => Base.Harms.ContainsKey(id);

    /// <summary>Whether an id may be given to a code of that kind.</summary>
    public bool Fits(CodeKind kind, string id) => kind == CodeKind.Harm ? IsHarm(id) : Find(id) is { } concept && kind switch
    {
        CodeKind.Region => concept.Kind == ConceptKind.Region,
        CodeKind.Technique => concept.Kind == ConceptKind.Technique,
        CodeKind.Device => concept.Kind == ConceptKind.Device,
        _ => concept.Kind is ConceptKind.Symptom or ConceptKind.Condition,
    };

    /// <summary>The concept of a word for who gave the massage; null where it is none.</summary>
    public string? Provider(string? words)
    {
        if (string.IsNullOrWhiteSpace(words)) return null;
        if (Find(words) is { } known) return known.Id.Value;
        var read = inUse.Answerer.Read(new Intake { Session = new PlannedSession { Provider = words } }).Case.Session.Provider.Concepts;
        return read.IsDefaultOrEmpty ? null : Base.Vocabulary.Concepts[read[0]].Id.Value;
    }

    /// <summary>Expectedness of a harm against the knowledge in force on the day.</summary>
    /// <param name="harm">The harm.</param>
    /// <param name="intake">The person and the massage as they were known before it, as JSON of the contract.</param>
    /// <param name="version">Version of that day; where it was not kept, today's is taken, and named.</param>
    /// <param name="bundle">Fetches its bytes; null where it was not kept.</param>
    public Expectedness Expectedness(string harm, string intake, string? version, Func<string, byte[]?> bundle)
    {
        var (knowledge, engine) = Engine(version, bundle);
        var read = IntakeReader.ReadIntake(Coding.Item(intake).Element).Value ?? new Intake();
        return Core.AdverseEvents.Expectedness.Of(knowledge, engine, new Recogniser(knowledge).Read(read).Case, new HarmId(harm));
    }

    /// <summary>The person and the massage as JSON of the contract, as far as a case says.</summary>
    public string Intake(CaseRecord of)
    {
        var client = new JsonObject();
        if (of.AgeYears is { } age) client["age"] = age;
        if (of.Sex is { } sex) client["sex"] = sex.ToString().ToLowerInvariant();
        var session = new JsonObject { ["regions"] = Names(of.Regions), ["devices"] = Names(of.Devices) };
        if (Ids(of.Techniques) is [var technique, ..]) session["technique"] = NameOf(technique);
        if (of.Pressure is { } pressure) session["pressure"] = pressure;
        if (of.Minutes is { } minutes) session["minutes"] = minutes;
        return new JsonObject { ["client"] = client, ["session"] = session }.ToJsonString();
    }

    /// <summary>The plain name of a harm or a concept; the id itself where the knowledge has it no longer.</summary>
    public string NameOf(string id) => Base.Harms.TryGetValue(id, out var harm) ? harm.Name.In("en") : Base.Vocabulary.NameOf(id, "en");

    /// <summary>Ids of a JSON list.</summary>
    public static ImmutableArray<string> Ids(string json) => [.. JsonNode.Parse(json)!.AsArray().Select(n => n!.GetValue<string>())];

    /// <summary>Spans of a JSON list of pairs.</summary>
    public static ImmutableArray<TextSpan> Spans(string json) => [.. JsonNode.Parse(json)!.AsArray().Select(n => new TextSpan(n![0]!.GetValue<int>(), n[1]!.GetValue<int>()))];

    /// <summary>Spans as JSON.</summary>
    public static string Spans(IEnumerable<TextSpan> spans) => $"[{string.Join(',', spans.Select(s => string.Create(CultureInfo.InvariantCulture, $"[{s.Start},{s.Length}]")))}]";

    private Concept? Find(string id) => Base.Vocabulary.IndexOf(new ConceptId(id)) is >= 0 and var at ? Base.Vocabulary.Concepts[at] : null;

    private JsonArray Names(string ids) => [.. Ids(ids).Select(i => (JsonNode)NameOf(i))];

    private (KnowledgeBase Base, ScreeningEngine Engine) Engine(string? version, Func<string, byte[]?> bundle)
    {
        if (version is null || version == Base.Version) return Own();
        if (_engines.TryGetValue(version, out var known)) return known;
        if (bundle(version) is not { } bytes) return Own();
        try
        {
            var kept = KnowledgeFolder.LoadKept(bytes);
            return _engines[version] = (kept, new(kept));
        }
        catch (InvalidDataException)
        {
            // A bundle that this program no longer reads: today's knowledge is taken, and named.
            return Own();
        }

        (KnowledgeBase, ScreeningEngine) Own() => _engines.GetOrAdd(Base.Version, _ => (Base, new(Base)));
    }

    /// <summary>The sentences in which the spans lie, each once, none longer than the contract takes.</summary>
    private static List<string> Sentences(string words, IEnumerable<TextSpan> spans)
    {
        var found = new SortedSet<(int From, int To)>();
        foreach (var span in spans)
        {
            var from = words.LastIndexOfAny(['.', '!', '?', '\n', ';'], Math.Clamp(span.Start, 0, words.Length - 1)) + 1;
            var to = words.IndexOfAny(['.', '!', '?', '\n', ';'], Math.Min(span.Start + span.Length, words.Length - 1));
            if (to < 0) to = words.Length;
            // A text without a full stop: the neighbourhood of the span.
            if (to - from > Limits.ItemLength) (from, to) = (Math.Max(from, span.Start - 200), Math.Min(to, span.Start + span.Length + 200));
            if (to > from) found.Add((from, to));
            if (found.Count >= MostSentences) break;
        }

        return [.. found.Select(f => words[f.From..f.To].Trim()).Where(s => s.Length is > 0 and <= Limits.ItemLength).Distinct(StringComparer.OrdinalIgnoreCase)];
    }
}
