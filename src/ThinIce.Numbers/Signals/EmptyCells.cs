using System.Runtime.InteropServices;

namespace ThinIce.Numbers.Signals;

/// <summary>The cells without a report: as many as exposures × events less the pairs, put into fine bins of equal expectation.</summary>
internal static class EmptyCells
{
    /// <summary>For each bin how many empty cells it holds, and the sum of their expectations.</summary>
    public static Dictionary<int, (double Weight, double Sum)> Of(PairCounts counts) => counts.Strata is null ? FromMargins(counts) : OneByOne(counts);

    /// <summary>Without strata an expectation is a product of two margins, and many exposures share a margin.</summary>
    private static Dictionary<int, (double Weight, double Sum)> FromMargins(PairCounts counts)
    {
        var bins = new Dictionary<int, (double Weight, double Sum)>(1 << 16);
        var (rows, columns) = (Tally(counts.ExposureReports), Tally(counts.EventReports));
        foreach (var (row, rowTimes) in rows)
        {
            foreach (var (column, columnTimes) in columns) Add(bins, (double)row * column / counts.Reports, (double)rowTimes * columnTimes);
        }

        for (var i = 0; i < counts.Pairs; i++) Add(bins, counts.Expected[i], -1);
        return Clean(bins);
    }

    private static Dictionary<int, (double Weight, double Sum)> OneByOne(PairCounts counts)
    {
        var bins = new Dictionary<int, (double Weight, double Sum)>(1 << 16);
        for (var e = 0; e < counts.Exposures; e++)
        {
            for (var v = 0; v < counts.Events; v++) Add(bins, counts.Strata!.Expected(e, v), 1);
        }

        for (var i = 0; i < counts.Pairs; i++) Add(bins, counts.Expected[i], -1);
        return Clean(bins);
    }

    private static void Add(Dictionary<int, (double Weight, double Sum)> bins, double expected, double times)
    {
        // In no stratum do both occur: such a cell cannot hold a report and says nothing.
        if (expected <= 0) return;
        ref var bin = ref CollectionsMarshal.GetValueRefOrAddDefault(bins, PairGroups.EmptyBin(expected), out _);
        bin = (bin.Weight + times, bin.Sum + times * expected);
    }

    private static Dictionary<int, (double Weight, double Sum)> Clean(Dictionary<int, (double Weight, double Sum)> bins)
    {
        foreach (var (bin, (weight, _)) in bins)
        {
            if (weight < 0.5) bins.Remove(bin);
        }

        return bins;
    }

    private static List<(int Margin, int Times)> Tally(int[] margins) => [.. margins.GroupBy(m => m).Select(g => (g.Key, g.Count()))];
}
