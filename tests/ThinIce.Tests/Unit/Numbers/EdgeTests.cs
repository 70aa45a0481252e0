using System.Collections.Immutable;
using ThinIce.Core.Contract;
using ThinIce.Numbers.Statistics.CaptureRecapture;
using ThinIce.Numbers.Statistics.Pooling;
using ThinIce.Numbers.Statistics.Proportions;

namespace ThinIce.Tests.Unit.Numbers;

/// <summary>Where peers print Inf, NaN or a made-up half event, ours says what it has.</summary>
public sealed class EdgeTests
{
    public static TheoryData<PoolMethod> Methods => [.. Enum.GetValues<PoolMethod>()];

    [Theory]
    [MemberData(nameof(Methods))]
    public void No_event_in_any_study_gives_a_bound_and_not_a_rate(PoolMethod method)
    {
        var figure = Pool.Studies([new("A", 0, 40), new("B", 0, 60)], PoolScale.Logit, method);
        Assert.Equal(PoolBasis.NoEvents, figure.Basis);
        Assert.Equal((0.0, 0.0), (figure.Estimate, figure.Low));
        // 1 − 0.025^(1/100), which is Clopper and Pearson's bound of 0 in 100.
        Assert.Equal(1 - Math.Pow(0.025, 0.01), figure.High, 1e-12);
        Assert.Contains("not a rate", figure.Label, StringComparison.Ordinal);
        Assert.Null(figure.OnScale);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void One_study_is_itself_and_says_that_nothing_was_pooled(PoolMethod method)
    {
        var figure = Pool.Studies([new("A", 3, 10)], PoolScale.Logit, method);
        Assert.Equal((PoolBasis.OneStudy, 0.3), (figure.Basis, figure.Estimate));
        Assert.Contains("nothing was pooled", figure.Label, StringComparison.Ordinal);
        Assert.True(double.IsNaN(figure.PredictionLow));
    }

    [Fact]
    public void Only_events_give_the_lower_bound() =>
        Assert.Equal((PoolBasis.OnlyEvents, 1.0), Pool.Studies([new("A", 5, 5), new("B", 7, 7)], PoolScale.Logit, PoolMethod.Glmm) is var f ? (f.Basis, f.High) : default);

    [Fact]
    public void A_study_without_an_event_gets_no_half_event_in_the_model_of_counts()
    {
        List<Study> with = [new("A", 3, 100), new("B", 5, 120), new("C", 4, 90), new("none", 0, 100_000)];
        var (counts, logit) = (Pool.Studies(with, PoolScale.Logit, PoolMethod.Glmm), Pool.Studies(with, PoolScale.Logit, PoolMethod.DerSimonianLaird));
        Assert.True(counts.OnScale!.Tau.Converged);
        Assert.True(counts.Estimate < logit.Estimate);
    }

    [Fact]
    public void A_pooled_figure_always_names_its_method_and_scale()
    {
        List<Study> studies = [new("A", 3, 100), new("B", 9, 120)];
        foreach (var method in Enum.GetValues<PoolMethod>())
        {
            var label = Pool.Studies(studies, PoolScale.Logit, method).Label;
            Assert.Contains(PoolMethods.InWords(method), label, StringComparison.Ordinal);
            Assert.Contains("logit", label, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void More_events_than_people_are_refused_everywhere()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Proportion<People>(5, 4));
        Assert.Throws<ArgumentException>(() => Pool.Studies([new("A", 5, 4)], PoolScale.Logit, PoolMethod.Fixed));
        Assert.Throws<ArgumentException>(() => NonResponse.Weighted([new WeightingGroup("a", 5, 4, 100)]));
    }

    [Fact]
    public void A_group_without_an_answer_cannot_be_weighted_into_one()
    {
        var refusal = Assert.Throws<ArgumentException>(() => NonResponse.Weighted([new("men", 0, 0, 500), new("women", 3, 50, 500)]));
        Assert.Contains("Join a group", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_move_the_figure_to_the_population_and_print_what_they_take_for_granted()
    {
        // By hand: 0.25 · 2/80 + 0.75 · 6/20 = 0.23125.
        var figure = NonResponse.Weighted([new("often", 2, 80, 1000), new("seldom", 6, 20, 3000)]);
        Assert.Equal(0.23125, figure.Estimate, 1e-12);
        Assert.Contains("Assumes", figure.Assumption, StringComparison.Ordinal);
        Assert.True(figure.EffectiveN < 100);
    }

    [Fact]
    public void Reports_that_were_not_blind_are_refused()
    {
        foreach (var made in new[] { ReportMade.AfterSeeingTheOther, ReportMade.OrderUnknown })
        {
            var (counts, refusal) = BlindCounts.From([new(ReportMade.BeforeSeeingTheOther, ReportMade.BeforeSeeingTheOther), new(ReportMade.BeforeSeeingTheOther, made)]);
            Assert.Null(counts);
            Assert.Equal(Problems.NotIndependent, refusal!.Code);
        }
    }

    [Fact]
    public void Two_blind_sources_give_a_lower_bound_by_Chapman()
    {
        // Worked by hand: n1 = 10, n2 = 15, both = 5: 11 · 16 / 6 − 1 = 28.33; Sadinle's interval 21.94 to 64.67.
        var (bound, _) = TwoSources.AtLeast(BlindCounts.From(Events(5, 5, 10)).Counts!);
        Assert.Equal(28.333333333333, bound!.LowerBound, 1e-9);
        Assert.Equal((21.94, 64.7), (Math.Round(bound.Interval.Low, 2), Math.Round(bound.Interval.High, 1)));
        Assert.Equal(20, bound.Seen);
        Assert.Contains("lower bound", LowerBoundOfEvents.Label, StringComparison.Ordinal);
    }

    [Fact]
    public void Sources_that_saw_nothing_in_common_say_only_what_they_saw()
    {
        var (bound, refusal) = TwoSources.AtLeast(BlindCounts.From(Events(0, 4, 3)).Counts!);
        Assert.Null(bound);
        Assert.Contains("7 were seen", refusal!.Message, StringComparison.Ordinal);
    }

    private static ImmutableArray<TwiceWatchedEvent> Events(int both, int first, int second) =>
    [
        .. Enumerable.Repeat(new TwiceWatchedEvent(ReportMade.BeforeSeeingTheOther, ReportMade.BeforeSeeingTheOther), both),
        .. Enumerable.Repeat(new TwiceWatchedEvent(ReportMade.BeforeSeeingTheOther, ReportMade.NotReported), first),
        .. Enumerable.Repeat(new TwiceWatchedEvent(ReportMade.NotReported, ReportMade.BeforeSeeingTheOther), second),
    ];
}
