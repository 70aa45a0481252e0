using System.Collections.Immutable;

namespace ThinIce.Core.AdverseEvents;

/// <summary>
/// The four things without which a report is no valid case (GVP module VI, as in ICH E2D): somebody who reports, a person it is about, something suspected, an event. A
/// report without them is kept and asked after, not thrown away. An anonymous reporter counts where the case can be confirmed.
/// </summary>
/// <param name="Missing">Which are missing.</param>
public sealed record MinimumCriteria(ImmutableArray<string> Missing)
{
    /// <summary>Whether the report is a valid case.</summary>
    public bool IsValid => Missing.IsEmpty;

    /// <summary>Of what is known.</summary>
    /// <param name="reporter">Known who reports, or in what role and from where.</param>
    /// <param name="person">One thing known of the person: initials, age, age group, sex, a date of birth.</param>
    /// <param name="suspected">One massage, technique or device suspected.</param>
    /// <param name="happened">One event.</param>
    public static MinimumCriteria Of(bool reporter, bool person, bool suspected, bool happened)
    {
        (bool Known, string Name)[] all = [(reporter, "reporter"), (person, "person"), (suspected, "suspected"), (happened, "event")];
        return new([.. all.Where(c => !c.Known).Select(c => c.Name)]);
    }
}
