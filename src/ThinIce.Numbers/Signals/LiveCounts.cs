using System.Runtime.InteropServices;
using ThinIce.Numbers.Files;

namespace ThinIce.Numbers.Signals;

/// <summary>
/// Counts that are kept up to date as cases arrive, change and are withdrawn. What a case costs depends on what it names, never on how
/// many cases there are; a new version of a case takes the old one back. At any time they equal a recount of all cases.
/// </summary>
public sealed class LiveCounts
{
    private readonly Dictionary<string, (string[] Exposures, string[] Events)> cases = [];
    private readonly Dictionary<string, int> exposures = [], events = [];
    private readonly Dictionary<(string Exposure, string Event), int> pairs = [];

    /// <summary>Cases that count: those that name at least one exposure and one event.</summary>
    public int Reports { get; private set; }

    /// <summary>Reports that name both.</summary>
    public int Observed(string exposure, string @event) => pairs.GetValueOrDefault((exposure, @event));

    /// <summary>Takes a case, or a new version of it. One without exposure or event is remembered and counts for nothing.</summary>
    /// <param name="id">The case.</param>
    /// <param name="exposures">What it names as exposures; repeats count once.</param>
    /// <param name="events">What it names as events; repeats count once.</param>
    public void Put(string id, IEnumerable<string> exposures, IEnumerable<string> events)
    {
        Withdraw(id);
        var one = (Exposures: exposures.Distinct().ToArray(), Events: events.Distinct().ToArray());
        cases[id] = one;
        Count(one, 1);
    }

    /// <summary>Takes a case back: nullified, or a duplicate of another. Nothing happens if it is not there.</summary>
    public void Withdraw(string id)
    {
        if (cases.Remove(id, out var one)) Count(one, -1);
    }

    /// <summary>The counts as they are now, to be scored.</summary>
    /// <returns>Null while no case counts.</returns>
    public PairCounts? Snapshot()
    {
        if (Reports == 0) return null;
        var (x, v) = (new ByteInterner(), new ByteInterner());
        var (exposureReports, eventReports) = (Margins(exposures, x), Margins(events, v));
        var (pairExposure, pairEvent, observed) = (new int[pairs.Count], new int[pairs.Count], new int[pairs.Count]);
        var at = 0;
        foreach (var ((exposure, @event), n) in pairs) (pairExposure[at], pairEvent[at], observed[at++]) = (Id(x, exposure), Id(v, @event), n);
        return new(x, v, Reports, exposureReports, eventReports, pairExposure, pairEvent, observed);
    }

    private void Count((string[] Exposures, string[] Events) one, int by)
    {
        if (one.Exposures.Length == 0 || one.Events.Length == 0) return;
        Reports += by;
        foreach (var exposure in one.Exposures) Change(exposures, exposure, by);
        foreach (var @event in one.Events) Change(events, @event, by);
        foreach (var exposure in one.Exposures)
        {
            foreach (var @event in one.Events) Change(pairs, (exposure, @event), by);
        }
    }

    private static void Change<T>(Dictionary<T, int> counts, T key, int by)
        where T : notnull
    {
        ref var count = ref CollectionsMarshal.GetValueRefOrAddDefault(counts, key, out _);
        count += by;
        if (count == 0) counts.Remove(key);
    }

    private static int[] Margins(Dictionary<string, int> counts, ByteInterner names)
    {
        var margins = new int[counts.Count];
        foreach (var (name, count) in counts) margins[Id(names, name)] = count;
        return margins;
    }

    private static int Id(ByteInterner names, string name) => names.Add(System.Text.Encoding.UTF8.GetBytes(name));
}
