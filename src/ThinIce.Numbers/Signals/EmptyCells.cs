using System.Runtime.InteropServices;

namespace ThinIce.Numbers.Signals;

/// <summary>The cells without a report: as many as exposures × events less the pairs. Those of equal expectation stand together.</summary>
internal static class EmptyCells
{
    /// <summary>The expectations of the empty cells, ascending, each with how many cells have it.</summary>
    public static List<(double Expected, double Weight)> Of(PairCounts counts) => counts.Strata is null ? FromMargins(counts) : OneByOne(counts);

    /// <summary>Without strata an expectation is a product of two margins, and many exposures share a margin.</summary>
    private static List<(double Expected, double Weight)> FromMargins(PairCounts counts)
    {
        var (rows, columns) = (Tally(counts.ExposureReports), Tally(counts.EventReports));
        var products = new Dictionary<long, long>(rows.Count * columns.Count);
        foreach (var (row, rowTimes) in rows)
        {
            foreach (var (column, columnTimes) in columns) CollectionsMarshal.GetValueRefOrAddDefault(products, (long)row * column, out _) += (long)rowTimes * columnTimes;
        }

        for (var i = 0; i < counts.Pairs; i++)
            CollectionsMarshal.GetValueRefOrAddDefault(products, (long)counts.ExposureReports[counts.PairExposure[i]] * counts.EventReports[counts.PairEvent[i]], out _)--;
        var sorted = products.Where(p => p.Value > 0).ToArray();
        Array.Sort(sorted, (a, b) => a.Key.CompareTo(b.Key));
        return [.. sorted.Select(p => ((double)p.Key / counts.Reports, (double)p.Value))];
    }

    private static List<(double Expected, double Weight)> OneByOne(PairCounts counts)
    {
        var pairs = new HashSet<long>(counts.Pairs);
        for (var i = 0; i < counts.Pairs; i++) pairs.Add(Key(counts.PairExposure[i], counts.PairEvent[i]));
        var empty = new Dictionary<double, double>();
        for (var x = 0; x < counts.Exposures; x++)
        {
            for (var v = 0; v < counts.Events; v++)
            {
                // In no stratum do both occur: such a cell cannot hold a report and says nothing.
                if (!pairs.Contains(Key(x, v)) && counts.Strata!.Expected(x, v) is > 0 and var expected) CollectionsMarshal.GetValueRefOrAddDefault(empty, expected, out _)++;
            }
        }

        return [.. empty.OrderBy(e => e.Key).Select(e => (e.Key, e.Value))];
    }

    private static long Key(int exposure, int @event) => (long)exposure << 32 | (uint)@event;

    private static List<(int Margin, int Times)> Tally(int[] margins)
    {
        var tally = new Dictionary<int, int>();
        foreach (var margin in margins) CollectionsMarshal.GetValueRefOrAddDefault(tally, margin, out _)++;
        return [.. tally.Select(t => (t.Key, t.Value))];
    }
}
