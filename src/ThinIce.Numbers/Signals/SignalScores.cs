using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace ThinIce.Numbers.Signals;

/// <summary>All figures of one pair. Reports only: none of them is a risk, and a pair above a threshold is not yet a signal.</summary>
/// <param name="Observed">Reports that name both.</param>
/// <param name="Expected">Reports expected if both were reported independently.</param>
/// <param name="Prr">Proportional reporting ratio, over the whole table.</param>
/// <param name="Ror">Reporting odds ratio, over the whole table.</param>
/// <param name="Ic">Information component, with the expectation above.</param>
/// <param name="Ebgm">Empirical Bayes geometric mean; NaN where the prior is no maximum.</param>
/// <param name="Eb05">Its 5th percentile, likewise.</param>
/// <param name="Eb95">Its 95th percentile, likewise.</param>
public readonly record struct PairScore(int Observed, double Expected, Ratio Prr, Ratio Ror, InformationComponent Ic, double Ebgm, double Eb05, double Eb95)
{
    /// <summary>Observed ÷ expected.</summary>
    public double Rr => Observed / Expected;
}

/// <summary>Counts with the prior fitted to them and the figures of each pair.</summary>
public sealed class SignalScores
{
    private readonly Dictionary<int, GroupPosterior> posteriors;
    private readonly double[] ebgm, eb05, eb95;

    private SignalScores(PairCounts counts, GammaPoissonFit fit, bool zeroes, Dictionary<int, GroupPosterior> posteriors)
    {
        (Counts, Fit, Zeroes, this.posteriors) = (counts, fit, zeroes, posteriors);
        (ebgm, eb05, eb95) = (new double[counts.Pairs], new double[counts.Pairs], new double[counts.Pairs]);
    }

    /// <summary>The counts.</summary>
    public PairCounts Counts { get; }

    /// <summary>The fitted prior.</summary>
    public GammaPoissonFit Fit { get; }

    /// <summary>Whether empty pairs were part of the fit.</summary>
    public bool Zeroes { get; }

    /// <summary>Pairs whose EB05 is at least 2; null where the fit did not converge.</summary>
    public int? Eb05AtLeast2 { get; private set; }

    /// <summary>Places of the pairs, the highest lower bound first: EB05, or IC025 where the fit did not converge.</summary>
    [SuppressMessage("Performance", "CA1819", Justification = "Millions of numbers, read once.")]
    internal int[] Order { get; private set; } = [];

    /// <summary>The figures of a pair by its place.</summary>
    public PairScore this[int pair]
    {
        get
        {
            var table = Counts[pair];
            return new((int)table.A, table.Expected, Ratio.ProportionalReporting(table), Ratio.ReportingOdds(table), InformationComponent.Shrunk(table.A, table.Expected), ebgm[pair], eb05[pair], eb95[pair]);
        }
    }

    /// <summary>The best pairs by their lower bound.</summary>
    public ImmutableArray<int> Top(int pairs) => [.. Order.Take(pairs)];

    /// <summary>Fits the prior and works out every pair.</summary>
    /// <param name="counts">The counts.</param>
    /// <param name="zeroes">Whether empty pairs take part in the fit. They get no row.</param>
    /// <param name="squash">
    /// Whether the fit is to squashed counts. Left out, it is where empty pairs take part, as in FDA's openEBGM, so that scores can be
    /// compared with it.
    /// </param>
    /// <param name="given">A prior to score with instead of fitting one, such as that of an earlier run.</param>
    public static SignalScores Of(PairCounts counts, bool zeroes, bool? squash = null, GammaPoissonPrior? given = null)
    {
        var groups = counts.Groups(zeroes);
        var fit = given is null ? GammaPoissonFitter.Fit(groups, squash ?? zeroes)
            : new GammaPoissonFit(new(given, GammaPoissonFitter.LogLikelihood(groups, given), FitEnding.Given), false, null, []);
        var scores = new SignalScores(counts, fit, zeroes, fit.Converged ? Posteriors(counts, fit.Used.Prior) : []);
        scores.Work();
        return scores;
    }

    private static Dictionary<int, GroupPosterior> Posteriors(PairCounts counts, GammaPoissonPrior prior)
    {
        var ranges = new Dictionary<int, (int Pairs, double Smallest, double Largest)>();
        for (var i = 0; i < counts.Pairs; i++)
        {
            ref var range = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(ranges, counts.Observed[i], out var there);
            var expected = counts.Expected[i];
            range = there ? (range.Pairs + 1, Math.Min(range.Smallest, expected), Math.Max(range.Largest, expected)) : (1, expected, expected);
        }

        return ranges.AsParallel().Select(r => (r.Key, Value: new GroupPosterior(prior, r.Key, r.Value.Pairs, r.Value.Smallest, r.Value.Largest))).ToDictionary(r => r.Key, r => r.Value);
    }

    private void Work()
    {
        if (!Fit.Converged)
        {
            Array.Fill(ebgm, double.NaN);
            Array.Fill(eb05, double.NaN);
            Array.Fill(eb95, double.NaN);
        }
        else
        {
            const int block = 4096;
            Parallel.For(0, (Counts.Pairs + block - 1) / block, b =>
            {
                for (var i = b * block; i < Math.Min((b + 1) * block, Counts.Pairs); i++)
                    (ebgm[i], eb05[i], eb95[i]) = posteriors[Counts.Observed[i]].At(Counts.Expected[i]);
            });
            Eb05AtLeast2 = eb05.Count(e => e >= 2);
        }

        Order = new int[Counts.Pairs];
        var keys = new double[Counts.Pairs];
        for (var i = 0; i < keys.Length; i++) (Order[i], keys[i]) = (i, Fit.Converged ? -eb05[i] : -InformationComponent.Shrunk(Counts.Observed[i], Counts.Expected[i]).Low);
        Array.Sort(keys, Order);
    }
}
