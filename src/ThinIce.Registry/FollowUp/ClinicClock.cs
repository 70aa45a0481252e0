using ThinIce.Registry.Model;

namespace ThinIce.Registry.FollowUp;

/// <summary>
/// A clinic's clock: its time zone with its summer-time changes, and the hours in which it sends nothing. Times that the change
/// leaves out are moved on by the gap; of times that come twice the first is meant.
/// </summary>
/// <param name="zone">Time zone.</param>
/// <param name="quietFrom">No message from here on …</param>
/// <param name="quietTo">… until here.</param>
public sealed class ClinicClock(TimeZoneInfo zone, TimeOnly quietFrom, TimeOnly quietTo)
{
    /// <summary>The clock of a clinic.</summary>
    public ClinicClock(Clinic clinic)
        : this(TimeZoneInfo.FindSystemTimeZoneById(clinic.TimeZone), clinic.QuietFrom, clinic.QuietTo)
    {
    }

    /// <summary>Whether there is a time zone of that name: an IANA name, not a Windows one.</summary>
    public static bool Knows(string name) => name is not null && name.Contains('/', StringComparison.Ordinal) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out _);

    /// <summary>The clinic's date and time at a moment.</summary>
    public DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).DateTime;

    /// <summary>The moment at which the clinic's clock shows this.</summary>
    public DateTimeOffset Moment(DateTime local)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
        {
            // Read with the offset from before the gap, it is the same time after it, moved on by the gap.
            var before = zone.GetUtcOffset(local.AddHours(-3));
            return new DateTimeOffset(local, before).ToUniversalTime();
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>Whether no message goes out at this moment.</summary>
    public bool IsQuiet(DateTimeOffset at)
    {
        var time = TimeOnly.FromDateTime(Local(at));
        return quietFrom <= quietTo ? time >= quietFrom && time < quietTo : time >= quietFrom || time < quietTo;
    }

    /// <summary>This moment, or the end of the quiet hours it falls into.</summary>
    public DateTimeOffset NextAllowed(DateTimeOffset at)
    {
        if (!IsQuiet(at)) return at;
        var local = Local(at);
        var day = TimeOnly.FromDateTime(local) < quietTo ? local.Date : local.Date.AddDays(1);
        var end = Moment(day + quietTo.ToTimeSpan());
        // When the clock is put back, the end of the quiet hours can come twice, and this moment lie between.
        return end > at ? end : Moment(day.AddDays(1) + quietTo.ToTimeSpan());
    }

    /// <summary>Whether somebody reads alerts now, and from when somebody does.</summary>
    public (bool Now, DateTimeOffset? Next) Cover(DateTimeOffset at, IReadOnlyCollection<CoverHours> hours)
    {
        var local = Local(at);
        var time = TimeOnly.FromDateTime(local);
        if (hours.Any(h => h.Day == local.DayOfWeek && h.From <= time && time < h.To)) return (true, at);
        var starts = from day in Enumerable.Range(0, 8)
                     let date = local.Date.AddDays(day)
                     from h in hours
                     where h.Day == date.DayOfWeek
                     let start = Moment(date + h.From.ToTimeSpan())
                     where start > at
                     orderby start
                     select (DateTimeOffset?)start;
        return (false, starts.FirstOrDefault());
    }

    /// <summary>The hours in which somebody is there, from a moment on for so many days, in order; the moment's own part of them first. Without hours: always.</summary>
    public IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Covered(DateTimeOffset at, int days, IReadOnlyCollection<CoverHours> hours)
    {
        if (hours.Count == 0) return [(at, at.AddDays(days))];
        var today = Local(at).Date;
        return from day in Enumerable.Range(0, days)
               let date = today.AddDays(day)
               from h in hours
               where h.Day == date.DayOfWeek
               let start = Moment(date + h.From.ToTimeSpan())
               let end = Moment(date + h.To.ToTimeSpan())
               where end > at
               orderby start
               select (start > at ? start : at, end);
    }
}
