using ThinIce.Core.Clinical;

namespace ThinIce.Core.Conditions;

/// <summary>A coded case with two bit sets over the vocabulary, so that most questions about absent things cost one look.</summary>
internal sealed class CaseIndex
{
    private readonly ulong[] _mentioned;
    private readonly ulong[]? _denied;

    public CaseIndex(CodedCase coded, Vocabulary vocabulary)
    {
        Case = coded;
        Vocabulary = vocabulary;
        _mentioned = new ulong[(vocabulary.Concepts.Length + 63) / 64];
        foreach (var fact in coded.Facts)
        {
            foreach (var wider in vocabulary.AncestorsOf(fact.Concept)) Set(_mentioned, wider);
            if (fact.Presence == Presence.Denied && fact.Whose == Whose.Own && fact.Field != ClientField.PastReactions)
                Set(_denied ??= new ulong[_mentioned.Length], fact.Concept);
        }
    }

    public CodedCase Case { get; }

    public Vocabulary Vocabulary { get; }

    /// <summary>Whether some fact is that concept or a kind of it, however it was said.</summary>
    public bool Mentions(int concept) => (_mentioned[concept >> 6] & (1UL << (concept & 63))) != 0;

    /// <summary>Whether that concept, or something wider, was denied.</summary>
    public bool Denies(int concept)
    {
        if (_denied is null) return false;
        foreach (var wider in Vocabulary.AncestorsOf(concept))
            if ((_denied[wider >> 6] & (1UL << (wider & 63))) != 0) return true;
        return false;
    }

    private static void Set(ulong[] bits, int at) => bits[at >> 6] |= 1UL << (at & 63);
}
