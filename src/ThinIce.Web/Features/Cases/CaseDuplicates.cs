using System.Collections.Immutable;
using System.Globalization;
using ThinIce.Numbers.Linkage;
using ThinIce.Registry.Cases;
using ThinIce.Registry.Model;

namespace ThinIce.Web.Features.Cases;

/// <summary>Looks for cases of one event. The one place where cases become records of linkage, for the pages and the command line.</summary>
public static class CaseDuplicates
{
    /// <summary>
    /// What was found; null where there are fewer than two cases. Identifiers are numbers of cases. Pairs that were decided to be different, and those
    /// already put together, are not among it.
    /// </summary>
    public static DuplicateFinding? Find(CasesToLink cases, IReadOnlyList<LinkageDecision>? more = null, Action<string>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(cases);
        if (cases.Cases.Length < 2) return null;
        // A field that no case says anything about tells nothing.
        var used = Enumerable.Range(0, CaseWork.LinkFields.Length).Where(f => cases.Cases.Any(c => c.Values[f].Length > 0)).ToArray();
        if (used.Length == 0) return null;
        var records = new RecordSet([.. used.Select(f => new LinkageField(CaseWork.LinkFields[f].Name, Enum.Parse<FieldKind>(CaseWork.LinkFields[f].Kind, ignoreCase: true)))]);
        foreach (var one in cases.Cases) records.Add(Id(one.Number), [.. used.Select(f => one.Values[f])]);
        // Made-up ones have names no case has.
        for (var at = 0; at < cases.MadeUp.Length; at++)
        {
            records.Add($"made up {at}", [.. used.Select(f => cases.MadeUp[at].One[f])]);
            records.Add($"made up {at} again", [.. used.Select(f => cases.MadeUp[at].Other[f])]);
        }

        var twins = cases.MadeUp.Select((_, at) => new LinkageDecision($"made up {at}", $"made up {at} again", true));
        var decided = cases.Decided.Where(d => d.Decision != PairDecision.Undecided).Select(d => new LinkageDecision(Id(d.A), Id(d.B), d.Decision == PairDecision.Same));
        var found = DuplicateFinder.Find(records, [.. twins, .. decided, .. more ?? []], progress);
        var main = cases.Cases.ToDictionary(c => Id(c.Number), c => c.Main);
        var pairs = found.Pairs.Where(p => main.ContainsKey(p.A) && main.ContainsKey(p.B) && main[p.A] != main[p.B]).ToImmutableArray();
        if (cases.MadeUp.IsEmpty) return found with { Pairs = pairs };
        // How many are missed is known of the made-up ones only.
        var groups = found.Groups.Select(g => g with { Members = [.. g.Members.Where(main.ContainsKey)] }).Where(g => g.Members.Length > 1).Select(g => main.ContainsKey(g.Master) ? g : g with { Master = g.Members[0] });
        return found with { Pairs = pairs, Groups = [.. groups], Expected = double.NaN, Precision = double.NaN, Recall = double.NaN };
    }

    private static string Id(int number) => number.ToString(CultureInfo.InvariantCulture);
}
