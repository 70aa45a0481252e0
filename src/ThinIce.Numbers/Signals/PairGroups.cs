using System.Runtime.InteropServices;

namespace ThinIce.Numbers.Signals;

/// <summary>
/// Cells sorted by their observed number, so that everything that depends on that number alone is worked out once for each group.
/// Cells of equal number and expectation may stand together with a weight.
/// </summary>
internal sealed class PairGroups
{
    private PairGroups(int[] counts, int[] starts, double[] expected, double[] weights, bool zeroes)
    {
        (Counts, Starts, Expected, Weights, Zeroes) = (counts, starts, expected, weights, zeroes);
        foreach (var weight in weights) Cells += weight;
    }

    /// <summary>The observed number of each group, ascending.</summary>
    public int[] Counts { get; }

    /// <summary>Where each group begins in the arrays below; one more for the end.</summary>
    public int[] Starts { get; }

    /// <summary>Expected reports.</summary>
    public double[] Expected { get; }

    /// <summary>How many cells each entry stands for.</summary>
    public double[] Weights { get; }

    /// <summary>Whether empty cells are among them. Without them the likelihood is that of counts known to be at least 1.</summary>
    public bool Zeroes { get; }

    /// <summary>How many cells all of it stands for.</summary>
    public double Cells { get; }

    /// <summary>Groups the pairs as they are, and the empty cells, if given, as group 0.</summary>
    public static PairGroups Of(ReadOnlySpan<int> observed, ReadOnlySpan<double> expected, IReadOnlyList<(double Expected, double Weight)>? empty = null)
    {
        var sizes = new Dictionary<int, int>();
        foreach (var n in observed) CollectionsMarshal.GetValueRefOrAddDefault(sizes, n, out _)++;
        if (empty is { Count: > 0 }) sizes[0] = empty.Count;
        var counts = sizes.Keys.Order().ToArray();
        var starts = new int[counts.Length + 1];
        var place = new Dictionary<int, int>(counts.Length);
        for (var g = 0; g < counts.Length; g++)
        {
            starts[g + 1] = starts[g] + sizes[counts[g]];
            place[counts[g]] = starts[g];
        }

        var (cells, weights) = (new double[starts[^1]], new double[starts[^1]]);
        Array.Fill(weights, 1);
        for (var i = 0; empty is not null && i < empty.Count; i++) (cells[i], weights[i]) = empty[i];
        for (var i = 0; i < observed.Length; i++) cells[CollectionsMarshal.GetValueRefOrNullRef(place, observed[i])++] = expected[i];
        return new(counts, starts, cells, weights, empty is not null);
    }

    /// <summary>A coarse copy for the search from several starts: at most so many entries in each group, by equal steps of log E.</summary>
    public PairGroups Coarse(int perGroup) => Squashed((expected, weights, _, add) =>
    {
        if (expected.Length <= perGroup) return false;
        var (low, high) = (Math.Log(expected.Min()), Math.Log(expected.Max()));
        var scale = high > low ? (perGroup - 1) / (high - low) : 0;
        var (sum, total) = (new double[perGroup], new double[perGroup]);
        for (var i = 0; i < expected.Length; i++)
        {
            var bin = (int)((Math.Log(expected[i]) - low) * scale);
            sum[bin] += weights[i] * expected[i];
            total[bin] += weights[i];
        }

        for (var b = 0; b < perGroup; b++)
        {
            if (total[b] > 0) add(sum[b] / total[b], total[b]);
        }

        return true;
    });

    /// <summary>
    /// Data squashing (DuMouchel and Pregibon 2001) by the rule of openEBGM 0.9.1's autoSquash with its default settings: within each
    /// count, cells in order of expectation are put together in bins of equal size, the largest expectations are kept as they are.
    /// </summary>
    public PairGroups SquashedAsOpenEbgm()
    {
        int[] kept = [100, 75, 50, 25], points = [50, 75, 150, 500, 750, 1000, 2000, 5000];
        double[] cutOffs = [500, 1e3, 1e4, 1e5, 5e5, 1e6, 5e6];
        var position = 0;
        return Squashed((expected, weights, cells, add) =>
        {
            if (cells <= kept.Max() + 1) return false;
            Array.Sort(expected, weights);
            var keep = kept[Math.Min(position++, kept.Length - 1)];
            var squash = cells - keep;
            var bin = Math.Max(2, Math.Floor(squash / points[cutOffs.Count(c => squash >= c)]));
            Bins(expected, weights, squash, bin, add);
            return true;
        });
    }

    private static void Bins(double[] expected, double[] weights, double squash, double size, Action<double, double> add)
    {
        var (at, left) = (0, weights[0]);
        while (at < expected.Length)
        {
            var (wanted, sum, total) = (squash > 0 ? Math.Min(size, squash) : Math.Min(left, double.MaxValue), 0.0, 0.0);
            while (total < wanted && at < expected.Length)
            {
                var part = Math.Min(left, wanted - total);
                (sum, total, left) = (sum + part * expected[at], total + part, left - part);
                if (left <= 0 && ++at < expected.Length) left = weights[at];
            }

            add(sum / total, total);
            squash -= total;
        }
    }

    private delegate bool Squasher(double[] expected, double[] weights, double cells, Action<double, double> add);

    private PairGroups Squashed(Squasher squasher)
    {
        var (starts, cells, weights) = (new int[Counts.Length + 1], new List<double>(), new List<double>());
        for (var g = 0; g < Counts.Length; g++)
        {
            var (expected, weight) = (Expected[Starts[g]..Starts[g + 1]], Weights[Starts[g]..Starts[g + 1]]);
            void Add(double e, double w)
            {
                cells.Add(e);
                weights.Add(w);
            }

            if (!squasher(expected, weight, weight.Sum(), Add))
            {
                cells.AddRange(expected);
                weights.AddRange(weight);
            }

            starts[g + 1] = cells.Count;
        }

        return new(Counts, starts, [.. cells], [.. weights], Zeroes);
    }
}
