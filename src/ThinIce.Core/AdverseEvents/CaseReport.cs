using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace ThinIce.Core.AdverseEvents;

/// <summary>The 13 headings of CARE, in order. Their names are the items of the scale <c>care-2013</c> in <c>knowledge/scales/</c>.</summary>
public enum CareHeading : byte
{
    /// <summary>Title.</summary>
    Title,

    /// <summary>Key words.</summary>
    KeyWords,

    /// <summary>Abstract.</summary>
    Abstract,

    /// <summary>Introduction.</summary>
    Introduction,

    /// <summary>Who the person is, and what was known before.</summary>
    PatientInformation,

    /// <summary>What was found on examination.</summary>
    ClinicalFindings,

    /// <summary>What happened when.</summary>
    Timeline,

    /// <summary>Tests, pictures, diagnoses considered.</summary>
    DiagnosticAssessment,

    /// <summary>The massage, who gave it and how, and what was done about the event.</summary>
    TherapeuticIntervention,

    /// <summary>How it went on.</summary>
    FollowUpAndOutcomes,

    /// <summary>What can be learned, with the cause as it was judged.</summary>
    Discussion,

    /// <summary>The person's own view.</summary>
    PatientPerspective,

    /// <summary>Consent to publish.</summary>
    InformedConsent,
}

/// <summary>A step of the timeline, told in days from the massage so that a redacted report needs no date.</summary>
/// <param name="DaysFromMassage">Days from the massage; below 0 before it.</param>
/// <param name="What">What happened, without names.</param>
public sealed record TimelineStep(double DaysFromMassage, string What);

/// <summary>What a case report is written from. Whatever is not there is listed as missing, never made up.</summary>
public sealed record CaseForReport
{
    /// <summary>Text under each heading that somebody wrote or confirmed. May hold names and dates: a redacted report leaves all of it out but what was cleared.</summary>
    public ImmutableSortedDictionary<CareHeading, string> Written { get; init; } = ImmutableSortedDictionary<CareHeading, string>.Empty;

    /// <summary>Headings whose text a person has read and found free of anything that could tell who it is.</summary>
    public ImmutableSortedSet<CareHeading> Cleared { get; init; } = [];

    /// <summary>Age in years; null where it is not known.</summary>
    public double? AgeYears { get; init; }

    /// <summary>Sex; null where it is not known.</summary>
    public Clinical.Sex? Sex { get; init; }

    /// <summary>Date of the massage; null where it is not known. Never in a redacted report.</summary>
    public DateOnly? MassageOn { get; init; }

    /// <summary>What happened when.</summary>
    public ImmutableArray<TimelineStep> Timeline { get; init; } = [];

    /// <summary>Coded things, as plain names: harms, symptoms, techniques, regions. They name nobody, and are the key words.</summary>
    public ImmutableArray<string> Codes { get; init; } = [];

    /// <summary>Grades, seriousness, completeness and cause, each a line.</summary>
    public ImmutableArray<string> Judgements { get; init; } = [];
}

/// <summary>A case report as Markdown.</summary>
/// <param name="Markdown">The text. What people wrote in it is escaped: no HTML, no link, no heading of theirs takes effect.</param>
/// <param name="Missing">Headings with nothing under them.</param>
/// <param name="Withheld">Headings left out of a redacted report because nobody had cleared them.</param>
public sealed record CaseReport(string Markdown, ImmutableArray<CareHeading> Missing, ImmutableArray<CareHeading> Withheld)
{
    private const int OldestShown = 90, Decade = 10;

    /// <summary>Writes the report.</summary>
    /// <param name="of">The case.</param>
    /// <param name="name">The name of a heading; see the scale <c>care-2013</c>.</param>
    /// <param name="redacted">Without what could tell who it is: no date, age as a decade, no text that nobody cleared.</param>
    public static CaseReport Write(CaseForReport of, Func<CareHeading, string> name, bool redacted = false)
    {
        ArgumentNullException.ThrowIfNull(of);
        ArgumentNullException.ThrowIfNull(name);
        var (text, missing, withheld) = (new StringBuilder(), ImmutableArray.CreateBuilder<CareHeading>(), ImmutableArray.CreateBuilder<CareHeading>());
        foreach (var heading in Enum.GetValues<CareHeading>())
        {
            var hides = redacted && of.Written.ContainsKey(heading) && !of.Cleared.Contains(heading);
            if (hides) withheld.Add(heading);
            List<string> lines = [.. Known(of, heading, redacted)];
            if (!hides && of.Written.TryGetValue(heading, out var written) && !string.IsNullOrWhiteSpace(written)) lines.Add(Escape(written.Trim()));
            if (lines.Count == 0 && !hides) missing.Add(heading);
            text.Append(CultureInfo.InvariantCulture, $"## {name(heading)}\n\n");
            text.Append(CultureInfo.InvariantCulture, $"{(lines.Count > 0 ? string.Join("\n", lines) : hides ? "*Withheld.*" : "*Missing.*")}\n\n");
        }

        if (missing.Count > 0) text.Append(CultureInfo.InvariantCulture, $"---\n\nMissing: {string.Join(", ", missing.Select(name))}.\n");
        return new(text.ToString(), missing.ToImmutable(), withheld.ToImmutable());
    }

    private static IEnumerable<string> Known(CaseForReport of, CareHeading heading, bool redacted) => heading switch
    {
        CareHeading.KeyWords when of.Codes.Length > 0 => [Escape(string.Join(", ", of.Codes))],
        CareHeading.PatientInformation when of.AgeYears is not null || of.Sex is not null => [Person(of, redacted)],
        CareHeading.Timeline => [.. (of.MassageOn is { } day && !redacted ? (string[])[$"- Massage on {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}"] : []), .. of.Timeline.OrderBy(s => s.DaysFromMassage).Select(Step)],
        CareHeading.Discussion => of.Judgements.Select(j => $"- {Escape(j)}"),
        _ => [],
    };

    private static string Step(TimelineStep step) => step.DaysFromMassage == 0 ? $"- Day 0: {Escape(step.What)}"
        : string.Create(CultureInfo.InvariantCulture, $"- Day {step.DaysFromMassage:+0.##;-0.##}: {Escape(step.What)}");

    private static string Person(CaseForReport of, bool redacted) => string.Join(", ", new[] { Age(of.AgeYears, redacted), of.Sex?.ToString().ToLowerInvariant() }.OfType<string>());

    /// <summary>Above 89 an age alone can tell who somebody is; HIPAA's safe harbour draws the line there.</summary>
    private static string? Age(double? years, bool redacted) => years is not { } age ? null
        : !redacted ? string.Create(CultureInfo.InvariantCulture, $"{age:0.##} years")
        : age >= OldestShown ? "90 or older" : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(age / Decade) * Decade:0} to {Math.Floor(age / Decade) * Decade + Decade - 1:0} years");

    /// <summary>What somebody wrote, so that no Markdown or HTML in it takes effect. Line breaks stay.</summary>
    private static string Escape(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var c in text.ReplaceLineEndings("\n"))
        {
            if (c == '<') safe.Append("&lt;");
            else if (c == '>') safe.Append("&gt;");
            else if (c == '&') safe.Append("&amp;");
            else if ("\\`*_{}[]()#+-!|=~".Contains(c, StringComparison.Ordinal)) safe.Append('\\').Append(c);
            else safe.Append(c);
        }

        return safe.ToString();
    }
}
