using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Cases;
using ThinIce.TestSupport;

namespace ThinIce.Tests.Unit;

/// <summary>The order in which cases are assessed, without a database: a month of many reports, every order of a few, and what is said to come late.</summary>
public sealed class WorkOrderTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly CaseGuide Guide = Repository.Compiled.Cases[0];

    /// <summary>
    /// A thousand reports a day, by night too; two hundred of them are or may be serious, and one in fifty becomes so only by what the reporter adds
    /// within two days. They are assessed from 8 to 18 o'clock every day: a thousand a day, or few more than are serious.
    /// </summary>
    [Theory]
    [InlineData(1_000, 1)]
    [InlineData(1_000, 2)]
    [InlineData(240, 3)]
    public void Of_a_thousand_reports_a_day_for_a_month_no_serious_one_waits_past_its_time(int assessed, int seed)
    {
        var (late, done, waits) = Month(assessed, seed, Guide);
        Assert.Equal(0, late);
        Assert.InRange(done, assessed * 29, assessed * 30);
        // Those that are not serious pay for it, and are still there: nothing is dropped to keep up.
        if (assessed < 1_000) Assert.InRange(waits, 20_000, 25_000);
    }

    [Fact]
    public void With_fewer_assessed_than_come_in_serious_or_with_eight_hours_for_near_some_are_late_and_the_month_shows_it()
    {
        Assert.InRange(Month(150, 4, Guide).Late, 500, 6_000);
        Assert.InRange(Month(240, 3, Guide with { NearHours = 8 }).Late, 1, 6_000);
    }

    /// <summary>All orders of up to six serious cases, each taking an hour: where one of them has nobody late, so has ours.</summary>
    [Fact]
    public void Where_any_order_is_in_time_for_all_serious_cases_ours_is()
    {
        var random = new Random(7);
        var (possible, tight) = (0, 0);
        for (var round = 0; round < 2_000; round++)
        {
            var cases = Enumerable.Range(0, random.Next(2, 7)).Select(_ => Case(random, Start.AddMinutes(random.Next(30, 24 * 60) / (random.Next(4) == 0 ? 1 : 4)))).ToArray();
            if (!Orders(cases).Any(o => OnTime(o))) continue;
            possible++;
            if (!OnTime(cases)) tight++;
            Assert.True(OnTime(WorkOrder.Order(cases, c => c, Start, Guide)), $"round {round}");
        }

        // Both are common, or the test would tell nothing.
        Assert.InRange(possible, 200, 1_900);
        Assert.InRange(tight, 50, 1_900);
    }

    [Fact]
    public void What_would_come_late_is_counted_by_when_each_is_done()
    {
        CaseUrgency[] inOrder =
        [
            new(ReviewClass.Serious, Start.AddHours(2), null, 1), new(ReviewClass.Presumed, Start.AddHours(2), null, 1),
            new(ReviewClass.NotKnown, Start.AddHours(3), null, 1), new(ReviewClass.NotSerious, Start.AddHours(3), null, 1),
        ];
        Assert.Equal((0, 1), WorkOrder.Late(inOrder, n => Start.AddHours(n - 0.5)));
        Assert.Equal((1, 2), WorkOrder.Late(inOrder, n => Start.AddHours(n + 0.5)));
    }

    [Fact]
    public void Cases_that_are_not_serious_and_have_time_go_by_what_is_new_and_what_can_be_judged()
    {
        var later = Start.AddHours(60);
        CaseUrgency common = new(ReviewClass.NotKnown, later, Expected.Named, 0.9), novel = new(ReviewClass.NotKnown, later, Expected.NotKnown, 0.2), fuller = common with { Completeness = 1 },
            soon = new(ReviewClass.NotKnown, Start.AddHours(5), Expected.Named, 0.1), serious = new(ReviewClass.Presumed, Start.AddHours(23), Expected.Named, 0.1), harmless = new(ReviewClass.NotSerious, later, Expected.NotKnown, 1);
        Assert.Equal([serious, soon, novel, fuller, common, harmless], WorkOrder.Order([harmless, common, fuller, novel, soon, serious], c => c, Start, Guide));
    }

    private static (int Late, int Done, int Waiting) Month(int assessedADay, int seed, CaseGuide guide)
    {
        var random = new Random(seed);
        List<(DateTimeOffset At, CaseUrgency Case)> coming = [];
        for (var n = 0; n < 30_000; n++)
        {
            // Evenings are busier than nights.
            var at = Start.AddDays(n / 1_000).AddHours(24 * Math.Sqrt(random.NextDouble()));
            var one = Case(random, default) with { Class = random.NextDouble() switch { < 0.1 => ReviewClass.Serious, < 0.2 => ReviewClass.Presumed, < 0.7 => ReviewClass.NotKnown, _ => ReviewClass.NotSerious } };
            // What becomes serious later comes onto the board as such then; its time runs from then.
            if (random.NextDouble() < 0.02) (at, one) = (at.AddHours(random.NextDouble() * 48), one with { Class = ReviewClass.Serious });
            coming.Add((at, one with { DueAt = at + guide.Within(one.Class) }));
        }

        coming = [.. coming.OrderBy(c => c.At)];
        List<CaseUrgency> board = [];
        var (late, done, next, left) = (0, 0, 0, 0.0);
        for (var hour = 0; hour < 30 * 24; hour++)
        {
            var now = Start.AddHours(hour);
            while (next < coming.Count && coming[next].At <= now) board.Add(coming[next++].Case);
            if (hour % 24 is < 8 or >= 18) continue;
            var can = (int)(left += assessedADay / 10.0);
            left -= can;
            var worked = WorkOrder.Order(board, c => c, now, guide).Take(can).ToList();
            late += worked.Select((c, at) => c.IsSerious && c.DueAt < now.AddHours((at + 1.0) / can)).Count(l => l);
            done += worked.Count;
            foreach (var one in worked) board.Remove(one);
        }

        return (late + board.Count(c => c.IsSerious && c.DueAt < Start.AddDays(30)), done, board.Count);
    }

    private static CaseUrgency Case(Random random, DateTimeOffset due) =>
        new(random.Next(2) == 0 ? ReviewClass.Serious : ReviewClass.Presumed, due, random.Next(5) == 0 ? null : random.GetItems(Enum.GetValues<Expected>(), 1)[0], Math.Round(random.NextDouble(), 2));

    private static bool OnTime(IEnumerable<CaseUrgency> order) => WorkOrder.Late(order, n => Start.AddHours(n)).Serious == 0;

    private static IEnumerable<CaseUrgency[]> Orders(CaseUrgency[] cases)
    {
        if (cases.Length <= 1) return [cases];
        return cases.SelectMany((first, at) => Orders([.. cases.Where((_, other) => other != at)]).Select(rest => (CaseUrgency[])[first, .. rest]));
    }
}
