namespace ThinIce.Web.Features.Answer;

/// <summary>A question that gathers several signs into one, taken apart so that a page can list them: "Is any of this happening now? A. B. C." or "…: a, b, or c?"</summary>
/// <param name="Lead">Its words up to the list, as a question.</param>
/// <param name="Signs">The signs; empty where the question lists none, or few.</param>
internal sealed record SignList(string Lead, IReadOnlyList<string> Signs)
{
    private const int Few = 4;

    /// <summary>Takes a question apart.</summary>
    /// <param name="ask">The question.</param>
    /// <param name="lastJoin">What stands before the last of a list: "or ".</param>
    public static SignList Of(string ask, string lastJoin)
    {
        var asked = ask.IndexOf("? ", StringComparison.Ordinal);
        if (asked >= 0) return Of(ask, ask[..asked], ask[(asked + 2)..].TrimEnd('.').Split(". "));
        var colon = ask.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 0) return new(ask, []);
        return Of(ask, ask[..colon], ask[(colon + 2)..].TrimEnd('?').Split(", ").Select(s => s.StartsWith(lastJoin, StringComparison.Ordinal) ? s[lastJoin.Length..] : s));
    }

    private static SignList Of(string ask, string lead, IEnumerable<string> signs) => signs.Count() < Few ? new(ask, []) : new($"{lead}?", [.. signs]);
}
