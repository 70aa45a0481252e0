using System.Text;
using CsCheck;
using MathNet.Numerics;
using ThinIce.Numbers.Files;
using ThinIce.Numbers.Signals;

namespace ThinIce.Tests.Property;

/// <summary>Claims about counts and scores on random reports, each against a slow plain twin.</summary>
public sealed class SignalPropertyTests
{
    private static readonly Gen<(string Report, string Exposure, string Event, string Stratum)> Row =
        Gen.Select(Gen.Int[1, 30], Gen.Int[1, 6], Gen.Int[1, 7], (r, x, v) => ($"r{r}", $"x{x}", $"v{v}", r % 3 == 0 ? "" : $"s{r % 3}"));

    private static readonly Gen<(string Report, string Exposure, string Event, string Stratum)[]> Table = Row.Array[1, 120];

    private static PairCounts Count(IReportSink sink, IEnumerable<(string Report, string Exposure, string Event, string Stratum)> rows)
    {
        using (sink)
        {
            foreach (var (r, x, v, s) in rows) sink.Add(Bytes(r), Bytes(x), Bytes(v), Bytes(s));
            return sink.Count();
        }
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static Dictionary<(string, string), (PairTable Table, double Expected)> Pairs(PairCounts counts) =>
        Enumerable.Range(0, counts.Pairs).ToDictionary(counts.Names, i => (counts[i], counts[i].Expected));

    private static void Equal(PairCounts expected, PairCounts actual)
    {
        Assert.Equal(expected.Reports, actual.Reports);
        var (a, b) = (Pairs(expected), Pairs(actual));
        Assert.Equal(a.Count, b.Count);
        foreach (var (pair, (table, e)) in a)
        {
            Assert.Equal((table.A, table.B, table.C, table.D), (b[pair].Table.A, b[pair].Table.B, b[pair].Table.C, b[pair].Table.D));
            Assert.Equal(e, b[pair].Expected, 1e-9);
        }
    }

    [Fact]
    public void Counts_are_those_of_counting_by_hand() => Table.Holds(rows =>
    {
        var counts = Count(new ReportCounter(strata: true), rows);
        var strata = rows.GroupBy(r => r.Report).ToDictionary(g => g.Key, g => g.First().Stratum);
        foreach (var ((x, v), (table, expected)) in Pairs(counts))
        {
            var (withX, withV) = (rows.Where(r => r.Exposure == x).Select(r => r.Report).ToHashSet(), rows.Where(r => r.Event == v).Select(r => r.Report).ToHashSet());
            Assert.Equal(rows.Where(r => r.Exposure == x && r.Event == v).Select(r => r.Report).Distinct().Count(), table.A);
            Assert.Equal(withX.Count - table.A, table.B);
            Assert.Equal(withV.Count - table.A, table.C);
            Assert.Equal(strata.Count, table.Reports);
            var byHand = strata.GroupBy(s => s.Value).Sum(g => (double)g.Count(s => withX.Contains(s.Key)) * g.Count(s => withV.Contains(s.Key)) / g.Count());
            Assert.Equal(byHand, expected, 1e-9);
        }

        return counts.Pairs == rows.Select(r => (r.Exposure, r.Event)).Distinct().Count();
    });

    [Fact]
    public void Counting_on_disk_equals_counting_in_memory() => Table.Holds(
        rows => Equal(Count(new ReportCounter(strata: true), rows), Count(new DuckDbCounter(strata: true, 200_000_000), rows)), iter: 8);

    [Fact]
    public void Cells_counted_by_hash_equal_cells_counted_densely() => Gen.Select(Gen.Int[0, 9], Gen.Int[0, 9]).Array[1, 60].Holds(cells =>
    {
        var (dense, hashed) = (new DenseCells(10, 10), new HashedCells());
        foreach (var cell in cells)
        {
            dense.Add([cell]);
            hashed.Add([cell]);
        }

        var (a, b) = (dense.Pairs(), hashed.Pairs());
        return a.Exposure.SequenceEqual(b.Exposure) && a.Event.SequenceEqual(b.Event) && a.Observed.SequenceEqual(b.Observed);
    });

    private static readonly Gen<(int Case, bool Withdraw, int[] Exposures, int[] Events)> Change =
        Gen.Select(Gen.Int[1, 12], Gen.Bool, Gen.Int[1, 5].Array[0, 3], Gen.Int[1, 5].Array[0, 4]);

    [Fact]
    public void Counts_kept_up_to_date_equal_a_recount_however_cases_come_change_and_go() => Change.Array[1, 60].Holds(changes =>
    {
        var live = new LiveCounts();
        var last = new Dictionary<int, (int[] Exposures, int[] Events)>();
        foreach (var (id, withdraw, exposures, events) in changes)
        {
            if (withdraw)
            {
                live.Withdraw($"c{id}");
                last.Remove(id);
                continue;
            }

            live.Put($"c{id}", exposures.Select(x => $"x{x}"), events.Select(v => $"v{v}"));
            last[id] = (exposures, events);
        }

        var rows = last.SelectMany(c => c.Value.Exposures.SelectMany(x => c.Value.Events.Select(v => ($"c{c.Key}", $"x{x}", $"v{v}", "")))).ToList();
        var now = live.Snapshot();
        if (rows.Count == 0) Assert.Null(now);
        else Equal(Count(new ReportCounter(strata: false), rows), now!);
    });

    [Fact]
    public void Text_that_was_written_as_csv_is_read_as_it_was() =>
        Gen.Select(Gen.OneOf(Gen.Const(','), Gen.Const(';'), Gen.Const('\t')), Gen.Bool, Gen.Bool, Gen.Char[" abc,;\t\"\n\r'é"].Array[1, 8].Select(c => new string(c)).Array[3].Array[0, 40]).Holds((separator, mark, windows, rows) =>
        {
            var file = Path.GetTempFileName();
            var end = windows ? "\r\n" : "\n";
            string Cell(string text) => text.AsSpan().IndexOfAny([separator, '"', '\n', '\r']) >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
            File.WriteAllText(file, $"{(mark ? "\uFEFF" : "")}a{separator}b{separator}c{end}{string.Concat(rows.Select(r => string.Join(separator, r.Select(Cell)) + end))}");
            using (var records = CsvRecords.Open(file, ["c", "a"]))
            {
                foreach (var row in rows)
                {
                    Assert.True(records.Next());
                    Assert.Equal(3, records.FieldCount);
                    Assert.Equal(row[2], Encoding.UTF8.GetString(records[0]));
                    Assert.Equal(row[0], Encoding.UTF8.GetString(records[1]));
                }

                Assert.False(records.Next());
            }

            File.Delete(file);
        }, iter: 200);

    [Fact]
    public void Numbers_are_written_to_ten_digits() => Gen.Double[-12, 18].Holds(power =>
    {
        var value = Math.Pow(10, power);
        Span<byte> text = stackalloc byte[40];
        var written = double.Parse(text[..NumberText.Write(value, text)], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(value, written, value * 6e-10);
    });

    [Fact]
    public void The_own_incomplete_gamma_function_is_that_of_the_library() => Gen.Select(Gen.Double[-1.5, 4], Gen.Double[-4, 4]).Holds((shape, at) =>
    {
        var (a, z) = (Math.Pow(10, shape), at);
        var x = Math.Max(1e-12, a + z * Math.Sqrt(a));
        Assert.Equal(SpecialFunctions.GammaLowerRegularized(a, x), new GammaShape(a).At(x).Below, 1e-11);
    });

    private static readonly Gen<GammaPoissonPrior> Prior = Gen.Select(Gen.Double[-1.5, 1], Gen.Double[-2, 1], Gen.Double[-1, 1], Gen.Double[-1, 1], Gen.Double[0.005, 0.6],
        (a1, b1, a2, b2, p) => new GammaPoissonPrior(Math.Pow(10, a1), Math.Pow(10, b1), Math.Pow(10, a2), Math.Pow(10, b2), p));

    [Fact]
    public void Scores_read_from_a_curve_are_those_worked_out_one_by_one() => Gen.Select(Prior, Gen.Int[1, 60], Gen.Double[-3, 2]).Holds((prior, n, power) =>
    {
        var expected = Math.Pow(10, power);
        var plain = prior.Posterior(n, expected);
        foreach (var pairs in new[] { 1, 100_000 })
        {
            var (ebgm, low, high) = new GroupPosterior(prior, n, pairs, 1e-3, 1e2).At(expected);
            Assert.Equal(plain.GeometricMean, ebgm, 1e-9 * ebgm);
            Assert.Equal(plain.Quantile(0.05), low, 1e-8 * low);
            Assert.Equal(plain.Quantile(0.95), high, 1e-8 * high);
        }
    }, iter: 60);

    [Fact]
    public void The_likelihood_and_its_slope_are_those_of_the_plain_formula() => Gen.Select(Prior, Gen.Bool, Gen.Select(Gen.Int[0, 90], Gen.Double[-2, 2]).Array[1, 40]).Holds((prior, zeroes, cells) =>
    {
        var observed = cells.Select(c => zeroes ? c.Item1 : c.Item1 + 1).ToArray();
        var expected = cells.Select(c => Math.Pow(10, c.Item2)).ToArray();
        var empty = zeroes ? new List<(double, double)> { (0.5, 3) } : null;
        if (zeroes) observed = [.. observed.Select(n => Math.Max(n, 1))];
        var groups = PairGroups.Of(observed, expected, empty);
        double Plain(GammaPoissonPrior p)
        {
            double One(double n, double e)
            {
                var (f1, f2) = (Math.Exp(GammaPoissonPrior.LogNegativeBinomial(n, e, p.Alpha1, p.Beta1)), Math.Exp(GammaPoissonPrior.LogNegativeBinomial(n, e, p.Alpha2, p.Beta2)));
                if (!zeroes) (f1, f2) = (f1 / (1 - Math.Exp(GammaPoissonPrior.LogNegativeBinomial(0, e, p.Alpha1, p.Beta1))), f2 / (1 - Math.Exp(GammaPoissonPrior.LogNegativeBinomial(0, e, p.Alpha2, p.Beta2))));
                return Math.Log(p.P * f1 + (1 - p.P) * f2);
            }

            return observed.Zip(expected, (n, e) => One(n, e)).Sum() + (zeroes ? 3 * One(0, 0.5) : 0);
        }

        var (value, slope) = GammaPoissonLikelihood.At(groups, prior);
        if (!double.IsFinite(Plain(prior))) return;
        Assert.Equal(Plain(prior), value, 1e-8 * Math.Abs(value));
        var h = 1e-5 * prior.Beta1;
        var change = (Plain(prior with { Beta1 = prior.Beta1 + h }) - Plain(prior with { Beta1 = prior.Beta1 - h })) / (2 * h);
        Assert.Equal(change, slope[1], 1e-4 * (1 + Math.Abs(change) + Math.Abs(value / prior.Beta1) * 1e-4));
    });

    [Fact]
    public void A_pair_without_its_maskers_reports_is_what_a_recount_without_them_gives() => Row.Array[40, 200].Holds(rows =>
    {
        var counts = Count(new ReportCounter(strata: false, keepRows: true), rows);
        foreach (var masked in Masking.Check(SignalScores.Of(counts, zeroes: false), ScreeningThreshold.Published))
        {
            var without = rows.Where(r => r.Exposure == masked.MaskedBy).Select(r => r.Report).ToHashSet();
            var left = Pairs(Count(new ReportCounter(strata: false), rows.Where(r => !without.Contains(r.Report))));
            var (table, _) = left[(masked.Exposure, masked.Event)];
            Assert.Equal(table.A, masked.Without.Observed);
            Assert.Equal(Ratio.ReportingOdds(table), masked.Without.Ror);
        }
    });
}
