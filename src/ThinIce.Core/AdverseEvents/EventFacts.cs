using System.Collections.Immutable;
using ThinIce.Core.Clinical;

namespace ThinIce.Core.AdverseEvents;

/// <summary>How strong the complaint was at its worst, as the person says. Not seriousness.</summary>
public enum Intensity : byte
{
    /// <summary>Mild.</summary>
    Mild = 1,

    /// <summary>Moderate.</summary>
    Moderate,

    /// <summary>Severe.</summary>
    Severe,
}

/// <summary>What it kept the person from doing, at its worst.</summary>
public enum ImpactOnLife : byte
{
    /// <summary>Nothing.</summary>
    None = 1,

    /// <summary>Things such as shopping, cooking, using the telephone, work: "instrumental" activities.</summary>
    UsualActivities,

    /// <summary>Looking after oneself: washing, dressing, eating, moving about.</summary>
    SelfCare,
}

/// <summary>Whether it was there before the massage.</summary>
public enum BeforeMassage : byte
{
    /// <summary>It was not there before.</summary>
    New = 1,

    /// <summary>It was there, and got worse.</summary>
    Worse,

    /// <summary>It was there as now: no adverse event in the sense of "new or worse".</summary>
    AsBefore,
}

/// <summary>The most that was done about it.</summary>
public enum CareReceived : byte
{
    /// <summary>Nothing, or watching it.</summary>
    None = 1,

    /// <summary>Rest, ice, a remedy from the shelf.</summary>
    SelfCare,

    /// <summary>Somebody was asked, nothing was done.</summary>
    Consulted,

    /// <summary>Small, local or non-invasive treatment.</summary>
    LocalTreatment,

    /// <summary>An operation or another invasive treatment that could be planned.</summary>
    InvasiveTreatment,

    /// <summary>Treatment that could not wait because life was in danger.</summary>
    UrgentTreatment,
}

/// <summary>How it ended, or stands: the values of E2B(R3), field E.i.7.</summary>
public enum EventOutcome : byte
{
    /// <summary>Recovered.</summary>
    Recovered = 1,

    /// <summary>Recovering.</summary>
    Recovering,

    /// <summary>Not recovered.</summary>
    NotRecovered,

    /// <summary>Recovered with lasting effects.</summary>
    RecoveredWithSequelae,

    /// <summary>Died of it.</summary>
    Fatal,
}

/// <summary>The six criteria of ICH E2A. Any one of them makes an event serious.</summary>
public enum SeriousnessCriterion : byte
{
    /// <summary>Death.</summary>
    Death,

    /// <summary>Life was in danger at the time; not: could have been.</summary>
    LifeThreatening,

    /// <summary>Admission to hospital, or a longer stay. A visit to an emergency department is none.</summary>
    Hospitalisation,

    /// <summary>Lasting or significant disability.</summary>
    Disability,

    /// <summary>A birth defect.</summary>
    CongenitalAnomaly,

    /// <summary>Medically important otherwise, in a professional's judgement.</summary>
    MedicallyImportant,
}

/// <summary>
/// What is stored of one adverse event: plain facts, from which every published scale is worked out. Each may be unknown, declined or
/// never asked, and a scale says so rather than guess. It holds no opinion about the cause.
/// </summary>
public sealed record EventFacts
{
    /// <summary>How strong.</summary>
    public Answer<Intensity> Intensity { get; init; }

    /// <summary>How long it lasted, in hours; for one that goes on, how long so far.</summary>
    public Answer<double> DurationHours { get; init; }

    /// <summary>What it kept the person from.</summary>
    public Answer<ImpactOnLife> Impact { get; init; }

    /// <summary>Hours from the end of the massage to the first sign; 0 during it.</summary>
    public Answer<TimeToOnset> Onset { get; init; }

    /// <summary>There before?</summary>
    public Answer<BeforeMassage> Before { get; init; }

    /// <summary>Better, same or worse since.</summary>
    public Answer<Course> Course { get; init; }

    /// <summary>What was done about it.</summary>
    public Answer<CareReceived> Care { get; init; }

    /// <summary>How it ended.</summary>
    public Answer<EventOutcome> Outcome { get; init; }

    /// <summary>Which criteria of seriousness were met; those not in here were not asked.</summary>
    public ImmutableSortedDictionary<SeriousnessCriterion, Answer<bool>> Criteria { get; init; } = ImmutableSortedDictionary<SeriousnessCriterion, Answer<bool>>.Empty;

    /// <summary>The same facts with one criterion answered.</summary>
    public EventFacts With(SeriousnessCriterion criterion, bool met) => this with { Criteria = Criteria.SetItem(criterion, Answer<bool>.Known(met)) };

    /// <summary>Whether a criterion was met. Death and a fatal outcome are one fact: either says it.</summary>
    public Answer<bool> Met(SeriousnessCriterion criterion)
    {
        if (criterion == SeriousnessCriterion.Death && Outcome.IsKnown) return Answer<bool>.Known(Outcome.Value == EventOutcome.Fatal || (Criteria.TryGetValue(criterion, out var died) && died.Or(false)));
        return Criteria.TryGetValue(criterion, out var met) ? met : default;
    }
}

/// <summary>From the end of the massage to the first sign, as a range of hours: "about two days later" is one. Not how long it lasted.</summary>
/// <param name="LeastHours">At least so many hours; 0 during the massage; below 0 is refused by <see cref="Between"/>.</param>
/// <param name="MostHours">At most so many.</param>
public readonly record struct TimeToOnset(double LeastHours, double MostHours)
{
    /// <summary>So many hours.</summary>
    public static TimeToOnset Hours(double hours) => Between(hours, hours);

    /// <summary>Between so many hours. Throws <see cref="ArgumentOutOfRangeException"/> where it would begin before the massage, or end before it begins.</summary>
    public static TimeToOnset Between(double least, double most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(least);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, least);
        return new(least, most);
    }

    /// <summary>How far the two ends are apart, in days.</summary>
    public double AmbiguityDays => (MostHours - LeastHours) / 24;
}
