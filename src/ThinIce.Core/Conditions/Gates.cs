using System.Collections.Immutable;
using ThinIce.Core.Clinical;

namespace ThinIce.Core.Conditions;

/// <summary>
/// What a condition cannot do without: facts of which at least one has to be mentioned, or unanswered, for it to be possible.
/// With none of them it comes out false, and need not be looked at. Holds while no definition was answered directly.
/// </summary>
internal static class Gates
{
    /// <summary>The facts; null where there are none such.</summary>
    public static List<HasFact>? Of(Condition condition, KnowledgeBase knowledge) => condition switch
    {
        HasFact has => [has],
        IsDefined defined => Of(knowledge.Definitions[defined.Definition.Value].When, knowledge),
        AllOf all => Smallest(all.Of, knowledge),
        AnyOf any => Union(any.Of, knowledge),
        AtLeast { Needed: > 0 } some => Union(some.Of, knowledge),
        // Twice "none" is possible only where each of the inner ones has something possible.
        NoneOf none => Smallest([.. none.Of.OfType<NoneOf>().Select(n => new AnyOf(n.Of))], knowledge),
        _ => null,
    };

    private static List<HasFact>? Smallest(ImmutableArray<Condition> of, KnowledgeBase knowledge)
    {
        List<HasFact>? smallest = null;
        foreach (var part in of)
            if (Of(part, knowledge) is { } gate && (smallest is null || gate.Count < smallest.Count)) smallest = gate;
        return smallest;
    }

    private static List<HasFact>? Union(ImmutableArray<Condition> of, KnowledgeBase knowledge)
    {
        var union = new List<HasFact>();
        foreach (var part in of)
        {
            if (Of(part, knowledge) is not { } gate) return null;
            union.AddRange(gate);
        }

        return union;
    }
}

/// <summary>A gate with every id resolved.</summary>
/// <param name="concepts">The concepts, as indexes.</param>
/// <param name="fields">The fields that would hold them, one bit each.</param>
internal sealed class Gate(int[] concepts, int fields)
{
    public static Gate Of(List<HasFact> facts, Vocabulary vocabulary)
    {
        var fields = 0;
        var concepts = new int[facts.Count];
        for (var i = 0; i < concepts.Length; i++)
        {
            concepts[i] = vocabulary.IndexOf(facts[i].Concept);
            if (FactMatch.FieldOf(facts[i].Test, vocabulary.KindOf(concepts[i])) is { } field) fields |= 1 << (int)field;
        }

        return new(concepts, fields);
    }

    /// <summary>Whether something behind it may be there.</summary>
    public bool IsOpen(CaseIndex c)
    {
        if ((c.OpenFields & fields) != 0 || !c.Case.Definitions.IsEmpty) return true;
        foreach (var concept in concepts)
            if (c.Mentions(concept)) return true;
        return false;
    }
}
