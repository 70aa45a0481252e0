namespace ThinIce.Numbers.Linkage;

/// <summary>
/// The weights of Fellegi and Sunter (1969, "A Theory for Record Linkage"): how much more often two reports of one thing agree on a level than
/// two of different things do. <c>u</c> comes from pairs drawn at random, nearly all of which are different; <c>m</c> and the share of
/// duplicates are fitted to the pairs by EM (Dempster, Laird and Rubin 1977), without labels. Among different things a field may lean on one other
/// (<see cref="ChanceTree"/>); else fields count as independent.
/// </summary>
internal sealed class AgreementWeights
{
    private const int Draws = 60_000, Rounds = 60, Chunk = 8_192;
    private const double PriorMatches = 4;

    // However rare a value is, the chance of it counts for no less than a fiftieth of that of agreeing at all.
    private static readonly double RareAtLeast = Math.Log(0.02);

    // What is expected before anything is seen, worth four matches: of true pairs most agree, some nearly, few differ.
    private static readonly double[] Prior = [0.06, 0.03, 0.05, 0.10, 0.76];
    private readonly ComparedField[] fields;
    private readonly int count;
    private readonly double[,] drawn, m, u;
    private readonly ChanceTree? tree;

    // Logarithms of what the weights are made of, worked out once a round and not once a pair.
    private readonly double[] logShared, logChance;
    private readonly double[][] logShare;
    private double logPrior;

    public AgreementWeights(ComparedField[] fields, int count, bool leaning)
    {
        (this.fields, this.count) = (fields, count);
        (drawn, m, u) = (Draw(), new double[fields.Length, ComparedField.Levels], new double[fields.Length, ComparedField.Levels]);
        for (var f = 0; f < fields.Length; f++)
        {
            var levels = Enumerable.Range(0, ComparedField.Levels).Sum(l => Possible(f, l) ? Prior[l] : 0);
            for (var l = 0; l < ComparedField.Levels; l++) m[f, l] = Possible(f, l) ? Prior[l] / levels : 0;
        }

        tree = leaning ? new(fields, count) : null;
        (logShared, logChance) = (new double[fields.Length * ComparedField.Levels], new double[fields.Length * ChanceTree.Classes * ComparedField.Levels]);
        logShare = [.. fields.Select(f => Enumerable.Range(0, f.Distinct).Select(v => Math.Log((f.Count(v) - 1.0) / Math.Max(1, f.Known - 1))).ToArray())];
        Expected = Math.Max(1, 0.02 * count);
        Chances();
    }

    /// <summary>How many pairs of the whole set are estimated to be duplicates.</summary>
    public double Expected { get; private set; }

    /// <summary>How many rounds the fit took.</summary>
    public int Round { get; private set; }

    private double AllPairs => count * (count - 1.0) / 2;

    /// <summary>The chance of a level among different things, whatever other fields do.</summary>
    public double Chance(int f, int level) => u[f, level];

    /// <summary>Natural logarithm of the odds that a pair is a duplicate.</summary>
    /// <param name="levels">On which levels it agrees.</param>
    /// <param name="a">One record.</param>
    /// <param name="b">The other.</param>
    /// <param name="each">Where given, what each field adds.</param>
    public double LogOdds(ReadOnlySpan<byte> levels, int a, int b, double[]? each = null)
    {
        var sum = logPrior;
        for (var f = 0; f < levels.Length; f++)
        {
            var weight = Weight(f, levels, a, b);
            sum += weight;
            if (each is not null) each[f] = weight;
        }

        return sum;
    }

    /// <summary>
    /// What one field adds. Agreement on a rare value says more than on a common one (Winkler 1989): the chance of it is the share of the
    /// other records that have the value too.
    /// </summary>
    private double Weight(int f, ReadOnlySpan<byte> levels, int a, int b)
    {
        var level = levels[f];
        if (level == ComparedField.Missing) return 0;
        var leaning = tree is not null && tree.Parent[f] >= 0 ? ChanceTree.Class(levels[tree.Parent[f]]) : 0;
        var chance = logChance[At(f, leaning, level)];
        if (level == ComparedField.Same && fields[f].ValueOf[a] == fields[f].ValueOf[b])
        {
            var least = leaning > 1 ? chance : logChance[At(f, 0, level)] + RareAtLeast;
            chance = Math.Max(least, logShare[f][fields[f].ValueOf[a]]);
        }

        return logShared[(f * ComparedField.Levels) + level] - chance;
    }

    private static int At(int f, int leaning, int level) => (((f * ChanceTree.Classes) + leaning) * ComparedField.Levels) + level;

    private void Tabulate()
    {
        logPrior = Math.Log(Expected / Math.Max(1, AllPairs - Expected));
        for (var f = 0; f < fields.Length; f++)
        {
            for (var l = 0; l < ComparedField.Levels; l++)
            {
                logShared[(f * ComparedField.Levels) + l] = Math.Log(m[f, l]);
                for (var c = 0; c < ChanceTree.Classes; c++) logChance[At(f, c, l)] = Math.Log(c > 0 && tree is not null && tree.Parent[f] >= 0 ? tree.Given[f, c, l] : u[f, l]);
            }
        }
    }

    /// <summary>Fits to candidate pairs; the levels of pair i stand at i times the number of fields. Decided pairs count as what a person said.</summary>
    public void Fit(ulong[] pairs, byte[] levels, IReadOnlyDictionary<ulong, bool>? decisions)
    {
        var near = Enumerable.Range(0, pairs.Length).ToArray();
        for (Round = 1; Round <= Rounds; Round++)
        {
            if (Round is 2 or 5 or 9) Lean();
            var before = Expected;
            near = Improve(pairs, levels, near, decisions);
            if (Round > 9 && Math.Abs(Expected - before) < 1e-4 * Math.Max(1, before)) break;
        }
    }

    private void Lean()
    {
        tree?.Learn(this);
        Tabulate();
    }

    private int[] Improve(ulong[] pairs, byte[] levels, int[] near, IReadOnlyDictionary<ulong, bool>? decisions)
    {
        // Chunks of a fixed length, added up in order: the same sums on any number of cores.
        var chunks = new (double[] Sums, double Total, List<int> Still)[(near.Length + Chunk - 1) / Chunk];
        Parallel.For(0, chunks.Length, c => chunks[c] = Weigh(pairs, levels, near.AsSpan(c * Chunk, Math.Min(Chunk, near.Length - (c * Chunk))), decisions));
        var (sums, total) = (new double[fields.Length * ComparedField.Levels], 0.0);
        foreach (var chunk in chunks)
        {
            total += chunk.Total;
            for (var i = 0; i < sums.Length; i++) sums[i] += chunk.Sums[i];
        }

        Expected = Math.Max(total, 1e-3);
        for (var f = 0; f < fields.Length; f++) Update(f, sums.AsSpan(f * ComparedField.Levels, ComparedField.Levels));
        Chances();
        return [.. chunks.SelectMany(c => c.Still)];
    }

    private (double[] Sums, double Total, List<int> Still) Weigh(ulong[] pairs, byte[] levels, ReadOnlySpan<int> near, IReadOnlyDictionary<ulong, bool>? decisions)
    {
        var (sums, total, still, width) = (new double[fields.Length * ComparedField.Levels], 0.0, new List<int>(near.Length), fields.Length);
        foreach (var i in near)
        {
            var span = levels.AsSpan(i * width, width);
            var odds = LogOdds(span, (int)(pairs[i] >> 32), (int)(uint)pairs[i]);
            var decided = false;
            var p = decisions is not null && (decided = decisions.TryGetValue(pairs[i], out var same)) ? same ? 1 : 0 : 1 / (1 + Math.Exp(-odds));
            // Pairs that are hopeless after the first rounds stay so; they are not looked at again.
            if (decided || odds > -14 || Round <= 9) still.Add(i);
            if (p < 1e-7) continue;
            total += p;
            for (var f = 0; f < width; f++)
            {
                if (span[f] != ComparedField.Missing) sums[(f * ComparedField.Levels) + span[f]] += p;
            }
        }

        return (sums, total, still);
    }

    private void Update(int f, ReadOnlySpan<double> sums)
    {
        double all = 0, prior = 0;
        for (var l = 0; l < ComparedField.Levels; l++)
        {
            all += sums[l];
            if (Possible(f, l)) prior += Prior[l];
        }

        for (var l = 0; l < ComparedField.Levels; l++)
        {
            if (Possible(f, l)) m[f, l] = (sums[l] + PriorMatches * Prior[l] / prior) / (all + PriorMatches);
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

        Tabulate();
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
        // Drawn one field after another, so that the draws do not hang on which core is free.
        var draws = AllPairs <= Draws ? null : fields.Select(_ => Enumerable.Range(0, Draws).Select(_ => (A: random.Next(count), B: random.Next(count))).ToArray()).ToArray();
        Parallel.For(0, fields.Length, f =>
        {
            var sums = new double[ComparedField.Levels];
            if (draws is not null)
            {
                foreach (var (a, b) in draws[f]) Tally(f, a, b, sums);
            }
            else
            {
                for (var a = 0; a < count; a++)
                {
                    for (var b = a + 1; b < count; b++) Tally(f, a, b, sums);
                }
            }

            var total = sums.Sum() + 1;
            // Half a pair for each level, so that none is impossible; agreement by value is counted, not drawn.
            for (var l = 0; l < sums.Length; l++) result[f, l] = (sums[l] + 0.2) / total;
            double pairs = 0, known = fields[f].Known;
            for (var v = 0; v < fields[f].Distinct; v++) pairs += fields[f].Count(v) * (fields[f].Count(v) - 1.0);
            if (fields[f].Field.Kind != FieldKind.Text && known > 1) result[f, ComparedField.Same] = (pairs + 1) / (known * (known - 1) + 2);
        });
        return result;
    }

    private void Tally(int f, int a, int b, double[] sums)
    {
        if (a == b) return;
        var level = fields[f].Compare(fields[f].ValueOf[a], fields[f].ValueOf[b]);
        if (level != ComparedField.Missing) sums[level]++;
    }
}
