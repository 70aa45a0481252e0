using System.Collections.Immutable;
using ThinIce.Numbers.Statistics.Clusters;
using ThinIce.Numbers.Statistics.Paired;
using ThinIce.Numbers.Statistics.Proportions;
using ThinIce.Registry;
using ThinIce.Registry.Model;
using ThinIce.Web.Features.Rates;
using Visits = ThinIce.Numbers.Statistics.Proportions.Visits;

namespace ThinIce.Web.Features.ClinicNumbers;

/// <summary>So many of so many with its interval. Per visit and per person are different types, so that nothing mixes them.</summary>
/// <typeparam name="TUnit">What was counted.</typeparam>
/// <param name="Count">The counts; null where nobody was asked and answered.</param>
/// <param name="Share">Estimate, weighted where there are weights; null where nothing was seen (then there is a bound and no rate).</param>
/// <param name="Interval">Interval, with its method; null where there are too few clusters.</param>
/// <param name="Clusters">Clusters the interval goes by; 0 where it takes each as independent.</param>
/// <param name="DesignEffect">How many times wider the variance is than of as many independent answers; NaN where it cannot be seen.</param>
public sealed record Counted<TUnit>(Proportion<TUnit>? Count, double? Share, Interval? Interval, int Clusters, double DesignEffect)
    where TUnit : ICountedUnit
{
    /// <summary>With the event.</summary>
    public long Events => Count?.Events ?? 0;

    /// <summary>The denominator.</summary>
    public long Of => Count?.N ?? 0;

    /// <summary>The share in per cent; null for a bound and below <see cref="CountedRate.LeastForPercent"/>.</summary>
    public double? Percent => Share is { } share && Of >= CountedRate.LeastForPercent ? 100 * share : null;
}

/// <summary>What is there anyway.</summary>
/// <param name="Before">Visits with it before the session, of those that answered after it too; null where the same was not asked.</param>
/// <param name="Difference">After less before in the same visits, between clients; null with fewer than two clients.</param>
/// <param name="Control">People with it at a check-in far from any session; null where the same was not asked.</param>
public sealed record Background(Counted<Visits>? Before, MeanChange? Difference, Counted<People>? Control);

/// <summary>One subject's figures. All of it came after a visit; none of it says because of.</summary>
/// <param name="Subject">What was counted.</param>
/// <param name="Asked">Visits that were asked about it, answered or not.</param>
/// <param name="Visits">Per visit, weighted, with an interval between clients: it is about this clinic with the therapists it has.</param>
/// <param name="AmongTherapists">The interval between therapists: about therapists like these; null with fewer than two, and where nothing or everything was seen.</param>
/// <param name="Bounds">Whatever happened to visits that were asked about and not answered; null where nobody was asked.</param>
/// <param name="People">Per person: told after one visit at least. Not weighted.</param>
/// <param name="Background">What is there anyway.</param>
/// <param name="Cases">Visits after which it was told.</param>
public sealed record ClinicRate(RateSubject Subject, int Asked, Counted<Visits> Visits, Interval? AmongTherapists, NonResponseBounds? Bounds, Counted<People> People, Background Background, ImmutableArray<SurveyedVisit> Cases)
{
    /// <summary>Of fewer people than this no count is shown to somebody who may not open their records: it could say who they are.</summary>
    public const int LeastPeople = 5;

    /// <summary>Whether the count is so small that it could say who they are.</summary>
    public bool IsSmall => People.Events is > 0 and < LeastPeople;

    /// <summary>Works out one subject.</summary>
    public static ClinicRate Of(RateSubject subject, VisitsAsked asked, ImmutableArray<SurveyedControl> controls)
    {
        var settled = asked.Settled.Where(subject.IsAskedAfter).ToList();
        // What is known only where somebody asked before cannot be bounded by those who stayed silent: of them it is not known what was asked.
        var answered = settled.Where(s => s.IsAnswered).ToList();
        var visits = PerVisit(answered, subject);
        var bounds = visits.Count is { } counted && !subject.NeedsBefore ? NonResponse.Bounds(counted, settled.Count) : null;
        return new(subject, settled.Count, visits, AmongTherapistsOf(answered, subject), bounds, PerPerson(answered, subject), BackgroundOf(answered, subject, controls), [.. answered.Where(subject.IsToldAfter).Select(s => s.Visit)]);
    }

    private static Counted<Visits> PerVisit(List<SettledVisit> answered, RateSubject subject)
    {
        if (answered.Count == 0) return new(null, null, null, 0, double.NaN);
        var counted = new Proportion<Visits>(answered.Count(subject.IsToldAfter), answered.Count);
        var totals = Totals(answered, subject, s => s.Visit.Client.Value);
        if (totals.Count < 2) return new(counted, counted.Events == 0 ? null : counted.Estimate, null, totals.Count, double.NaN);
        var robust = ClusterRobust.Of(totals);
        return new(counted, counted.Events == 0 ? null : robust.Estimate, robust.Interval, robust.Clusters, robust.DesignEffect);
    }

    private static Interval? AmongTherapistsOf(List<SettledVisit> answered, RateSubject subject)
    {
        var events = answered.Count(subject.IsToldAfter);
        if (events == 0 || events == answered.Count) return null;
        var totals = Totals(answered, subject, s => s.Visit.Therapist.Value);
        return totals.Count < 2 ? null : ClusterRobust.Of(totals).Interval;
    }

    private static List<ClusterTotal> Totals(List<SettledVisit> answered, RateSubject subject, Func<SettledVisit, Guid> cluster) =>
        [.. answered.GroupBy(cluster).Select(g => new ClusterTotal(g.Sum(s => subject.IsToldAfter(s) ? s.Weight : 0), g.Sum(s => s.Weight), g.Count()))];

    private static Counted<People> PerPerson(List<SettledVisit> answered, RateSubject subject)
    {
        var people = answered.GroupBy(s => s.Visit.Client).ToList();
        return Exact<People>(people.Count(p => p.Any(subject.IsToldAfter)), people.Count);
    }

    private static Background BackgroundOf(List<SettledVisit> answered, RateSubject subject, ImmutableArray<SurveyedControl> controls)
    {
        // One check-in for each person, the last: so they are people.
        var far = controls.Where(c => c.CheckIn.Answers.Length > 0).GroupBy(c => c.Client).Select(g => g.MaxBy(c => c.DueAt)!).ToList();
        var control = subject.OnlyAfter.IsEmpty && !subject.NeedsBefore ? Exact<People>(far.Count(c => c.CheckIn.Answers.Any(subject.IsToldIn)), far.Count) : null;
        if (subject.IsBefore is not { } isBefore) return new(null, null, control);
        var both = answered.Where(s => s.IsBeforeKnown).ToList();
        var pairs = both.Select(s => (s.Visit.Client.ToString(), isBefore(s.Visit.Before) ? 1.0 : 0, subject.IsToldAfter(s) ? 1.0 : 0)).ToList();
        var difference = pairs.Select(p => p.Item1).Distinct().Count() < 2 ? null : PairedDifferences.Clustered(pairs);
        return new(both.Count == 0 ? null : new(new(pairs.Count(p => p.Item2 > 0), both.Count), pairs.Average(p => p.Item2), null, 0, double.NaN), difference, control);
    }

    private static Counted<T> Exact<T>(int events, int of)
        where T : ICountedUnit
    {
        if (of == 0) return new(null, null, null, 0, double.NaN);
        var counted = new Proportion<T>(events, of);
        return new(counted, events == 0 ? null : counted.Estimate, ProportionIntervals.Of(counted, ProportionMethod.ClopperPearson, CountedRate.Level), 0, double.NaN);
    }
}
