using System.Collections.Immutable;
using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Clinical;
using ThinIce.Core.Screening;

namespace ThinIce.Core.Cases;

/// <summary>How cases are looked after, as the knowledge has it (<c>knowledge/cases/</c>): by when, from where on one is taken for serious, and what a reporter may be told about the cause. Convention, none of it measured.</summary>
public sealed record CaseGuide
{
    /// <summary>Hours within which a serious case, or one that may be, has to be assessed.</summary>
    public double SeriousHours { get; init; } = 24;

    /// <summary>Hours for one of which nothing is known.</summary>
    public double NotKnownHours { get; init; } = 72;

    /// <summary>Hours for one that is not serious.</summary>
    public double NotSeriousHours { get; init; } = 336;

    /// <summary>Share of that time after which a case that nobody has assessed goes on to the deputy, above 0 and below 1.</summary>
    public double EscalateAfter { get; init; } = 0.5;

    /// <summary>Hours before its due time from which a case goes before others of its class.</summary>
    public double NearHours { get; init; } = 24;

    /// <summary>Gravity of a harm, 1 to 5, from which on a case is taken for serious until somebody has looked.</summary>
    public int PresumedFromGravity { get; init; } = 4;

    /// <summary>Urgency of the advice from which on it is.</summary>
    public Urgency PresumedFromUrgency { get; init; } = Urgency.Urgent;

    /// <summary>Strength, from 0 to 10 as a person told it, from which on it counts as moderate.</summary>
    public int ModerateFrom { get; init; } = 4;

    /// <summary>And from which on as severe.</summary>
    public int SevereFrom { get; init; } = 7;

    /// <summary>Answers to "could the massage have caused this?", by category of WHO-UMC: a draft, which an officer changes and releases.</summary>
    public ImmutableArray<ScaleItem> Answers { get; init; } = [];

    /// <summary>What a case report asks for under a heading of CARE, by its id.</summary>
    public ImmutableArray<ScaleItem> Headings { get; init; } = [];

    /// <summary>Time within which a case of that class has to be assessed.</summary>
    public TimeSpan Within(ReviewClass of) => TimeSpan.FromHours(of switch { ReviewClass.Serious or ReviewClass.Presumed => SeriousHours, ReviewClass.NotKnown => NotKnownHours, _ => NotSeriousHours });

    /// <summary>What a strength from 0 to 10 counts as; null where it is 0.</summary>
    public Intensity? IntensityOf(int strength) => strength >= SevereFrom ? Intensity.Severe : strength >= ModerateFrom ? Intensity.Moderate : strength > 0 ? Intensity.Mild : null;

    /// <summary>The draft for a category; null where the knowledge has none.</summary>
    public LocalText? AnswerFor(string category)
    {
        foreach (var answer in Answers) if (answer.Id == category) return answer.Text;
        return null;
    }
}
