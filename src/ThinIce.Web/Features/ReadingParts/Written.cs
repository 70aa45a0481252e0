using System.Globalization;
using ThinIce.Core;
using ThinIce.Core.Clinical;

namespace ThinIce.Web.Features.ReadingParts;

/// <summary>How things are written on the reading pages.</summary>
internal static class Written
{
    /// <summary>The words with a capital at the beginning.</summary>
    public static string Capital(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];

    /// <summary>A day of the history, such as 25 November 2026.</summary>
    public static string Day(string on) => DateOnly.ParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture).ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>The day on which a harm's page, or anything at all where none is given, last changed; null where the history names none.</summary>
    public static string? Changed(KnowledgeBase knowledge, HarmId? harm = null) =>
        knowledge.History.FirstOrDefault(h => harm is not { } one || h.Harms.Contains(one)) is { } entry ? Day(entry.On) : null;
}
