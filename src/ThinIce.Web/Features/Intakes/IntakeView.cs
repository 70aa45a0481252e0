using System.Collections.Immutable;
using ThinIce.Core.Screening;
using ThinIce.Registry;
using ThinIce.Web.Features.Answer;

namespace ThinIce.Web.Features.Intakes;

/// <summary>Where in an intake a page is.</summary>
public enum IntakeStep : byte
{
    /// <summary>Who fills it in, and consent.</summary>
    Start,

    /// <summary>Birth date, to see what was said last time.</summary>
    Since,

    /// <summary>What was said last time, to be changed.</summary>
    Changed,

    /// <summary>How the body feels.</summary>
    Feel,

    /// <summary>The question whose answer could change most.</summary>
    Ask,

    /// <summary>Pressure the person likes.</summary>
    Wish,

    /// <summary>All of it once more.</summary>
    Check,

    /// <summary>Sent.</summary>
    Sent,
}

/// <summary>What a page of an intake shows.</summary>
public sealed record IntakeView
{
    /// <summary>Which page.</summary>
    public required IntakeStep Step { get; init; }

    /// <summary>What the link opened.</summary>
    public required IntakeVisit Visit { get; init; }

    /// <summary>What was said so far, as it was filled in.</summary>
    public required VisitForm Form { get; init; }

    /// <summary>Whether it is filled in on the clinic's own tablet.</summary>
    public bool IsKiosk { get; init; }

    /// <summary>What is asked, on a page that asks.</summary>
    public NextQuestion? Next { get; init; }

    /// <summary>The answer to what was said so far.</summary>
    public ScreeningAnswer? Answer { get; init; }

    /// <summary>What is to be mended: field and key of the words.</summary>
    public ImmutableArray<Mistake> Mistakes { get; init; } = [];

    /// <summary>Whether another window has saved meanwhile.</summary>
    public bool WasOpenTwice { get; init; }
}
