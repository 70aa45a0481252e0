namespace ThinIce.Numbers.Signals;

/// <summary>Finds the hyper-parameters: damped Newton steps from several starts on a coarse copy, then on the whole table.</summary>
internal static class GammaPoissonFitter
{
    private const int CoarsePoints = 48, MostSteps = 200, FewestPairs = 20;
    private const double Edge = 12;

    /// <summary>
    /// By so much another maximum has to be likelier to be preferred to the one that DuMouchel's own start leads to: e² = 7 times. Below
    /// that the data do not tell them apart, and scores stay comparable with other programs, which start there.
    /// </summary>
    private const double ClearlyLikelier = 2;

    // The first is DuMouchel's (1999); the others spread the two gammas differently, so that one bad start does not decide.
    private static readonly GammaPoissonPrior[] Starts =
    [
        new(0.2, 0.1, 2, 4, 1 / 3.0), new(0.2, 0.06, 1.4, 1.8, 0.1), new(15, 1.5, 2, 2, 0.05), new(0.5, 0.5, 1, 2, 0.65), new(1, 0.05, 0.5, 0.5, 0.01),
    ];

    /// <summary>Fits. Below twenty pairs it does not try.</summary>
    public static GammaPoissonFit Fit(PairGroups groups, bool squash)
    {
        if (groups.Cells < FewestPairs) return new(new(Starts[0], double.NaN, FitEnding.TooFewPairs), false, null, []);
        if (!squash) return Choose(Search(groups, groups.Coarse(CoarsePoints)));
        var coarse = groups.SquashedAsOpenEbgm();
        var squashed = Choose(Search(coarse, coarse));
        var exact = Describe(Climb(groups, ToFree(squashed.Used.Prior)));
        return squashed with { Used = OverAll(groups, squashed.Used), Squashed = true, Exact = exact, Others = [.. squashed.Others.Select(o => OverAll(groups, o))] };
    }

    /// <summary>The likelihood of a prior over all cells.</summary>
    public static double LogLikelihood(PairGroups groups, GammaPoissonPrior prior) => GammaPoissonLikelihood.At(groups, prior).Value;

    private static FittedPrior OverAll(PairGroups groups, FittedPrior prior) => prior with { LogLikelihood = LogLikelihood(groups, prior.Prior) };

    private static GammaPoissonFit Choose(List<FittedPrior> ends)
    {
        var likeliest = ends.Where(e => e.Ending == FitEnding.Converged).MaxBy(e => e.LogLikelihood);
        var used = likeliest is null ? ends[0]
            : ends[0].Ending == FitEnding.Converged && ends[0].LogLikelihood > likeliest.LogLikelihood - ClearlyLikelier ? ends[0] : likeliest;
        return new(used, false, null, [.. ends.Where(e => e != used && e.Ending == FitEnding.Converged).OrderByDescending(e => e.LogLikelihood)]);
    }

    /// <summary>The different ends that the starts lead to, that of the first start first.</summary>
    private static List<FittedPrior> Search(PairGroups groups, PairGroups coarse)
    {
        var ends = new List<FittedPrior>();
        var places = new List<Place>();
        foreach (var place in Starts.AsParallel().AsOrdered().Select(s => Climb(coarse, ToFree(s))))
        {
            if (places.Exists(p => Same(p, place))) continue;
            places.Add(place);
            var end = Describe(ReferenceEquals(groups, coarse) ? place : Refine(groups, place));
            if (!ends.Exists(e => e.Ending == end.Ending && Math.Abs(e.LogLikelihood - end.LogLikelihood) < 1e-6)) ends.Add(end);
        }

        return ends;
    }

    private static FittedPrior Describe(Place end) => new(FromFree(end.At).Ordered(), end.Value, end.Ending);

    private static bool Same(Place a, Place b) => a.Ending == b.Ending && (a.Ending != FitEnding.Converged || Math.Abs(a.Value - b.Value) < 1e-6);

    /// <summary>From the end on the coarse copy, with its curvature; should that not do, with the table's own.</summary>
    private static Place Refine(PairGroups groups, Place coarse)
    {
        var end = Climb(groups, coarse.At, coarse.Curvature);
        return end.Ending == FitEnding.NoMaximumFound ? Climb(groups, end.At) : end;
    }

    private sealed record Place(double[] At, double Value, double[,] Curvature, FitEnding Ending);

    /// <summary>Climbs by damped Newton steps. A curvature that is given is not worked out anew.</summary>
    private static Place Climb(PairGroups groups, double[] at, double[,]? given = null)
    {
        var (value, gradient) = Evaluate(groups, at);
        var (damping, before) = (0.0, double.PositiveInfinity);
        var curvature = given ?? Curvature(groups, at);
        for (var step = 0; step < MostSteps && damping < 1e12; step++)
        {
            var (move, bendsDown) = Newton.Step(curvature, gradient, damping);
            var rise = Newton.Dot(gradient, move) / 2;
            if (bendsDown && damping == 0 && rise < 1e-10) return new(at, value, curvature, FitEnding.Converged);
            if (at.Any(a => Math.Abs(a) > Edge)) return new(at, value, curvature, FitEnding.RanToTheEdge);
            var next = at.Zip(Newton.AtMost(move, 2), (a, m) => a + m).ToArray();
            var (nextValue, nextGradient) = Evaluate(groups, next);
            if (nextValue >= value - 1e-13 * Math.Abs(value))
            {
                (at, value, gradient) = (next, nextValue, nextGradient);
                damping = damping < 1e-6 ? 0 : damping / 10;
                // A curvature is kept while the steps shrink fast with it.
                if (given is null && rise > before / 20) curvature = Curvature(groups, at);
                before = rise;
            }
            else
            {
                damping = damping == 0 ? 1e-4 : damping * 10;
            }
        }

        return new(at, value, curvature, FitEnding.NoMaximumFound);
    }

    private static double[,] Curvature(PairGroups groups, double[] at)
    {
        const double h = 1e-4;
        var curvature = new double[5, 5];
        for (var i = 0; i < 5; i++)
        {
            var (up, down) = ((double[])at.Clone(), (double[])at.Clone());
            up[i] += h;
            down[i] -= h;
            var (above, below) = (Evaluate(groups, up).Gradient, Evaluate(groups, down).Gradient);
            for (var j = 0; j < 5; j++)
            {
                curvature[i, j] += (above[j] - below[j]) / (4 * h);
                curvature[j, i] += (above[j] - below[j]) / (4 * h);
            }
        }

        return curvature;
    }

    /// <summary>Value and gradient in free parameters: logarithms, and the log-odds of P.</summary>
    private static (double Value, double[] Gradient) Evaluate(PairGroups groups, double[] at)
    {
        var prior = FromFree(at);
        var (value, g) = GammaPoissonLikelihood.At(groups, prior);
        return (value, [g[0] * prior.Alpha1, g[1] * prior.Beta1, g[2] * prior.Alpha2, g[3] * prior.Beta2, g[4] * prior.P * (1 - prior.P)]);
    }

    private static double[] ToFree(GammaPoissonPrior prior) =>
        [Math.Log(prior.Alpha1), Math.Log(prior.Beta1), Math.Log(prior.Alpha2), Math.Log(prior.Beta2), Math.Log(prior.P / (1 - prior.P))];

    private static GammaPoissonPrior FromFree(double[] at) => new(Math.Exp(at[0]), Math.Exp(at[1]), Math.Exp(at[2]), Math.Exp(at[3]), 1 / (1 + Math.Exp(-at[4])));
}
