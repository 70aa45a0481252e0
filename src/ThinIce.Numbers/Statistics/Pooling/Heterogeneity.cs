using ThinIce.Numbers.Statistics.Distributions;

namespace ThinIce.Numbers.Statistics.Pooling;

/// <summary>τ², with its standard error and whether its search ended where it should.</summary>
/// <param name="Tau2">Variance between studies, at least 0.</param>
/// <param name="StandardError">Its standard error; rough for few studies.</param>
/// <param name="Converged">False where the iteration ran out before it settled; then the value is the best that was seen.</param>
public readonly record struct TauSquared(double Tau2, double StandardError, bool Converged = true);

/// <summary>Estimators of τ², in the conventions of metafor's rma.uni.</summary>
internal static class Heterogeneity
{
    private const int MaxSteps = 300;

    public static TauSquared Estimate(LinearModel model, double[] y, double[] v, PoolMethod method)
    {
        var df = model.K - model.Columns;
        return method switch
        {
            PoolMethod.DerSimonianLaird => Moments(model, f => (f.Rss - df) / f.TraceP, f => 1 / f.TraceP, df),
            PoolMethod.HunterSchmidt => Moments(model, f => (f.Rss - model.K) / f.SumW, f => 1 / f.SumW, df),
            PoolMethod.Hedges => Hedges(model, v, df),
            PoolMethod.SidikJonkman => SidikJonkman(model, y, v, df),
            PoolMethod.PauleMandel => PauleMandel(model, df),
            PoolMethod.MaximumLikelihood => Scoring(model, Hedges(model, v, df).Tau2, f => (f.YPPY - f.SumW) / f.SumW2, f => Math.Sqrt(2 / f.SumW2), restricted: false),
            PoolMethod.RestrictedMaximumLikelihood => Scoring(model, Hedges(model, v, df).Tau2, f => (f.YPPY - f.TraceP) / f.TracePP, f => Math.Sqrt(2 / f.TracePP), restricted: true),
            _ => new(0, double.NaN),
        };
    }

    /// <summary>Ends of τ² by the Q profile (Viechtbauer 2007); 0 where the profile stays below.</summary>
    public static (double Low, double High) Profile(LinearModel model, double level)
    {
        var df = model.K - model.Columns;
        var tail = (1 - level) / 2;
        return (Crossing(model, ChiSquaredDistribution.UpperQuantile(tail, df)), Crossing(model, ChiSquaredDistribution.UpperQuantile(1 - tail, df)));
    }

    private static double Crossing(LinearModel model, double q)
    {
        if (model.At(0).Rss <= q) return 0;
        var high = 1.0;
        while (model.At(high).Rss > q && high < 1e12) high *= 4;
        return Roots.Between(0, high, t => model.At(t).Rss - q);
    }

    private static TauSquared PauleMandel(LinearModel model, int df)
    {
        var tau2 = Crossing(model, df);
        var f = model.At(tau2);
        return new(tau2, Math.Sqrt(2.0 * model.K * model.K / df) / f.SumW);
    }

    private static TauSquared Moments(LinearModel model, Func<LinearModel.Fit, double> of, Func<LinearModel.Fit, double> scale, int df)
    {
        var f = model.At(0);
        var tau2 = Math.Max(0, of(f));
        return new(tau2, scale(f) * Math.Sqrt(2 * df + 4 * tau2 * f.TraceP + 2 * tau2 * tau2 * f.TracePP));
    }

    /// <summary>P with weights 1 for all: the effects' plain variance less the mean sampling variance.</summary>
    private static TauSquared Hedges(LinearModel model, double[] v, int df)
    {
        var flat = model.With([.. v.Select(_ => 1.0)]);
        var f = flat.At(0);
        var (trace, square, _) = model.Traces(_ => 1);
        var tau2 = Math.Max(0, (f.Rss - trace) / df);
        return new(tau2, Math.Sqrt(2 * square + 4 * tau2 * trace + 2 * tau2 * tau2 * df) / df);
    }

    private static TauSquared SidikJonkman(LinearModel model, double[] y, double[] v, int df)
    {
        var mean = y.Average();
        var start = y.Sum(one => (one - mean) * (one - mean)) / y.Length;
        if (start == 0) return new(0, double.NaN);
        var f = model.At(start);
        var tau2 = start * f.Rss / df;
        // P V with w = 1 / (v + start).
        var (_, square, mixed) = model.Traces(one => 1 / (one + start));
        return new(tau2, start / df * Math.Sqrt(2 * square + 4 * tau2 * mixed + 2 * tau2 * tau2 * f.TracePP));
    }

    /// <summary>
    /// Fisher scoring from Hedges' value; and, since a likelihood of few studies can have two tops, again from the highest point of a
    /// ladder if that is higher. metafor climbs the first only.
    /// </summary>
    private static TauSquared Scoring(LinearModel model, double start, Func<LinearModel.Fit, double> step, Func<LinearModel.Fit, double> error, bool restricted)
    {
        var first = Climb(model, start, step, error, restricted);
        double Height(double tau2) => LogLikelihood(model.At(tau2), restricted);
        var unit = (model.K - model.Columns) / model.At(0).TraceP;
        var best = Ladder.Select(rung => rung * unit).MaxBy(Height);
        if (Height(best) <= Height(first.Tau2) + 1e-10) return first;
        var second = Climb(model, best, step, error, restricted);
        return Height(second.Tau2) > Height(first.Tau2) ? second : first;
    }

    private static readonly double[] Ladder = [0, 0.01, 0.03, 0.1, 0.3, 0.6, 1, 1.8, 3, 6, 12, 30, 100];

    /// <summary>Fisher scoring with halved steps, never below 0; the likelihood may not fall.</summary>
    private static TauSquared Climb(LinearModel model, double start, Func<LinearModel.Fit, double> step, Func<LinearModel.Fit, double> error, bool restricted)
    {
        var tau2 = start;
        var f = model.At(tau2);
        var best = LogLikelihood(f, restricted);
        for (var i = 0; i < MaxSteps; i++)
        {
            var move = step(f);
            if (tau2 + move < 0) move = -tau2;
            var (next, likelihood) = (f, best);
            for (var halving = 0; halving < 40; halving++, move /= 2)
            {
                next = model.At(tau2 + move);
                likelihood = LogLikelihood(next, restricted);
                if (likelihood >= best - 1e-12 * Math.Abs(best)) break;
            }

            tau2 += move;
            (f, best) = (next, likelihood);
            if (Math.Abs(move) <= 1e-14 + 1e-13 * tau2) return new(tau2, error(f));
        }

        return Between(model, tau2, step, error);
    }

    /// <summary>Where scoring creeps: the place at which the score changes its sign, closed in on.</summary>
    private static TauSquared Between(LinearModel model, double tau2, Func<LinearModel.Fit, double> step, Func<LinearModel.Fit, double> error)
    {
        double low = tau2, high = tau2;
        double At(double t) => step(model.At(t));
        if (At(tau2) == 0) return new(tau2, error(model.At(tau2)));
        for (var i = 0; i < 60 && At(low) < 0 && low > 0; i++) low = low < 1e-12 ? 0 : low / 2;
        for (var i = 0; i < 60 && At(high) > 0; i++) high = high * 2 + 1e-9;
        if (low == 0 && At(0) <= 0) return new(0, error(model.At(0)));
        if (At(low) < 0 || At(high) > 0) return new(tau2, error(model.At(tau2)), Converged: false);
        var root = Roots.Between(low, high, At);
        return new(root, error(model.At(root)));
    }

    private static double LogLikelihood(LinearModel.Fit f, bool restricted) => -0.5 * (f.SumLog + f.Rss + (restricted ? f.LogDeterminant : 0));
}
