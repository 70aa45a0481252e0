using ThinIce.Core.Contract;
using ThinIce.Numbers.Statistics.Distributions;
using ThinIce.Numbers.Statistics.Proportions;

namespace ThinIce.Numbers.Statistics.CaptureRecapture;

/// <summary>When a report was made.</summary>
public enum ReportMade
{
    /// <summary>This source did not report the event.</summary>
    NotReported,

    /// <summary>Before the reporter could see what the other side had said.</summary>
    BeforeSeeingTheOther,

    /// <summary>After the reporter saw the other side's report, or was asked because of it.</summary>
    AfterSeeingTheOther,

    /// <summary>It is not known which.</summary>
    OrderUnknown,
}

/// <summary>One event, and who reported it.</summary>
/// <param name="First">By the first source, such as the therapist.</param>
/// <param name="Second">By the second source, such as the client.</param>
public readonly record struct TwiceWatchedEvent(ReportMade First, ReportMade Second);

/// <summary>
/// Counts of two sources that were blind to each other. It can only be made from reports that all were made before either side saw
/// the other: a client who is asked because the therapist reported is no second look.
/// </summary>
public sealed record BlindCounts
{
    private BlindCounts(long both, long onlyFirst, long onlySecond) => (Both, OnlyFirst, OnlySecond) = (both, onlyFirst, onlySecond);

    /// <summary>Seen by both.</summary>
    public long Both { get; }

    /// <summary>Seen by the first only.</summary>
    public long OnlyFirst { get; }

    /// <summary>Seen by the second only.</summary>
    public long OnlySecond { get; }

    /// <summary>Counts, or the reason why there are none (<c>not-independent</c>): a single report that was not blind, or may not have been, refuses the whole.</summary>
    public static (BlindCounts? Counts, Problem? Refusal) From(IEnumerable<TwiceWatchedEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        long both = 0, first = 0, second = 0, notBlind = 0;
        foreach (var e in events)
        {
            if (Sighted(e.First) || Sighted(e.Second)) notBlind++;
            else if (e.First == ReportMade.BeforeSeeingTheOther && e.Second == ReportMade.BeforeSeeingTheOther) both++;
            else if (e.First == ReportMade.BeforeSeeingTheOther) first++;
            else if (e.Second == ReportMade.BeforeSeeingTheOther) second++;
        }

        return notBlind == 0 ? (new(both, first, second), null)
            : (null, new(Problems.NotIndependent, $"{notBlind} of the events have a report that was made, or may have been made, after the other side's was seen.", ""));
    }

    private static bool Sighted(ReportMade made) => made is ReportMade.AfterSeeingTheOther or ReportMade.OrderUnknown;
}

/// <summary>How many events there were at least.</summary>
/// <param name="Seen">Seen by either source: certain.</param>
/// <param name="LowerBound">Chapman's estimate of all, read as a lower bound.</param>
/// <param name="StandardError">Its standard error (Seber).</param>
/// <param name="Interval">Sadinle's transformed logit interval (2009).</param>
public sealed record LowerBoundOfEvents(long Seen, double LowerBound, double StandardError, Interval Interval)
{
    /// <summary>What stands beside the figure wherever it is shown.</summary>
    public static string Label => "A lower bound: events that hurt more are reported by both sides more often, and such likeness makes the estimate too low.";
}

/// <summary>Capture and recapture with two sources.</summary>
public static class TwoSources
{
    /// <summary>
    /// At least how many events there were. Refused (<c>too-few</c>) where no event was seen by both: then nothing links the two
    /// sources, and only the number seen can be given.
    /// </summary>
    public static (LowerBoundOfEvents? Bound, Problem? Refusal) AtLeast(BlindCounts counts, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (counts.Both == 0) return (null, new(Problems.TooFew, $"No event was seen by both sources; {counts.OnlyFirst + counts.OnlySecond} were seen, and more cannot be said.", ""));
        double m = counts.Both, n1 = m + counts.OnlyFirst, n2 = m + counts.OnlySecond;
        var estimate = (n1 + 1) * (n2 + 1) / (m + 1) - 1;
        var variance = (n1 + 1) * (n2 + 1) * (n1 - m) * (n2 - m) / ((m + 1) * (m + 1) * (m + 2));
        var z = -StandardNormal.Quantile(Interval.Tail(level, Sides.Both));
        double a = counts.OnlyFirst + 0.5, b = counts.OnlySecond + 0.5, c = m + 0.5;
        var spread = z * Math.Sqrt(1 / c + 1 / a + 1 / b + c / (a * b));
        var seen = counts.Both + counts.OnlyFirst + counts.OnlySecond;
        Interval interval = new("sadinle-logit", seen - 0.5 + a * b / c * Math.Exp(-spread), seen - 0.5 + a * b / c * Math.Exp(spread), level);
        return (new(seen, estimate, Math.Sqrt(variance), interval), null);
    }
}
