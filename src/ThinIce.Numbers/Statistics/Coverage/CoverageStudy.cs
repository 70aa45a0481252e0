using System.Globalization;
using ThinIce.Numbers.Statistics.CaptureRecapture;
using ThinIce.Numbers.Statistics.Clusters;
using ThinIce.Numbers.Statistics.Paired;
using ThinIce.Numbers.Statistics.Pooling;
using ThinIce.Numbers.Statistics.Proportions;

namespace ThinIce.Numbers.Statistics.Coverage;

/// <summary>Simulates every 95 % interval of the library where the truth is known, and counts how often it holds it.</summary>
public static class CoverageStudy
{
    private const double Level = 0.95;
    private static readonly long[] Sizes = [20, 50, 100, 500, 1000, 10_000];
    private static readonly double[] Rates = [0.0001, 0.001, 0.01, 0.05, 0.1, 0.2, 0.5];

    /// <summary>All tables. The same seed gives the same numbers; progress is told in words.</summary>
    /// <param name="seed">The seed; each table goes on from it.</param>
    /// <param name="repeats">Repeats in each situation; the slow ones take a fraction.</param>
    /// <param name="progress">Told the title of each table before it is made.</param>
    public static IEnumerable<CoverageTable> All(int seed, int repeats, Action<string>? progress = null)
    {
        Func<Draws, int, CoverageTable>[] studies = [Proportions, UpperBounds, EventRates, RateRatios, Clustered, Weighted, Silent, Pairs, Changes, Pooled, Predicted, Heterogeneous, TwiceWatched];
        foreach (var (study, i) in studies.Select((s, i) => (s, i)))
        {
            progress?.Invoke(study.Method.Name);
            yield return study(new(seed + i), repeats);
        }
    }

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static CoverageTable Proportions(Draws draws, int repeats)
    {
        var methods = Enum.GetValues<ProportionMethod>();
        List<CoverageRow> rows = [];
        foreach (var n in Sizes)
        {
            foreach (var p in Rates)
            {
                Dictionary<long, bool?[]> known = [];
                rows.Add(Count([Text(n), Text(p)], repeats, methods.Length, () =>
                {
                    var x = draws.Binomial(n, p);
                    if (!known.TryGetValue(x, out var holds)) known[x] = holds = [.. methods.Select(m => ProportionIntervals.Of(x, n, m, Level).Holds(p))];
                    return holds;
                }));
            }
        }

        return new("Proportions", "n independent people, of whom each has the event with probability p.", ["n", "p"], [.. methods.Select(ProportionIntervals.Name)], rows);
    }

    private static CoverageTable UpperBounds(Draws draws, int repeats)
    {
        var methods = new[] { ProportionMethod.ClopperPearson, ProportionMethod.MidP, ProportionMethod.Wilson, ProportionMethod.Jeffreys };
        List<CoverageRow> rows = [];
        foreach (var n in Sizes)
        {
            foreach (var p in Rates)
            {
                Dictionary<long, bool?[]> known = [];
                rows.Add(Count([Text(n), Text(p)], repeats, methods.Length, () =>
                {
                    var x = draws.Binomial(n, p);
                    if (!known.TryGetValue(x, out var holds)) known[x] = holds = [.. methods.Select(m => ProportionIntervals.Of(x, n, m, Level, Sides.Upper).Holds(p))];
                    return holds;
                }));
            }
        }

        return new("One-sided upper bounds", "The same; how often the bound was at or above the truth.", ["n", "p"], [.. methods.Select(ProportionIntervals.Name)], rows);
    }

    private static CoverageTable EventRates(Draws draws, int repeats)
    {
        var rows = new[] { 0.01, 0.1, 0.5, 1, 3, 10, 30, 100, 1000.0 }.Select(mean =>
        {
            Dictionary<long, bool?[]> known = [];
            return Count([Text(mean)], repeats, RateIntervals.Shown.Count, () =>
            {
                var x = draws.Poisson(mean);
                if (!known.TryGetValue(x, out var holds)) known[x] = holds = [.. RateIntervals.Shown.Select(m => RateIntervals.Of(new(x, 1), m).Holds(mean))];
                return holds;
            });
        }).ToList();
        return new("Events over time", "Events of a Poisson process; the mean is the number expected in the time of observation.", ["mean"], [.. RateIntervals.Shown.Select(RateIntervals.Name)], rows);
    }

    private static CoverageTable RateRatios(Draws draws, int repeats)
    {
        var rows = new[] { (2.0, 1.0), (5, 2), (10, 1), (50, 3) }.Select(c => Count([Text(c.Item1), Text(c.Item2)], repeats, 1, () =>
        {
            long x = draws.Poisson(c.Item1 * c.Item2), y = draws.Poisson(c.Item1);
            return [RateIntervals.Ratio(new(x, 1), new(y, 1)).Interval.Holds(c.Item2)];
        })).ToList();
        return new("Ratio of two rates", "Two Poisson processes over equal times; events expected in the second, and the true ratio.", ["mean", "ratio"], ["poisson-ratio-exact"], rows);
    }

    private static CoverageTable Clustered(Draws draws, int repeats)
    {
        var methods = Enum.GetValues<ClusterMethod>();
        List<CoverageRow> rows = [];
        foreach (var (clusters, size) in new[] { (10, 100), (20, 50), (50, 20), (100, 20), (200, 50) })
        {
            foreach (var p in new[] { 0.01, 0.05, 0.1, 0.2, 0.5 })
            {
                foreach (var icc in new[] { 0.01, 0.05, 0.1 })
                {
                    rows.Add(Count([Text(clusters), Text(size), Text(p), Text(icc)], repeats / 4, methods.Length + 1, () =>
                    {
                        var totals = Clusters(draws, clusters, size, p, icc);
                        return [.. methods.Select(m => ClusterRobust.Of(totals, m).Interval.Holds(p)), ProportionIntervals.Of((long)totals.Sum(t => t.Events), (long)totals.Sum(t => t.Size), ProportionMethod.ClopperPearson, Level).Holds(p)];
                    }));
                }
            }
        }

        return new("Visits in clusters", "Therapists whose own rates vary (beta) so that two visits of one are as alike as the ICC says; sizes from half to one and a half times the mean. Where no event was seen, each therapist counts as one answer. Last: Clopper and Pearson's, which knows nothing of clusters.",
            ["therapists", "visits each", "p", "ICC"], ["cluster-robust", "korn-graubard", "cluster-logit", "clopper-pearson"], rows);
    }

    private static List<ClusterTotal> Clusters(Draws draws, int clusters, int size, double p, double icc)
    {
        var shape = (1 - icc) / icc;
        return [.. Enumerable.Range(0, clusters).Select(_ =>
        {
            var m = draws.Random.Next(size / 2, size + size / 2 + 1);
            return new ClusterTotal(draws.Binomial(m, draws.Beta(p * shape, (1 - p) * shape)), m, m);
        })];
    }

    private static CoverageTable Weighted(Draws draws, int repeats)
    {
        var rows = new[] { 0.005, 0.02, 0.1, 0.3 }.Select(p => Count([Text(p)], repeats / 2, 1, () =>
        {
            // A third of the population answers three times as often, and has half the rate of the rest.
            double low = p * 0.6, high = p * 1.2;
            var figure = NonResponse.Weighted([new("often", draws.Binomial(600, low), 600, 1000), new("seldom", draws.Binomial(400, high), 400, 2000)]);
            return [figure.Interval.Holds((low + 2 * high) / 3)];
        })).ToList();
        return new("Weighted for silence", "Two groups that answer unequally often and have unequal rates; 1,000 answers; the assumption holds.", ["p"], ["weighted"], rows);
    }

    private static CoverageTable Silent(Draws draws, int repeats)
    {
        var rows = new[] { 0.01, 0.1 }.SelectMany(p => new[] { 0.3, 1, 3.0 }.Select(odds => Count([Text(p), Text(odds)], repeats / 2, 1, () =>
        {
            // Of 1,000 asked, those with the event answer more or less often than the others.
            var events = draws.Binomial(1000, p);
            long answeredEvents = draws.Binomial(events, Math.Min(1, 0.3 * odds)), answered = answeredEvents + draws.Binomial(1000 - events, 0.3);
            return [answered == 0 || NonResponse.Bounds(new Proportion<People>(answeredEvents, answered), 1000).Interval.Holds(p)];
        }))).ToList();
        return new("Bounds for silence", "1,000 asked, about 300 answer; those with the event answer so many times as often. The bounds assume nothing.", ["p", "answers, event : none"], ["non-response-bounds"], rows);
    }

    private static CoverageTable Pairs(Draws draws, int repeats)
    {
        List<CoverageRow> rows = [];
        foreach (var n in new[] { 20, 50, 200, 1000 })
        {
            foreach (var (gained, lost) in new[] { (0.001, 0.001), (0.02, 0.01), (0.1, 0.05), (0.3, 0.1) })
            {
                rows.Add(Count([Text(n), Text(gained), Text(lost)], repeats / 2, 2, () =>
                {
                    var after = draws.Binomial(n, gained);
                    var before = draws.Binomial(n - after, lost / (1 - gained));
                    var both = draws.Binomial(n - after - before, 0.2);
                    PairedProportions pairs = new(both, before, after, n - after - before - both);
                    return [pairs.Newcombe().Holds(gained - lost), pairs.BonettPrice().Holds(gained - lost)];
                }));
            }
        }

        return new("Before and after, yes or no", "The same people twice; shares that have it only after, and only before.", ["n", "only after", "only before"], ["newcombe-paired", "bonett-price"], rows);
    }

    private static CoverageTable Changes(Draws draws, int repeats)
    {
        var rows = new[] { 5, 20, 100 }.SelectMany(n => new[] { "even", "skewed" }.Select(shape => Count([Text(n), shape], repeats / 2, 2, () =>
        {
            double One() => shape == "even" ? draws.Normal() : -Math.Log(1 - draws.Uniform()) - 1;
            List<(string, double, double)> people = [.. Enumerable.Range(0, n).SelectMany(c =>
            {
                var shared = One() * 0.5;
                return Enumerable.Range(0, 4).Select(_ => ($"{c}", 0.0, shared + One()));
            })];
            return [PairedDifferences.Of([.. people.Select(p => (p.Item2, p.Item3))]).Interval.Holds(0), PairedDifferences.Clustered(people).Interval.Holds(0)];
        }))).ToList();
        return new("Mean change", "Four clients of each of n therapists, alike by an ICC of 0.2; changes even (normal) or skewed (exponential). The first knows nothing of therapists.", ["therapists", "shape"], ["student", "student, between clusters"], rows);
    }

    private static List<Study> Studies(Draws draws, int k, double p, double tau) => [.. Enumerable.Range(0, k).Select(i =>
    {
        var n = draws.Random.Next(50, 500);
        return new Study($"{i}", draws.Binomial(n, Logistic(Math.Log(p / (1 - p)) + tau * draws.Normal())), n);
    })];

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static CoverageTable Pooled(Draws draws, int repeats)
    {
        (PoolMethod Method, bool Kh)[] methods = [(PoolMethod.Fixed, false), (PoolMethod.DerSimonianLaird, false), (PoolMethod.RestrictedMaximumLikelihood, false), (PoolMethod.RestrictedMaximumLikelihood, true), (PoolMethod.PauleMandel, true), (PoolMethod.Glmm, false)];
        List<CoverageRow> rows = [];
        foreach (var k in new[] { 5, 15 })
        {
            foreach (var p in new[] { 0.01, 0.1, 0.3 })
            {
                foreach (var tau in new[] { 0, 0.5 })
                {
                    rows.Add(Count([Text(k), Text(p), Text(tau)], Math.Max(50, repeats / 20), methods.Length, () =>
                    {
                        var studies = Studies(draws, k, p, tau);
                        return [.. methods.Select(m => Pool.Studies(studies, PoolScale.Logit, m.Method, m.Kh) is var f && f.Low <= p && f.High >= p)];
                    }));
                }
            }
        }

        return new("Pooled proportions", "k studies of 50 to 500 people, whose log-odds vary with the standard deviation τ; the truth is the median study's proportion. Logit scale.", ["k", "p", "τ"], ["fixed", "dl", "reml", "reml, Hartung-Knapp", "pm, Hartung-Knapp", "glmm"], rows);
    }

    private static CoverageTable Predicted(Draws draws, int repeats)
    {
        var rows = new[] { 5, 15, 50 }.SelectMany(k => new[] { 0.1, 0.3 }.Select(p => Count([Text(k), Text(p)], Math.Max(50, repeats / 20), 2, () =>
        {
            var studies = Studies(draws, k, p, 0.5);
            var next = Logistic(Math.Log(p / (1 - p)) + 0.5 * draws.Normal());
            return [.. new[] { false, true }.Select(kh => Pool.Studies(studies, PoolScale.Logit, PoolMethod.RestrictedMaximumLikelihood, kh) is var f && (f.OnScale is null || f.PredictionLow <= next && f.PredictionHigh >= next))];
        }))).ToList();
        return new("Prediction for a new setting", "How often the prediction interval held the true figure of one more setting; τ = 0.5, REML.", ["k", "p"], ["normal (metafor's)", "Hartung-Knapp, t"], rows);
    }

    private static CoverageTable Heterogeneous(Draws draws, int repeats)
    {
        var rows = new[] { 5, 15, 50 }.SelectMany(k => new[] { 0.1, 0.5 }.Select(tau => Count([Text(k), Text(tau)], Math.Max(50, repeats / 20), 1, () =>
        {
            var f = Pool.Studies(Studies(draws, k, 0.3, tau), PoolScale.Logit, PoolMethod.RestrictedMaximumLikelihood);
            return [f.Tau2Low <= tau * tau && f.Tau2High >= tau * tau];
        }))).ToList();
        return new("Heterogeneity", "How often the Q profile held the true τ²; p = 0.3.", ["k", "τ"], ["q-profile"], rows);
    }

    private static CoverageTable TwiceWatched(Draws draws, int repeats)
    {
        var rows = new[] { (100, 0.3, 0.5), (100, 0.6, 0.6), (1000, 0.1, 0.2) }.Select(c => Count([Text(c.Item1), Text(c.Item2), Text(c.Item3)], repeats / 2, 1, () =>
        {
            List<TwiceWatchedEvent> events = [.. Enumerable.Range(0, c.Item1).Select(_ => new TwiceWatchedEvent(Made(draws, c.Item2), Made(draws, c.Item3)))];
            return [TwoSources.AtLeast(BlindCounts.From(events).Counts!).Bound is { } bound ? bound.Interval.Holds(c.Item1) : null];
        })).ToList();
        return new("Two sources", "Events each of which two independent sources may report. Where they are not independent the figure is too low: that is why it is called a lower bound.", ["events", "first", "second"], ["sadinle-logit"], rows);
    }

    private static ReportMade Made(Draws draws, double p) => draws.Uniform() < p ? ReportMade.BeforeSeeingTheOther : ReportMade.NotReported;

    private static CoverageRow Count(IReadOnlyList<string> situation, int repeats, int methods, Func<bool?[]> one)
    {
        var (held, defined) = (new int[methods], new int[methods]);
        for (var i = 0; i < repeats; i++)
        {
            var result = one();
            for (var m = 0; m < methods; m++)
            {
                if (result[m] is not { } holds) continue;
                defined[m]++;
                if (holds) held[m]++;
            }
        }

        return new(situation, [.. held.Select((h, m) => defined[m] == 0 ? double.NaN : (double)h / defined[m])], repeats);
    }
}
