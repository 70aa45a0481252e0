using System.Collections.Immutable;
using System.Globalization;
using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Cases;
using ThinIce.Core.Clinical;
using ThinIce.Registry.Cases;
using ThinIce.Registry.Model;
using ThinIce.Web.Features.Answer;

namespace ThinIce.Web.Features.Reports;

/// <summary>What was filled in about a report, as the registry takes it. What is not a value of its list counts as not said.</summary>
internal static class ReportForm
{
    private static readonly string[] Days = ["yyyy-M-d", "d.M.yyyy", "d/M/yyyy", "d M yyyy", "d MMMM yyyy", "d MMM yyyy"];
    private static readonly string[] Months = ["yyyy-M", "M.yyyy", "M/yyyy", "M yyyy", "MMMM yyyy", "MMM yyyy"];

    /// <summary>Criteria of seriousness that a person can answer for. The other two are left to a professional.</summary>
    public static ImmutableArray<SeriousnessCriterion> Asked { get; } = [SeriousnessCriterion.Hospitalisation, SeriousnessCriterion.LifeThreatening, SeriousnessCriterion.Disability, SeriousnessCriterion.Death];

    /// <summary>The report itself; kind 0 where none was chosen, which the registry refuses.</summary>
    public static NewReport Report(VisitForm form) => new()
    {
        Kind = FactsJson.Parse<ReportKind>(form["kind"]) ?? default, Words = form["words"], Reporter = FactsJson.Parse<ReporterKind>(form["reporter"]) ?? default,
        Contact = Blank(form["contact"]), IsAboutSeveral = form["several"].Length > 0,
    };

    /// <summary>What was told about it afterwards.</summary>
    public static ReportDetails Details(VisitForm form) => new()
    {
        AgeYears = VisitForm.Parse(form["age"]), Sex = FactsJson.Parse<Sex>(form["sex"]), Massage = Date(form["massage"]), Event = Date(form["event"]), Reason = Blank(form["reason"]),
        Pressure = FactsJson.Parse<PressureLevel>(form["pressure"]), Minutes = VisitForm.Parse(form["minutes"]), Reporter = FactsJson.Parse<ReporterKind>(form["reporter"]), Contact = Blank(form["contact"]), Facts = Facts(form),
    };

    /// <summary>Fields with something in them that is no date or no number.</summary>
    public static ImmutableArray<string> Unread(VisitForm form) =>
        [.. new[] { "massage", "event" }.Where(f => form[f].Length > 0 && Date(form[f]) is null), .. new[] { "age", "minutes" }.Where(f => form[f].Length > 0 && VisitForm.Parse(form[f]) is null)];

    /// <summary>A day, a month or a year, in the usual ways of writing one; null where it is none.</summary>
    public static ToldDate? Date(string text)
    {
        var told = text.Trim();
        if (DateOnly.TryParseExact(told, Days, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var day)) return new(day, DatePrecision.Day);
        if (DateOnly.TryParseExact(told, Months, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var month)) return new(new(month.Year, month.Month, 1), DatePrecision.Month);
        return told.Length == 4 && int.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year > 0 ? new(new(year, 1, 1), DatePrecision.Year) : null;
    }

    /// <summary>The values of a list, with their labels.</summary>
    public static (string, string)[] Options<T>(Func<string, string> label, params T[] but)
        where T : struct, Enum => [.. Enum.GetValues<T>().Except(but).Select(v => FactsJson.Name(v)).Select(n => (n, label(n)))];

    /// <summary>Facts of an event as a form has them.</summary>
    public static EventFacts Facts(VisitForm form)
    {
        var facts = new EventFacts { Intensity = FactsJson.Answered<Intensity>(form["intensity"]), Impact = FactsJson.Answered<ImpactOnLife>(form["impact"]), Before = FactsJson.Answered<BeforeMassage>(form["before"]), Care = FactsJson.Answered<CareReceived>(form["care"]), Outcome = FactsJson.Answered<EventOutcome>(form["outcome"]) };
        var met = form.Lines("criteria");
        foreach (var criterion in Asked)
            if (met.Contains(FactsJson.Name(criterion))) facts = facts.With(criterion, met: true);
            else if (met.Contains("none")) facts = facts.With(criterion, met: false);
        return facts;
    }

    private static string? Blank(string text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
