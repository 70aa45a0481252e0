namespace ThinIce.Numbers.Statistics.Sequential;

/// <summary>Where a monitor stood after one row of data.</summary>
/// <param name="Row">Row, counted from 1.</param>
/// <param name="Time">Time so far: expected events, events, sessions or periods, as the method counts.</param>
/// <param name="Events">Events so far.</param>
/// <param name="Statistic">The log-likelihood ratio or the sum, in the unit of the limit.</param>
/// <param name="Signals">Whether it stands at or above the limit. A monitor stops at its first signal.</param>
public sealed record MonitorStep(int Row, double Time, double Events, double Statistic, bool Signals);

/// <summary>Runs the sequential methods over data, row by row, up to the first signal or the horizon. A signal is a reason to look at the cases, no cause.</summary>
public static class SequentialMonitor
{
    /// <summary>MaxSPRT, Poisson: events and expected events of each row.</summary>
    public static IReadOnlyList<MonitorStep> Run(PoissonMaxSprt design, double criticalValue, IEnumerable<(double Events, double Expected)> rows)
    {
        ArgumentNullException.ThrowIfNull(design);
        var (events, expected) = (0.0, 0.0);
        return Until(rows, row =>
        {
            if (expected >= design.Horizon) return null;
            (events, expected) = (events + row.Events, expected + row.Expected);
            var statistic = expected > 0 ? PoissonMaxSprt.LogLikelihoodRatio(events, expected) : 0;
            return (expected, events, statistic, statistic >= criticalValue && events >= design.FewestEvents && expected >= design.Delay && expected <= design.Horizon);
        });
    }

    /// <summary>MaxSPRT, binomial: events among cases and among controls of each row.</summary>
    public static IReadOnlyList<MonitorStep> Run(BinomialMaxSprt design, double criticalValue, IEnumerable<(double Cases, double Others)> rows)
    {
        ArgumentNullException.ThrowIfNull(design);
        var (cases, all) = (0, 0);
        return Until(rows, row =>
        {
            if (all >= design.Horizon) return null;
            (cases, all) = (cases + (int)row.Cases, all + (int)(row.Cases + row.Others));
            var statistic = design.LogLikelihoodRatio(cases, all);
            return (all, cases, statistic, statistic >= criticalValue - 1e-9 && cases >= design.FewestCases && all <= design.Horizon);
        });
    }

    /// <summary>CUSUM: the outcome of each session (0 or 1) or the count of each period.</summary>
    public static IReadOnlyList<MonitorStep> Run(LatticeCusum chart, int limit, IEnumerable<int> outcomes)
    {
        ArgumentNullException.ThrowIfNull(chart);
        var (sum, events, time) = (0, 0, 0);
        return Until(outcomes, outcome =>
        {
            sum = Math.Max(0, sum + chart.Scores[Math.Min(outcome, chart.Scores.Count - 1)]);
            (events, time) = (events + outcome, time + 1);
            return (time, events, sum * chart.Unit, sum >= limit);
        });
    }

    private static List<MonitorStep> Until<T>(IEnumerable<T> rows, Func<T, (double Time, double Events, double Statistic, bool Signals)?> step)
    {
        var (steps, at) = (new List<MonitorStep>(), 0);
        foreach (var row in rows)
        {
            if (step(row) is not { } now) break;
            steps.Add(new(++at, now.Time, now.Events, now.Statistic, now.Signals));
            if (now.Signals) break;
        }

        return steps;
    }
}
