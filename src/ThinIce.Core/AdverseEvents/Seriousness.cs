using System.Collections.Immutable;
using ThinIce.Core.Clinical;

namespace ThinIce.Core.AdverseEvents;

/// <summary>Whether an event is serious by ICH E2A. Serious is not severe: a severe headache is not serious, a mild stroke is.</summary>
/// <param name="IsSerious">Known true with one criterion met; known false only with all six answered no.</param>
/// <param name="Met">Criteria that were met.</param>
/// <param name="Open">Criteria without an answer.</param>
public sealed record Seriousness(Answer<bool> IsSerious, ImmutableArray<SeriousnessCriterion> Met, ImmutableArray<SeriousnessCriterion> Open)
{
    /// <summary>Of one event.</summary>
    public static Seriousness Of(EventFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var all = Enum.GetValues<SeriousnessCriterion>();
        ImmutableArray<SeriousnessCriterion> met = [.. all.Where(c => facts.Met(c).Or(false))], open = [.. all.Where(c => !facts.Met(c).IsKnown)];
        return new(met.Length > 0 ? Answer<bool>.Known(true) : open.Length == 0 ? Answer<bool>.Known(false) : default, met, open);
    }

    /// <summary>Of a case: serious when any of its events is; not serious only when none is open.</summary>
    public static Answer<bool> OfCase(IEnumerable<EventFacts> events)
    {
        var all = events.Select(e => Of(e).IsSerious).ToList();
        return all.Exists(s => s.Or(false)) ? Answer<bool>.Known(true) : all.Count > 0 && all.TrueForAll(s => s.IsKnown) ? Answer<bool>.Known(false) : default;
    }
}
