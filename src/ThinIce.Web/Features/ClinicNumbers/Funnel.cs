using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ThinIce.Core.Contract;
using ThinIce.Numbers.Statistics.Proportions;
using ThinIce.Registry;

namespace ThinIce.Web.Features.ClinicNumbers;

/// <summary>One therapist beside what the whole clinic would lead to expect of the same visits. Without a name: a therapist's own figures are the therapist's.</summary>
/// <param name="Label">A letter, given by chance of the ids and not by the figures.</param>
/// <param name="Visits">Answered visits that can be compared.</param>
/// <param name="Seen">Visits after which it was told.</param>
/// <param name="Expected">As many as the clinic's shares of the same strata lead to expect; above 0.</param>
public sealed record FunnelPoint(string Label, int Visits, int Seen, double Expected)
{
    /// <summary>Seen by expected; 1 is as expected.</summary>
    public double Ratio => Seen / Expected;

    /// <summary>The exact Poisson range of the ratio.</summary>
    public Interval Range(double level) => RateIntervals.Of(new EventRate(Seen, Expected), RateMethod.Exact, level);

    /// <summary>Whether chance alone rarely gives so many or so few: the range of the ratio does not hold 1.</summary>
    public bool IsOutside(double level) => !Range(level).Holds(1);
}

/// <summary>
/// Therapists side by side, with the mix of their visits allowed for (indirect standardisation): first visit or not, technique, pressure and
/// the decision of the check. Control limits are exact Poisson limits. Nobody is ranked and nobody is named.
/// </summary>
/// <param name="Points">Therapists with enough visits, in an order that says nothing.</param>
/// <param name="TooFew">Therapists with fewer visits that can be compared; not shown.</param>
/// <param name="Alone">Visits of a kind that only one therapist gave: there is nothing to compare them with.</param>
/// <param name="Strata">Kinds of visits that more than one therapist gave.</param>
/// <param name="Seen">Visits with it, of all that are compared.</param>
/// <param name="Visits">All visits that are compared.</param>
public sealed record Funnel(ImmutableArray<FunnelPoint> Points, int TooFew, int Alone, int Strata, int Seen, int Visits)
{
    /// <summary>Therapists with fewer visits that can be compared are not shown.</summary>
    public const int LeastVisits = 20;

    /// <summary>Levels of the two limits: about 2 and 3 standard deviations.</summary>
    public static ImmutableArray<double> Levels { get; } = [0.95, 0.998];

    /// <summary>Works it out.</summary>
    public static Funnel Of(VisitsAsked asked, RateSubject subject, int leastVisits = LeastVisits)
    {
        var answered = asked.Answered.Where(subject.IsAskedAfter).ToList();
        var strata = answered.GroupBy(s => Stratum(s.Visit)).Where(g => g.Select(s => s.Visit.Therapist).Distinct().Count() > 1).ToList();
        var share = strata.ToDictionary(g => g.Key, g => (double)g.Count(subject.IsToldAfter) / g.Count(), StringComparer.Ordinal);
        var compared = strata.SelectMany(g => g).ToList();
        var therapists = compared.GroupBy(s => s.Visit.Therapist).Select(g => (Therapist: g.Key, Visits: g.Count(), Seen: g.Count(subject.IsToldAfter), Expected: g.Sum(s => share[Stratum(s.Visit)]))).ToList();
        // Ids are random: their order says nothing about anybody.
        var shown = therapists.Where(t => t.Visits >= leastVisits && t.Expected > 0).OrderBy(t => t.Therapist.Value).Select((t, i) => new FunnelPoint(Letter(i), t.Visits, t.Seen, t.Expected));
        var all = answered.Select(s => s.Visit.Therapist).Distinct().Count();
        ImmutableArray<FunnelPoint> points = [.. shown];
        return new(points, all - points.Length, answered.Count - compared.Count, strata.Count, compared.Count(subject.IsToldAfter), compared.Count);
    }

    /// <summary>The kind of a visit: what is allowed for.</summary>
    public static string Stratum(SurveyedVisit visit) => string.Join('|', visit.IsFirst ? "first" : "later", string.Join('+', visit.Plan.Techniques.Order(StringComparer.Ordinal)), visit.Plan.Pressure ?? "", visit.Decision);

    /// <summary>A limit as a line: for each count the expectation at which it just lies on the limit.</summary>
    /// <param name="level">Confidence, such as 0.95.</param>
    /// <param name="isUpper">The upper limit, else the lower one.</param>
    /// <param name="most">Expectation at which the drawing ends.</param>
    public static IEnumerable<(double Expected, double Ratio)> Limit(double level, bool isUpper, double most)
    {
        for (var seen = isUpper ? 1 : 0; ; seen++)
        {
            var mean = RateIntervals.Of(new EventRate(seen, 1), RateMethod.Exact, level);
            var expected = isUpper ? mean.Low : mean.High;
            yield return (expected, seen / expected);
            if (expected > most) yield break;
        }
    }

    /// <summary>The table as CSV.</summary>
    public string Csv()
    {
        var text = new StringBuilder("therapist,visits,seen,expected,ratio,low,high,level,method,outside_95,outside_99_8\n");
        foreach (var point in Points)
        {
            var interval = point.Range(Levels[0]);
            text.Append(CsvCell.Line(point.Label, CsvCell.Number(point.Visits), CsvCell.Number(point.Seen), CsvCell.Number(point.Expected), CsvCell.Number(point.Ratio), CsvCell.Number(interval.Low), CsvCell.Number(interval.High), CsvCell.Number(interval.Level), interval.Method, YesNo(point.IsOutside(Levels[0])), YesNo(point.IsOutside(Levels[1])))).Append('\n');
        }

        return text.ToString();
    }

    private static string Letter(int place) => place < 26 ? $"{(char)('A' + place)}" : $"{Letter((place / 26) - 1)}{(char)('A' + (place % 26))}";

    private static string YesNo(bool yes) => yes ? "yes" : "no";
}
