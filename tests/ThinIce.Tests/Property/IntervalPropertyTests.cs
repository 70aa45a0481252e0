using CsCheck;
using ThinIce.Numbers.Statistics.Distributions;
using ThinIce.Numbers.Statistics.Pooling;
using ThinIce.Numbers.Statistics.Proportions;

namespace ThinIce.Tests.Property;

/// <summary>What holds of every interval and every pooled figure. THINICE_LONG=1 tries many more.</summary>
public sealed class IntervalPropertyTests
{
    private static readonly Gen<(long X, long N)> Counts = Gen.Long[1, 5000].SelectMany(n => Gen.Long[0, n].Select(x => (x, n)));
    private static readonly Gen<Study> OneStudy = Gen.Select(Gen.Int[5, 800], Gen.Double[0, 0.3]).SelectMany(s => Gen.Long[0, (long)(s.Item1 * s.Item2) + 1].Select(x => new Study("s", x, s.Item1)));

    [Fact]
    public void Every_interval_holds_its_estimate_and_stays_within_0_and_1() => Counts.Holds(c =>
    {
        foreach (var method in ProportionIntervals.Shown.Where(m => m != ProportionMethod.JeffreysEqualTailed))
        {
            var interval = ProportionIntervals.Of(new Proportion<People>(c.X, c.N), method);
            Assert.True(interval is { Low: >= 0, High: <= 1 } && interval.Holds((double)c.X / c.N), $"{method} of {c}: {interval}");
        }
    }, iter: 300);

    [Fact]
    public void An_interval_read_from_the_other_side_is_its_mirror() => Counts.Holds(c =>
    {
        foreach (var method in ProportionIntervals.Shown)
        {
            Interval one = ProportionIntervals.Of(new Proportion<People>(c.X, c.N), method), other = ProportionIntervals.Of(new Proportion<People>(c.N - c.X, c.N), method);
            Assert.Equal(one.Low, 1 - other.High, 1e-9);
        }
    }, iter: 200);

    [Fact]
    public void The_exact_ends_are_where_the_plain_sum_of_the_binomial_says() => Gen.Long[1, 60].SelectMany(n => Gen.Long[0, n].Select(x => (X: x, N: n))).Holds(c =>
    {
        var interval = ProportionIntervals.Of(new Proportion<People>(c.X, c.N), ProportionMethod.ClopperPearson);
        if (c.X > 0) Assert.Equal(0.025, Sum(c.X, c.N, c.N, interval.Low), 1e-9);
        if (c.X < c.N) Assert.Equal(0.025, Sum(0, c.X, c.N, interval.High), 1e-9);
    }, iter: 200);

    /// <summary>The slow twin: products of integers, nothing of the beta function.</summary>
    private static double Sum(long from, long to, long n, double p)
    {
        var sum = 0.0;
        for (var k = from; k <= to; k++)
        {
            var term = Math.Pow(p, k) * Math.Pow(1 - p, n - k);
            for (var i = 1; i <= k; i++) term *= (double)(n - k + i) / i;
            sum += term;
        }

        return sum;
    }

    [Fact]
    public void Quantiles_undo_probabilities() => Gen.Select(Gen.Double[-12, -0.001], Gen.Double[-3, 8], Gen.Double[-3, 8]).Holds((p, a, b) =>
    {
        double tail = Math.Pow(10, p), s = Math.Exp(a), t = Math.Exp(b);
        var x = BetaDistribution.Quantile(tail, s, t);
        if (x is > 1e-290 and < 0.999) Assert.Equal(1, BetaDistribution.Lower(x, s, t) / tail, 1e-9);
        var y = GammaDistribution.Quantile(tail, s);
        if (y > 1e-290) Assert.Equal(1, GammaDistribution.Lower(y, s) / tail, 1e-9);
    }, iter: 2000);

    [Fact]
    public void Every_pooled_figure_lies_between_its_studies_or_says_that_it_is_a_bound() => OneStudy.List[2, 12].Holds(studies =>
    {
        foreach (var method in Enum.GetValues<PoolMethod>())
        {
            var figure = Pool.Studies(studies, PoolScale.Logit, method);
            // Where hardly any study but one has events, a likelihood may have no top that is found: then the figure says that it
            // did not converge. The simple estimators always come to an end.
            if (method is PoolMethod.Glmm or PoolMethod.RestrictedMaximumLikelihood or PoolMethod.MaximumLikelihood && figure.OnScale is { Tau.Converged: false }) continue;
            Assert.True(figure.Low <= figure.Estimate && figure.Estimate <= figure.High, $"{method}: {figure.Low}, {figure.Estimate}, {figure.High}");
            if (figure.OnScale is not { } on) continue;
            Assert.True(on.Tau.Converged, $"{method} did not converge: {string.Join(' ', studies.Select(s => $"{s.Events}/{s.N}"))}");
            Assert.InRange(figure.Estimate, studies.Min(s => s.Events / (s.N + 1)) - 1e-9, studies.Max(s => (s.Events + 0.5) / (s.N + 1)) + 1e-3);
        }
    }, iter: 150);

    [Fact]
    public void No_other_heterogeneity_near_by_fits_better_than_the_likelihoods_own() => OneStudy.List[3, 10].Holds(studies =>
    {
        if (studies.TrueForAll(s => s.Events == 0)) return;
        List<Effect> effects = [.. studies.Select(s => Scales.Effect(s, PoolScale.Logit))];
        var tau2 = Pool.Effects(effects, PoolMethod.MaximumLikelihood).Tau.Tau2;
        foreach (var other in new[] { 0, tau2 * 0.9, tau2 * 1.1, tau2 + 0.01, tau2 + 0.3 })
            Assert.True(LogLikelihood(effects, tau2) >= LogLikelihood(effects, other) - 1e-9, $"{tau2} against {other}");
    }, iter: 300);

    private static double LogLikelihood(List<Effect> effects, double tau2)
    {
        var w = effects.Select(e => 1 / (e.V + tau2)).ToList();
        var mean = effects.Select((e, i) => w[i] * e.Y).Sum() / w.Sum();
        return -0.5 * effects.Select((e, i) => -Math.Log(w[i]) + w[i] * (e.Y - mean) * (e.Y - mean)).Sum();
    }
}
