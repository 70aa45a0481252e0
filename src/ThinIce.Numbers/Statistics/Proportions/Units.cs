namespace ThinIce.Numbers.Statistics.Proportions;

/// <summary>
/// What was counted below the line. A rate per visit and a rate per person are different types, so that no formula mixes them: a
/// field that confuses patients with visits reports rates several times too low.
/// </summary>
public interface ICountedUnit
{
    /// <summary>The unit in words, plural: "people".</summary>
    static abstract string Plural { get; }
}

/// <summary>Each person is counted once, however many visits they had.</summary>
public abstract class People : ICountedUnit
{
    private People() { }

    /// <inheritdoc/>
    public static string Plural => "people";
}

/// <summary>Each visit is counted; one person may have many. Visits of one person are not independent: see the cluster-robust intervals.</summary>
public abstract class Visits : ICountedUnit
{
    private Visits() { }

    /// <inheritdoc/>
    public static string Plural => "visits";
}

/// <summary>The source does not say what it counted. Nothing is assumed, and every text says so.</summary>
public abstract class UnstatedUnit : ICountedUnit
{
    private UnstatedUnit() { }

    /// <inheritdoc/>
    public static string Plural => "people or visits (not said which)";
}

/// <summary>So many of so many: events among people, or among visits.</summary>
/// <typeparam name="TUnit">What was counted: <see cref="People"/>, <see cref="Visits"/> or <see cref="UnstatedUnit"/>.</typeparam>
public sealed record Proportion<TUnit>
    where TUnit : ICountedUnit
{
    /// <summary>Throws <see cref="ArgumentOutOfRangeException"/> unless 0 ≤ events ≤ n and n > 0.</summary>
    public Proportion(long events, long n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(events);
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(events, n);
        (Events, N) = (events, n);
    }

    /// <summary>How many had the event, from 0 to <see cref="N"/>.</summary>
    public long Events { get; }

    /// <summary>The denominator, at least 1.</summary>
    public long N { get; }

    /// <summary>Events by denominator, from 0 to 1. With no event it is 0, which says nothing about what is possible: read the upper bound.</summary>
    public double Estimate => (double)Events / N;
}

/// <summary>Events in a length of observation, such as 3 in 250 person-months. The unit of time is the reader's to say.</summary>
public sealed record EventRate
{
    /// <summary>Throws <see cref="ArgumentOutOfRangeException"/> unless events are at least 0 and time is positive and finite.</summary>
    public EventRate(long events, double time)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(events);
        if (!(time > 0) || double.IsInfinity(time)) throw new ArgumentOutOfRangeException(nameof(time), "Time of observation is positive.");
        (Events, Time) = (events, time);
    }

    /// <summary>How many events; one person may have several.</summary>
    public long Events { get; }

    /// <summary>Time of observation, summed over people.</summary>
    public double Time { get; }

    /// <summary>Events in one unit of time.</summary>
    public double Estimate => Events / Time;
}
