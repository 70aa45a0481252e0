using System.Collections.Immutable;
using Microsoft.Extensions.Localization;

namespace ThinIce.Web.Features.Link;

/// <summary>The check-list of what a body can feel: the same before a session and after it, so that both can be compared.</summary>
internal static class SignChoice
{
    /// <summary>Those for everybody, and those that fit regions.</summary>
    /// <param name="words">Lists of words, each understood by the recogniser as it stands.</param>
    /// <param name="regions">Ids of regions; where a list goes by one of them it is added.</param>
    public static ImmutableArray<string> Of(IStringLocalizer<LinkWords> words, IEnumerable<string> regions)
    {
        var fitting = regions.Select(r => words[$"fit.{r}"]).Where(w => !w.ResourceNotFound).SelectMany(w => Split(w.Value));
        return [.. Split(words["sign.all"].Value).Concat(fitting).Distinct()];
    }

    private static string[] Split(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
