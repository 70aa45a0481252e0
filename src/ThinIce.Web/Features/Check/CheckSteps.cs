using System.Collections.Immutable;
using ThinIce.Web.Features.Answer;

namespace ThinIce.Web.Features.Check;

/// <summary>Where in the check a page is.</summary>
public enum CheckStep : byte
{
    /// <summary>The massage.</summary>
    Massage,

    /// <summary>The person.</summary>
    Person,

    /// <summary>Their health.</summary>
    Health,

    /// <summary>The answer.</summary>
    Answer,

    /// <summary>A sheet for the therapist.</summary>
    Sheet,

    /// <summary>A letter to a health professional.</summary>
    Letter,
}

/// <summary>Which fields stand on which page.</summary>
internal static class CheckSteps
{
    /// <summary>How many pages ask.</summary>
    public const int Count = 3;

    private static readonly ImmutableArray<ImmutableHashSet<string>> Shown =
    [
        [.. VisitJson.SessionFields, "products-none", "words"],
        ["age", "sex", "pregnant", "pregnancyWeeks", "weightKg", "place"],
        [.. VisitJson.WordFields, "rest"],
    ];

    /// <summary>Fields that the page shows itself.</summary>
    public static ImmutableHashSet<string> Fields(CheckStep step) => (int)step < Count ? Shown[(int)step] : [];

    /// <summary>The page that a field stands on.</summary>
    public static CheckStep Of(string field) => (CheckStep)Math.Max(0, Shown.FindIndex(s => s.Contains(field)));

    /// <summary>The step of that name; the answer where there is none.</summary>
    public static CheckStep Parse(string name) => Enum.TryParse<CheckStep>(name, ignoreCase: true, out var step) && Enum.IsDefined(step) ? step : CheckStep.Answer;

    /// <summary>Its name in a form.</summary>
    public static string Name(this CheckStep step) => step.ToString().ToLowerInvariant();

    private static int FindIndex<T>(this ImmutableArray<T> items, Predicate<T> found)
    {
        for (var at = 0; at < items.Length; at++)
            if (found(items[at])) return at;
        return -1;
    }
}
