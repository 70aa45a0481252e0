using System.Collections.Immutable;
using MathNet.Numerics.LinearAlgebra;

namespace ThinIce.Numbers.Signals;

/// <summary>How fitting the hyper-parameters ended.</summary>
public enum FitEnding
{
    /// <summary>At a maximum: the slope is nil and the surface bends down in every direction.</summary>
    Converged,

    /// <summary>The likelihood keeps rising while a parameter runs to the edge of what it may be; there is no maximum inside.</summary>
    RanToTheEdge,

    /// <summary>It stopped where the surface does not bend down in every direction, or out of steps.</summary>
    NoMaximumFound,

    /// <summary>Too few pairs to fit five numbers.</summary>
    TooFewPairs,
}

/// <summary>The fitted hyper-parameters, with an honest account of whether they are a maximum.</summary>
/// <param name="Prior">The best prior found, the gamma with the larger mean first.</param>
/// <param name="LogLikelihood">Logarithm of the likelihood over all cells, none put together with another.</param>
/// <param name="Ending">How it ended.</param>
/// <param name="Starts">The log-likelihood reached from each start, on a coarse copy of the table.</param>
/// <param name="Slope">The Newton decrement at the end: how far the log-likelihood could still rise, about. 0 at a maximum.</param>
public sealed record GammaPoissonFit(GammaPoissonPrior Prior, double LogLikelihood, FitEnding Ending, ImmutableArray<double> Starts, double Slope)
{
    /// <summary>Whether the prior is a maximum of the likelihood.</summary>
    public bool Converged => Ending == FitEnding.Converged;
}

/// <summary>Finds the hyper-parameters: damped Newton steps from several starts on a coarse copy, then on the whole table.</summary>
internal static class GammaPoissonFitter
{
    private const int Coarse = 48, MostSteps = 200;
    private const double Edge = 12, Enough = 1e-12;

    // The first is DuMouchel's (1999); the others spread the two gammas differently, so that one bad start does not decide.
    private static readonly GammaPoissonPrior[] Starts =
    [
        new(0.2, 0.1, 2, 4, 1 / 3.0), new(0.2, 0.06, 1.4, 1.8, 0.1), new(2, 0.5, 2, 2, 0.2), new(0.5, 0.5, 1, 2, 0.65), new(1, 0.05, 0.5, 0.5, 0.01),
    ];

    /// <summary>Fits. Below twenty pairs it does not try.</summary>
    public static GammaPoissonFit Fit(PairGroups groups)
    {
        if (groups.Cells < 20) return new(Starts[0], double.NaN, FitEnding.TooFewPairs, [], double.NaN);
        var coarse = groups.Squashed(Coarse);
        var tries = Starts.Select(s => Climb(coarse, ToFree(s), Enough)).ToList();
        var best = tries.MaxBy(t => t.Value)!;
        var end = Climb(groups, best.At, Enough, best.Curvature);
        if (end.Ending == FitEnding.NoMaximumFound) end = Climb(groups, end.At, Enough);
        return new(FromFree(end.At).Ordered(), end.Value, end.Ending, [.. tries.Select(t => t.Value)], end.Slope);
    }

    private sealed record Place(Vector<double> At, double Value, Vector<double> Gradient, Matrix<double>? Curvature, double Slope, FitEnding Ending);

    /// <summary>Climbs by damped Newton steps. With a curvature from the coarse copy it is not worked out anew.</summary>
    private static Place Climb(PairGroups groups, Vector<double> at, double enough, Matrix<double>? known = null)
    {
        var (value, gradient) = Evaluate(groups, at);
        var (damping, slope, curvature) = (0.0, double.PositiveInfinity, known);
        for (var step = 0; step < MostSteps; step++)
        {
            if (known is null) curvature = Curvature(groups, at);
            var (move, bendsDown) = Direction(curvature!, gradient, ref damping);
            slope = Math.Abs(gradient.DotProduct(move)) / 2;
            if (bendsDown && damping == 0 && slope < enough * Math.Max(1, Math.Abs(value)) / 1e3) return new(at, value, gradient, curvature, slope, FitEnding.Converged);
            if (at.AbsoluteMaximum() > Edge) return new(at, value, gradient, curvature, slope, FitEnding.RanToTheEdge);
            var longest = move.AbsoluteMaximum();
            if (longest > 2) move *= 2 / longest;
            var (nextValue, nextGradient) = Evaluate(groups, at + move);
            if (nextValue >= value - 1e-9 && double.IsFinite(nextValue))
            {
                (at, value, gradient) = (at + move, nextValue, nextGradient);
                damping = damping < 1e-6 ? 0 : damping / 10;
                continue;
            }

            damping = damping == 0 ? 1e-4 : damping * 10;
            if (damping > 1e12) break;
        }

        return new(at, value, gradient, curvature, slope, FitEnding.NoMaximumFound);
    }

    /// <summary>The Newton step; where the surface does not bend down, along its eigenvectors with their bends turned round.</summary>
    private static (Vector<double> Move, bool BendsDown) Direction(Matrix<double> curvature, Vector<double> gradient, ref double damping)
    {
        var (down, scale) = (curvature.Negate(), 1 + curvature.Diagonal().AbsoluteMaximum());
        var eigen = down.Evd(Symmetricity.Symmetric);
        var values = eigen.EigenValues.Map(z => z.Real);
        var bendsDown = values.Minimum() > 1e-10 * scale;
        var floor = 1e-10 * scale;
        var added = damping * scale;
        var along = eigen.EigenVectors.TransposeThisAndMultiply(gradient);
        for (var i = 0; i < along.Count; i++) along[i] /= Math.Max(Math.Abs(values[i]), floor) + added;
        return (eigen.EigenVectors * along, bendsDown);
    }

    private static Matrix<double> Curvature(PairGroups groups, Vector<double> at)
    {
        const double h = 1e-4;
        var curvature = Matrix<double>.Build.Dense(5, 5);
        for (var i = 0; i < 5; i++)
        {
            var (up, down) = (at.Clone(), at.Clone());
            up[i] += h;
            down[i] -= h;
            curvature.SetColumn(i, (Evaluate(groups, up).Gradient - Evaluate(groups, down).Gradient) / (2 * h));
        }

        return (curvature + curvature.Transpose()) / 2;
    }

    /// <summary>Value and gradient in free parameters: logarithms, and the log-odds of P.</summary>
    private static (double Value, Vector<double> Gradient) Evaluate(PairGroups groups, Vector<double> at)
    {
        var prior = FromFree(at);
        var (value, gradient) = GammaPoissonLikelihood.At(groups, prior);
        return (value, Vector<double>.Build.DenseOfArray([
            gradient[0] * prior.Alpha1, gradient[1] * prior.Beta1, gradient[2] * prior.Alpha2, gradient[3] * prior.Beta2, gradient[4] * prior.P * (1 - prior.P)]));
    }

    private static Vector<double> ToFree(GammaPoissonPrior prior) => Vector<double>.Build.DenseOfArray([
        Math.Log(prior.Alpha1), Math.Log(prior.Beta1), Math.Log(prior.Alpha2), Math.Log(prior.Beta2), Math.Log(prior.P / (1 - prior.P))]);

    private static GammaPoissonPrior FromFree(Vector<double> at) =>
        new(Math.Exp(at[0]), Math.Exp(at[1]), Math.Exp(at[2]), Math.Exp(at[3]), 1 / (1 + Math.Exp(-at[4])));
}
