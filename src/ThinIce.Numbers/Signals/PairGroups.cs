namespace ThinIce.Numbers.Signals;

/// <summary>
/// Counts of pairs sorted by their observed number, so that everything that depends on the observed number alone is worked out
/// once for each group. Cells of the same number and almost the same expectation may be put together with a weight.
/// </summary>
internal sealed class PairGroups
{
    /// <summary>Bins of empty cells for each factor e of expectation. Their mean is kept, so the likelihood changes in its tenth digit.</summary>
    private const double EmptyBins = 4096;

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

    /// <summary>Groups the pairs as they are.</summary>
    public static PairGroups Of(ReadOnlySpan<int> observed, ReadOnlySpan<double> expected, IReadOnlyDictionary<int, (double Weight, double Sum)>? empty = null)
    {
        var sizes = new SortedDictionary<int, int>();
        foreach (var n in observed) sizes[n] = sizes.GetValueOrDefault(n) + 1;
        if (empty is { Count: > 0 }) sizes[0] = sizes.GetValueOrDefault(0) + empty.Count;
        var (counts, starts) = (sizes.Keys.ToArray(), new int[sizes.Count + 1]);
        var place = new Dictionary<int, int>(counts.Length);
        for (var g = 0; g < counts.Length; g++)
        {
            starts[g + 1] = starts[g] + sizes[counts[g]];
            place[counts[g]] = starts[g];
        }

        var (cells, weights) = (new double[starts[^1]], new double[starts[^1]]);
        Array.Fill(weights, 1);
        foreach (var (weight, sum) in empty?.Values ?? [])
        {
            cells[place[0]] = sum / weight;
            weights[place[0]++] = weight;
        }

        Place(observed, expected, place, cells);
        return new(counts, starts, cells, weights, empty is not null);
    }

    private static void Place(ReadOnlySpan<int> observed, ReadOnlySpan<double> expected, Dictionary<int, int> place, double[] cells)
    {
        var small = new int[1024];
        for (var n = 0; n < small.Length; n++) small[n] = place.GetValueOrDefault(n);
        for (var i = 0; i < observed.Length; i++)
        {
            var n = observed[i];
            cells[n < small.Length ? small[n]++ : place[n]++] = expected[i];
        }
    }

    /// <summary>A coarse copy for the search from several starts: at most so many entries in each group.</summary>
    public PairGroups Squashed(int perGroup)
    {
        var (starts, cells, weights) = (new int[Counts.Length + 1], new List<double>(), new List<double>());
        for (var g = 0; g < Counts.Length; g++)
        {
            var length = Starts[g + 1] - Starts[g];
            var (expected, weight) = (Expected[Starts[g]..Starts[g + 1]], Weights[Starts[g]..Starts[g + 1]]);
            if (length > perGroup) Squash(expected, weight, perGroup, cells, weights);
            else
            {
                cells.AddRange(expected);
                weights.AddRange(weight);
            }

            starts[g + 1] = cells.Count;
        }

        return new(Counts, starts, [.. cells], [.. weights], Zeroes);
    }

    private static void Squash(double[] expected, double[] weight, int bins, List<double> cells, List<double> weights)
    {
        var (low, high) = (Math.Log(expected.Min()), Math.Log(expected.Max()));
        var scale = high > low ? (bins - 1) / (high - low) : 0;
        var (sum, total) = (new double[bins], new double[bins]);
        for (var i = 0; i < expected.Length; i++)
        {
            var bin = (int)((Math.Log(expected[i]) - low) * scale);
            sum[bin] += weight[i] * expected[i];
            total[bin] += weight[i];
        }

        for (var b = 0; b < bins; b++)
        {
            if (total[b] <= 0) continue;
            cells.Add(sum[b] / total[b]);
            weights.Add(total[b]);
        }
    }

    /// <summary>The bin that an empty cell of this expectation falls into.</summary>
    public static int EmptyBin(double expected) => (int)Math.Floor(Math.Log(expected) * EmptyBins);
}
