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
        var treated = Extent(knowledge.Vocabulary, regions);
        return [.. knowledge.CheckList.Where(l => Fits(knowledge.Vocabulary, l, treated)).Select(l => l.Words.In("en"))];
    }

    /// <summary>Whether a line is shown to somebody with these regions treated.</summary>
    public static bool IsShown(KnowledgeBase knowledge, CheckListLine line, IEnumerable<string> regions) => Fits(knowledge.Vocabulary, line, Extent(knowledge.Vocabulary, regions));

    private static bool Fits(Vocabulary vocabulary, CheckListLine line, ulong treated) => line.Regions.IsEmpty || line.Regions.Any(r => (Extent(vocabulary, r) & treated) != 0);

    private static ulong Extent(Vocabulary vocabulary, IEnumerable<string> regions) => regions.Aggregate(0UL, (all, region) => all | Extent(vocabulary, new ConceptId(region)));

    private static ulong Extent(Vocabulary vocabulary, ConceptId region) => vocabulary.IndexOf(region) is >= 0 and var at ? vocabulary.ExtentOf(at) : 0;
}
