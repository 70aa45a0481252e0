namespace ThinIce.Numbers.Linkage;

/// <summary>
/// The weights of Fellegi and Sunter (1969, "A Theory for Record Linkage"): how much more often two reports of one thing agree on a level than
/// two of different things do. <c>u</c> comes from pairs drawn at random, nearly all of which are different; <c>m</c> and the share of
/// duplicates are fitted to the pairs by EM (Dempster, Laird and Rubin 1977), without labels. Fields count as independent.
/// </summary>
internal sealed class AgreementWeights
{
    private const int Draws = 60_000, Rounds = 60;
    private const double PriorMatches = 4;

    // What is expected before anything is seen, worth four matches: of true pairs most agree, some nearly, few differ.
    private static readonly double[] Prior = [0.06, 0.03, 0.05, 0.10, 0.76];
    private readonly ComparedField[] fields;
    private readonly int count;
    private readonly double[,] drawn, m, u;

    public AgreementWeights(ComparedField[] fields, int count)
    {
        (this.fields, this.count) = (fields, count);
        (drawn, m, u) = (Draw(), new double[fields.Length, ComparedField.Levels], new double[fields.Length, ComparedField.Levels]);
        for (var f = 0; f < fields.Length; f++)
        {
            var levels = Enumerable.Range(0, ComparedField.Levels).Sum(l => Possible(f, l) ? Prior[l] : 0);
            for (var l = 0; l < ComparedField.Levels; l++) m[f, l] = Possible(f, l) ? Prior[l] / levels : 0;
        }

        Expected = Math.Max(1, 0.02 * count);
        Chances();
    }

    /// <summary>How many pairs of the whole set are estimated to be duplicates.</summary>
    public double Expected { get; private set; }

    /// <summary>How many rounds the fit took.</summary>
    public int Round { get; private set; }

    private double AllPairs => count * (count - 1.0) / 2;

    /// <summary>Natural logarithm of the odds that a pair is a duplicate.</summary>
    public double LogOdds(ReadOnlySpan<byte> levels, int a, int b)
    {
        var sum = Math.Log(Expected / Math.Max(1, AllPairs - Expected));
        for (var f = 0; f < levels.Length; f++) sum += Weight(f, levels[f], a, b);
        return sum;
    }

    /// <summary>
    /// What one field adds. Agreement on a rare value says more than on a common one (Winkler 1989): the chance of it is the value's own share.
    /// </summary>
    public double Weight(int f, byte level, int a, int b)
    {
        if (level == ComparedField.Missing) return 0;
        if (level != ComparedField.Same || fields[f].ValueOf[a] != fields[f].ValueOf[b]) return Math.Log(m[f, level] / u[f, level]);
        return Math.Log(m[f, level] / Math.Max(u[f, level] * 0.02, (double)fields[f].Count(fields[f].ValueOf[a]) / fields[f].Known));
    }

    /// <summary>Fits to candidate pairs; the levels of pair i stand at i times the number of fields. Decided pairs count as what a person said.</summary>
    public void Fit(ulong[] pairs, byte[] levels, IReadOnlyDictionary<ulong, bool>? decisions)
    {
        var near = Enumerable.Range(0, pairs.Length).ToArray();
        for (Round = 1; Round <= Rounds; Round++)
        {
            var before = Expected;
            near = Improve(pairs, levels, near, decisions);
            if (Round > 5 && Math.Abs(Expected - before) < 1e-4 * Math.Max(1, before)) break;
        }
    }

    private int[] Improve(ulong[] pairs, byte[] levels, int[] near, IReadOnlyDictionary<ulong, bool>? decisions)
    {
        var (sums, total, still, width) = (new double[fields.Length, ComparedField.Levels], 0.0, new List<int>(near.Length / 4), fields.Length);
        foreach (var i in near)
        {
            var (a, b) = ((int)(pairs[i] >> 32), (int)(uint)pairs[i]);
            var span = levels.AsSpan(i * width, width);
            var odds = LogOdds(span, a, b);
            var decided = false;
            var p = decisions is not null && (decided = decisions.TryGetValue(pairs[i], out var same)) ? same ? 1 : 0 : 1 / (1 + Math.Exp(-odds));
            // Pairs that are hopeless after the first rounds stay so; they are not looked at again.
            if (decided || odds > -14 || Round <= 2) still.Add(i);
            if (p < 1e-7) continue;
            total += p;
            for (var f = 0; f < width; f++)
            {
                if (span[f] != ComparedField.Missing) sums[f, span[f]] += p;
            }
        }

        Expected = Math.Max(total, 1e-3);
        for (var f = 0; f < width; f++) Update(f, sums);
        Chances();
        return [.. still];
    }

    private void Update(int f, double[,] sums)
    {
        double all = 0, prior = 0;
        for (var l = 0; l < ComparedField.Levels; l++)
        {
            all += sums[f, l];
            if (Possible(f, l)) prior += Prior[l];
        }

        for (var l = 0; l < ComparedField.Levels; l++)
        {
            if (Possible(f, l)) m[f, l] = (sums[f, l] + PriorMatches * Prior[l] / prior) / (all + PriorMatches);
        }
    }

    /// <summary>The chances among different things: those drawn, less the duplicates that were drawn with them.</summary>
    private void Chances()
    {
        var share = Math.Min(0.5, Expected / AllPairs);
        for (var f = 0; f < fields.Length; f++)
        {
            var sum = 0.0;
            for (var l = 0; l < ComparedField.Levels; l++)
            {
                u[f, l] = Possible(f, l) ? Math.Max(drawn[f, l] - share * m[f, l], Math.Max(1e-6, drawn[f, l] * 0.02)) : 0;
                sum += u[f, l];
            }

            for (var l = 0; l < ComparedField.Levels; l++) u[f, l] /= sum;
        }
    }

    private bool Possible(int f, int level) => fields[f].Field.Kind switch
    {
        FieldKind.Category => level is 0 or 4,
        FieldKind.Code => level != 1,
        _ => true,
    };

    private double[,] Draw()
    {
        var result = new double[fields.Length, ComparedField.Levels];
        var random = new Random(20_261_125);
        var all = AllPairs <= Draws;
        for (var f = 0; f < fields.Length; f++)
        {
            var sums = new double[ComparedField.Levels];
            if (all)
            {
                for (var a = 0; a < count; a++)
                {
                    for (var b = a + 1; b < count; b++) Tally(f, a, b, sums);
                }
            }
            else
            {
                for (var i = 0; i < Draws; i++) Tally(f, random.Next(count), random.Next(count), sums);
            }

            var total = sums.Sum() + 1;
            // Half a pair for each level, so that none is impossible; agreement by value is counted, not drawn.
            for (var l = 0; l < sums.Length; l++) result[f, l] = (sums[l] + 0.2) / total;
            double pairs = 0, known = fields[f].Known;
            for (var v = 0; v < fields[f].Distinct; v++) pairs += fields[f].Count(v) * (fields[f].Count(v) - 1.0);
            if (fields[f].Field.Kind != FieldKind.Text && known > 1) result[f, ComparedField.Same] = (pairs + 1) / (known * (known - 1) + 2);
        }

        return result;
    }

    private void Tally(int f, int a, int b, double[] sums)
    {
        if (a == b) return;
        var level = fields[f].Compare(fields[f].ValueOf[a], fields[f].ValueOf[b]);
        if (level != ComparedField.Missing) sums[level]++;
    }
}
