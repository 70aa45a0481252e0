using System.Runtime.InteropServices;

namespace ThinIce.Numbers.Signals;

/// <summary>
/// A pair whose figures are held down by another exposure with very many reports of the same event, and what they are when the reports
/// that name that other exposure are left out. Nothing is a risk here either; it is a reason to look at the cases.
/// </summary>
/// <param name="Exposure">The exposure.</param>
/// <param name="Event">The event.</param>
/// <param name="MaskedBy">The exposure whose reports were left out.</param>
/// <param name="MaskingRatio">How much more often the event is expected with those reports than without them; above 1.</param>
/// <param name="With">The figures with all reports.</param>
/// <param name="Without">The figures without those reports.</param>
public sealed record MaskedPair(string Exposure, string Event, string MaskedBy, double MaskingRatio, PairScore With, PairScore Without);

/// <summary>
/// The check for masking: for each event, the exposure that raises its expectation most is left out, and every pair of the event is
/// counted again, exactly, from the reports. The idea of leaving out the strongest masker and its ratio are Maignen and others'.
/// </summary>
public static class Masking
{
    /// <summary>Below this ratio leaving an exposure out changes little.</summary>
    public const double LeastRatio = 1.1;

    /// <summary>
    /// The pairs that meet no threshold with all reports and meet one without their masker's. Only thresholds without EBGM are looked at,
    /// because the prior belongs to the whole table.
    /// </summary>
    /// <exception cref="InvalidOperationException">When what each report names was not kept on reading.</exception>
    public static IReadOnlyList<MaskedPair> Check(SignalScores scores, IReadOnlyList<ScreeningThreshold> thresholds)
    {
        var counts = scores.Counts;
        var rows = counts.Rows ?? throw new InvalidOperationException("Read the reports with KeepRows.");
        var simple = thresholds.Where(t => t.All.All(c => c.Measure is not (ScreeningMeasure.Ebgm or ScreeningMeasure.Eb05))).ToList();
        var maskers = Maskers(counts);
        var overlaps = new Overlaps(rows, maskers.Values.Select(m => m.Exposure).ToHashSet());
        var found = new List<MaskedPair>();
        foreach (var pair in scores.Order)
        {
            if (!maskers.TryGetValue(counts.PairEvent[pair], out var masker) || masker.Exposure == counts.PairExposure[pair]) continue;
            if (simple.Any(t => t.IsMetBy(scores[pair], counts[pair]))) continue;
            if (Without(counts, pair, masker.Exposure, overlaps) is not { } table) continue;
            var without = new PairScore((int)table.A, table.Expected, Ratio.ProportionalReporting(table), Ratio.ReportingOdds(table), InformationComponent.Shrunk(table.A, table.Expected), double.NaN, double.NaN, double.NaN);
            var (exposure, @event) = counts.Names(pair);
            if (simple.Any(t => t.IsMetBy(without, table))) found.Add(new(exposure, @event, counts.Exposure(masker.Exposure), masker.Ratio, scores[pair], without));
        }

        return found;
    }

    /// <summary>For each event the exposure whose removal lowers its share of the reports most, if that is worth while.</summary>
    private static Dictionary<int, (int Exposure, double Ratio)> Maskers(PairCounts counts)
    {
        var maskers = new Dictionary<int, (int Exposure, double Ratio)>();
        for (var i = 0; i < counts.Pairs; i++)
        {
            var (x, v) = (counts.PairExposure[i], counts.PairEvent[i]);
            var (left, leftEvent) = ((double)counts.Reports - counts.ExposureReports[x], (double)counts.EventReports[v] - counts.Observed[i]);
            if (left <= 0 || leftEvent <= 0) continue;
            var ratio = counts.EventReports[v] / (double)counts.Reports / (leftEvent / left);
            if (ratio >= LeastRatio && ratio > maskers.GetValueOrDefault(v).Ratio) maskers[v] = (x, ratio);
        }

        return maskers;
    }

    private static PairTable? Without(PairCounts counts, int pair, int masker, Overlaps overlaps)
    {
        var (x, v) = (counts.PairExposure[pair], counts.PairEvent[pair]);
        var observed = counts.Observed[pair] - overlaps.Pair(masker, x, v);
        var exposure = counts.ExposureReports[x] - overlaps.Exposure(masker, x);
        var @event = counts.EventReports[v] - overlaps.Event(masker, v);
        return observed > 0 ? new PairTable(observed, exposure, @event, counts.Reports - counts.ExposureReports[masker]) : null;
    }

    /// <summary>How often other exposures, events and pairs stand in reports that name a masker.</summary>
    private sealed class Overlaps
    {
        private readonly Dictionary<(int Masker, int Exposure), int> exposures = [];
        private readonly Dictionary<(int Masker, int Event), int> events = [];
        private readonly Dictionary<(int Masker, int Exposure, int Event), int> pairs = [];

        public Overlaps(ReportRows rows, HashSet<int> maskers)
        {
            var (named, happened) = (new HashSet<int>(), new HashSet<int>());
            for (var report = 0; report < rows.Reports; report++)
            {
                var own = rows[report];
                named.Clear();
                happened.Clear();
                foreach (var (x, v) in own)
                {
                    named.Add(x);
                    happened.Add(v);
                }

                foreach (var masker in named)
                {
                    if (maskers.Contains(masker)) Add(masker, named, happened, own);
                }
            }
        }

        private void Add(int masker, HashSet<int> named, HashSet<int> happened, ReadOnlySpan<(int Exposure, int Event)> own)
        {
            foreach (var x in named) CollectionsMarshal.GetValueRefOrAddDefault(exposures, (masker, x), out _)++;
            foreach (var v in happened) CollectionsMarshal.GetValueRefOrAddDefault(events, (masker, v), out _)++;
            foreach (var (x, v) in own) CollectionsMarshal.GetValueRefOrAddDefault(pairs, (masker, x, v), out _)++;
        }

        public int Exposure(int masker, int exposure) => exposures.GetValueOrDefault((masker, exposure));

        public int Event(int masker, int @event) => events.GetValueOrDefault((masker, @event));

        public int Pair(int masker, int exposure, int @event) => pairs.GetValueOrDefault((masker, exposure, @event));
    }
}
