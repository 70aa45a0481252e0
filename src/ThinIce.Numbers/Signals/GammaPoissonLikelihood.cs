using System.Numerics;
using System.Runtime.CompilerServices;

namespace ThinIce.Numbers.Signals;

/// <summary>
/// The log-likelihood of the gamma–Poisson mixture over all cells, with its gradient. Where only pairs with at least one report are
/// given, each negative binomial is divided by its own probability of at least one, as DuMouchel and Pregibon (2001) and openEBGM do.
/// </summary>
internal static class GammaPoissonLikelihood
{
    /// <summary>Value and gradient at a prior. Parameters of the gradient: alpha1, beta1, alpha2, beta2, p.</summary>
    public static (double Value, double[] Gradient) At(PairGroups groups, GammaPoissonPrior prior)
    {
        var parts = groups.Expected.Length < 20_000 ? 1 : Math.Min(Environment.ProcessorCount, 8);
        var (value, gradient) = (0.0, new double[5]);
        var results = new (double, double[])[parts];
        var (first, second) = (RisingLogs.Of(groups.Counts, prior.Alpha1), RisingLogs.Of(groups.Counts, prior.Alpha2));
        if (parts == 1) results[0] = Part(groups, prior, first, second, 0, 1);
        else Parallel.For(0, parts, p => results[p] = Part(groups, prior, first, second, p, parts));
        foreach (var (v, g) in results)
        {
            value += v;
            for (var i = 0; i < 5; i++) gradient[i] += g[i];
        }

        return (value, gradient);
    }

    private static (double Value, double[] Gradient) Part(PairGroups groups, GammaPoissonPrior prior, RisingLogs first, RisingLogs second, int part, int parts)
    {
        var (value, gradient) = (0.0, new double[5]);
        for (var g = 0; g < groups.Counts.Length; g++)
        {
            var (start, length) = (groups.Starts[g], groups.Starts[g + 1] - groups.Starts[g]);
            var (from, to) = (start + (int)((long)length * part / parts), start + (int)((long)length * (part + 1) / parts));
            if (to > from) value += Group(groups, prior, g, first, second, from, to, gradient);
        }

        return (value, gradient);
    }

    private static double Group(PairGroups groups, GammaPoissonPrior prior, int g, RisingLogs first, RisingLogs second, int from, int to, double[] gradient)
    {
        var ((a1, b1, a2, b2, p), n) = (prior, groups.Counts[g]);
        // The part of log f that does not depend on the expectation, for each gamma, divided by n!.
        var (c1, c2) = (first.Value[g] + a1 * Math.Log(b1), second.Value[g] + a2 * Math.Log(b2));
        var (d1, d2) = (first.Slope[g] + Math.Log(b1), second.Slope[g] + Math.Log(b2));
        var sums = Sum(groups.Expected.AsSpan(from, to - from), groups.Weights.AsSpan(from, to - from), n, prior, c1, c2, groups.Zeroes);
        gradient[0] += sums.W1 * d1 - sums.W1Log1 + sums.T1Alpha;
        gradient[1] += sums.W1 * a1 / b1 - (a1 + n) * sums.W1Inverse1 + sums.T1Beta;
        gradient[2] += sums.W2 * d2 - sums.W2Log2 + sums.T2Alpha;
        gradient[3] += sums.W2 * a2 / b2 - (a2 + n) * sums.W2Inverse2 + sums.T2Beta;
        gradient[4] += sums.W1 / p - sums.W2 / (1 - p);
        return sums.Value + n * sums.LogExpected;
    }

    private struct Sums
    {
        public double Value, W, LogExpected, W1, W2, W1Log1, W2Log2, W1Inverse1, W2Inverse2, T1Alpha, T1Beta, T2Alpha, T2Beta;
    }

    // Compiled once and fully: a loop over millions of cells must not wait for the runtime to notice that it is hot.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Sums Sum(ReadOnlySpan<double> expected, ReadOnlySpan<double> weights, int n, GammaPoissonPrior prior, double c1, double c2, bool zeroes)
    {
        var (a1, b1, a2, b2, p) = prior;
        var total = default(Accumulator);
        var width = Vector<double>.Count;
        var i = 0;
        for (; i + width <= expected.Length; i += width)
            total.Add(new Vector<double>(expected[i..]), new Vector<double>(weights[i..]), n, a1, b1, a2, b2, Math.Log(p) + c1, Math.Log(1 - p) + c2, zeroes);
        if (i < expected.Length)
        {
            // The rest, filled up with cells of weight 0.
            Span<double> e = stackalloc double[width], w = stackalloc double[width];
            e.Fill(1);
            w.Clear();
            expected[i..].CopyTo(e);
            weights[i..].CopyTo(w);
            total.Add(new Vector<double>(e), new Vector<double>(w), n, a1, b1, a2, b2, Math.Log(p) + c1, Math.Log(1 - p) + c2, zeroes);
        }

        return total.Sums();
    }

    private struct Accumulator
    {
        private Vector<double> value, w, logExpected, w1, w2, w1Log1, w2Log2, w1Inverse1, w2Inverse2, t1Alpha, t1Beta, t2Alpha, t2Beta;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Vector<double> e, Vector<double> weight, int n, double a1, double b1, double a2, double b2, double k1, double k2, bool zeroes)
        {
            var (e1, e2) = (e + new Vector<double>(b1), e + new Vector<double>(b2));
            var (log1, log2) = (Vector.Log(e1), Vector.Log(e2));
            var (inverse1, inverse2) = (Vector<double>.One / e1, Vector<double>.One / e2);
            var f1 = new Vector<double>(k1) - new Vector<double>(a1 + n) * log1;
            var f2 = new Vector<double>(k2) - new Vector<double>(a2 + n) * log2;
            Vector<double> tail1 = default, tail2 = default;
            if (!zeroes)
            {
                // Odds of an empty cell under each gamma: f(0) / (1 − f(0)).
                var empty1 = Vector.Exp(new Vector<double>(a1) * (new Vector<double>(Math.Log(b1)) - log1));
                var empty2 = Vector.Exp(new Vector<double>(a2) * (new Vector<double>(Math.Log(b2)) - log2));
                f1 -= Vector.Log(Vector<double>.One - empty1);
                f2 -= Vector.Log(Vector<double>.One - empty2);
                tail1 = empty1 / (Vector<double>.One - empty1);
                tail2 = empty2 / (Vector<double>.One - empty2);
            }

            var larger = Vector.Max(f1, f2);
            var (x1, x2) = (Vector.Exp(f1 - larger), Vector.Exp(f2 - larger));
            var sum = x1 + x2;
            var (share1, share2) = (weight * x1 / sum, weight * x2 / sum);
            value += weight * (larger + Vector.Log(sum));
            w += weight;
            logExpected += weight * Vector.Log(e);
            w1 += share1;
            w2 += share2;
            w1Log1 += share1 * log1;
            w2Log2 += share2 * log2;
            w1Inverse1 += share1 * inverse1;
            w2Inverse2 += share2 * inverse2;
            if (zeroes) return;
            t1Alpha += share1 * tail1 * (new Vector<double>(Math.Log(b1)) - log1);
            t2Alpha += share2 * tail2 * (new Vector<double>(Math.Log(b2)) - log2);
            t1Beta += share1 * tail1 * new Vector<double>(a1) * e * inverse1 / new Vector<double>(b1);
            t2Beta += share2 * tail2 * new Vector<double>(a2) * e * inverse2 / new Vector<double>(b2);
        }

        public readonly Sums Sums() => new()
        {
            Value = Vector.Sum(value), W = Vector.Sum(w), LogExpected = Vector.Sum(logExpected), W1 = Vector.Sum(w1), W2 = Vector.Sum(w2),
            W1Log1 = Vector.Sum(w1Log1), W2Log2 = Vector.Sum(w2Log2), W1Inverse1 = Vector.Sum(w1Inverse1), W2Inverse2 = Vector.Sum(w2Inverse2),
            T1Alpha = Vector.Sum(t1Alpha), T1Beta = Vector.Sum(t1Beta), T2Alpha = Vector.Sum(t2Alpha), T2Beta = Vector.Sum(t2Beta),
        };
    }
}
