namespace ThinIce.Numbers.Statistics.Sequential;

/// <summary>How a sequential test behaves when events come so many times as often as expected.</summary>
/// <param name="Power">Probability that it signals before its horizon. With a ratio of 1 it is the probability of a false alarm.</param>
/// <param name="TimeToSignal">Mean time until the signal, of those that signal, in the horizon's unit; NaN if none does.</param>
/// <param name="TimeOfWatching">Mean time until the signal or the horizon, whichever is first.</param>
public sealed record SequentialPerformance(double Power, double TimeToSignal, double TimeOfWatching);

/// <summary>
/// MaxSPRT for events that come one by one against a known expectation (Kulldorff and others, 2011): looked at after every event, over a
/// fixed horizon, with the false-alarm probability kept over all looks together. Time is counted in expected events. It says that events
/// come more often than expected, never why.
/// </summary>
/// <param name="Horizon">Expected events at which watching ends, above 0.</param>
/// <param name="FewestEvents">Events before a signal may be given, 1 or more.</param>
/// <param name="Delay">Expected events before the first look, 0 or more and less than the horizon.</param>
public sealed record PoissonMaxSprt(double Horizon, int FewestEvents = 1, double Delay = 0)
{
    /// <summary>The logarithm of the likelihood ratio; 0 where there are no more events than expected.</summary>
    /// <param name="events">Events so far.</param>
    /// <param name="expected">Expected events so far, above 0.</param>
    public static double LogLikelihoodRatio(double events, double expected) =>
        events > expected ? expected - events + events * Math.Log(events / expected) : 0;

    /// <summary>
    /// The value that the likelihood ratio has to reach for a signal, so that the probability of a false alarm over the whole horizon is
    /// alpha. With a delay the probabilities jump, and it is the least value that does not exceed alpha.
    /// </summary>
    /// <param name="alpha">Probability of a false alarm, between 0 and 1.</param>
    public double CriticalValue(double alpha = 0.05)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(alpha);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(alpha, 1);
        var (low, high) = (1e-3, 4.0);
        while (FalseAlarm(high) > alpha) high *= 2;
        // Halving always works; without jumps the false alarms fall about exponentially, and a straight line in their logarithm is quicker.
        var (lowLog, highLog) = (Math.Log(FalseAlarm(low) / alpha), Math.Log(Math.Max(FalseAlarm(high), 1e-300) / alpha));
        while (high - low > 1e-13 * high)
        {
            var straight = low + (high - low) * lowLog / (lowLog - highLog);
            foreach (var point in Delay > 0 || !(straight > low && straight < high) ? (ReadOnlySpan<double>)[(low + high) / 2] : [straight - 1e-9 * high, straight + 1e-9 * high, (low + high) / 2])
            {
                if (point <= low || point >= high) continue;
                var log = Math.Log(Math.Max(FalseAlarm(point), 1e-300) / alpha);
                if (log > 0) (low, lowLog) = (point, log);
                else (high, highLog) = (point, log);
            }
        }

        return high;
    }

    /// <summary>The probability of a false alarm with a critical value.</summary>
    public double FalseAlarm(double criticalValue) => Performance(criticalValue, 1).Power;

    /// <summary>How it behaves when events come <paramref name="ratio"/> times as often as expected, exactly (no simulation).</summary>
    /// <param name="criticalValue">As from <see cref="CriticalValue"/>.</param>
    /// <param name="ratio">Above 0.</param>
    public SequentialPerformance Performance(double criticalValue, double ratio)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ratio);
        // Probabilities of the number of events so far, no signal yet. Event n signals when it comes before the time at which n events
        // just reach the critical value; so at that time there must be fewer than n. Nothing is looked at before the delay is over.
        var n = FewestEvents;
        while (Boundary(n, criticalValue) < Delay) n++;
        var quiet = Counts.None;
        var (now, watched) = (0.0, 0.0);
        if (Delay > 0)
        {
            (quiet, now, watched) = (quiet.After(ratio * Delay, int.MaxValue).Below(n), Delay, Delay);
        }

        for (; now < Horizon; n++)
        {
            var until = Math.Min(Horizon, Boundary(n, criticalValue));
            watched += quiet.Below(n).Watched(n, until - now, ratio);
            (quiet, now) = (quiet.After(ratio * (until - now), n), until);
        }

        var silent = quiet.Sum();
        var power = 1 - silent;
        return new(power, power > 0 ? (watched - Horizon * silent) / power : double.NaN, watched);
    }

    /// <summary>The shortest horizon that gives a power, with its critical value.</summary>
    /// <param name="power">Between alpha and 1.</param>
    /// <param name="ratio">Above 1.</param>
    /// <param name="alpha">Probability of a false alarm.</param>
    /// <param name="fewestEvents">Events before a signal may be given.</param>
    /// <returns>The horizon in expected events to six digits, and its critical value.</returns>
    public static (PoissonMaxSprt Design, double CriticalValue) ForPower(double power, double ratio, double alpha = 0.05, int fewestEvents = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ratio, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(power, alpha);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(power, 1);
        double Power(double horizon)
        {
            var design = new PoissonMaxSprt(horizon, fewestEvents);
            return design.Performance(design.CriticalValue(alpha), ratio).Power;
        }

        var high = 1.0;
        while (Power(high) < power) high *= 2;
        var low = high / 2;
        while (high - low > 1e-7 * high)
        {
            var middle = (low + high) / 2;
            if (Power(middle) < power) low = middle;
            else high = middle;
        }

        var found = new PoissonMaxSprt(high, fewestEvents);
        return (found, found.CriticalValue(alpha));
    }

    /// <summary>The expectation at which so many events just reach the critical value: less than the number of events.</summary>
    internal static double Boundary(int events, double criticalValue)
    {
        // Newton in the logarithm x of expected ÷ events: e^x − 1 − x = value ÷ events, x below 0.
        var target = criticalValue / events;
        var x = -Math.Max(Math.Sqrt(2 * target), target > 1 ? target + 1 : 0);
        for (var i = 0; i < 100; i++)
        {
            var step = (Math.Exp(x) - 1 - x - target) / (Math.Exp(x) - 1);
            x -= step;
            if (Math.Abs(step) < 1e-15 * Math.Abs(x)) break;
        }

        return events * Math.Exp(x);
    }

    /// <summary>Probabilities of numbers of events, from the smallest that is not negligible.</summary>
    private sealed record Counts(int First, double[] Values)
    {
        private const double Negligible = 1e-22;

        public static Counts None { get; } = new(0, [1.0]);

        public double Sum() => Values.Sum();

        /// <summary>Without the numbers from n on, which have signalled.</summary>
        public Counts Below(int n) => First + Values.Length <= n ? this : new(First, Values[..Math.Max(0, n - First)]);

        /// <summary>Mean time without a signal in a stretch: each number of events stays below n for as long as its Poisson process does.</summary>
        public double Watched(int n, double length, double ratio)
        {
            // ∫ P(fewer than m further events by s) ds over the stretch = Σ_{k<m} P(more than k events in it) ÷ ratio.
            var (sum, reach) = (0.0, 0.0);
            for (var (i, k) = (Values.Length - 1, 0); i >= 0; i--)
            {
                for (; k < n - First - i; k++) reach += MathNet.Numerics.SpecialFunctions.GammaLowerRegularized(k + 1, ratio * length);
                sum += Values[i] * reach / ratio;
            }

            return sum;
        }

        /// <summary>The numbers of events a stretch later, up to below n.</summary>
        public Counts After(double mean, int n)
        {
            var steps = Steps(mean);
            var length = (int)Math.Min((long)Values.Length + steps.Count - 1, (long)n - First);
            if (length <= 0) return new(First, []);
            var next = new double[length];
            for (var i = 0; i < Math.Min(Values.Length, length); i++)
            {
                for (var k = 0; k < steps.Count && i + k < length; k++) next[i + k] += Values[i] * steps[k];
            }

            var from = Array.FindIndex(next, p => p > Negligible);
            return from <= 0 ? new(First, next) : new(First + from, next[from..]);
        }

        private static List<double> Steps(double mean)
        {
            var steps = new List<double>();
            var term = Math.Exp(-mean);
            for (var k = 0; term > Negligible || k < mean; k++)
            {
                steps.Add(term);
                term *= mean / (k + 1);
            }

            return steps;
        }
    }
}
