using System.Globalization;
using System.Text;
using ThinIce.Core.Contract;
using ThinIce.Numbers.Files;

namespace ThinIce.Numbers.Linkage;

/// <summary>The small files beside the records: a person's decisions in, suspected pairs and groups out.</summary>
public static class LinkageFiles
{
    /// <summary>Reads decisions from a table with the columns a, b and same (yes or no).</summary>
    /// <exception cref="FileProblemException">When a column is missing, or an answer is neither yes nor no.</exception>
    public static IReadOnlyList<LinkageDecision> Decisions(string file)
    {
        using var rows = CsvRecords.Open(file, ["a", "b", "same"]);
        List<LinkageDecision> result = [];
        while (rows.Next())
        {
            var same = Text(rows[2]).ToUpperInvariant() switch
            {
                "YES" or "TRUE" or "1" => true,
                "NO" or "FALSE" or "0" => false,
                _ => throw new FileProblemException(new(Problems.UnknownValue, "Write yes or no.", $"line {rows.Line}, column same")),
            };
            result.Add(new(Text(rows[0]), Text(rows[1]), same));
        }

        return result;
    }

    /// <summary>Writes the suspected pairs, the surest first: a, b, score, group (empty where the pair fits in no complete-link group).</summary>
    public static void WritePairs(TextWriter to, DuplicateFinding finding)
    {
        to.Write("a,b,score,group\n");
        foreach (var pair in finding.Pairs)
            to.Write($"{CsvCell.Of(pair.A)},{CsvCell.Of(pair.B)},{pair.Score.ToString("F4", CultureInfo.InvariantCulture)},{pair.Group?.ToString(CultureInfo.InvariantCulture)}\n");
    }

    /// <summary>Writes the groups: group, id, master (yes for the most complete record).</summary>
    public static void WriteGroups(TextWriter to, DuplicateFinding finding)
    {
        to.Write("group,id,master\n");
        foreach (var group in finding.Groups)
        {
            foreach (var member in group.Members) to.Write($"{group.Number.ToString(CultureInfo.InvariantCulture)},{CsvCell.Of(member)},{(member == group.Master ? "yes" : "no")}\n");
        }
    }

    private static string Text(ReadOnlySpan<byte> cell) => Encoding.UTF8.GetString(cell).Trim();
}
