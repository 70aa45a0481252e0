namespace ThinIce.Numbers.Linkage;

/// <summary>
/// Which fields agree together by chance among different things (a session's day and the day of the first sign; harms and the words about them).
/// Each field may lean on one other: then its chance is taken given how that one agrees. A tree of the strongest such ties (Chow and Liu 1968,
/// "Approximating discrete probability distributions with dependence trees"); ties among three fields are not seen.
/// </summary>
internal sealed class ChanceTree
{
    public const int Classes = 4;
    private const int Draws = 30_000, Alike = 2_000, Chunk = 4_096;
    private const double LeastLift = 0.5, Pull = 8, LeastSeen = 12;

    private readonly ComparedField[] fields;
    private readonly List<(int A, int B)> pairs = [];
    private readonly List<int> source = [];
    private readonly byte[] levels;

    public ChanceTree(ComparedField[] fields, int count)
    {
        this.fields = fields;
        Parent = [.. fields.Select(_ => -1)];
        Given = new double[fields.Length, Classes, ComparedField.Levels];
        Sample(count, new Random(1_968));
        levels = new byte[pairs.Count * fields.Length];
        Parallel.For(0, pairs.Count, i => PairLevels.Of(fields, pairs[i].A, pairs[i].B, levels.AsSpan(i * fields.Length, fields.Length)));
    }

    /// <summary>For each field the one it leans on, or -1.</summary>
    public int[] Parent { get; }

    /// <summary>Chance of a level of a field, given the class of its parent.</summary>
    public double[,,] Given { get; }

    /// <summary>0 not known, 1 differs, 2 near, 3 the same.</summary>
    public static int Class(byte level) => level == ComparedField.Missing ? 0 : level == 0 ? 1 : level == ComparedField.Same ? 3 : 2;

    /// <summary>
    /// Learns the ties. Sampled pairs count by how likely they are of different things, judged without the field in question: else true
    /// duplicates would look like a tie.
    /// </summary>
    public void Learn(AgreementWeights weights)
    {
        var n = fields.Length;
        var different = new double[pairs.Count * n];
        Parallel.For(0, (pairs.Count + Chunk - 1) / Chunk, c =>
        {
            var each = new double[n];
            for (var i = c * Chunk; i < Math.Min(pairs.Count, (c + 1) * Chunk); i++)
            {
                var odds = weights.LogOdds(levels.AsSpan(i * n, n), pairs[i].A, pairs[i].B, each);
                for (var f = 0; f < n; f++) different[(i * n) + f] = 1 / (1 + Math.Exp(odds - each[f]));
            }
        });
        var seen = new double[n, n, Classes, ComparedField.Levels];
        Parallel.For(0, n, f =>
        {
            for (var i = 0; i < pairs.Count; i++)
            {
                var span = levels.AsSpan(i * n, n);
                if (span[f] == ComparedField.Missing) continue;
                for (var g = 0; g < n; g++)
                {
                    // Pairs drawn because they agree on a field speak only of what goes with that one.
                    if (g != f && (source[i] == g || source[i] < 0)) seen[f, g, Class(span[g]), span[f]] += different[(i * n) + f];
                }
            }
        });
        Tie(weights, seen);
    }

    private void Sample(int count, Random random)
    {
        for (var i = 0; i < Draws; i++) Add(random.Next(count), random.Next(count), -1);
        for (var g = 0; g < fields.Length; g++)
        {
            var order = Enumerable.Range(0, count).Where(r => fields[g].ValueOf[r] >= 0 && fields[g].Count(fields[g].ValueOf[r]) > 1).ToArray();
            Array.Sort(order.Select(r => fields[g].ValueOf[r]).ToArray(), order);
            for (var i = 0; i < Alike && order.Length > 1; i++)
            {
                var at = random.Next(order.Length);
                var value = fields[g].ValueOf[order[at]];
                var (low, high) = (at, at);
                while (low > 0 && at - low < 50 && fields[g].ValueOf[order[low - 1]] == value) low--;
                while (high + 1 < order.Length && high - at < 50 && fields[g].ValueOf[order[high + 1]] == value) high++;
                Add(order[at], order[random.Next(low, high + 1)], g);
            }
        }
    }

    private void Add(int a, int b, int from)
    {
        if (a == b) return;
        pairs.Add((a, b));
        source.Add(from);
    }

    private void Tie(AgreementWeights weights, double[,,,] seen)
    {
        var n = fields.Length;
        List<(double Lift, int F, int G)> ties = [];
        for (var f = 0; f < n; f++)
        {
            for (var g = f + 1; g < n; g++)
            {
                var lift = Math.Max(Lift(weights, seen, f, g), Lift(weights, seen, g, f));
                if (lift > LeastLift) ties.Add((lift, f, g));
            }
        }

        Array.Fill(Parent, -1);
        var tree = Enumerable.Range(0, n).ToArray();
        foreach (var (_, f, g) in ties.OrderByDescending(t => t.Lift)) Join(tree, f, g);
        for (var f = 0; f < n; f++)
        {
            if (Parent[f] >= 0) Fill(weights, seen, f, Parent[f]);
        }
    }

    /// <summary>Joins two trees; the path from f to its root is turned round, so that f may lean on g.</summary>
    private void Join(int[] tree, int f, int g)
    {
        if (tree[f] == tree[g]) return;
        var (old, into) = (tree[f], tree[g]);
        for (var i = 0; i < tree.Length; i++)
        {
            if (tree[i] == old) tree[i] = into;
        }

        var (child, parent) = (f, g);
        while (child >= 0)
        {
            var next = Parent[child];
            Parent[child] = parent;
            (parent, child) = (child, next);
        }
    }

    private static double Lift(AgreementWeights weights, double[,,,] seen, int f, int g)
    {
        var total = Total(seen, f, g, 3);
        var near = Enumerable.Range(2, 3).Sum(l => seen[f, g, 3, l]);
        if (total < LeastSeen || near < 3) return 0;
        var chance = Enumerable.Range(2, 3).Sum(l => weights.Chance(f, l));
        return Math.Log((near + Pull * chance) / (total + Pull) / chance) * Math.Min(1, near / 10);
    }

    private void Fill(AgreementWeights weights, double[,,,] seen, int f, int g)
    {
        for (var c = 0; c < Classes; c++)
        {
            var total = Total(seen, f, g, c);
            for (var l = 0; l < ComparedField.Levels; l++) Given[f, c, l] = (seen[f, g, c, l] + Pull * weights.Chance(f, l)) / (total + Pull);
        }
    }

    private static double Total(double[,,,] seen, int f, int g, int c) => Enumerable.Range(0, ComparedField.Levels).Sum(l => seen[f, g, c, l]);
}
