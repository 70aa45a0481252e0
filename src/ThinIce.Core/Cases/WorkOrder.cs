using System.Collections.Immutable;
using ThinIce.Core.AdverseEvents;

namespace ThinIce.Core.Cases;

/// <summary>What the order of work goes by.</summary>
/// <param name="Class">Whether it is serious, as far as is known.</param>
/// <param name="DueAt">By when it has to be assessed.</param>
/// <param name="Expected">How far the knowledge named it beforehand; null while nothing is coded.</param>
/// <param name="Completeness">How much it tells, 0.07 to 1.</param>
public readonly record struct CaseUrgency(ReviewClass Class, DateTimeOffset DueAt, Expected? Expected, double Completeness)
{
    /// <summary>Whether it is dealt with like a serious one.</summary>
    public bool IsSerious => Class >= ReviewClass.Presumed;
}

/// <summary>
/// The order in which cases are assessed: those that are or may be serious before all others; among each, those whose time is nearly up,
/// the nearest first; then the less expected before the expected, and what can be judged now before what has first to be asked for. With
/// <see cref="CaseGuide.NearHours"/> no less than <see cref="CaseGuide.SeriousHours"/> serious cases go purely by their due time, which
/// makes none of them late whenever any order would (Jackson's rule of the earliest due date). Without state, and safe for many threads.
/// </summary>
public static class WorkOrder
{
    /// <summary>Compares two cases at a moment: below 0 where the first comes first.</summary>
    public static int Compare(CaseUrgency one, CaseUrgency other, DateTimeOffset now, CaseGuide guide)
    {
        ArgumentNullException.ThrowIfNull(guide);
        if (one.IsSerious != other.IsSerious) return one.IsSerious ? -1 : 1;
        var (oneNear, otherNear) = (IsNear(one, now, guide), IsNear(other, now, guide));
        if (oneNear != otherNear) return oneNear ? -1 : 1;
        if (oneNear) return one.DueAt.CompareTo(other.DueAt);
        if (one.Class != other.Class) return other.Class.CompareTo(one.Class);
        if (Novelty(one) != Novelty(other)) return Novelty(other).CompareTo(Novelty(one));
        return one.Completeness != other.Completeness ? other.Completeness.CompareTo(one.Completeness) : one.DueAt.CompareTo(other.DueAt);
    }

    /// <summary>The cases in the order of work.</summary>
    public static ImmutableArray<T> Order<T>(IEnumerable<T> cases, Func<T, CaseUrgency> urgency, DateTimeOffset now, CaseGuide guide) =>
        [.. cases.Order(Comparer<T>.Create((a, b) => Compare(urgency(a), urgency(b), now, guide)))];

    /// <summary>How many of these would be assessed after their time, worked through in order. Nothing new that may come in is counted.</summary>
    /// <param name="inOrder">The cases in the order of work.</param>
    /// <param name="done">When the first so many of them are assessed, at the pace of those who do it.</param>
    /// <returns>Late ones that are or may be serious, and others.</returns>
    public static (int Serious, int Other) Late(IEnumerable<CaseUrgency> inOrder, Func<int, DateTimeOffset> done)
    {
        ArgumentNullException.ThrowIfNull(inOrder);
        ArgumentNullException.ThrowIfNull(done);
        var (serious, other, place) = (0, 0, 0);
        foreach (var one in inOrder)
        {
            if (done(++place) <= one.DueAt) continue;
            if (one.IsSerious) serious++;
            else other++;
        }

        return (serious, other);
    }

    private static bool IsNear(CaseUrgency of, DateTimeOffset now, CaseGuide guide) => of.DueAt - now <= TimeSpan.FromHours(guide.NearHours);

    /// <summary>0 what a rule named, up to 3 what stands in no catalogue. What is not coded yet may be anything.</summary>
    private static int Novelty(CaseUrgency of) => of.Expected is { } expected ? (int)AdverseEvents.Expected.Named - (int)expected : 2;
}
