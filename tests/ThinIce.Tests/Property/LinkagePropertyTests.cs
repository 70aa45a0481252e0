using CsCheck;
using ThinIce.Numbers.Linkage;

namespace ThinIce.Tests.Property;

/// <summary>Comparing, blocking, weighing and grouping on random records, each against a slow plain twin.</summary>
public sealed class LinkagePropertyTests
{
    // Few letters, so that likeness is common; some longer than the 64 characters that are looked at.
    private static readonly Gen<string> Word = Gen.Frequency((9, Gen.Char["abcdé"].Array[0, 9]), (1, Gen.Char["ab"].Array[55, 70])).Select(c => new string(c));

    private static readonly Gen<string[]> Person = Gen.Select(Gen.Int[0, 60], Gen.Int[0, 25], Gen.Int[0, 400], Gen.Int[0, 4], (name, day, code, kind) =>
        new[] { name == 0 ? "" : $"na{(char)('a' + name % 7)}m{(char)('a' + name / 7)}", day == 0 ? "" : $"19{60 + day}-0{1 + day % 9}-1{day % 10}", code == 0 ? "" : $"{code * 7_919 % 100_003:000000}", kind == 0 ? "" : $"k{kind}" });

    private static readonly LinkageField[] Fields = [new("name", FieldKind.Name), new("day", FieldKind.Date), new("code", FieldKind.Code), new("kind", FieldKind.Category)];

    [Fact]
    public void Slips_are_those_of_the_whole_table() => Gen.Select(Word, Word, Gen.Int[0, 4]).Holds((a, b, most) => Slips.Count(a, b, most) == Math.Min(most + 1, Table(a, b)), iter: 20_000);

    [Fact]
    public void Names_that_are_not_worth_comparing_are_not_alike() => Gen.Select(Word, Word).Holds((a, b) =>
    {
        var field = new ComparedField(new("name", FieldKind.Name), [$"x{a}", $"x{b}"]);
        var likeness = JaroWinkler.Similarity(field.Value(0), field.Value(field.Distinct - 1));
        return field.Compare(field.ValueOf[0], field.ValueOf[1]) == (field.Distinct == 1 ? 4 : likeness >= 0.92 ? 3 : likeness >= 0.85 ? 2 : likeness >= 0.7 ? 1 : 0);
    }, iter: 20_000);

    [Fact]
    public void Pairs_are_in_order_once_and_two_alone_with_a_code_are_among_them() => Person.Array[401, 700].Holds(people =>
    {
        var fields = DuplicateFinder.Prepared(Set(people));
        var pairs = CandidatePairs.Find(fields, people.Length);
        Assert.Equal(pairs.Distinct().Order(), pairs);
        Assert.All(pairs, p => Assert.True(p >> 32 < (uint)p && (uint)p < (uint)people.Length));
        var alone = people.Select((p, i) => (Code: p[2], i)).Where(p => p.Code.Length > 0).GroupBy(p => p.Code).Where(g => g.Count() == 2).Select(g => CandidatePairs.Pair(g.First().i, g.Last().i)).ToList();
        Assert.NotEmpty(alone);
        Assert.Empty(alone.Except(pairs));
    }, iter: 12);

    [Fact]
    public void Weights_are_those_of_the_formulas_written_out() => Person.Array[20, 90].Holds(people =>
    {
        var fields = DuplicateFinder.Prepared(Set(people));
        var pairs = CandidatePairs.Find(fields, people.Length);
        var levels = DuplicateFinder.Compare(fields, pairs);
        var weights = new AgreementWeights(fields, people.Length, leaning: false);
        weights.Fit(pairs, levels, null);
        var plain = new PlainFit(fields, people.Length, pairs, levels);
        plain.Fit();
        // The program leaves hopeless pairs out, of which a million come to less than one.
        Assert.Equal(plain.Expected, weights.Expected, 1e-4 * plain.Expected);
        for (var i = 0; i < pairs.Length; i++)
        {
            var odds = weights.LogOdds(levels.AsSpan(i * Fields.Length, Fields.Length), (int)(pairs[i] >> 32), (int)(uint)pairs[i]);
            Assert.Equal(plain.LogOdds(i), odds, 1e-3);
        }
    }, iter: 40);

    [Fact]
    public void Groups_are_those_of_joining_by_hand() => Gen.Select(Gen.Int[2, 14], Gen.Int[0, 90].Array[0, 60]).Holds((count, drawn) =>
    {
        var pairs = drawn.Select(d => (d % count, d / 7 % count)).Where(p => p.Item1 != p.Item2).Select(p => CandidatePairs.Pair(p.Item1, p.Item2)).Distinct().ToList();
        var groups = CompleteLink.Groups([.. pairs.Select((p, i) => (p, 100.0 - i))], count, pairs.Contains);
        List<HashSet<int>> sets = [.. Enumerable.Range(0, count).Select(i => new HashSet<int> { i })];
        foreach (var pair in pairs)
        {
            var (x, y) = (sets.First(s => s.Contains((int)(pair >> 32))), sets.First(s => s.Contains((int)(uint)pair)));
            if (x == y || !x.All(i => y.All(j => pairs.Contains(CandidatePairs.Pair(i, j))))) continue;
            x.UnionWith(y);
            sets.Remove(y);
        }

        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++) Assert.Equal(sets.First(s => s.Contains(i)).Contains(j) && (i != j || sets.First(s => s.Contains(i)).Count > 1), groups[i] > 0 && groups[i] == groups[j]);
        }
    }, iter: 2_000);

    private static RecordSet Set(string[][] people)
    {
        var set = new RecordSet(Fields);
        for (var i = 0; i < people.Length; i++) set.Add($"p{i}", people[i]);
        return set;
    }

    /// <summary>Optimal string alignment, every cell of the table.</summary>
    private static int Table(string a, string b)
    {
        (a, b) = (a.Length > 64 ? a[..64] : a, b.Length > 64 ? b[..64] : b);
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) table[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) table[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                table[i, j] = new[] { table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1) }.Min();
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }

        return table[a.Length, b.Length];
    }

    /// <summary>Fellegi and Sunter's weights by EM as the docstrings of <see cref="AgreementWeights"/> say it: no table, no chunk, nothing left out.</summary>
    private sealed class PlainFit(ComparedField[] fields, int count, ulong[] pairs, byte[] levels)
    {
        private static readonly double[] Prior = [0.06, 0.03, 0.05, 0.10, 0.76];
        private readonly double[,] drawn = new double[fields.Length, 5], m = new double[fields.Length, 5], u = new double[fields.Length, 5];

        public double Expected { get; private set; } = Math.Max(1, 0.02 * count);

        private double All => count * (count - 1.0) / 2;

        public void Fit()
        {
            for (var f = 0; f < fields.Length; f++)
            {
                var seen = Enumerable.Range(0, pairs.Length).Select(i => (int)levels[i * fields.Length + f]).Where(l => l != ComparedField.Missing).ToList();
                for (var l = 0; l < 5; l++)
                {
                    // Every pair is drawn in so small a set, without names that stand in each other's place: there is one name only.
                    drawn[f, l] = (seen.Count(s => s == l) + 0.2) / (seen.Count + 1);
                    m[f, l] = May(f, l) ? Prior[l] / Enumerable.Range(0, 5).Where(k => May(f, k)).Sum(k => Prior[k]) : 0;
                }

                double known = fields[f].Known;
                if (known > 1) drawn[f, 4] = (Enumerable.Range(0, fields[f].Distinct).Sum(v => fields[f].Count(v) * (fields[f].Count(v) - 1.0)) + 1) / (known * (known - 1) + 2);
            }

            Chances();
            for (var round = 1; round <= 60; round++)
            {
                var before = Expected;
                var p = Enumerable.Range(0, pairs.Length).Select(i => 1 / (1 + Math.Exp(-LogOdds(i)))).ToArray();
                Expected = Math.Max(p.Sum(), 1e-3);
                for (var f = 0; f < fields.Length; f++)
                {
                    double Sum(int l) => Enumerable.Range(0, pairs.Length).Where(i => levels[i * fields.Length + f] == l).Sum(i => p[i]);
                    var (all, prior) = (Enumerable.Range(0, 5).Sum(Sum), Enumerable.Range(0, 5).Where(k => May(f, k)).Sum(k => Prior[k]));
                    for (var l = 0; l < 5; l++) if (May(f, l)) m[f, l] = (Sum(l) + 4 * Prior[l] / prior) / (all + 4);
                }

                Chances();
                if (round > 9 && Math.Abs(Expected - before) < 1e-4 * Math.Max(1, before)) break;
            }
        }

        public double LogOdds(int i)
        {
            var sum = Math.Log(Expected / Math.Max(1, All - Expected));
            for (var f = 0; f < fields.Length; f++)
            {
                var level = levels[i * fields.Length + f];
                if (level == ComparedField.Missing) continue;
                var (a, b) = (fields[f].ValueOf[(int)(pairs[i] >> 32)], fields[f].ValueOf[(int)(uint)pairs[i]]);
                sum += Math.Log(m[f, level] / (level == 4 && a == b ? Math.Max(u[f, level] * 0.02, (fields[f].Count(a) - 1.0) / (fields[f].Known - 1)) : u[f, level]));
            }

            return sum;
        }

        private void Chances()
        {
            var share = Math.Min(0.5, Expected / All);
            for (var f = 0; f < fields.Length; f++)
            {
                for (var l = 0; l < 5; l++) u[f, l] = May(f, l) ? Math.Max(drawn[f, l] - share * m[f, l], Math.Max(1e-6, drawn[f, l] * 0.02)) : 0;
                var sum = Enumerable.Range(0, 5).Sum(l => u[f, l]);
                for (var l = 0; l < 5; l++) u[f, l] /= sum;
            }
        }

        private bool May(int f, int level) => fields[f].Field.Kind switch { FieldKind.Category => level is 0 or 4, FieldKind.Code => level != 1, _ => true };
    }
}
