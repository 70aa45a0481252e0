using System.Collections.Immutable;

namespace ThinIce.Core.Clinical;

/// <summary>What sort of thing a concept is; decides in which field its words are looked for.</summary>
public enum ConceptKind : byte
{
    /// <summary>A condition or diagnosis.</summary>
    Condition,

    /// <summary>A medicine or a class of medicines.</summary>
    Medicine,

    /// <summary>An operation, injury, journey or other event.</summary>
    Procedure,

    /// <summary>A symptom or sign.</summary>
    Symptom,

    /// <summary>Something the person reacts to.</summary>
    Allergy,

    /// <summary>A region of the body.</summary>
    Region,

    /// <summary>A way of massaging.</summary>
    Technique,

    /// <summary>A device.</summary>
    Device,

    /// <summary>An oil, cream or other product.</summary>
    Product,

    /// <summary>How the person lies or sits.</summary>
    Position,

    /// <summary>Who gives the massage.</summary>
    Provider,
}

/// <summary>One entry of the vocabulary. Not a diagnosis: what words of an intake may point to.</summary>
/// <param name="Id">Permanent id.</param>
/// <param name="Kind">What sort of thing.</param>
/// <param name="Name">What it is called in a sentence.</param>
public sealed record Concept(ConceptId Id, ConceptKind Kind, LocalText Name)
{
    /// <summary>Wider concepts that this one is a kind of.</summary>
    public ImmutableArray<ConceptId> IsA { get; init; } = [];

    /// <summary>Other ways people write it.</summary>
    public ImmutableArray<string> Words { get; init; } = [];

    /// <summary>Words that mean it only in its own field: "almonds" among allergies.</summary>
    public ImmutableArray<string> WordsInField { get; init; } = [];

    /// <summary>The question that asks for it; null where it is asked through a wider concept.</summary>
    public LocalText? Ask { get; init; }

    /// <summary>Where it always is: a stiff neck is in the neck.</summary>
    public ImmutableArray<ConceptId> At { get; init; } = [];

    /// <summary>For a region: the wider regions that it is part of.</summary>
    public ImmutableArray<ConceptId> PartOf { get; init; } = [];

    /// <summary>For a region: there is a left and a right one, so that its plural means both.</summary>
    public bool IsPaired { get; init; }

    /// <summary>A number said with it is its value: "temperature 39", "BP 190/110".</summary>
    public bool TakesValue { get; init; }

    /// <summary>How bad it is by its very words ("agony"); unstated where the words around it say so, or nothing does.</summary>
    public Degree Degree { get; init; }

    /// <summary>How many days ago it began, where the answer to <see cref="Ask"/> is yes; null where the question does not say.</summary>
    public Span? AskDays { get; init; }

    /// <summary>For a technique: how hard it is usually done; null where that varies.</summary>
    public PressureLevel? UsualPressure { get; init; }

    /// <summary>Codes in other systems; only those we are sure of.</summary>
    public ImmutableArray<Code> Codes { get; init; } = [];
}

/// <summary>A code in another system.</summary>
/// <param name="System">icd10, atc, rxnorm.</param>
/// <param name="Value">The code.</param>
public sealed record Code(string System, string Value);

/// <summary>Words in one language.</summary>
/// <param name="Language">Two-letter code.</param>
/// <param name="Text">The words.</param>
public sealed record Translation(string Language, string Text);

/// <summary>Plain words in one or more languages. English is the fallback.</summary>
public sealed record LocalText(ImmutableArray<Translation> Translations)
{
    /// <summary>No words.</summary>
    public static LocalText None { get; } = new([]);

    /// <summary>The words in that language, else in English, else the first there is, else empty.</summary>
    public string In(string language) => Exactly(language) ?? Exactly("en") ?? (Translations.Length > 0 ? Translations[0].Text : "");

    /// <summary>The words in that very language; null where there are none.</summary>
    public string? Exactly(string language)
    {
        foreach (var translation in Translations)
            if (translation.Language == language) return translation.Text;
        return null;
    }
}

/// <summary>
/// What is worked out from the concepts once, when the knowledge is compiled: who is a kind of whom, and which region lies in
/// which. Everything in the order of the concepts.
/// </summary>
/// <param name="ids">Ids.</param>
/// <param name="kinds">Kinds.</param>
/// <param name="ancestors">The concept itself and all that it is a kind of, as indexes.</param>
/// <param name="extents">The region and all that lies in it, one bit each; 0 for other kinds.</param>
/// <param name="above">The wider regions that the region lies in, one bit each, without itself.</param>
public sealed class Kinship(string[] ids, ConceptKind[] kinds, int[][] ancestors, ulong[] extents, ulong[] above)
{
    /// <summary>The ids of the concepts.</summary>
    public ReadOnlySpan<string> Ids => ids;

    /// <summary>What sort of thing each is.</summary>
    public ConceptKind KindOf(int concept) => kinds[concept];

    /// <summary>The concept itself and all that it is a kind of, as indexes.</summary>
    public ReadOnlySpan<int> AncestorsOf(int concept) => ancestors[concept];

    /// <summary>The region and all that lies in it, one bit each; 0 for other kinds.</summary>
    public ulong ExtentOf(int region) => extents[region];

    /// <summary>The wider regions that the region lies in, one bit each, without itself.</summary>
    public ulong AboveOf(int region) => above[region];

    /// <summary>Works it out. Throws <see cref="ArgumentException"/> as <see cref="Vocabulary"/> does.</summary>
    public static Kinship Of(IReadOnlyList<Concept> concepts)
    {
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < concepts.Count; i++) index.Add(concepts[i].Id.Value, i);
        var ancestors = new int[concepts.Count][];
        for (var i = 0; i < concepts.Count; i++) ancestors[i] = Closure(concepts, index, i, c => c.IsA);
        var (extents, above) = Regions(concepts, index);
        return new([.. concepts.Select(c => c.Id.Value)], [.. concepts.Select(c => c.Kind)], ancestors, extents, above);
    }

    private static int[] Closure(IReadOnlyList<Concept> concepts, Dictionary<string, int> index, int start, Func<Concept, ImmutableArray<ConceptId>> parents)
    {
        var seen = new List<int> { start };
        for (var at = 0; at < seen.Count; at++)
        {
            foreach (var parent in parents(concepts[seen[at]]))
            {
                if (!index.TryGetValue(parent.Value, out var found)) throw new ArgumentException($"'{concepts[seen[at]].Id}' names '{parent}', which is not in the vocabulary.");
                if (!seen.Contains(found)) seen.Add(found);
            }
        }

        return [.. seen];
    }

    private static (ulong[] Extents, ulong[] Above) Regions(IReadOnlyList<Concept> concepts, Dictionary<string, int> index)
    {
        var (extents, above, own) = (new ulong[concepts.Count], new ulong[concepts.Count], new ulong[concepts.Count]);
        var bit = 0;
        for (var i = 0; i < concepts.Count; i++)
        {
            if (concepts[i].Kind != ConceptKind.Region) continue;
            if (bit == 64) throw new ArgumentException("More than 64 regions.");
            own[i] = 1UL << bit++;
        }

        for (var i = 0; i < concepts.Count; i++)
        {
            if (own[i] == 0) continue;
            foreach (var wider in Closure(concepts, index, i, c => c.PartOf))
            {
                extents[wider] |= own[i];
                if (wider != i) above[i] |= own[wider];
            }
        }

        return (extents, above);
    }
}

/// <summary>
/// All concepts, with who is a kind of whom and which region lies in which. Concepts are addressed by index, so that a
/// coded case is numbers, not strings; and a concept's words are read only when somebody looks at them.
/// </summary>
public sealed class Vocabulary
{
    private readonly Dictionary<string, int> _index;

    /// <summary>
    /// Builds the vocabulary. Throws <see cref="ArgumentException"/> on an id used twice, a parent that is not there, a
    /// cycle, or more than 64 regions; the knowledge compiler reports these with file and line before it comes to that.
    /// </summary>
    public Vocabulary(ImmutableArray<Concept> concepts)
        : this([.. concepts], Kinship.Of(concepts))
    {
    }

    /// <summary>Builds the vocabulary from what was worked out before.</summary>
    public Vocabulary(Entries<Concept> concepts, Kinship kinship)
    {
        (Concepts, Kinship) = (concepts, kinship);
        _index = new(kinship.Ids.Length, StringComparer.Ordinal);
        for (var i = 0; i < kinship.Ids.Length; i++)
        {
            _index.Add(kinship.Ids[i], i);
            AllRegions |= kinship.ExtentOf(i);
        }
    }

    /// <summary>The concepts; a fact's index points here.</summary>
    public Entries<Concept> Concepts { get; }

    /// <summary>Who is a kind of whom.</summary>
    public Kinship Kinship { get; }

    /// <summary>Index of a concept; -1 where there is none of that id.</summary>
    public int IndexOf(ConceptId id) => _index.TryGetValue(id.Value, out var at) ? at : -1;

    /// <summary>The name of a concept in a language; the id itself where there is none of that id, as in what an older knowledge left behind.</summary>
    public string NameOf(string id, string language) => IndexOf(new(id)) is >= 0 and var at ? Concepts[at].Name.In(language) : id;

    /// <summary>What sort of thing a concept is, without reading its words.</summary>
    public ConceptKind KindOf(int concept) => Kinship.KindOf(concept);

    /// <summary>The concept itself and all that it is a kind of, as indexes.</summary>
    public ReadOnlySpan<int> AncestorsOf(int concept) => Kinship.AncestorsOf(concept);

    /// <summary>Whether a concept is another, or a kind of it.</summary>
    public bool IsA(int concept, int wider)
    {
        foreach (var ancestor in Kinship.AncestorsOf(concept))
            if (ancestor == wider) return true;
        return false;
    }

    /// <summary>The region and all that lies in it, one bit each. Two regions touch when their extents share a bit.</summary>
    public ulong ExtentOf(int region) => Kinship.ExtentOf(region);

    /// <summary>All regions, one bit each.</summary>
    public ulong AllRegions { get; }

    /// <summary>The wider regions that the region lies in, one bit each, without itself.</summary>
    public ulong AboveOf(int region) => Kinship.AboveOf(region);
}
