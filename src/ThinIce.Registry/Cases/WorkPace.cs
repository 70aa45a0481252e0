using ThinIce.Registry.FollowUp;
using ThinIce.Registry.Model;

namespace ThinIce.Registry.Cases;

/// <summary>When a clinic's officers will have assessed so many cases: evenly over the hours in which somebody is there, so many on a day that has such hours. Without hours: round the clock.</summary>
/// <param name="clock">The clinic's clock.</param>
/// <param name="hours">Hours in which somebody is there.</param>
/// <param name="aDay">Cases assessed on such a day, above 0.</param>
/// <param name="now">Now.</param>
internal sealed class WorkPace(ClinicClock clock, IReadOnlyCollection<CoverHours> hours, double aDay, DateTimeOffset now)
{
    /// <summary>How far it is looked ahead: every due time lies nearer.</summary>
    private const int Days = 60;

    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _covered = [.. clock.Covered(now, Days, hours)];
    private readonly TimeSpan _each = (hours.Count == 0 ? TimeSpan.FromDays(1) : hours.GroupBy(h => h.Day).Select(d => d.Aggregate(TimeSpan.Zero, (sum, h) => sum + (h.To - h.From))).Aggregate((a, b) => a + b) / hours.Select(h => h.Day).Distinct().Count()) / aDay;

    /// <summary>The moment by which the next so many cases are assessed; the end of time where that is further than it is looked ahead.</summary>
    public DateTimeOffset Done(int cases)
    {
        var work = _each * cases;
        foreach (var (from, to) in _covered)
        {
            if (work <= to - from) return from + work;
            work -= to - from;
        }

        return DateTimeOffset.MaxValue;
    }
}
