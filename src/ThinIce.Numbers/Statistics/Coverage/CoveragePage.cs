using System.Globalization;
using System.Text;

namespace ThinIce.Numbers.Statistics.Coverage;

/// <summary>The tables as a page in Markdown.</summary>
public static class CoveragePage
{
    /// <summary>The page.</summary>
    public static string Of(IEnumerable<CoverageTable> tables, int seed, int repeats)
    {
        ArgumentNullException.ThrowIfNull(tables);
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"""
            # How often the intervals hold the truth

            Made by `./thinice coverage --to docs/reference/interval-coverage.md --seed {seed} --repeats {repeats}`. Do not edit.

            Every interval here is a 95 % interval: of many, about 95 in 100 should hold the truth. That was tried where the truth is known,
            because the data were drawn from it by chance. Numbers are per cent. Chance alone moves a number by about ±{Sway(repeats):0.0} in the
            tables with {repeats} repeats, and by more where fewer are said. **Bold: below 93.** Far above 95 is not wrong, but wider than need be.

            Which one to read is said in [the methods](../explanation/statistical-methods.md).

            """);
        foreach (var table in tables) Append(page, table);
        return page.ToString().ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
    }

    private static double Sway(int repeats) => 196 * Math.Sqrt(0.95 * 0.05 / repeats);

    private static void Append(StringBuilder page, CoverageTable table)
    {
        var heads = table.Situations.Concat(table.Methods).ToList();
        page.Append(CultureInfo.InvariantCulture, $"\n## {table.Title}\n\n{table.About} {table.Rows[0].Repeats:#,0} repeats in each row.\n\n");
        page.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", heads)} |\n|{string.Concat(heads.Select(_ => "---|"))}\n");
        foreach (var row in table.Rows) page.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", row.Situation.Concat(row.Covered.Select(Cell)))} |\n");
    }

    private static string Cell(double covered)
    {
        if (double.IsNaN(covered)) return "not defined";
        var text = (100 * covered).ToString("0.0", CultureInfo.InvariantCulture);
        return covered < 0.93 ? $"**{text}**" : text;
    }
}
