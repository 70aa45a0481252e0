using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ThinIce.Core;
using ThinIce.Core.Contract;
using ThinIce.Numbers.Statistics.Sequential;

namespace ThinIce.Web.Features.ClinicNumbers;

/// <summary>What the visits are compared with.</summary>
/// <param name="Id">Name in addresses: <c>own</c>, or the id of a published rate.</param>
/// <param name="Events">Visits with it.</param>
/// <param name="Of">Visits.</param>
/// <param name="Published">The published rate; null for the clinic's own earlier visits.</param>
public sealed record MonitorBaseline(string Id, int Events, int Of, PublishedRate? Published)
{
    /// <summary>Usual probability of it after a visit.</summary>
    public double Probability => (double)Events / Of;
}

/// <summary>A sequential monitor over the answered visits of a clinic, one after another: is it becoming more often than usual? A signal is a reason to read the cases, and no cause.</summary>
/// <param name="Method"><c>maxsprt</c> or <c>cusum</c>.</param>
/// <param name="Baseline">What is usual.</param>
/// <param name="Limit">Value of the statistic at which it signals.</param>
/// <param name="Steps">Where it stood after each week (MaxSPRT) or each visit (CUSUM), up to its first signal.</param>
/// <param name="Times">For each step the day it stands for.</param>
/// <param name="Watched">Visits that were there to watch.</param>
/// <param name="Horizon">Expected events at which watching ends; null for the cumulative sum, which has no end.</param>
/// <param name="Noticed">The probability that the cumulative sum is tuned to notice; null for MaxSPRT.</param>
public sealed record ClinicMonitor(string Method, MonitorBaseline Baseline, double Limit, IReadOnlyList<MonitorStep> Steps, ImmutableArray<DateOnly> Times, int Watched, double? Horizon, double? Noticed)
{
    /// <summary>Visits that an own baseline needs.</summary>
    public const int LeastBaseline = 50;

    /// <summary>Visits that a watch with MaxSPRT is planned for. Said before it begins: an end that moves would raise false alarms.</summary>
    public const int PlannedVisits = 1000;

    /// <summary>Visits between false alarms of the cumulative sum, on average.</summary>
    public const int RunLength = 1000;

    /// <summary>Probability of a false alarm of MaxSPRT over all of its looks.</summary>
    public const double Alpha = 0.05;

    /// <summary>How many times as often as usual the cumulative sum is tuned to notice.</summary>
    public const double Ratio = 2;

    /// <summary>The methods.</summary>
    public static ImmutableArray<string> Methods { get; } = ["maxsprt", "cusum"];

    /// <summary>The clinic's own baseline: the earlier half of its answered visits; null where these are too few, or none or all of them had it.</summary>
    public static MonitorBaseline? Own(IReadOnlyList<SettledVisit> visits, RateSubject subject)
    {
        var half = visits.Count / 2;
        var events = visits.Take(half).Count(subject.IsToldAfter);
        return half < LeastBaseline || events == 0 || events == half ? null : new("own", events, half, null);
    }

    /// <summary>Published rates of something after a visit that can serve as a baseline.</summary>
    public static IEnumerable<MonitorBaseline> PublishedOf(KnowledgeBase knowledge) =>
        knowledge.Rates.Where(r => r.Unit == RateUnit.Visits && r.Events > 0 && r.Events < r.Of).Select(r => new MonitorBaseline(r.Id, r.Events, r.Of, r));

    /// <summary>Runs it.</summary>
    /// <param name="method">One of <see cref="Methods"/>.</param>
    /// <param name="baseline">What is usual. With the clinic's own, the visits it was made of are not watched.</param>
    /// <param name="visits">Answered visits that were asked about the subject, the earliest first.</param>
    /// <param name="subject">What is watched.</param>
    public static ClinicMonitor Run(string method, MonitorBaseline baseline, IReadOnlyList<SettledVisit> visits, RateSubject subject)
    {
        var watched = baseline.Published is null ? visits.Skip(baseline.Of).ToList() : [.. visits];
        return method == "cusum" ? Cusum(baseline, watched, subject) : MaxSprt(baseline, watched, subject);
    }

    private static ClinicMonitor MaxSprt(MonitorBaseline baseline, List<SettledVisit> watched, RateSubject subject)
    {
        var design = new PoissonMaxSprt(PlannedVisits * baseline.Probability);
        var limit = design.CriticalValue(Alpha);
        var weeks = watched.GroupBy(s => Monday(s.Visit.StartedAt)).OrderBy(g => g.Key).ToList();
        var steps = SequentialMonitor.Run(design, limit, weeks.Select(w => ((double)w.Count(subject.IsToldAfter), w.Count() * baseline.Probability)));
        return new("maxsprt", baseline, limit, steps, [.. weeks.Select(w => w.Key).Take(steps.Count)], watched.Count, design.Horizon, null);
    }

    private static ClinicMonitor Cusum(MonitorBaseline baseline, List<SettledVisit> watched, RateSubject subject)
    {
        var usual = baseline.Probability;
        // Twice as often as usual; where that would be more than all, halfway to all.
        var (chart, noticed) = LatticeCusum.ForSessions(usual, Math.Min(Ratio * usual, (1 + usual) / 2));
        var limit = chart.LimitForRunLength(RunLength, LatticeCusum.SessionOutcomes(usual));
        var steps = SequentialMonitor.Run(chart, limit, watched.Select(s => subject.IsToldAfter(s) ? 1 : 0));
        return new("cusum", baseline, limit * chart.Unit, steps, [.. watched.Select(s => DateOnly.FromDateTime(s.Visit.StartedAt.UtcDateTime)).Take(steps.Count)], watched.Count, null, noticed);
    }

    /// <summary>Whether it signalled.</summary>
    public bool Signals => Steps.Count > 0 && Steps[^1].Signals;

    /// <summary>Places of the steps that the table shows: each week's last.</summary>
    public IEnumerable<int> Shown => Enumerable.Range(0, Steps.Count).Where(i => i == Steps.Count - 1 || Monday(Times[i]) != Monday(Times[i + 1]));

    /// <summary>The table as CSV, with every step.</summary>
    public string Csv(string subject)
    {
        var text = new StringBuilder("what,method,baseline,baseline_events,baseline_of,day,step,time,time_is,events,statistic,limit,signals\n");
        for (var i = 0; i < Steps.Count; i++)
        {
            var step = Steps[i];
            text.Append(CsvCell.Line(subject, Method, Baseline.Id, CsvCell.Number(Baseline.Events), CsvCell.Number(Baseline.Of), Times[i].ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), CsvCell.Number(step.Row), CsvCell.Number(step.Time), Method == "cusum" ? "visits" : "expected events",
                CsvCell.Number(step.Events), CsvCell.Number(step.Statistic), CsvCell.Number(Limit), step.Signals ? "yes" : "no")).Append('\n');
        }

        return text.ToString();
    }

    private static DateOnly Monday(DateTimeOffset at) => Monday(DateOnly.FromDateTime(at.UtcDateTime));

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
