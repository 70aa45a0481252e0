using System.Collections.Immutable;
using ThinIce.Registry.Model;

namespace ThinIce.Registry.FollowUp;

/// <summary>One check-in to come: when to ask, and until when it can be answered.</summary>
public sealed record PlannedContact(Wave Wave, DateTimeOffset DueAt, DateTimeOffset ClosesAt);

/// <summary>
/// When to ask. The first signs of harm come at once, within a day, or later: so the evening after, day 3 and day 7. The hours
/// of the day are conventions: when people read messages, and outside the clinic's quiet hours.
/// </summary>
public static class Schedule
{
    private static readonly TimeOnly Evening = new(19, 0), Morning = new(10, 0);

    /// <summary>An evening check-in comes this long after the end of the session at the earliest.</summary>
    private static readonly TimeSpan Earliest = TimeSpan.FromHours(2);

    /// <summary>Days that the last check-in of a series can be answered.</summary>
    private const int LastDays = 7;

    /// <summary>Days between any session and a control check-in, before and after.</summary>
    public const int ControlDays = 14;

    /// <summary>The check-ins after a session. One can be answered until the next is due.</summary>
    public static ImmutableArray<PlannedContact> After(DateTimeOffset start, double minutes, ClinicClock clock)
    {
        var end = start.AddMinutes(minutes);
        var day = clock.Local(start).Date;
        var evening = clock.Moment(day + Evening.ToTimeSpan());
        if (evening < end + Earliest) evening = end + Earliest;
        evening = clock.NextAllowed(evening);
        var day3 = At(3);
        var day7 = At(7);
        return [new(Wave.Evening, evening, day3), new(Wave.Day3, day3, day7), new(Wave.Day7, day7, day7.AddDays(LastDays))];

        DateTimeOffset At(int days) => clock.NextAllowed(clock.Moment(day.AddDays(days) + Morning.ToTimeSpan()));
    }

    /// <summary>A control check-in: the next morning.</summary>
    public static PlannedContact Control(DateTimeOffset now, ClinicClock clock)
    {
        var due = clock.NextAllowed(clock.Moment(clock.Local(now).Date.AddDays(1) + Morning.ToTimeSpan()));
        return new(Wave.Control, due, due.AddDays(LastDays));
    }
}

/// <summary>Whom to follow up after a session, and with which probability. The draw itself is the caller's chance.</summary>
public static class FollowUpPolicy
{
    /// <summary>Decides.</summary>
    /// <param name="canBeAsked">Whether there is an address and the person wants it.</param>
    /// <param name="isFirst">Whether it was the first visit.</param>
    /// <param name="changed">Whether the plan was another or a riskier one than the last time.</param>
    /// <param name="sample">Probability for an ordinary session.</param>
    /// <param name="chance">A number from 0 up to but not including 1.</param>
    public static (FollowUpReason Reason, double Probability) Decide(bool canBeAsked, bool isFirst, bool changed, double sample, double chance)
    {
        if (!canBeAsked) return (FollowUpReason.NoContact, 0);
        if (isFirst) return (FollowUpReason.FirstVisit, 1);
        if (changed) return (FollowUpReason.ChangedPlan, 1);
        return (chance < sample ? FollowUpReason.Drawn : FollowUpReason.NotDrawn, sample);
    }

    /// <summary>Whether a session with this reason is followed up.</summary>
    public static bool Asks(FollowUpReason reason) => reason is FollowUpReason.FirstVisit or FollowUpReason.ChangedPlan or FollowUpReason.Drawn;
}
