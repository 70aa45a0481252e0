using ThinIce.Core.Clinical;

namespace ThinIce.Core.Conditions;

/// <summary>
/// A coded case with two bit sets over the vocabulary, so that most questions about absent things cost one look; and what
/// definitions and measures came to, so that each is worked out once. For one case and one thread.
/// </summary>
internal sealed class CaseIndex
{
    private readonly ulong[] _mentioned;
    private readonly ulong[]? _denied;

    public CaseIndex(CodedCase coded, CompiledConditions conditions)
    {
        Case = coded;
        Vocabulary = conditions.Vocabulary;
        _mentioned = new ulong[(Vocabulary.Concepts.Length + 63) / 64];
        Defined = new Verdict?[conditions.Slots.Definitions];
        Measured = new Estimate?[conditions.Slots.Measures];
        foreach (var fact in coded.Facts)
        {
            foreach (var wider in Vocabulary.AncestorsOf(fact.Concept)) Set(_mentioned, wider);
            if (fact.Presence == Presence.Denied && fact.Whose == Whose.Own && fact.Field != ClientField.PastReactions)
                Set(_denied ??= new ulong[_mentioned.Length], fact.Concept);
        }

        OpenFields = coded.MisreadFields;
        for (var f = 0; f < ClientFields.Count; f++)
            if (coded.Fields[f] != AnswerState.Known) OpenFields |= 1 << f;
    }

    public CodedCase Case { get; }

    public Vocabulary Vocabulary { get; }

    /// <summary>Fields without an answer, or with words nothing was made of; one bit each.</summary>
    public int OpenFields { get; }

    /// <summary>What each definition came to; null where nobody asked yet.</summary>
    public Verdict?[] Defined { get; }

    /// <summary>What each measure came to; null where nobody asked yet.</summary>
    public Estimate?[] Measured { get; }

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
