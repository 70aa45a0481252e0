using System.Collections.Immutable;
using ThinIce.Registry;
using ThinIce.Registry.Model;
using ThinIce.Web.Features.ClinicNumbers;

namespace ThinIce.Web.Tests.Clinic;

/// <summary>From rows of the registry to figures. Every expected number is worked out by hand in the comment beside it.</summary>
public sealed class ClinicNumbersTests
{
    private static readonly RateSubject Any = new("any", SubjectKind.Anything, "Anything", a => a.Complaints.Length > 0) { IsBefore = before => before.Length > 0 };
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_visit_drawn_with_one_chance_in_four_counts_four_times_and_visits_of_a_client_count_together()
    {
        ClientId a = new(Guid.NewGuid()), b = new(Guid.NewGuid()), c = new(Guid.NewGuid());
        ImmutableArray<SurveyedVisit> visits = [Visit(a, told: true), Visit(a, told: false), Visit(b, told: false, probability: 0.25), Visit(c, told: true, probability: 0.5), Visit(c, told: null)];
        var rate = ClinicRate.Of(Any, VisitsAsked.Of(visits, CheckInWindow.Whole), []);
        // Told after 2 of the 4 answered visits. By weight: (1 + 0 + 2) ÷ (2 + 4 + 2) = 0.375.
        Assert.Equal((2L, 4L), (rate.Visits.Events, rate.Visits.Of));
        Assert.Equal(0.375, rate.Visits.Share!.Value, 12);
        // Clients' totals (1 of 2, 0 of 4, 2 of 2) lie 0.25, −1.5 and 1.25 from 0.375 of their size; variance (0.0625 + 2.25 + 1.5625) ÷ 8² × 3/2 = 0.0908203125.
        // Over 0.375 × 0.625 ÷ 4 = 0.05859375 that is a design effect of 1.55.
        Assert.Equal(1.55, rate.Visits.DesignEffect, 12);
        Assert.Equal(("cluster-robust", 3), (rate.Visits.Interval!.Method, rate.Visits.Clusters));
        // Per person: a and c told it, b did not. One visit was asked about in vain: between 2 and 3 of 5.
        Assert.Equal((2L, 3L), (rate.People.Events, rate.People.Of));
        Assert.Equal((0.4, 0.6, 5L), (rate.Bounds!.Low, rate.Bounds.High, rate.Bounds.Invited));
    }

    [Fact]
    public void No_share_is_given_where_none_was_seen_and_no_per_cent_below_fifty()
    {
        var none = ClinicRate.Of(Any, VisitsAsked.Of([.. Enumerable.Range(0, 60).Select(_ => Visit(new(Guid.NewGuid()), told: false))], CheckInWindow.Whole), []);
        Assert.Null(none.Visits.Share);
        // 60 clients, none: 1 − 0.025^(1/60) = 0.05963 (Clopper–Pearson).
        Assert.Equal(0.05963, none.Visits.Interval!.High, 5);
        var few = ClinicRate.Of(Any, VisitsAsked.Of([.. Enumerable.Range(0, 49).Select(i => Visit(new(Guid.NewGuid()), told: i < 10))], CheckInWindow.Whole), []);
        Assert.Null(few.Visits.Percent);
        var enough = ClinicRate.Of(Any, VisitsAsked.Of([.. Enumerable.Range(0, 50).Select(i => Visit(new(Guid.NewGuid()), told: i < 10))], CheckInWindow.Whole), []);
        Assert.Equal(20, enough.Visits.Percent!.Value, 12);
        Assert.False(enough.IsSmall);
        Assert.True(ClinicRate.Of(Any, VisitsAsked.Of([.. Enumerable.Range(0, 50).Select(i => Visit(new(Guid.NewGuid()), told: i < 4))], CheckInWindow.Whole), []).IsSmall);
    }

    [Fact]
    public void What_was_there_before_and_far_from_any_visit_stands_beside()
    {
        ClientId a = new(Guid.NewGuid()), b = new(Guid.NewGuid());
        ImmutableArray<SurveyedVisit> visits = [Visit(a, told: true) with { Before = ["pain"] }, Visit(b, told: true)];
        // Two check-ins of one person far from any visit: the later one counts, and it tells nothing.
        ImmutableArray<SurveyedControl> controls = [Control(a, Start.AddDays(30), told: true), Control(a, Start.AddDays(60), told: false), Control(b, Start.AddDays(40), told: true)];
        var background = ClinicRate.Of(Any, VisitsAsked.Of(visits, CheckInWindow.Whole), controls).Background;
        Assert.Equal((1L, 2L), (background.Before!.Events, background.Before.Of));
        Assert.Equal((1L, 2L), (background.Control!.Events, background.Control.Of));
        // After less before: 0 and 1, mean 0.5; sums −0.5 and 0.5, error √(0.5 × 2) ÷ 2 = 0.5; Student with 1 degree 12.7062 × 0.5 = 6.3531.
        Assert.Equal(0.5, background.Difference!.Mean, 12);
        Assert.Equal(0.5 - 6.3531, background.Difference.Interval.Low, 4);
    }

    [Fact]
    public void A_visit_is_counted_only_when_asking_about_it_is_over()
    {
        var visit = Visit(new(Guid.NewGuid()), told: false) with { CheckIns = [new(Wave.Evening, ContactState.Answered, [Answer(false)]), new(Wave.Day3, ContactState.Asked, []), new(Wave.Day7, ContactState.Planned, [])] };
        Assert.Single(VisitsAsked.Of([visit], CheckInWindow.Of("evening")).Answered);
        Assert.Equal((1, 0), (VisitsAsked.Of([visit], CheckInWindow.Whole).Open, VisitsAsked.Of([visit], CheckInWindow.Whole).Answered.Length));
        var others = VisitsAsked.Of([visit with { FollowUp = FollowUpReason.NoContact, CheckIns = [] }, visit with { FollowUp = FollowUpReason.NotDrawn, CheckIns = [] }, visit with { CheckIns = [new(Wave.Evening, ContactState.CalledOff, [])] }], CheckInWindow.Whole);
        Assert.Equal((3, 1, 1, 1, 0), (others.All, others.NoContact, others.NotDrawn, others.CalledOff, others.Settled.Length));
    }

    [Fact]
    public void A_line_that_goes_with_a_region_is_counted_only_where_it_was_asked()
    {
        var calf = new RateSubject("calf", SubjectKind.Symptom, "Swollen calf", a => a.Complaints.Length > 0) { OnlyAfter = ["leg"], IsShownFor = regions => regions.Contains("leg") };
        ImmutableArray<SurveyedVisit> visits = [Visit(new(Guid.NewGuid()), told: true), Visit(new(Guid.NewGuid()), told: true) with { Plan = new([], ["leg"], null) }, Visit(new(Guid.NewGuid()), told: false) with { Plan = new([], ["leg"], null) }];
        var rate = ClinicRate.Of(calf, VisitsAsked.Of(visits, CheckInWindow.Whole), [Control(new(Guid.NewGuid()), Start, told: true)]);
        Assert.Equal((1L, 2L), (rate.Visits.Events, rate.Visits.Of));
        Assert.Null(rate.Background.Control);
    }

    [Fact]
    public void The_funnel_compares_visits_of_one_kind_and_leaves_out_those_of_one_therapist_alone()
    {
        StaffId one = new(Guid.Parse("00000000-0000-0000-0000-000000000001")), two = new(Guid.Parse("00000000-0000-0000-0000-000000000002")), three = new(Guid.NewGuid());
        var first = new SurveyedPlan(["a"], [], "light");
        var later = new SurveyedPlan(["b"], [], "strong");
        ImmutableArray<SurveyedVisit> visits =
        [
            .. Of(one, first, 10, 2), .. Of(two, first, 10, 4), .. Of(one, later, 20, 2), .. Of(two, later, 10, 1), .. Of(three, new(["c"], [], null), 5, 5),
        ];
        var funnel = Funnel.Of(VisitsAsked.Of(visits, CheckInWindow.Whole), Any);
        // Shares: 6 of 20 = 0.3 and 3 of 30 = 0.1. Expected of one: 10 × 0.3 + 20 × 0.1 = 5, seen 4; of two: 10 × 0.3 + 10 × 0.1 = 4, seen 5. Their sums are equal.
        Assert.Equal(["A", "B"], funnel.Points.Select(p => p.Label));
        Assert.Equal((30, 4), (funnel.Points[0].Visits, funnel.Points[0].Seen));
        Assert.Equal(5, funnel.Points[0].Expected, 12);
        Assert.Equal(0.8, funnel.Points[0].Ratio, 12);
        Assert.Equal(1.25, funnel.Points[1].Ratio, 12);
        Assert.Equal((5, 1, 2), (funnel.Alone, funnel.TooFew, funnel.Strata));
        Assert.False(funnel.Points[1].IsOutside(0.95));
        // Poisson: with 4 expected, 9 or more come with a probability of 0.0214 (< 0.025) and 8 or more with 0.0511 (tables of the Poisson distribution).
        Assert.True(new FunnelPoint("C", 30, 9, 4).IsOutside(0.95));
        Assert.False(new FunnelPoint("C", 30, 8, 4).IsOutside(0.95));
        // None seen lies on the lower limit where e^−E = 0.025: E = 3.688879.
        Assert.Equal(3.688879, Funnel.Limit(0.95, isUpper: false, 10).First().Expected, 6);
    }

    [Fact]
    public void The_monitor_watches_the_later_half_against_the_earlier_one()
    {
        // Of the first 60 answered visits 6 had it: 0.1. Of the later 60 in one week 12 had it where 6 are expected: log-likelihood ratio 6 − 12 + 12 ln 2 = 2.3178.
        ImmutableArray<SurveyedVisit> visits = [.. Enumerable.Range(0, 120).Select(i => Visit(new(Guid.NewGuid()), told: i < 60 ? i % 10 == 0 : i % 5 == 0) with { StartedAt = i < 60 ? Start : Start.AddDays(7) })];
        var answered = VisitsAsked.Of(visits, CheckInWindow.Whole).Answered;
        var baseline = ClinicMonitor.Own(answered, Any)!;
        Assert.Equal((6, 60), (baseline.Events, baseline.Of));
        var monitor = ClinicMonitor.Run("maxsprt", baseline, answered, Any);
        var step = Assert.Single(monitor.Steps);
        Assert.Equal((12, 6), ((int)step.Events, (int)Math.Round(step.Time)));
        Assert.Equal(2.3178, step.Statistic, 4);
        Assert.False(monitor.Signals);
        // The cumulative sum goes up by the weight of an event and down by one unit without, never below 0; 60 visits, five to an event.
        var sum = ClinicMonitor.Run("cusum", baseline, answered, Any);
        Assert.Equal(60, sum.Watched);
        Assert.True(sum.Limit > 0 && sum.Steps[0].Statistic > 0);
        Assert.Null(ClinicMonitor.Own([.. answered.Take(99)], Any));
    }

    [Fact]
    public void Pairs_are_counted_over_time_and_reach_the_next_stage_only_by_a_person()
    {
        var strong = new SurveyedPlan(["deep"], [], null);
        var soft = new SurveyedPlan(["soft"], [], null);
        ImmutableArray<SurveyedVisit> visits =
        [
            Pointing(strong, "bruise", Start), Pointing(strong, "bruise", Start.AddDays(40)), Pointing(strong, "bruise", Start.AddDays(40)), Pointing(strong, "ache", Start.AddDays(40)),
            .. Enumerable.Range(0, 6).Select(_ => Pointing(soft, "ache", Start.AddDays(41))),
            // Nothing new was told: no report.
            Visit(new(Guid.NewGuid()), told: false),
        ];
        var board = ClinicSignals.Of(visits, [], _ => false);
        Assert.Equal(10, board.Reports);
        var pair = board.Pairs.Single(p => (p.Exposure, p.Event) == ("technique:deep", "harm:bruise"));
        // 4 of 10 reports name deep, 3 name bruise, 3 both: expected 4 × 3 ÷ 10 = 1.2; log2(3.5 ÷ 1.7) = 1.0418. At the end of March: 1 of 1, log2(1.5 ÷ 1.5) = 0.
        Assert.Equal(1.2, pair.Score.Expected, 12);
        Assert.Equal(1.0418, pair.Score.Ic.Value, 4);
        Assert.Equal([0, 1.0418], pair.Months.Select(m => Math.Round(m.Ic.Value, 4)));
        Assert.Equal((3, 3), (pair.Cases.Length, pair.People));
        Assert.DoesNotContain(board.Pairs, p => p.Stage is "considered" or "validated");
        SignalDecision Decided(SignalStep step) => new("technique:deep", "harm:bruise", step, "Olga", Start, "Three alike.");
        Assert.Equal("considered", ClinicSignals.Of(visits, [Decided(SignalStep.Considered)], _ => false).Pairs[0].Stage);
        Assert.Equal("put-aside", ClinicSignals.Of(visits, [Decided(SignalStep.Considered), Decided(SignalStep.PutAside)], _ => false).Pairs[0].Stage);
    }

    private static IEnumerable<SurveyedVisit> Of(StaffId therapist, SurveyedPlan plan, int visits, int told) =>
        Enumerable.Range(0, visits).Select(i => Visit(new(Guid.NewGuid()), i < told) with { Therapist = therapist, Plan = plan });

    private static SurveyedVisit Pointing(SurveyedPlan plan, string harm, DateTimeOffset at) =>
        Visit(new(Guid.NewGuid()), told: true) with { Plan = plan, StartedAt = at, CheckIns = [new(Wave.Evening, ContactState.Answered, [Answer(true) with { Suspected = [harm] }])] };

    private static SurveyedVisit Visit(ClientId client, bool? told, double probability = 1) => new()
    {
        Session = new(Guid.NewGuid()), Client = client, Therapist = new(Guid.NewGuid()), StartedAt = Start, FollowUp = FollowUpReason.FirstVisit, InclusionProbability = probability,
        CheckIns = [told is { } yes ? new(Wave.Evening, ContactState.Answered, [Answer(yes)]) : new(Wave.Evening, ContactState.Missed, [])],
    };

    private static SurveyedControl Control(ClientId client, DateTimeOffset due, bool told) => new(client, due, new(Wave.Control, ContactState.Answered, [Answer(told)]));

    private static SurveyedAnswer Answer(bool told) => new(Start.AddHours(9), true, "none", told ? [new(["pain"], true)] : [], []);
}
