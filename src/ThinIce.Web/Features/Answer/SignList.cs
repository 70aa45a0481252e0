namespace ThinIce.Web.Features.Answer;

/// <summary>A question that gathers several signs into one, taken apart so that a page can list them: "Is any of this happening now: a, b, or c?"</summary>
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
        var colon = ask.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 0) return new(ask, []);
        var signs = ask[(colon + 2)..].TrimEnd('?').Split(", ").Select(s => s.StartsWith(lastJoin, StringComparison.Ordinal) ? s[lastJoin.Length..] : s).ToList();
        return signs.Count < Few ? new(ask, []) : new($"{ask[..colon]}?", signs);
    }
}
