using System.Collections.Immutable;
using ThinIce.Core.Clinical;
using ThinIce.Core.Screening;

namespace ThinIce.Core.AdverseEvents;

/// <summary>Whether the knowledge named the harm beforehand.</summary>
public enum Expected : byte
{
    /// <summary>It is in no catalogue: new to us.</summary>
    NotKnown,

    /// <summary>In the catalogue of harms, and no rule named it for this person and this massage.</summary>
    InCatalogueOnly,

    /// <summary>A rule that is still open (something was not known) names it.</summary>
    PerhapsNamed,

    /// <summary>A rule that holds named it for this person and this massage.</summary>
    Named,
}

/// <summary>
/// Expectedness of a harm against one version of the knowledge: was it among the harms named for this person, technique and region? It
/// says what our own rules knew, not how likely the harm was, and not whose fault it is.
/// </summary>
/// <param name="Expected">How far it was named.</param>
/// <param name="Rules">Rules that name it, those that hold first.</param>
/// <param name="KnowledgeVersion">The version it was judged by: the one in force on the day of the massage.</param>
public sealed record Expectedness(Expected Expected, ImmutableArray<string> Rules, string KnowledgeVersion)
{
    /// <summary>Of a harm after a massage.</summary>
    /// <param name="knowledge">The knowledge in force on that day.</param>
    /// <param name="engine">Its engine, made once for many cases.</param>
    /// <param name="before">The person and the massage as known before it.</param>
    /// <param name="harm">The harm.</param>
    public static Expectedness Of(KnowledgeBase knowledge, ScreeningEngine engine, CodedCase before, HarmId harm)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        ArgumentNullException.ThrowIfNull(engine);
        var naming = engine.Screen(before).Findings.Where(f => f.Harms.Contains(harm.Value)).ToList();
        var holding = naming.Where(f => f.Status == FindingStatus.Holds).ToList();
        var expected = holding.Count > 0 ? Expected.Named : naming.Count > 0 ? Expected.PerhapsNamed : knowledge.Harms.ContainsKey(harm.Value) ? Expected.InCatalogueOnly : Expected.NotKnown;
        return new(expected, [.. holding.Concat(naming.Except(holding)).Select(f => f.Rule)], knowledge.Version);
    }
}
