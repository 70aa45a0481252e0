using System.Collections.Immutable;
using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Clinical;
using ThinIce.TestSupport;

namespace ThinIce.Tests.Unit;

public sealed class CaseReportTests
{
    private static string Name(CareHeading heading) => Repository.Compiled.Scales["care-2013"].Items[(int)heading].Text.In("en");

    private static readonly CaseForReport Case = new()
    {
        AgeYears = 33,
        Sex = Sex.Female,
        MassageOn = new(2026, 3, 4),
        Codes = ["blood clot in the lung", "leg massage"],
        Timeline = [new(0.08, "breathless"), new(-150, "leg began to hurt")],
        Judgements = ["WHO-UMC: possible"],
        Written = ImmutableSortedDictionary<CareHeading, string>.Empty.Add(CareHeading.Introduction, "Anna K. came to <b>our</b> clinic in Ayr. # Not a heading").Add(CareHeading.ClinicalFindings, "Fast pulse."),
        Cleared = [CareHeading.ClinicalFindings],
    };

    [Fact]
    public void All_13_headings_stand_in_their_order_and_what_is_missing_is_listed()
    {
        var report = CaseReport.Write(Case, Name);
        Assert.Equal(Enum.GetValues<CareHeading>().Select(h => $"## {Name(h)}"), report.Markdown.Split('\n').Where(l => l.StartsWith("## ", StringComparison.Ordinal)));
        Assert.Equal([CareHeading.Title, CareHeading.Abstract, CareHeading.DiagnosticAssessment, CareHeading.TherapeuticIntervention, CareHeading.FollowUpAndOutcomes, CareHeading.PatientPerspective, CareHeading.InformedConsent], report.Missing);
        Assert.Contains("Missing: Title, Abstract", report.Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public void What_people_wrote_takes_no_effect_as_Markdown_or_HTML()
    {
        var text = CaseReport.Write(Case, Name).Markdown;
        Assert.DoesNotContain("<b>", text, StringComparison.Ordinal);
        Assert.Contains("\\# Not a heading", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_redacted_report_has_no_date_no_exact_age_and_no_text_that_nobody_cleared()
    {
        var report = CaseReport.Write(Case, Name, redacted: true);
        Assert.DoesNotContain("2026", report.Markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("33", report.Markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("Anna", report.Markdown, StringComparison.Ordinal);
        Assert.Contains("30 to 39 years, female", report.Markdown, StringComparison.Ordinal);
        Assert.Contains("Fast pulse", report.Markdown, StringComparison.Ordinal);
        Assert.Equal([CareHeading.Introduction], report.Withheld);
        Assert.DoesNotContain(CareHeading.Introduction, report.Missing);
    }

    [Fact]
    public void Days_are_counted_from_the_massage()
    {
        var text = CaseReport.Write(Case, Name).Markdown;
        Assert.True(text.IndexOf("Day -150", StringComparison.Ordinal) < text.IndexOf("Day +0.08", StringComparison.Ordinal));
        Assert.Contains("Massage on 2026-03-04", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobody_of_90_or_more_is_known_by_their_age() =>
        Assert.Contains("90 or older", CaseReport.Write(Case with { AgeYears = 97 }, Name, redacted: true).Markdown, StringComparison.Ordinal);
}
