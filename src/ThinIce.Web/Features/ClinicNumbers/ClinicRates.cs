using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ThinIce.Core.Contract;
using ThinIce.Numbers.Statistics.Proportions;
using ThinIce.Registry;
using ThinIce.Registry.Model;
using ThinIce.Web.Features.Rates;

namespace ThinIce.Web.Features.ClinicNumbers;

/// <summary>The rates of a clinic, or of one therapist for that therapist, after the visits of a time.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Day after the last.</param>
/// <param name="Asked">Visits, told apart by how far asking has got.</param>
/// <param name="Controls">Controls sent whose time is over.</param>
/// <param name="ControlsAnswered">Of those, answered.</param>
/// <param name="Rates">One for each subject.</param>
public sealed record ClinicRates(DateTimeOffset From, DateTimeOffset To, VisitsAsked Asked, int Controls, int ControlsAnswered, ImmutableArray<ClinicRate> Rates)
{
    /// <summary>Days that rates look back.</summary>
    public const int Days = 365;

    /// <summary>The columns of the table as CSV, in order.</summary>
    public const string CsvHead = "id,kind,what,unit,how_asked,window_days,from,to,only_after,asked,answered,response,events,of,percent,low,high,level,method,clusters,design_effect,weighted,"
        + "among_therapists_low,among_therapists_high,non_response_low,non_response_high,before_events,before_of,after_less_before,after_less_before_low,after_less_before_high,control_events,control_of,control_low,control_high,suppressed\n";

    /// <summary>Works all of it out.</summary>
    public static ClinicRates Of(Surveyed rows, CheckInWindow window, RateSubjects subjects, DateTimeOffset from, DateTimeOffset to)
    {
        var asked = VisitsAsked.Of(rows.Visits, window);
        var controls = rows.Controls.Where(c => c.CheckIn.State is ContactState.Answered or ContactState.Missed).ToList();
        var about = subjects.Of(asked.Answered.SelectMany(s => s.Answers).SelectMany(a => a.Suspected));
        return new(from, to, asked, controls.Count, controls.Count(c => c.CheckIn.Answers.Length > 0), [.. about.Select(s => ClinicRate.Of(s, asked, rows.Controls))]);
    }

    /// <summary>The table as CSV. Shares are from 0 to 1, percentages as on the page.</summary>
    /// <param name="showsSmall">Whether counts of few people are shown: to those who may open their records.</param>
    public string Csv(bool showsSmall)
    {
        var text = new StringBuilder(CsvHead);
        foreach (var rate in Rates)
        {
            text.Append(CsvCell.Line(Row(rate, rate.Visits, "visits", rate.IsSmall && !showsSmall))).Append('\n');
            text.Append(CsvCell.Line(Row(rate, rate.People, "people", rate.IsSmall && !showsSmall))).Append('\n');
        }

        return text.ToString();
    }

    private IEnumerable<string?> Row<T>(ClinicRate rate, Counted<T> counted, string unit, bool isHidden)
        where T : ICountedUnit
    {
        var (isVisits, answered) = (unit == "visits", rate.Visits.Of);
        string? Shown(double? value) => isHidden ? null : CsvCell.Number(value);
        return
        [
            rate.Subject.Id, rate.Subject.Kind.ToString().ToLowerInvariant(), rate.Subject.Name, unit, "check-list, by check-in", Number(Asked.Window.Days), Day(From), Day(To), string.Join('|', rate.Subject.OnlyAfter),
            Number(rate.Asked), Number(answered), CsvCell.Number((double)answered / rate.Asked), Shown(counted.Events), Number(counted.Of), Shown(counted.Percent), Shown(counted.Interval?.Low), Shown(counted.Interval?.High),
            counted.Interval is null ? null : CountedRate.Level.ToString(CultureInfo.InvariantCulture), counted.Interval?.Method, counted.Clusters == 0 ? null : Number(counted.Clusters), Shown(counted.DesignEffect), isVisits ? "yes" : "no",
            isVisits ? Shown(rate.AmongTherapists?.Low) : null, isVisits ? Shown(rate.AmongTherapists?.High) : null, isVisits ? Shown(rate.Bounds?.Interval.Low) : null, isVisits ? Shown(rate.Bounds?.Interval.High) : null,
            isVisits ? Shown(rate.Background.Before?.Events) : null, isVisits ? Shown(rate.Background.Before?.Of) : null, isVisits ? Shown(rate.Background.Difference?.Mean) : null, isVisits ? Shown(rate.Background.Difference?.Interval.Low) : null, isVisits ? Shown(rate.Background.Difference?.Interval.High) : null,
            Shown(rate.Background.Control?.Events), Shown(rate.Background.Control?.Of), Shown(rate.Background.Control?.Interval?.Low), Shown(rate.Background.Control?.Interval?.High), isHidden ? "yes" : "no",
        ];
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateTimeOffset at) => at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
