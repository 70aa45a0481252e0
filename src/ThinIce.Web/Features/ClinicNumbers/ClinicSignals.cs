using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ThinIce.Core.Contract;
using ThinIce.Numbers.Signals;
using ThinIce.Registry;

namespace ThinIce.Web.Features.ClinicNumbers;

/// <summary>Where a pair stood at the end of a month, of all visits up to then.</summary>
/// <param name="Month">First day of the month.</param>
/// <param name="Together">Reports that name both.</param>
/// <param name="Expected">Reports expected if both were told independently.</param>
/// <param name="Ic">Information component.</param>
public sealed record PairMonth(DateOnly Month, int Together, double Expected, InformationComponent Ic);

/// <summary>An exposure and an event that were told together. Never a risk: it says how often they are told together, and nothing else.</summary>
/// <param name="Exposure">Kind and id, such as <c>technique:swedish-massage</c>.</param>
/// <param name="Event">Kind and id, such as <c>harm:bruising</c>.</param>
/// <param name="Score">All figures.</param>
/// <param name="Meets">Ids of the published thresholds that it meets.</param>
/// <param name="People">People behind the reports.</param>
/// <param name="Months">Over time.</param>
/// <param name="Cases">Visits whose reports name both.</param>
/// <param name="Decisions">What people decided, the earliest first.</param>
public sealed record ClinicPair(string Exposure, string Event, PairScore Score, ImmutableArray<string> Meets, int People, ImmutableArray<PairMonth> Months, ImmutableArray<SurveyedVisit> Cases, ImmutableArray<SignalDecision> Decisions)
{
    /// <summary>The stage: "" none, <c>disproportionate</c> by the computer, <c>considered</c>, <c>validated</c> or <c>put-aside</c> by a person.</summary>
    public string Stage => Decisions.IsEmpty ? Meets.IsEmpty ? "" : "disproportionate" : Decisions[^1].Step switch { SignalStep.Considered => "considered", SignalStep.Validated => "validated", _ => "put-aside" };

    /// <summary>Whether the count is so small that it could say who they are.</summary>
    public bool IsSmall => People < ClinicRate.LeastPeople;
}

/// <summary>
/// What a clinic's clients told after their visits, as reports: technique, region and pressure beside symptoms and harms that were pointed
/// to. A report is a visit after which something new or worse was told; visits after which nothing was told are no reports.
/// </summary>
/// <param name="Reports">Reports.</param>
/// <param name="Pairs">Pairs with enough reports, those that people decided about first.</param>
/// <param name="TooFew">Pairs with fewer reports; not shown.</param>
/// <param name="Converged">Whether the empirical Bayes figures could be worked out.</param>
public sealed record ClinicSignals(int Reports, ImmutableArray<ClinicPair> Pairs, int TooFew, bool Converged)
{
    /// <summary>Pairs with fewer reports are not shown, unless somebody decided about them.</summary>
    public const int LeastReports = 3;

    /// <summary>Works it out.</summary>
    public static ClinicSignals Of(IEnumerable<SurveyedVisit> visits, IEnumerable<SignalDecision> decisions, Func<string, bool> isSymptom)
    {
        var cases = VisitsAsked.Of(visits, CheckInWindow.Whole).Answered.Select(s => (s.Visit, Exposures: Exposures(s.Visit.Plan).ToList(), Events: Events(s, isSymptom).ToList()))
            .Where(c => c.Exposures.Count > 0 && c.Events.Count > 0).OrderBy(c => c.Visit.StartedAt).ToList();
        var counts = new LiveCounts();
        var months = new Dictionary<(string, string), List<PairMonth>>();
        foreach (var month in cases.GroupBy(c => Month(c.Visit.StartedAt)).OrderBy(g => g.Key))
        {
            foreach (var one in month) counts.Put(one.Visit.Session.ToString(), one.Exposures, one.Events);
            Note(counts.Snapshot()!, month.Key, months);
        }

        if (counts.Snapshot() is not { } now) return new(0, [], 0, false);
        var scores = SignalScores.Of(now, zeroes: false);
        var decided = decisions.ToLookup(d => (d.Exposure, d.Event));
        var pairs = ImmutableArray.CreateBuilder<ClinicPair>();
        var tooFew = 0;
        foreach (var pair in scores.Top(now.Pairs))
        {
            var (exposure, @event) = now.Names(pair);
            var (score, table) = (scores[pair], now[pair]);
            if (score.Observed < LeastReports && !decided.Contains((exposure, @event)))
            {
                tooFew++;
                continue;
            }

            var own = cases.Where(c => c.Exposures.Contains(exposure) && c.Events.Contains(@event)).Select(c => c.Visit).ToImmutableArray();
            pairs.Add(new(exposure, @event, score, [.. ScreeningThreshold.Published.Where(t => t.IsMetBy(score, table)).Select(t => t.Id)], own.Select(v => v.Client).Distinct().Count(), [.. months[(exposure, @event)]], own, [.. decided[(exposure, @event)]]));
        }

        return new(cases.Count, [.. pairs.OrderByDescending(p => p.Decisions.Length > 0).ThenByDescending(p => p.Meets.Length > 0)], tooFew, scores.Fit.Converged);
    }

    /// <summary>The table as CSV.</summary>
    /// <param name="showsSmall">Whether pairs of few people are shown: to those who may open their records.</param>
    public string Csv(bool showsSmall)
    {
        var text = new StringBuilder("exposure,event,stage,month,n,expected,ic,ic025,ic975,prr,prr_low,prr_high,ror,ror_low,ror_high,ebgm,eb05,eb95,meets\n");
        foreach (var pair in Pairs.Where(p => showsSmall || !p.IsSmall))
        {
            foreach (var month in pair.Months)
            {
                // Ratios are worked out for the counts as they are now; for earlier months the component is enough.
                double?[] rest = month == pair.Months[^1] ? [pair.Score.Prr.Estimate, pair.Score.Prr.Low, pair.Score.Prr.High, pair.Score.Ror.Estimate, pair.Score.Ror.Low, pair.Score.Ror.High, pair.Score.Ebgm, pair.Score.Eb05, pair.Score.Eb95] : new double?[9];
                string?[] head = [pair.Exposure, pair.Event, pair.Stage, month.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture), CsvCell.Number(month.Together), CsvCell.Number(month.Expected), CsvCell.Number(month.Ic.Value), CsvCell.Number(month.Ic.Low), CsvCell.Number(month.Ic.High)];
                text.Append(CsvCell.Line([.. head, .. rest.Select(CsvCell.Number), string.Join('|', pair.Meets)])).Append('\n');
            }
        }

        return text.ToString();
    }

    private static void Note(PairCounts counts, DateOnly month, Dictionary<(string, string), List<PairMonth>> months)
    {
        for (var pair = 0; pair < counts.Pairs; pair++)
        {
            var table = counts[pair];
            if (!months.TryGetValue(counts.Names(pair), out var list)) months[counts.Names(pair)] = list = [];
            list.Add(new(month, (int)table.A, table.Expected, InformationComponent.Shrunk(table.A, table.Expected)));
        }
    }

    private static IEnumerable<string> Exposures(SurveyedPlan plan) =>
        plan.Techniques.Select(t => $"technique:{t}").Concat(plan.Regions.Select(r => $"region:{r}")).Concat(plan.Pressure is { } pressure ? [$"pressure:{pressure}"] : Array.Empty<string>());

    /// <summary>What was told: symptoms that are new or worse, and the harms that what was told can point to.</summary>
    private static IEnumerable<string> Events(SettledVisit visit, Func<string, bool> isSymptom) =>
        visit.Answers.Where(a => a.Complaints.Any(c => c.IsNewOrWorse)).SelectMany(a => a.Suspected.Select(h => $"harm:{h}").Concat(a.Complaints.Where(c => c.IsNewOrWorse).SelectMany(c => c.Concepts).Where(isSymptom).Select(c => $"symptom:{c}"))).Distinct();

    private static DateOnly Month(DateTimeOffset at) => new(at.UtcDateTime.Year, at.UtcDateTime.Month, 1);
}
