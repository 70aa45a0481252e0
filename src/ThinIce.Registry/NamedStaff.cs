using System.Collections.Immutable;
using System.Text;
using Microsoft.EntityFrameworkCore;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry;

/// <summary>Finds staff whose name stands in somebody's words, so that a report does not go to whom it is about. A name that is also a common word is found too often rather than too seldom; a nickname is not found.</summary>
internal static class NamedStaff
{
    private const int ShortestName = 3;

    /// <summary>Everybody of the clinic of whose name a part, of three letters or more, stands in the words as a word of its own.</summary>
    public static async Task<ImmutableArray<StaffId>> InAsync(Act act, string words) => In(await NamesAsync(act), words);

    /// <summary>The parts of everybody's name.</summary>
    public static async Task<List<(StaffId Staff, ImmutableArray<string> Parts)>> NamesAsync(Act act)
    {
        var names = new List<(StaffId Staff, ImmutableArray<string> Parts)>();
        foreach (var member in await act.Rows<StaffMember>().AsNoTracking().ToListAsync(act.Stop))
            if (await act.KeyAsync(member.Id.Value) is { } key) names.Add((member.Id, [.. Words(key.Open(member.Name, "name") ?? "").Where(p => p.Length >= ShortestName)]));
        return names;
    }

    /// <summary>Those of them who stand in the words.</summary>
    public static ImmutableArray<StaffId> In(IReadOnlyCollection<(StaffId Staff, ImmutableArray<string> Parts)> names, string words)
    {
        var said = Words(words).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. names.Where(n => n.Parts.Any(p => said.Contains(p))).Select(n => n.Staff)];
    }

    /// <summary>The one who is named; null where nobody is, or several are and nobody can tell whom it is about.</summary>
    public static async Task<StaffId?> OnlyAsync(Act act, string words) => await InAsync(act, words) is [var one] ? one : null;

    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var c in text.Append(' '))
        {
            if (char.IsLetter(c)) word.Append(c);
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
    }
}
