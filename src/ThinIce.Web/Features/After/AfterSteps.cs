using System.Collections.Immutable;
using ThinIce.Web.Features.Answer;

namespace ThinIce.Web.Features.After;

/// <summary>Where in the journey after a massage a page is.</summary>
public enum AfterStep : byte
{
    /// <summary>Signs that need help now.</summary>
    Signs,

    /// <summary>What is felt.</summary>
    Feeling,

    /// <summary>The massage, and the person.</summary>
    Session,

    /// <summary>The answer.</summary>
    Answer,

    /// <summary>A note for a doctor.</summary>
    Letter,
}

/// <summary>Which fields stand on which page.</summary>
internal static class AfterSteps
{
    /// <summary>How many pages ask.</summary>
    public const int Count = 3;

    private static readonly ImmutableArray<ImmutableHashSet<string>> Shown =
    [
        ["place"],
        ["symptoms", "ago", "agoUnit", "course", "before", "before-none", "careSought"],
        [.. VisitJson.SessionFields, "products-none", "age", "pregnant", "pregnancyWeeks", "weightKg", "rest", .. VisitJson.AfterBoxes],
    ];

    /// <summary>Fields that the page shows itself.</summary>
    public static ImmutableHashSet<string> Fields(AfterStep step) => (int)step < Count ? Shown[(int)step] : [];

    /// <summary>The page that a field stands on.</summary>
    public static AfterStep Of(string field) => Shown[(int)AfterStep.Session].Contains(field) ? AfterStep.Session : AfterStep.Feeling;

    /// <summary>The step of that name; the answer where there is none.</summary>
    public static AfterStep Parse(string name) => Enum.TryParse<AfterStep>(name, ignoreCase: true, out var step) && Enum.IsDefined(step) ? step : AfterStep.Answer;

    /// <summary>Its name in a form.</summary>
    public static string Name(this AfterStep step) => step.ToString().ToLowerInvariant();
}
