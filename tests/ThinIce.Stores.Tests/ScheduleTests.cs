using System.Globalization;
using ThinIce.Registry.FollowUp;
using ThinIce.Registry.Model;

namespace ThinIce.Stores.Tests;

/// <summary>When people are asked: on the clinic's clock, outside its quiet hours, over the changes to and from summer time.</summary>
public sealed class ScheduleTests
{
    private static ClinicClock Clock(string zone, int quietFrom = 21, int quietTo = 8) => new(TimeZoneInfo.FindSystemTimeZoneById(zone), new(quietFrom, 0), new(quietTo, 0));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    // The dates of the changes in 2026 as tzdata has them (zdump -v Europe/London | grep 2026 and so on): London 29 March 01:00 UTC and
    // 25 October 01:00 UTC; New York 8 March 07:00 UTC and 1 November 06:00 UTC; Lord Howe, by half an hour, 4 April 15:00 UTC and 3 October 15:30 UTC.
    [Theory]
    [InlineData("Europe/London", "2026-03-28T14:00+00:00", "2026-03-28T19:00+00:00", "2026-03-31T10:00+01:00", "2026-04-04T10:00+01:00")]
    [InlineData("Europe/London", "2026-10-23T14:00+01:00", "2026-10-23T19:00+01:00", "2026-10-26T10:00+00:00", "2026-10-30T10:00+00:00")]
    [InlineData("America/New_York", "2026-10-31T11:00-04:00", "2026-10-31T19:00-04:00", "2026-11-03T10:00-05:00", "2026-11-07T10:00-05:00")]
    [InlineData("Australia/Lord_Howe", "2026-10-03T11:00+10:30", "2026-10-03T19:00+10:30", "2026-10-06T10:00+11:00", "2026-10-10T10:00+11:00")]
    public void Check_ins_come_at_the_same_hour_of_the_clinics_clock_before_and_after_a_change(string zone, string start, string evening, string day3, string day7)
    {
        var planned = Schedule.After(At(start), 60, Clock(zone));
        Assert.Equal([At(evening), At(day3), At(day7)], planned.Select(p => p.DueAt));
        Assert.Equal([Wave.Evening, Wave.Day3, Wave.Day7], planned.Select(p => p.Wave));
        Assert.Equal([At(day3), At(day7), At(day7).AddDays(7)], planned.Select(p => p.ClosesAt));
    }

    [Fact]
    public void After_a_late_session_the_evening_check_in_waits_two_hours_or_until_the_quiet_hours_are_over()
    {
        Assert.Equal(At("2026-11-24T20:30+00:00"), Schedule.After(At("2026-11-24T17:30+00:00"), 60, Clock("Europe/London"))[0].DueAt);
        Assert.Equal(At("2026-11-25T08:00+00:00"), Schedule.After(At("2026-11-24T19:00+00:00"), 60, Clock("Europe/London"))[0].DueAt);
    }

    [Theory]
    [InlineData("2026-11-24T20:59+00:00", "2026-11-24T20:59+00:00")]
    [InlineData("2026-11-24T21:00+00:00", "2026-11-25T08:00+00:00")]
    [InlineData("2026-11-25T07:59+00:00", "2026-11-25T08:00+00:00")]
    [InlineData("2026-11-25T08:00+00:00", "2026-11-25T08:00+00:00")]
    [InlineData("2026-03-28T23:00+00:00", "2026-03-29T08:00+01:00")]
    public void What_falls_into_the_quiet_hours_waits_for_their_end(string at, string expected) => Assert.Equal(At(expected), Clock("Europe/London").NextAllowed(At(at)));

    [Fact]
    public void A_time_that_the_change_leaves_out_is_moved_on_by_the_gap_and_of_one_that_comes_twice_the_first_is_meant()
    {
        Assert.Equal(At("2026-03-29T01:30+00:00"), Clock("Europe/London").Moment(new(2026, 3, 29, 1, 30, 0)));
        Assert.Equal(At("2026-10-25T01:30+01:00"), Clock("Europe/London").Moment(new(2026, 10, 25, 1, 30, 0)));
    }

    [Fact]
    public void Nothing_ever_goes_out_in_quiet_hours_at_any_minute_of_the_days_of_the_changes()
    {
        foreach (var (zone, day) in new[] { ("Europe/London", "2026-03-28"), ("Europe/London", "2026-10-24"), ("America/New_York", "2026-10-31"), ("Australia/Lord_Howe", "2026-10-03"), ("Australia/Lord_Howe", "2026-04-04") })
            foreach (var clock in new[] { Clock(zone), Clock(zone, 23, 2), Clock(zone, 1, 3), Clock(zone, 0, 2) })
                for (var at = At($"{day}T00:00Z"); at < At($"{day}T00:00Z").AddDays(2); at = at.AddMinutes(7))
                {
                    var next = clock.NextAllowed(at);
                    Assert.True(next >= at, $"{zone} {at:O}");
                    Assert.False(clock.IsQuiet(next), $"{zone} {at:O} → {next:O}");
                    Assert.True(next - at < TimeSpan.FromHours(26), $"{zone} {at:O}");
                }
    }

    [Fact]
    public void Without_globalisation_data_the_time_zones_are_there_all_the_same()
    {
        Assert.True(ClinicClock.Knows("Europe/London"));
        Assert.False(ClinicClock.Knows("GMT Standard Time"));
        Assert.False(ClinicClock.Knows("Europe/Atlantis"));
    }
}
