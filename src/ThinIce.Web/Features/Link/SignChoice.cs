using System.Collections.Immutable;
using ThinIce.Core;
using ThinIce.Core.Clinical;

namespace ThinIce.Web.Features.Link;

/// <summary>The check-list of what a body can feel: the same before a session and after it, so that both can be compared.</summary>
internal static class SignChoice
{
    /// <summary>The lines for everybody, and those whose regions overlap the ones given, in the order of the knowledge.</summary>
    /// <param name="knowledge">Where they stand.</param>
    /// <param name="regions">Ids of regions; one that is not known fits none.</param>
    public static ImmutableArray<string> Of(KnowledgeBase knowledge, IEnumerable<string> regions)
    {
        var treated = regions.Aggregate(0UL, (all, region) => all | Extent(knowledge.Vocabulary, new(region)));
        return [.. knowledge.CheckList.Where(l => l.Regions.IsEmpty || l.Regions.Any(r => (Extent(knowledge.Vocabulary, r) & treated) != 0)).Select(l => l.Words.In("en"))];
    }

    private static ulong Extent(Vocabulary vocabulary, ConceptId region) => vocabulary.IndexOf(region) is >= 0 and var at ? vocabulary.ExtentOf(at) : 0;
}
