using System.Collections.Immutable;
using ThinIce.Core.Clinical;

namespace ThinIce.Core;

/// <summary>How a part of a page is to be read.</summary>
public enum GuidanceTone : byte
{
    /// <summary>Plain points.</summary>
    Plain,

    /// <summary>Good signs, things to do.</summary>
    Do,

    /// <summary>Bad signs, things not to do.</summary>
    Dont,

    /// <summary>Stop and call the emergency number.</summary>
    Emergency,

    /// <summary>Stop and be seen today.</summary>
    Today,

    /// <summary>Stop, wait, ask; then decide.</summary>
    Pause,

    /// <summary>Words that somebody may say as they stand.</summary>
    Say,
}

/// <summary>A page of advice that belongs to no single rule: choosing a therapist, saying stop. Data from <c>knowledge/pages/</c>.</summary>
/// <param name="Id">Permanent id, and its address on the site.</param>
/// <param name="Title">Title.</param>
public sealed record GuidancePage(string Id, LocalText Title)
{
    /// <summary>What it is about, in one or two sentences.</summary>
    public LocalText Lead { get; init; } = LocalText.None;

    /// <summary>Its parts, in order.</summary>
    public ImmutableArray<GuidanceSection> Sections { get; init; } = [];

    /// <summary>Figures it shows.</summary>
    public ImmutableArray<Rate> Rates { get; init; } = [];

    /// <summary>Every source of the page once, in the order of its parts.</summary>
    public IEnumerable<ReferenceId> References => Sections.SelectMany(s => s.Points).SelectMany(p => p.References).Concat(Rates.Select(r => r.Reference)).Distinct();
}

/// <summary>A part of a page.</summary>
/// <param name="Id">Name of its place on the page.</param>
/// <param name="Heading">Heading.</param>
/// <param name="Tone">How it is to be read.</param>
/// <param name="Intro">A sentence before the points; null for none.</param>
/// <param name="Points">The points.</param>
public sealed record GuidanceSection(string Id, LocalText Heading, GuidanceTone Tone, LocalText? Intro, ImmutableArray<GuidancePoint> Points);

/// <summary>One point of advice.</summary>
/// <param name="Say">The words.</param>
/// <param name="References">What it rests on; empty for common practice, which is shown as what it is.</param>
public sealed record GuidancePoint(LocalText Say, ImmutableArray<ReferenceId> References);

/// <summary>A line of the check-list that clients tick before a session and after it. Data from <c>knowledge/check-list/</c>.</summary>
/// <param name="Id">Permanent id.</param>
/// <param name="Words">The words shown, and understood by the recogniser as they stand.</param>
public sealed record CheckListLine(string Id, LocalText Words)
{
    /// <summary>Regions that it is shown for; empty for everybody.</summary>
    public ImmutableArray<ConceptId> Regions { get; init; } = [];
}

/// <summary>A published figure: so many of so many. Not a rate of ours, and never of one person's risk.</summary>
/// <param name="Events">How many; for a share that was printed in per cent, of 100.</param>
/// <param name="Of">Of how many.</param>
/// <param name="What">What was counted, and among whom.</param>
/// <param name="Reference">Where it is printed.</param>
/// <param name="Limits">What it cannot say.</param>
public sealed record Rate(int Events, int Of, LocalText What, ReferenceId Reference, LocalText Limits)
{
    /// <summary>Whether it counts something welcome.</summary>
    public bool IsGood { get; init; }

    /// <summary>The printed 95 % interval, in the same unit as <see cref="Events"/>; null where none is printed.</summary>
    public Span? Range { get; init; }
}

/// <summary>What was counted below the line of a published rate. The two are never put on one scale: one person may have many visits.</summary>
public enum RateUnit : byte
{
    /// <summary>Each person once.</summary>
    People,

    /// <summary>Each visit or treatment.</summary>
    Visits,
}

/// <summary>What was done to those who were counted.</summary>
public enum RateTreatment : byte
{
    /// <summary>Massage alone.</summary>
    Massage,

    /// <summary>Massage with other hands-on treatment.</summary>
    Mixed,

    /// <summary>Other hands-on treatment, mostly of joints.</summary>
    Manual,
}

/// <summary>
/// A printed count of what came after a treatment, with the number below the line: not what came because of it, and nobody's own risk.
/// With no event it is no rate but a bound. Data from <c>knowledge/rates/</c>.
/// </summary>
/// <param name="Id">Permanent id.</param>
/// <param name="What">What was counted.</param>
/// <param name="Events">How many, from 0 to <paramref name="Of"/>.</param>
/// <param name="Of">Of how many, at least 1.</param>
/// <param name="Unit">People or visits.</param>
/// <param name="Reference">Where it is printed.</param>
public sealed record PublishedRate(string Id, LocalText What, int Events, int Of, RateUnit Unit, ReferenceId Reference)
{
    /// <summary>The same in few words, for a picture.</summary>
    public LocalText Name { get; init; } = LocalText.None;

    /// <summary>What was done to them.</summary>
    public RateTreatment Treatment { get; init; }

    /// <summary>How it was found out.</summary>
    public LocalText Asked { get; init; } = LocalText.None;

    /// <summary>How long after the treatment.</summary>
    public LocalText Window { get; init; } = LocalText.None;

    /// <summary>What it cannot say.</summary>
    public LocalText Limits { get; init; } = LocalText.None;
}

/// <summary>A published figure that is not shown as a rate, with the reason: no number below the line, or too small a one.</summary>
/// <param name="Id">Permanent id.</param>
/// <param name="What">What is printed.</param>
/// <param name="Why">Why it is no rate.</param>
/// <param name="Reference">Where it is printed.</param>
public sealed record RateLeftOut(string Id, LocalText What, LocalText Why, ReferenceId Reference);

/// <summary>What is right to do in a practice case, in order of strictness.</summary>
public enum DrillChoice : byte
{
    /// <summary>Go on as planned.</summary>
    GoOn,

    /// <summary>Go on, but change something.</summary>
    Change,

    /// <summary>Stop, or do not begin; a health professional looks at it first.</summary>
    SeeSomeone,

    /// <summary>Stop and call for help.</summary>
    Emergency,
}

/// <summary>A practice case: somebody comes, or something happens, and a therapist has to decide.</summary>
/// <param name="Id">Permanent id.</param>
/// <param name="Moment">What the therapist sees and hears, in the present tense, without the outcome.</param>
/// <param name="Right">What is right.</param>
/// <param name="Why">Why, and what to do in practice.</param>
public sealed record DrillCase(string Id, LocalText Moment, DrillChoice Right, LocalText Why)
{
    /// <summary>Id of the published case it was made of; null for one that was made up, so that not every case is a trap.</summary>
    public string? Case { get; init; }

    /// <summary>What one of the rules answers to the same facts, as the input of the contract; a test compares. Null for none.</summary>
    public DrillCheck? Check { get; init; }
}

/// <summary>The facts of a practice case as input.</summary>
/// <param name="IsReport">Whether they are a report of after a session, not an intake of before.</param>
/// <param name="Json">The input.</param>
public sealed record DrillCheck(bool IsReport, string Json);

/// <summary>What sort of change a line of the history tells of.</summary>
public enum HistoryKind : byte
{
    /// <summary>Something is new.</summary>
    Added,

    /// <summary>Something answers otherwise, or says it otherwise.</summary>
    Changed,

    /// <summary>Something was wrong and was mended.</summary>
    Corrected,

    /// <summary>Something no longer fires.</summary>
    Retired,
}

/// <summary>A line of the history of the knowledge.</summary>
/// <param name="On">The day, as year-month-day.</param>
/// <param name="Kind">What sort of change.</param>
/// <param name="What">What changed, for everybody to read.</param>
public sealed record HistoryEntry(string On, HistoryKind Kind, LocalText What)
{
    /// <summary>Rules it names, before or after a session.</summary>
    public ImmutableArray<RuleId> Rules { get; init; } = [];

    /// <summary>Whole areas of rules it names.</summary>
    public ImmutableArray<string> Areas { get; init; } = [];

    /// <summary>Harms it names, whose pages it dates.</summary>
    public ImmutableArray<HarmId> Harms { get; init; } = [];
}
