namespace ThinIce.Numbers.Statistics.Sequential;

/// <summary>
/// MaxSPRT for events that may each fall on one of two sides, such as sessions of a new technique against matched others: looked at after
/// every event, up to a fixed number of events. It says that one side gets more than its share, never why.
/// </summary>
/// <param name="Horizon">Events at which watching ends, 1 or more.</param>
/// <param name="Controls">Controls for each case (z), above 0: under no difference an event falls on the case with probability 1 ÷ (1 + z).</param>
/// <param name="FewestCases">Events among cases before a signal may be given, 1 or more.</param>
public sealed record BinomialMaxSprt(int Horizon, double Controls, int FewestCases = 1)
{
    /// <summary>Likelihood ratios that differ by less than this count as the same.</summary>
    private const double Tie = 1e-9;

    /// <summary>Probability of an event falling on the case if there is no difference.</summary>
    public double Share => 1 / (1 + Controls);

    /// <summary>The logarithm of the likelihood ratio; 0 where cases have no more than their share.</summary>
    /// <param name="cases">Events among cases.</param>
    /// <param name="events">All events.</param>
    public double LogLikelihoodRatio(int cases, int events)
    {
        if (cases <= events * Share) return 0;
        double x = cases, rest = events - cases;
        return x * Math.Log(x / events / Share) + (rest > 0 ? rest * Math.Log(rest / events / (1 - Share)) : 0);
    }

    /// <summary>
    /// The value that the likelihood ratio has to reach for a signal, so that the probability of a false alarm is at most alpha, and that
    /// probability. Because events are whole, it is mostly less than alpha, and many values make the same test: this is the least number
    /// of five decimals above every likelihood ratio that must not signal, as Sequential 4.5.1 prints it.
    /// </summary>
    /// <returns>Infinity and 0 where not even the strongest outcome may signal.</returns>
    public (double CriticalValue, double FalseAlarm) CriticalValue(double alpha = 0.05)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(alpha);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(alpha, 1);
        var values = Values();
        var (low, high) = (-1, values.Count);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (FalseAlarm(values[middle]) > alpha) low = middle;
            else high = middle;
        }

        if (high == values.Count) return (double.PositiveInfinity, 0);
        var above = low >= 0 ? Math.Ceiling(values[low] * 1e5) / 1e5 : 0;
        return (above > (low >= 0 ? values[low] + Tie : 0) && above < values[high] ? above : values[high], FalseAlarm(values[high]));
    }

    private List<double> Values()
    {
        var values = new List<double>();
        for (var n = 1; n <= Horizon; n++)
        {
            for (var x = FewestCases; x <= n; x++)
            {
                if (LogLikelihoodRatio(x, n) is > 0 and var value) values.Add(value);
            }
        }

        values.Sort();
        return [.. values.Where((v, i) => i == 0 || v > values[i - 1] + Tie)];
    }

    /// <summary>The probability of a false alarm with a critical value.</summary>
    public double FalseAlarm(double criticalValue) => Performance(criticalValue, 1).Power;

    /// <summary>How it behaves when events fall on cases <paramref name="ratio"/> times as often, relative to controls; time in events.</summary>
    public SequentialPerformance Performance(double criticalValue, double ratio)
    {
        var p = ratio / (ratio + Controls);
        var quiet = new double[Horizon + 1];
        quiet[0] = 1;
        var (power, time) = (0.0, 0.0);
        for (var n = 1; n <= Horizon; n++)
        {
            for (var x = n; x >= 0; x--)
            {
                quiet[x] = quiet[x] * (1 - p) + (x > 0 ? quiet[x - 1] * p : 0);
                if (x < FewestCases || quiet[x] == 0 || LogLikelihoodRatio(x, n) < criticalValue - Tie) continue;
                power += quiet[x];
                time += quiet[x] * n;
                quiet[x] = 0;
            }
        }

        return new(power, power > 0 ? time / power : double.NaN, time + Horizon * (1 - power));
    }
}
