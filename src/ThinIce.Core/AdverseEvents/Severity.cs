using System.Collections.Immutable;
using ThinIce.Core.Clinical;

namespace ThinIce.Core.AdverseEvents;

/// <summary>
/// The published scales of severity, each worked out from the same facts. Severity is how bad it was; it is neither seriousness nor
/// cause. Where a scale has no grade for the facts, or the facts are missing, the grade says so.
/// </summary>
/// <param name="bounds">Where "short" and "medium" end, as data: the scales say "hours", "days", "weeks" and give no number.</param>
public sealed class Severity(DurationBounds bounds)
{
    private const string NeedIntensity = "intensity", NeedDuration = "duration", NeedImpact = "impact", NeedCare = "care", NeedOutcome = "outcome";

    /// <summary>Ids of the scales.</summary>
    public const string CarnesScale = "carnes-2010", PaanalahtiScale = "paanalahti-2014", CtcaeScale = "ctcae-5", SafetyNetScale = "safetynet", FourWordsScale = "four-words-2025";

    /// <summary>All scales.</summary>
    public ImmutableArray<Grade> All(EventFacts facts) => [Carnes(facts), Paanalahti(facts), Ctcae(facts), SafetyNet(facts), FourWords(facts)];

    /// <summary>
    /// Carnes and others' Delphi (2010), by the grid of its companion abstract: long and moderate or severe, or medium and severe, is
    /// major; long and mild, or medium and moderate, is moderate; short and mild is mild ("not adverse"). Short and moderate, short and
    /// severe, medium and mild have no grade there, and none here.
    /// </summary>
    public Grade Carnes(EventFacts facts)
    {
        var missing = Missing((facts.Intensity.IsKnown, NeedIntensity), (facts.DurationHours.IsKnown, NeedDuration));
        if (missing.Count > 0) return Grade.NotKnown(CarnesScale, missing);
        return (Length(facts.DurationHours.Value), facts.Intensity.Value) switch
        {
            (Lasting.Long, Intensity.Moderate or Intensity.Severe) or (Lasting.Medium, Intensity.Severe) => Grade.Defined(CarnesScale, "major"),
            (Lasting.Long, Intensity.Mild) or (Lasting.Medium, Intensity.Moderate) => Grade.Defined(CarnesScale, "moderate"),
            (Lasting.Short, Intensity.Mild) => Grade.Defined(CarnesScale, "mild"),
            _ => Grade.NotClassified(CarnesScale),
        };
    }

    /// <summary>
    /// Paanalahti and others (2014): minor or moderate, short or long, and serious. Their own bound between short and long, and where
    /// severe but not serious goes, were not read: the bound is ours (see the knowledge), and severe without a criterion of seriousness has no grade.
    /// </summary>
    public Grade Paanalahti(EventFacts facts)
    {
        if (Seriousness.Of(facts).IsSerious.Or(false)) return Grade.Defined(PaanalahtiScale, "serious");
        var missing = Missing((facts.Intensity.IsKnown, NeedIntensity), (facts.DurationHours.IsKnown, NeedDuration));
        if (missing.Count > 0) return Grade.NotKnown(PaanalahtiScale, missing);
        var isLong = facts.DurationHours.Value >= bounds.LongFromHours;
        return facts.Intensity.Value switch
        {
            Intensity.Mild => Grade.Defined(PaanalahtiScale, isLong ? "long-minor" : "short-minor"),
            Intensity.Moderate => Grade.Defined(PaanalahtiScale, isLong ? "long-moderate" : "short-moderate"),
            _ => Grade.NotClassified(PaanalahtiScale),
        };
    }

    /// <summary>
    /// CTCAE 5.0, general guideline (a semicolon there means "or", so the highest that fits counts): 5 death; 4 life in danger, urgent
    /// treatment; 3 severe, admission, disabling, self-care limited; 2 moderate, small local treatment, usual activities limited; 1 mild. Its terms
    /// for single conditions are not used. An operation that could be planned is grade 3 in many of those terms; the general text does not say: ours.
    /// </summary>
    public static Grade Ctcae(EventFacts facts)
    {
        var (grade, missing) = Highest(facts,
            (5, facts.Met(SeriousnessCriterion.Death), NeedOutcome),
            (4, facts.Met(SeriousnessCriterion.LifeThreatening), "life-threatening"),
            (4, Is(facts.Care, c => c == CareReceived.UrgentTreatment), NeedCare),
            (3, Is(facts.Intensity, i => i == Intensity.Severe), NeedIntensity),
            (3, facts.Met(SeriousnessCriterion.Hospitalisation), "hospitalisation"),
            (3, facts.Met(SeriousnessCriterion.Disability), "disability"),
            (3, Is(facts.Impact, i => i == ImpactOnLife.SelfCare), NeedImpact),
            (3, Is(facts.Care, c => c == CareReceived.InvasiveTreatment), NeedCare),
            (2, Is(facts.Intensity, i => i == Intensity.Moderate), NeedIntensity),
            (2, Is(facts.Impact, i => i == ImpactOnLife.UsualActivities), NeedImpact),
            (2, Is(facts.Care, c => c == CareReceived.LocalTreatment), NeedCare),
            (1, Is(facts.Intensity, i => i == Intensity.Mild), NeedIntensity));
        return grade == 0 ? Grade.NotKnown(CtcaeScale, missing) : new(CtcaeScale, $"grade-{grade}", missing.Length > 0 ? GradeState.AtLeast : GradeState.Defined, missing);
    }

    /// <summary>SafetyNET: mild, moderate, severe, serious. Its definitions were not read: serious is taken as any ICH criterion, the others as the person's own word. Ours.</summary>
    public static Grade SafetyNet(EventFacts facts)
    {
        var serious = Seriousness.Of(facts).IsSerious;
        if (serious.Or(false)) return Grade.Defined(SafetyNetScale, "serious");
        if (!facts.Intensity.IsKnown) return Grade.NotKnown(SafetyNetScale, [NeedIntensity]);
        return new(SafetyNetScale, Word(facts.Intensity.Value), serious.IsKnown ? GradeState.Defined : GradeState.AtLeast, serious.IsKnown ? [] : ["seriousness"]);
    }

    /// <summary>
    /// The four words of the 2025 e-Delphi (mild, moderate, severe, catastrophic), told apart by how strong it was and what it did to
    /// the person. Their bounds were not read; ours: catastrophic is death, danger to life or lasting disability; otherwise the worse of the two.
    /// </summary>
    public static Grade FourWords(EventFacts facts)
    {
        var (grade, missing) = Highest(facts,
            (4, facts.Met(SeriousnessCriterion.Death), NeedOutcome),
            (4, facts.Met(SeriousnessCriterion.LifeThreatening), "life-threatening"),
            (4, facts.Met(SeriousnessCriterion.Disability), "disability"),
            (3, Is(facts.Intensity, i => i == Intensity.Severe), NeedIntensity),
            (3, Is(facts.Impact, i => i == ImpactOnLife.SelfCare), NeedImpact),
            (2, Is(facts.Intensity, i => i == Intensity.Moderate), NeedIntensity),
            (2, Is(facts.Impact, i => i == ImpactOnLife.UsualActivities), NeedImpact),
            (1, Is(facts.Intensity, i => i == Intensity.Mild), NeedIntensity));
        return grade == 0 ? Grade.NotKnown(FourWordsScale, missing)
            : new(FourWordsScale, grade == 4 ? "catastrophic" : Word((Intensity)grade), missing.Length > 0 ? GradeState.AtLeast : GradeState.Defined, missing);
    }

    private enum Lasting
    {
        Short,
        Medium,
        Long,
    }

    private Lasting Length(double hours) => hours < bounds.MediumFromHours ? Lasting.Short : hours < bounds.WeeksFromHours ? Lasting.Medium : Lasting.Long;

    private static string Word(Intensity intensity) => intensity switch { Intensity.Mild => "mild", Intensity.Moderate => "moderate", _ => "severe" };

    private static Answer<bool> Is<T>(Answer<T> answer, Func<T, bool> test) => answer.IsKnown ? Answer<bool>.Known(test(answer.Value)) : Answer<bool>.Missing(answer.State);

    private static List<string> Missing(params (bool Known, string Name)[] facts) => [.. facts.Where(f => !f.Known).Select(f => f.Name)];

    /// <summary>The highest grade one of whose signs is there, and what is missing that could make it higher. Signs come highest first.</summary>
    private static (int Grade, ImmutableArray<string> Missing) Highest(EventFacts facts, params (int Grade, Answer<bool> Sign, string Name)[] signs)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var grade = signs.Where(s => s.Sign.Or(false)).Select(s => s.Grade).FirstOrDefault();
        return (grade, [.. signs.Where(s => s.Grade > grade && !s.Sign.IsKnown).Select(s => s.Name).Distinct()]);
    }
}

/// <summary>Where lengths of time are cut. Data, with its reason, in <c>knowledge/scales/</c>.</summary>
/// <param name="MediumFromHours">Carnes: from here on "days".</param>
/// <param name="WeeksFromHours">Carnes: from here on "weeks".</param>
/// <param name="LongFromHours">Paanalahti: from here on "long".</param>
public sealed record DurationBounds(double MediumFromHours, double WeeksFromHours, double LongFromHours);
