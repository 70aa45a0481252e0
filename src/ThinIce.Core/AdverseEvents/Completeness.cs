using System.Collections.Immutable;

namespace ThinIce.Core.AdverseEvents;

/// <summary>How exactly the time to onset is known.</summary>
public enum OnsetKnown : byte
{
    /// <summary>Not at all, or nobody said.</summary>
    No,

    /// <summary>Only to more than a month.</summary>
    WithinMoreThanAMonth,

    /// <summary>To a month or less, but not exactly.</summary>
    WithinAMonth,

    /// <summary>Exactly, to the day.</summary>
    Exactly,
}

/// <summary>How exactly the age is known.</summary>
public enum AgeKnown : byte
{
    /// <summary>Not at all.</summary>
    No,

    /// <summary>Only a group such as "adult".</summary>
    GroupOnly,

    /// <summary>In years, or months for a baby.</summary>
    Yes,
}

/// <summary>The ten dimensions of vigiGrade, mapped to massage. The mapping of "indication" and "dose" is ours.</summary>
public sealed record ReportDimensions
{
    /// <summary>Time to onset.</summary>
    public OnsetKnown Onset { get; init; }

    /// <summary>Indication: why the person came (ours).</summary>
    public bool ReasonForVisit { get; init; }

    /// <summary>Outcome.</summary>
    public bool Outcome { get; init; }

    /// <summary>Sex.</summary>
    public bool Sex { get; init; }

    /// <summary>Age.</summary>
    public AgeKnown Age { get; init; }

    /// <summary>Dose: pressure, minutes and region of the massage, all three (ours).</summary>
    public bool Dose { get; init; }

    /// <summary>Country.</summary>
    public bool Country { get; init; }

    /// <summary>Who reports, as what.</summary>
    public bool Reporter { get; init; }

    /// <summary>Kind of report: from the person, a check-in, a therapist, a published case, a study.</summary>
    public bool ReportType { get; init; }

    /// <summary>Free text.</summary>
    public bool Comments { get; init; }

    /// <summary>How exactly an onset is known: to the day is exactly. Our reading of "imprecise".</summary>
    public static OnsetKnown Precision(Clinical.Answer<TimeToOnset> onset) => !onset.IsKnown ? OnsetKnown.No
        : onset.Value.AmbiguityDays > 30 ? OnsetKnown.WithinMoreThanAMonth : onset.Value.AmbiguityDays > 1 ? OnsetKnown.WithinAMonth : OnsetKnown.Exactly;
}

/// <summary>A penalty that was taken.</summary>
/// <param name="Dimension">For what.</param>
/// <param name="Share">Which share of the score it takes, between 0 and 1.</param>
public sealed record Penalty(string Dimension, double Share);

/// <summary>
/// vigiGrade's completeness score: 1, times (1 − penalty) for each dimension that is missing or imprecise. It measures how much is
/// told, not whether it supports a cause; only fields count, not what stands in free text. Penalties: Bergvall and others, Drug Safety
/// 2014;37:65-77, table 1 as read in copies (PMC9503115).
/// </summary>
/// <param name="Score">From 0.07 (nothing known) to 1.</param>
/// <param name="Penalties">What was missing.</param>
public sealed record Completeness(double Score, ImmutableArray<Penalty> Penalties)
{
    private const double NoOnset = 0.5, Substantial = 0.3, Small = 0.1, WellDocumentedAbove = 0.8;

    /// <summary>Whether the report counts as well documented: above 0.8.</summary>
    public bool IsWellDocumented => Score > WellDocumentedAbove;

    /// <summary>Of a report.</summary>
    public static Completeness Of(ReportDimensions report)
    {
        ArgumentNullException.ThrowIfNull(report);
        Penalty?[] all =
        [
            report.Onset switch { OnsetKnown.No => new("time-to-onset", NoOnset), OnsetKnown.WithinMoreThanAMonth => new("time-to-onset", Substantial), OnsetKnown.WithinAMonth => new("time-to-onset", Small), _ => null },
            Without(report.ReasonForVisit, "reason-for-visit", Substantial),
            Without(report.Outcome, "outcome", Substantial),
            Without(report.Sex, "sex", Substantial),
            report.Age switch { AgeKnown.No => new("age", Substantial), AgeKnown.GroupOnly => new("age", Small), _ => null },
            Without(report.Dose, "dose", Small),
            Without(report.Country, "country", Small),
            Without(report.Reporter, "reporter", Small),
            Without(report.ReportType, "report-type", Small),
            Without(report.Comments, "comments", Small),
        ];
        ImmutableArray<Penalty> taken = [.. all.OfType<Penalty>()];
        return new(taken.Aggregate(1.0, (score, penalty) => score * (1 - penalty.Share)), taken);
    }

    private static Penalty? Without(bool known, string dimension, double share) => known ? null : new(dimension, share);
}
