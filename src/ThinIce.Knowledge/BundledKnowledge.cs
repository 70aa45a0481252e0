using System.Runtime.InteropServices;
using ThinIce.Core;
using ThinIce.Core.Clinical;
using ThinIce.Core.Screening;
using ThinIce.Knowledge.Mapping;

namespace ThinIce.Knowledge;

/// <summary>
/// The knowledge of a bundle. What an answer is reasoned with is read when an engine is made: rules, definitions, language.
/// What only explains or is looked up is read entry by entry when it is shown: concepts, harms, sources, published cases, and
/// the rules of the other engine. The same mapping as for the YAML reads both; nothing is checked again.
/// </summary>
internal sealed class BundledKnowledge
{
    private readonly Bundle _bundle;
    private readonly List<KnowledgeError> _errors = [];
    private readonly OtherMapping _other;
    private readonly RuleMapping _rules;
    private readonly GuidanceMapping _guidance;

    private BundledKnowledge(Bundle bundle)
    {
        var uses = new Uses(noted: false);
        (_bundle, _other, _rules, _guidance) = (bundle, new(uses, _errors), new(uses, _errors), new(uses, _errors));
    }

    /// <summary>The knowledge. Throws <see cref="InvalidDataException"/> where an entry does not fit the program, at the latest when it is looked at.</summary>
    public static KnowledgeBase Of(Bundle bundle) => new BundledKnowledge(bundle).Read();

    private KnowledgeBase Read() => Sound(new KnowledgeBase
    {
        Version = _bundle.Version,
        Vocabulary = new(Concepts(), _bundle.Kinship),
        Definitions = new(In("definitions/").SelectMany(_other.Definitions).Select(p => p.Value), d => d.Id.Value),
        Measures = new(In("measures/").SelectMany(_other.Measures).Select(p => p.Value), m => m.Id.Value),
        Rules = Rules("rules/", _rules.Screening),
        Aftercare = Rules("aftercare/", _rules.Aftercare),
        Harms = Catalogue("harms/", "harms", _other.Harm),
        References = Catalogue("references/", "references", OtherMapping.Reference),
        Published = Catalogue("published/", "published", _other.PublishedCase),
        Guidance = Catalogue(In("pages/").Select(f => f.Root), _guidance.Page),
        CheckList = Catalogue("check-list/", "check-list", _other.CheckListLine),
        Rates = Catalogue("rates/", "rates", _guidance.PublishedRate),
        RatesLeftOut = Catalogue("rates/", "left-out", _guidance.RateLeftOut),
        Drill = Catalogue("drill/", "drill", _guidance.DrillCase),
        History = History(),
        Places = new(In("places/").SelectMany(_other.Places).Select(p => p.Value), p => p.Code),
        Narratives = new(1, _ => Sound(new NarrativeMapping(new Uses(noted: false), _errors).Read([.. In("narratives/")]))),
        Cases = new(1, _ => Sound(new CaseMapping(_errors).Read([.. In("cases/")]))),
        Scales = Catalogue("scales/", "scales", OtherMapping.Scale),
        Texts = Compiler.Texts(_other, In("texts/")),
        Languages = new(In("language/").Select(_other.Language), l => l.Code),
        Phrases = new(_bundle.Phrases, t => t.Language),
        Parameters = _other.Parameters(In("parameters/")),
        Reviewers = [.. In("reviewers.yaml").SelectMany(_other.Reviewers).Select(p => p.Value)],
        ReviewedByClinician = _bundle.IsReviewed,
    });

    private IEnumerable<KnowledgeFile> In(string folder) => _bundle.Files.Where(f => f.Path.StartsWith(folder, StringComparison.Ordinal));

    private Node[] Items(KnowledgeFile file, string list) => ImmutableCollectionsMarshal.AsArray(new Fields(file.Root, _errors).List(list))!;

    private Entries<Concept> Concepts()
    {
        var kinship = _bundle.Kinship;
        var nodes = In("vocabulary/").SelectMany(f => Items(f, "concepts")).ToArray();
        return new(nodes.Length, i => Sound(_other.Concept(nodes[i], kinship.KindOf(i))));
    }

    private Entries<TRule> Rules<TRule>(string folder, Func<KnowledgeFile, TRule> map)
        where TRule : Rule
    {
        var files = In(folder).Where(f => !_bundle.IsRetired(f)).ToArray();
        return new(files.Length, i => Sound(map(files[i])));
    }

    private Catalogue<T> Catalogue<T>(string folder, string list, Func<Fields, T> map)
        where T : class => Catalogue(In(folder).SelectMany(f => Items(f, list)), map);

    private Catalogue<T> Catalogue<T>(IEnumerable<Node> entries, Func<Fields, T> map)
        where T : class
    {
        var nodes = entries.ToArray();
        return new(Array.ConvertAll(nodes, n => ((MapNode)n).Id!), i => Sound(map(new(nodes[i], _errors))));
    }

    private Entries<HistoryEntry> History()
    {
        var nodes = In("history.yaml").SelectMany(f => Items(f, "history")).ToArray();
        return new(nodes.Length, i => Sound(_guidance.Entry(new(nodes[i], _errors))));
    }

    /// <summary>What was read, unless something was wrong with it: then the program and the bundle do not belong together.</summary>
    private T Sound<T>(T read) =>
        _errors.Count == 0 ? read : throw new InvalidDataException($"The knowledge bundle does not fit this program ({_errors[0].Message}): build it again.");
}
