using System.Collections.Immutable;
using ThinIce.Core.Contract;
using ThinIce.Numbers.Statistics.Pooling;

namespace ThinIce.Numbers.Files;

/// <summary>Studies read from a table, and what could not be read.</summary>
/// <param name="Studies">The good rows.</param>
/// <param name="Problems">The rest, each naming line and column.</param>
public sealed record StudyTable(ImmutableArray<Study> Studies, ImmutableArray<Problem> Problems)
{
    /// <summary>Most studies of one table. Convention: no pooled analysis has so many, and what leaves each out in turn takes its time by their square.</summary>
    public const int Most = 10_000;

    /// <summary>Reads studies: events, people or visits (or time, for a rate), and where named a name and a subgroup.</summary>
    public static StudyTable Read(Stream stream, string events, string n, string? name, string? group, bool isRate)
    {
        var table = CsvTable.Read(stream);
        var problems = table.Problems.ToList();
        if (table.Columns.IsEmpty) return new([], [.. problems]);
        var at = (Events: table.Column(events, problems), N: table.Column(n, problems), Name: name is null ? null : table.Column(name, problems), Group: group is null ? null : table.Column(group, problems));
        if (at.Events is not { } x || at.N is not { } size || name is not null && at.Name is null || group is not null && at.Group is null) return new([], [.. problems]);
        if (table.Rows.Length > Most) return new([], [.. problems, new(Core.Contract.Problems.TooMany, FormattableString.Invariant($"A table has at most {Most} studies, this one {table.Rows.Length}. A row is a study: add up rows of people or visits first."), events)]);
        // Without --study the first column that is neither of the two names the row, where it is not a number.
        var label = at.Name ?? table.Columns.Select((_, i) => (int?)i).FirstOrDefault(i => i != x && i != size && i != at.Group && table.Rows.Any(r => !double.TryParse(r.Cells[i!.Value], System.Globalization.CultureInfo.InvariantCulture, out _)));
        var studies = ImmutableArray.CreateBuilder<Study>();
        foreach (var row in table.Rows)
        {
            if (Row(table, row, x, size, isRate, problems) is not { } counts) continue;
            studies.Add(new(label is { } l && row.Cells[l].Trim() is { Length: > 0 } words ? words : $"line {row.Line}", counts.Events, counts.N) { Group = at.Group is { } g ? row.Cells[g].Trim() : null });
        }

        return new(studies.ToImmutable(), [.. problems]);
    }

    private static (long Events, double N)? Row(CsvTable table, CsvRow row, int x, int size, bool isRate, List<Problem> problems)
    {
        var (events, n) = (table.Number(row, x, problems), table.Number(row, size, problems));
        if (events is not { } e || n is not { } people) return null;
        var before = problems.Count;
        if (e < 0 || e > long.MaxValue / 2 || e != Math.Floor(e)) problems.Add(new(Core.Contract.Problems.OutOfRange, "Events are a whole number from 0.", row.At(table.Columns[x])));
        if (isRate && people <= 0) problems.Add(new(Core.Contract.Problems.OutOfRange, "Time of observation is above 0.", row.At(table.Columns[size])));
        if (!isRate && (people < 1 || people > long.MaxValue / 2 || people != Math.Floor(people))) problems.Add(new(Core.Contract.Problems.OutOfRange, "People or visits are a whole number from 1.", row.At(table.Columns[size])));
        if (!isRate && e > people && problems.Count == before)
            problems.Add(new(Core.Contract.Problems.MoreEventsThanPeople, Core.Contract.Problems.Kind(Core.Contract.Problems.MoreEventsThanPeople).Meaning, row.At(table.Columns[x])));
        return problems.Count == before ? ((long)e, people) : null;
    }
}
