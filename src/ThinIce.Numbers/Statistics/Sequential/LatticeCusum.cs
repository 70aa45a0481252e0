namespace ThinIce.Numbers.Statistics.Sequential;

/// <summary>
/// A cumulative sum that rises with events and falls without them, never below 0, and signals when it reaches its limit. Scores are whole
/// numbers of a small unit, so that run lengths and false alarms are worked out exactly and not by simulation. Unlike MaxSPRT it has no
/// horizon, and it notices a change that comes late.
/// </summary>
/// <param name="Scores">For each outcome its score in units, which may be negative.</param>
/// <param name="Unit">How much log-likelihood one unit is.</param>
public sealed record LatticeCusum(IReadOnlyList<int> Scores, double Unit)
{
    /// <summary>For single sessions: each either with an event or without.</summary>
    /// <param name="usual">The usual probability of an event, between 0 and 1.</param>
    /// <param name="notice">The probability to notice, above the usual one.</param>
    /// <returns>
    /// The chart and the probability it is really tuned to. So that scores are whole, that is the nearest one for which an event weighs a
    /// whole number of times as much as its absence (Reynolds and Stoumbos 1999 do the same).
    /// </returns>
    public static (LatticeCusum Chart, double TunedTo) ForSessions(double usual, double notice)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(usual);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(notice, usual);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(notice, 1);
        double Weight(double p) => Math.Log(p / usual) / -Math.Log((1 - p) / (1 - usual));
        var whole = Math.Max(1, Math.Round(Weight(notice)));
        // The weight falls as the probability to notice rises.
        var (low, high) = (usual * (1 + 1e-9), 1 - 1e-12);
        for (var i = 0; i < 200; i++)
        {
            var middle = (low + high) / 2;
            if (Weight(middle) > whole) low = middle;
            else high = middle;
        }

        return (new([-1, (int)whole], -Math.Log((1 - high) / (1 - usual))), high);
    }

    /// <summary>For periods with the same expectation: each with a count of events.</summary>
    /// <param name="expected">Usual events in a period, above 0.</param>
    /// <param name="ratio">How many times as many to notice, above 1.</param>
    /// <param name="parts">An event is divided into so many units; the reference value is rounded to one.</param>
    public static LatticeCusum ForPeriods(double expected, double ratio, int parts = 100)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(expected);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ratio, 1);
        var reference = (int)Math.Round(expected * (ratio - 1) / Math.Log(ratio) * parts);
        var most = (int)Math.Ceiling(expected * ratio + 12 * Math.Sqrt(expected * ratio) + 30);
        return new([.. Enumerable.Range(0, most + 1).Select(c => c * parts - reference)], Math.Log(ratio) / parts);
    }

    /// <summary>Probabilities of the outcomes of one session.</summary>
    public static double[] SessionOutcomes(double probability) => [1 - probability, probability];

    /// <summary>Probabilities of the counts of one period; the last takes what is left.</summary>
    public double[] PeriodOutcomes(double mean)
    {
        var outcomes = new double[Scores.Count];
        var term = Math.Exp(-mean);
        for (var c = 0; c < outcomes.Length; c++)
        {
            outcomes[c] = term;
            term *= mean / (c + 1);
        }

        outcomes[^1] += 1 - outcomes.Sum();
        return outcomes;
    }

    /// <summary>The mean number of steps until a signal (ARL), starting at 0.</summary>
    /// <param name="limit">Units at which it signals, 1 or more.</param>
    /// <param name="outcomes">Probability of each outcome.</param>
    public double MeanRunLength(int limit, double[] outcomes)
    {
        var stay = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseIdentity(limit);
        for (var s = 0; s < limit; s++)
        {
            for (var o = 0; o < outcomes.Length; o++)
            {
                var next = Math.Max(0, s + Scores[o]);
                if (next < limit) stay[s, next] -= outcomes[o];
            }
        }

        return stay.Solve(MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(limit, 1))[0];
    }

    /// <summary>The probability of a signal within so many steps, starting at 0.</summary>
    public double SignalWithin(int steps, int limit, double[] outcomes)
    {
        var (now, signalled) = (new double[limit], 0.0);
        now[0] = 1;
        for (var step = 0; step < steps; step++)
        {
            var next = new double[limit];
            for (var s = 0; s < limit; s++)
            {
                if (now[s] == 0) continue;
                for (var o = 0; o < outcomes.Length; o++)
                {
                    var to = Math.Max(0, s + Scores[o]);
                    if (to < limit) next[to] += now[s] * outcomes[o];
                    else signalled += now[s] * outcomes[o];
                }
            }

            now = next;
        }

        return signalled;
    }

    /// <summary>The least limit whose usual mean run length is at least so many steps.</summary>
    public int LimitForRunLength(double runLength, double[] usual) => Least(limit => MeanRunLength(limit, usual) >= runLength);

    /// <summary>The least limit that gives a false alarm within so many steps with at most this probability.</summary>
    public int LimitForFalseAlarm(double alpha, int steps, double[] usual) => Least(limit => SignalWithin(steps, limit, usual) <= alpha);

    private static int Least(Func<int, bool> enough)
    {
        var high = 1;
        while (!enough(high) && high < 1 << 13) high *= 2;
        var low = high / 2;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (enough(middle)) high = middle;
            else low = middle;
        }

        return high;
    }
}
