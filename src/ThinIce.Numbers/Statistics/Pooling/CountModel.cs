using ThinIce.Numbers.Statistics.Distributions;
using ThinIce.Numbers.Statistics.Proportions;

namespace ThinIce.Numbers.Statistics.Pooling;

/// <summary>
/// The binomial-normal and Poisson-normal models by maximum likelihood, the likelihood searched over a ladder of τ and then by
/// Newton's method. The integrals are sums over even steps, which for smooth peaks converge faster than any power of the step;
/// Gauss-Hermite's rule, as in lme4, was wrong by more than 1 in the log-likelihood at τ = 4 with studies without events, whose peaks
/// are steep on one side only. The standard error of the mean comes from the whole 2×2 information, as in lme4.
/// </summary>
internal sealed class CountModel
{
    private const double Negligible = -36;

    /// <summary>Beyond it odds of places differ by more than 10¹⁰: the likelihood has no top, as where all events are in one study.</summary>
    private const double MaxTau = 25;

    private static readonly double[] Ladder = [0.01, 0.03, 0.1, 0.2, 0.35, 0.6, 1, 1.6, 2.5, 4, 7];
    private readonly double[] events, n, constants;
    private readonly double[] modes;
    private readonly bool poisson;

    private CountModel(IReadOnlyList<Study> studies, bool poisson)
    {
        (events, n, this.poisson) = ([.. studies.Select(s => (double)s.Events)], [.. studies.Select(s => s.N)], poisson);
        modes = new double[events.Length];
        constants = [.. studies.Select(s => poisson ? s.Events * Math.Log(s.N) - LogFactorial(s.Events) : LogFactorial(s.N) - LogFactorial(s.Events) - LogFactorial(s.N - s.Events))];
    }

    public static PooledEffect Fit(IReadOnlyList<Study> studies, IReadOnlyList<Effect> effects, PoolScale scale, double level)
    {
        var model = new CountModel(studies, scale == PoolScale.LogRate);
        var (mu, tau, logLikelihood, error, tauError, converged) = model.Maximise();
        var z = -StandardNormal.Quantile(Interval.Tail(level, Sides.Both));
        var (tau2, k) = (tau * tau, studies.Count);
        var spread = z * Math.Sqrt(error * error + tau2);
        var typical = (k - 1) / new LinearModel([.. effects.Select(e => e.Y)], [.. effects.Select(e => e.V)]).At(0).TraceP;
        var (i2, h2) = Pool.FromTau(tau2, typical);
        var ratio = Math.Max(0, 2 * (model.Saturated() - model.Common()));
        return new(PoolMethod.Glmm, k, mu, error, mu - z * error, mu + z * error, mu - spread, mu + spread, new(tau2, 2 * tau * tauError, converged), i2, h2, ratio,
            ChiSquaredDistribution.Upper(ratio, k - 1), false, level)
        { LogLikelihood = logLikelihood, QWald = model.Wald() };
    }

    /// <summary>Log-likelihood and its derivatives by μ and τ.</summary>
    public readonly record struct Score(double Value, double ByMu, double ByTau);

    private (double Mu, double Tau, double Value, double Error, double TauError, bool Converged) Maximise()
    {
        var start = Math.Log(events.Sum() / (poisson ? n.Sum() : n.Sum() - events.Sum()));
        var common = Common();
        var best = (Mu: start, Tau: 0.0, Value: common);
        // Where the likelihood rises from τ = 0, its top is above 0, and one step of μ at each rung is enough to find the slope it
        // stands on; where it falls from 0, there may still be a top further out, and each rung is searched.
        var rises = RisesFromZero(start);
        var mu = start;
        foreach (var tau in Ladder)
        {
            mu = rises ? mu + Step(mu, tau) : BestMu(mu, tau);
            var value = At(mu, tau).Value;
            if (value > best.Value || rises && best.Tau == 0) best = (mu, tau, value);
        }

        if (best.Tau == 0)
        {
            // The likelihood falls with any heterogeneity that was tried: τ = 0, and the counts as one.
            var information = poisson ? events.Sum() : events.Sum() * (1 - events.Sum() / n.Sum());
            return (start, 0, best.Value, 1 / Math.Sqrt(information), double.NaN, true);
        }

        return Polish(best.Mu, best.Tau);
    }

    /// <summary>Half the derivative of the likelihood by τ² at τ = 0: whether the counts vary more than chance makes them.</summary>
    private bool RisesFromZero(double mu) => events.Select((x, i) => (x - Mean(i, mu)) * (x - Mean(i, mu)) - (poisson ? Mean(i, mu) : Mean(i, mu) * (1 - Mean(i, mu) / n[i]))).Sum() > 0;

    /// <summary>A step of μ by its score and the information of the same model with the effects' variance τ² added.</summary>
    private double Step(double mu, double tau)
    {
        var information = 0.0;
        for (var i = 0; i < events.Length; i++)
        {
            var mean = Mean(i, mu);
            var own = poisson ? mean : mean * (1 - mean / n[i]);
            information += own / (1 + tau * tau * own);
        }

        return Math.Clamp(At(mu, tau).ByMu / information, -1, 1);
    }

    private double BestMu(double mu, double tau)
    {
        for (var i = 0; i < 20; i++)
        {
            const double h = 1e-4;
            var here = At(mu, tau).ByMu;
            var curve = (At(mu + h, tau).ByMu - here) / h;
            var move = curve < 0 ? Math.Clamp(-here / curve, -1, 1) : Math.Sign(here) * 0.5;
            mu += move;
            if (Math.Abs(move) < 1e-3) break;
        }

        return mu;
    }

    /// <summary>Newton's method on (μ, log τ), the Hessian by central differences of the exact score.</summary>
    private (double Mu, double Tau, double Value, double Error, double TauError, bool Converged) Polish(double mu, double tau)
    {
        var value = At(mu, tau).Value;
        for (var i = 0; i < 100; i++)
        {
            var s = At(mu, tau);
            var (a, b, d) = Hessian(mu, tau);
            // In log τ: the derivative is τ·∂τ, its curvature τ²·∂²τ + τ·∂τ.
            var (g, bb, dd) = (s.ByTau * tau, b * tau, d * tau * tau + s.ByTau * tau);
            var determinant = a * dd - bb * bb;
            var (moveMu, moveLog) = a < 0 && determinant > 0 ? (-(dd * s.ByMu - bb * g) / determinant, -(a * g - bb * s.ByMu) / determinant)
                : (s.ByMu / Math.Abs(a), Math.Sign(g) * 0.3);
            // How much a full step is expected to gain. Below what quadrature can tell, the search has ended.
            var gain = (s.ByMu * moveMu + g * moveLog) / 2;
            var length = 1.0;
            var (nextMu, nextTau, next) = (mu, tau, value);
            for (var halving = 0; halving < 40; halving++, length /= 2)
            {
                (nextMu, nextTau) = (mu + Math.Clamp(length * moveMu, -2, 2), tau * Math.Exp(Math.Clamp(length * moveLog, -1, 1)));
                next = nextTau > MaxTau ? double.NegativeInfinity : At(nextMu, nextTau).Value;
                if (nextTau > MaxTau && halving > 3) break;
                if (next >= value) break;
            }

            if (nextTau > MaxTau) return Ending(mu, tau, value, converged: false);
            if (!(next >= value)) return Ending(mu, tau, value, converged: gain < 1e-5);
            var small = gain < 1e-14 || Math.Abs(nextMu - mu) < 1e-11 * (1 + Math.Abs(mu)) && Math.Abs(nextTau - tau) < 1e-11 * tau;
            (mu, tau, value) = (nextMu, nextTau, next);
            if (small || tau < 1e-6) return Ending(mu, tau, value, converged: true);
        }

        return Ending(mu, tau, value, converged: false);
    }

    private (double Mu, double Tau, double Value, double Error, double TauError, bool Converged) Ending(double mu, double tau, double value, bool converged)
    {
        var (a, b, d) = Hessian(mu, tau);
        var determinant = a * d - b * b;
        return (mu, tau, value, Math.Sqrt(-d / determinant), Math.Sqrt(-a / determinant), converged && a < 0 && determinant > 0);
    }

    private (double MuMu, double MuTau, double TauTau) Hessian(double mu, double tau)
    {
        var (h, t) = (1e-4, 1e-4 * Math.Max(tau, 1e-3));
        var (up, down, more, less) = (At(mu + h, tau), At(mu - h, tau), At(mu, tau + t), At(mu, tau - t));
        return ((up.ByMu - down.ByMu) / (2 * h), (more.ByMu - less.ByMu) / (2 * t), (more.ByTau - less.ByTau) / (2 * t));
    }

    /// <summary>The marginal likelihood: for each study the integral over its own effect.</summary>
    private Score At(double mu, double tau)
    {
        double total = 0, byMu = 0, byTau = 0;
        for (var i = 0; i < events.Length; i++)
        {
            var (mode, scale) = Centre(i, mu, tau);
            // Fine enough for the width at the top; and for the logistic function, which in the complex plane grows from π/2τ on: the
            // error of the sum is about exp(−2π · (π/2τ) / step).
            var step = Math.Min(0.7 * scale, 0.35 / tau);
            var top = Log(i, mu, tau, mode, out _);
            double sum = 0, sumMu = 0, sumTau = 0;
            for (var side = -1; side <= 1; side += 2)
            {
                for (var j = side < 0 ? 1 : 0; ; j++)
                {
                    var u = mode + side * j * step;
                    var below = Log(i, mu, tau, u, out var mean) - top;
                    if (!(below >= Negligible)) break;
                    var weight = Math.Exp(below);
                    sum += weight;
                    sumMu += weight * (events[i] - mean);
                    sumTau += weight * (events[i] - mean) * u;
                }
            }

            total += top + Math.Log(sum * step / Math.Sqrt(2 * Math.PI)) + constants[i];
            byMu += sumMu / sum;
            byTau += sumTau / sum;
        }

        return new(total, byMu, byTau);
    }

    /// <summary>Log of the integrand: the counts given the effect, and the effect's normal density but for its constant.</summary>
    private double Log(int i, double mu, double tau, double u, out double mean) => LogTerm(i, mu + tau * u, out mean) - u * u / 2;

    /// <summary>Where the integrand is highest, and how wide it is there. The slope falls everywhere, so steps of Newton that leave the bracket are replaced by its middle.</summary>
    private (double Mode, double Scale) Centre(int i, double mu, double tau)
    {
        double low = double.NegativeInfinity, high = double.PositiveInfinity, u = modes[i], curve = 1;
        for (var step = 0; step < 200; step++)
        {
            var mean = Mean(i, mu + tau * u);
            curve = tau * tau * (poisson ? mean : mean * (1 - mean / n[i])) + 1;
            var slope = tau * (events[i] - mean) - u;
            if (slope > 0) low = u;
            else high = u;
            var next = u + Math.Clamp(slope / curve, -3, 3);
            if (!(next > low && next < high)) next = double.IsFinite(low) && double.IsFinite(high) ? (low + high) / 2 : u + Math.Sign(slope);
            if (Math.Abs(next - u) < 1e-9) break;
            u = next;
        }

        modes[i] = u;
        return (u, 1 / Math.Sqrt(curve));
    }

    private double Mean(int i, double eta) => poisson ? n[i] * Math.Exp(eta) : eta < 0 ? n[i] * Math.Exp(eta) / (1 + Math.Exp(eta)) : n[i] / (1 + Math.Exp(-eta));

    /// <summary>Log-probability of the events but for its constant, and the mean, out of one exponential.</summary>
    private double LogTerm(int i, double eta, out double mean)
    {
        var e = Math.Exp(poisson ? eta : -Math.Abs(eta));
        mean = poisson ? n[i] * e : eta < 0 ? n[i] * e / (1 + e) : n[i] / (1 + e);
        return events[i] * eta - (poisson ? mean : n[i] * (Math.Max(eta, 0) + Math.Log(1 + e)));
    }

    /// <summary>Likelihood with one figure for all.</summary>
    private double Common()
    {
        var p = events.Sum() / n.Sum();
        return events.Select((_, i) => LogTerm(i, poisson ? Math.Log(p) : Math.Log(p) - double.LogP1(-p), out _) + constants[i]).Sum();
    }

    /// <summary>Likelihood with a figure for each study.</summary>
    private double Saturated()
    {
        double XLogX(double x, double by) => x == 0 ? 0 : x * Math.Log(x / by);
        return events.Select((x, i) => XLogX(x, n[i]) + (poisson ? -x : XLogX(n[i] - x, n[i])) + constants[i]).Sum();
    }

    /// <summary>Wald's statistic: studies with no event, or nothing but events, have no finite estimate and add nothing.</summary>
    private double Wald()
    {
        var finite = events.Select((x, i) => (x, n: n[i])).Where(s => s.x > 0 && (poisson || s.x < s.n))
            .Select(s => poisson ? (Y: Math.Log(s.x / s.n), W: s.x) : (Y: Math.Log(s.x / (s.n - s.x)), W: s.x * (s.n - s.x) / s.n)).ToList();
        var mean = finite.Sum(f => f.W * f.Y) / finite.Sum(f => f.W);
        return finite.Sum(f => f.W * (f.Y - mean) * (f.Y - mean));
    }

    private static double LogFactorial(double n) => MathNet.Numerics.SpecialFunctions.GammaLn(n + 1);
}
