using System.Collections.Immutable;

namespace ThinIce.Core.AdverseEvents;

/// <summary>The six categories of WHO-UMC.</summary>
public enum WhoUmcCategory : byte
{
    /// <summary>Cannot be judged, and what is missing or contradicts cannot be had.</summary>
    Unassessable,

    /// <summary>More is needed, or under way.</summary>
    Conditional,

    /// <summary>The time makes it improbable; something else explains it.</summary>
    Unlikely,

    /// <summary>The time fits; something else could explain it as well.</summary>
    Possible,

    /// <summary>The time fits, something else is unlikely, and it settled when the massages stopped.</summary>
    Probable,

    /// <summary>As probable, nothing else can explain it, and it is specific to what was done.</summary>
    Certain,
}

/// <summary>What there is to judge with.</summary>
public enum DataForJudging : byte
{
    /// <summary>Enough.</summary>
    Enough,

    /// <summary>Not yet enough; more can be had.</summary>
    MoreCanBeHad,

    /// <summary>Not enough, or contradicting, and nothing more can be had.</summary>
    NoMoreCanBeHad,
}

/// <summary>Does the time between massage and event fit?</summary>
public enum TimeFit : byte
{
    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>It fits.</summary>
    Fits,

    /// <summary>It makes a connection improbable.</summary>
    Improbable,
}

/// <summary>Could something else explain it?</summary>
public enum OtherCause : byte
{
    /// <summary>Not known, or not looked for.</summary>
    Unknown,

    /// <summary>No: looked for and ruled out.</summary>
    RuledOut,

    /// <summary>Unlikely.</summary>
    Unlikely,

    /// <summary>It could.</summary>
    Could,
}

/// <summary>What happened when the massages stopped, or once the one massage was over.</summary>
public enum AfterStopping : byte
{
    /// <summary>Not known, or nothing to be seen: a torn artery or a broken bone does not settle by stopping.</summary>
    NothingToSee,

    /// <summary>It settled, as such a thing would.</summary>
    Settled,

    /// <summary>It did not.</summary>
    DidNotSettle,
}

/// <summary>What a rater answers on the way to a category.</summary>
/// <param name="Data">What there is to judge with.</param>
/// <param name="Time">Does the time fit?</param>
/// <param name="Other">Could something else explain it?</param>
/// <param name="Stopping">Did it settle?</param>
/// <param name="IsSpecific">Whether the event is specific to what was done: a burn in the shape of the stone, an injury seen at the place pressed. WHO-UMC: "definitive".</param>
/// <param name="CameBack">Whether it came back with another massage; null where there was none. No reason to try.</param>
public sealed record WhoUmcAnswers(DataForJudging Data, TimeFit Time, OtherCause Other, AfterStopping Stopping, bool IsSpecific, bool? CameBack = null);

/// <summary>
/// A documented path to one of WHO-UMC's categories. The criteria are theirs (as printed in PMC6039921, box 2); the order of the questions is ours, and
/// so is what it makes of a single massage: where stopping cannot be seen, "certain" and "probable" are out of reach unless the event is
/// specific to what was done. It records a judgement; it proves nothing, and a rater may disagree with it, saying why.
/// </summary>
/// <param name="Category">The category.</param>
/// <param name="Path">Ids of the questions that decided, in order; their words are in <c>knowledge/scales/</c>.</param>
public sealed record WhoUmc(WhoUmcCategory Category, ImmutableArray<string> Path)
{
    /// <summary>The category that answers lead to.</summary>
    public static WhoUmc Of(WhoUmcAnswers answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        if (answers.Data == DataForJudging.NoMoreCanBeHad) return new(WhoUmcCategory.Unassessable, ["data"]);
        if (answers.Data == DataForJudging.MoreCanBeHad) return new(WhoUmcCategory.Conditional, ["data"]);
        if (answers.Time == TimeFit.Unknown) return new(WhoUmcCategory.Conditional, ["data", "time"]);
        if (answers.Time == TimeFit.Improbable)
            // Improbable in time and nothing else to explain it contradicts itself: somebody has to look again.
            return new(answers.Other == OtherCause.Could ? WhoUmcCategory.Unlikely : WhoUmcCategory.Conditional, ["data", "time", "other"]);
        if (answers.Other is OtherCause.Could or OtherCause.Unknown) return new(WhoUmcCategory.Possible, ["data", "time", "other"]);
        if (answers.Stopping == AfterStopping.DidNotSettle && !answers.IsSpecific) return new(WhoUmcCategory.Possible, ["data", "time", "other", "stopping"]);
        var isSeen = answers.Stopping == AfterStopping.Settled || answers.IsSpecific;
        if (!isSeen) return new(WhoUmcCategory.Possible, ["data", "time", "other", "stopping"]);
        var isCertain = answers is { Other: OtherCause.RuledOut, IsSpecific: true, Stopping: not AfterStopping.DidNotSettle, CameBack: not false };
        return new(isCertain ? WhoUmcCategory.Certain : WhoUmcCategory.Probable, ["data", "time", "other", "stopping", "specific"]);
    }
}
