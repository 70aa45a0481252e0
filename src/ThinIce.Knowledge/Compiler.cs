using System.Collections.Immutable;
using ThinIce.Core;
using ThinIce.Core.Clinical;
using ThinIce.Core.Screening;
using ThinIce.Knowledge.Mapping;

namespace ThinIce.Knowledge;

/// <summary>What compiling came to: the knowledge, or every error there is.</summary>
/// <param name="Knowledge">The knowledge; null when there are errors.</param>
/// <param name="Errors">All errors, in the order of files and lines.</param>
public sealed record Compilation(KnowledgeBase? Knowledge, ImmutableArray<KnowledgeError> Errors);

/// <summary>Turns knowledge files into a <see cref="KnowledgeBase"/>. Everything that is wrong is reported at once.</summary>
/// <param name="files">The files.</param>
/// <param name="fingerprint">Fingerprint of their content.</param>
/// <param name="errors">Errors so far; more are added.</param>
internal sealed class Compiler(IReadOnlyList<KnowledgeFile> files, string fingerprint, List<KnowledgeError> errors)
{
    private readonly Uses _uses = new();

    public Compilation Compile()
    {
        var other = new OtherMapping(_uses, errors);
        var mapping = new RuleMapping(_uses, errors);
        var placed = In("vocabulary/").SelectMany(other.Vocabulary).ToList();
        var concepts = Unique(placed, c => c.Id.Value, "concept");
        var definitions = Unique(In("definitions/").SelectMany(other.Definitions), d => d.Id.Value, "definition");
        var measures = Unique(In("measures/").SelectMany(other.Measures), m => m.Id.Value, "measure");
        var rules = Unique(In("rules/").Select(f => new Placed<ScreeningRule>(mapping.Screening(f), f.Root.At)), r => r.Id.Value, "rule");
        var aftercare = Unique(In("aftercare/").Select(f => new Placed<AftercareRule>(mapping.Aftercare(f), f.Root.At)), r => r.Id.Value, "rule", rules.Select(r => r.Id.Value));
        var harms = Unique(In("harms/").SelectMany(other.Harms), h => h.Id.Value, "harm");
        var references = Unique(In("references/").SelectMany(other.References), r => r.Id.Value, "reference");
        var published = Unique(In("published/").SelectMany(other.Published), c => c.Id, "published case");
        var guidance = new GuidanceMapping(_uses, errors);
        var pages = Unique(In("pages/").Select(guidance.Page), p => p.Id, "page");
        var checkList = Unique(In("check-list/").SelectMany(other.CheckList), l => l.Id, "line of the check-list");
        var rates = Unique(In("rates/").SelectMany(guidance.Published), r => r.Id, "published rate");
        var leftOut = Unique(In("rates/").SelectMany(guidance.LeftOut), r => r.Id, "figure left out");
        var drill = Unique(In("drill/").SelectMany(guidance.Drill), d => d.Id, "practice case");
        var history = In("history.yaml").SelectMany(guidance.History).Select(h => h.Value).ToArray();
        var places = Unique(In("places/").SelectMany(other.Places), p => p.Code, "place");
        var reviewers = Unique(In("reviewers.yaml").SelectMany(other.Reviewers), r => r.Id, "reviewer");
        var scales = Unique(In("scales/").SelectMany(other.Scales), s => s.Id, "scale");
        var narratives = new NarrativeMapping(_uses, errors).Read([.. In("narratives/")]);
        var cases = new CaseMapping(errors).Read([.. In("cases/")]);
        var languages = In("language/").Select(other.Language).ToList();
        var parameters = other.Parameters(In("parameters/"));
        var version = In("knowledge.yaml").Select(f => Version(f.Root)).FirstOrDefault("");
        if (version.Length == 0) errors.Add(new("K011", new("knowledge.yaml", 1), "'version' is missing."));
        var texts = Texts(other);
        // With a file unread, half of the ids would be missing: that says nothing.
        if (errors.TrueForAll(e => e.Code != "K001")) CheckUses(concepts, definitions, measures, harms, references, reviewers, [.. rules, .. aftercare], published);
        CheckFolders();
        if (errors.Count == 0) CheckWords(placed, concepts, languages);
        if (concepts.Count(c => c.Kind == ConceptKind.Region) is > 64 and var regions) errors.Add(new("K023", new("vocabulary", 0), $"{regions} regions; at most 64."));
        if (Loops.Check(definitions, measures, errors)) Monotony.Check(rules, definitions, measures, errors);
        foreach (var key in TextKeys.All.Where(k => !texts.ContainsKey(k))) errors.Add(new("K026", new("texts/en.yaml", 1), $"The sentence '{key}' is missing."));
        if (errors.Count > 0) return new(null, Ordered());
        return new(new KnowledgeBase
        {
            Version = $"{version}+{fingerprint}",
            Vocabulary = new(concepts),
            Definitions = new(definitions, d => d.Id.Value),
            Measures = new(measures, m => m.Id.Value),
            Rules = [.. rules.Where(r => r.Status != RuleStatus.Retired)],
            Aftercare = [.. aftercare.Where(r => r.Status != RuleStatus.Retired)],
            Harms = new(harms, h => h.Id.Value),
            References = new(references, r => r.Id.Value),
            Published = new(published, c => c.Id),
            Guidance = new(pages, p => p.Id),
            CheckList = new(checkList, l => l.Id),
            Rates = new(rates, r => r.Id),
            RatesLeftOut = new(leftOut, r => r.Id),
            Drill = new(drill, d => d.Id),
            History = [.. history],
            Places = new(places, p => p.Code),
            Narratives = [narratives],
            Cases = [cases],
            Scales = new(scales, s => s.Id),
            Texts = texts,
            Languages = new(languages, l => l.Code),
            Phrases = new(languages.Select(l => Core.Words.PhraseTable.Of(concepts, l)), t => t.Language),
            Parameters = parameters,
            Reviewers = reviewers,
            ReviewedByClinician = rules.Concat<Rule>(aftercare).All(r => r.Status is RuleStatus.Reviewed or RuleStatus.InForce or RuleStatus.Retired),
        }, []);
    }

    private IEnumerable<KnowledgeFile> In(string folder) => files.Where(f => f.Path.StartsWith(folder, StringComparison.Ordinal));

    private ImmutableArray<KnowledgeError> Ordered() =>
        [.. errors.Distinct().OrderBy(e => e.At.File, StringComparer.Ordinal).ThenBy(e => e.At.Line).ThenBy(e => e.Code, StringComparer.Ordinal)];

    private string Version(Node node)
    {
        var fields = new Fields(node, errors);
        var version = fields.Text("version");
        fields.TextOrNull("note");
        fields.NoOthers();
        return version;
    }

    private ImmutableArray<T> Unique<T>(IEnumerable<Placed<T>> values, Func<T, string> id, string what, IEnumerable<string>? taken = null)
        where T : class
    {
        var seen = new HashSet<string>(taken ?? [], StringComparer.Ordinal);
        var unique = ImmutableArray.CreateBuilder<T>();
        foreach (var (value, at) in values)
        {
            if (seen.Add(id(value))) unique.Add(value);
            else errors.Add(new("K021", at, $"The {what} '{id(value)}' stands twice; ids are never reused."));
        }

        return unique.ToImmutable();
    }

    private void CheckUses(
        ImmutableArray<Concept> concepts, ImmutableArray<Definition> definitions, ImmutableArray<Core.Conditions.Measure> measures,
        ImmutableArray<Harm> harms, ImmutableArray<Reference> references, ImmutableArray<Reviewer> reviewers, ImmutableArray<Rule> rules, ImmutableArray<PublishedCase> published)
    {
        var kinds = concepts.ToDictionary(c => c.Id.Value, StringComparer.Ordinal);
        var named = new Dictionary<UseKind, HashSet<string>>
        {
            [UseKind.Definition] = [.. definitions.Select(d => d.Id.Value)],
            [UseKind.Measure] = [.. measures.Select(m => m.Id.Value)],
            [UseKind.Harm] = [.. harms.Select(h => h.Id.Value)],
            [UseKind.Reference] = [.. references.Select(r => r.Id.Value)],
            [UseKind.Reviewer] = [.. reviewers.Select(r => r.Id)],
            [UseKind.Rule] = [.. rules.Select(r => r.Id.Value)],
            [UseKind.Published] = [.. published.Select(c => c.Id)],
            [UseKind.Area] = [.. rules.Select(r => r.Area)],
            [UseKind.Measured] = Measured(kinds),
        };
        foreach (var (kind, id, at) in _uses.All)
        {
            var known = named.TryGetValue(kind, out var ids) ? ids.Contains(id) : kinds.TryGetValue(id, out var found) && (kind.Kind is null || kind.Kind == found.Kind);
            if (known) continue;
            var near = (ids ?? (IEnumerable<string>)kinds.Keys).MinBy(k => Core.Words.Nearness.Distance(k, id));
            var hint = near is not null && Core.Words.Nearness.Distance(near, id) <= 3 ? $" Did you mean '{near}'?" : "";
            errors.Add(new("K020", at, $"There is no {kind.Name} '{id}'.{hint}"));
        }
    }

    /// <summary>Concepts that take a value, and those of which one of their kinds does.</summary>
    private static HashSet<string> Measured(Dictionary<string, Concept> concepts)
    {
        var measured = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<Concept>(concepts.Values.Where(c => c.TakesValue));
        while (open.TryPop(out var concept))
        {
            if (!measured.Add(concept.Id.Value)) continue;
            foreach (var wider in concept.IsA)
            {
                if (concepts.TryGetValue(wider.Value, out var found)) open.Push(found);
            }
        }

        return measured;
    }

    private void CheckWords(List<Placed<Concept>> placed, ImmutableArray<Concept> concepts, List<Core.Words.Language> languages)
    {
        var at = placed.ToDictionary(p => p.Value.Id.Value, p => p.At, StringComparer.Ordinal);
        foreach (var (phrase, first, second) in languages.SelectMany(l => Core.Words.VocabularyWords.Clashes(new(concepts), l)))
            errors.Add(new("K027", at[second.Value], $"'{phrase}' of '{second}' is also of '{first}' ({at[first.Value].File}:{at[first.Value].Line}): words belong to one concept."));
    }

    private static readonly ImmutableArray<string> Folders =
        ["vocabulary/", "definitions/", "measures/", "rules/", "aftercare/", "harms/", "references/", "published/", "pages/", "check-list/", "rates/", "drill/", "history.yaml", "places/", "language/", "narratives/", "cases/", "scales/", "texts/", "parameters/", "reviewers.yaml", "knowledge.yaml"];

    private void CheckFolders()
    {
        foreach (var file in files.Where(f => !Folders.Any(folder => f.Path.StartsWith(folder, StringComparison.Ordinal))))
            errors.Add(new("K024", new(file.Path, 1), $"Nothing reads this file. Folders: {string.Join(", ", Folders)}."));
    }

    private Catalogue<KeyedText> Texts(OtherMapping other) => Texts(other, In("texts/"));

    /// <summary>The sentences of all languages, by key.</summary>
    public static Catalogue<KeyedText> Texts(OtherMapping other, IEnumerable<KnowledgeFile> files)
    {
        var byKey = new Dictionary<string, LocalText>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var language = Path.GetFileNameWithoutExtension(file.Path);
            foreach (var (key, words) in other.Texts(file.Root))
                byKey[key] = new([.. byKey.GetValueOrDefault(key, LocalText.None).Translations, new(language, words)]);
        }

        return new(byKey.Keys.Select(key => new KeyedText(key, byKey[key])), t => t.Key);
    }
}
