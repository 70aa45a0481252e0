using System.Globalization;
using ThinIce.Numbers.Statistics.Coverage;
using ThinIce.TestSupport;

namespace ThinIce.Validation.Coverage;

/// <summary>What the simulated page says of the intervals that are recommended, and that the page can be made again.</summary>
public sealed class CoverageTests
{
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "reference", "interval-coverage.md"));

    [Fact]
    public void The_cluster_robust_interval_stays_within_two_points_below_its_level_from_20_therapists_on()
    {
        var rows = Rows("## Visits in clusters").Where(r => r[0] >= 20).ToList();
        Assert.NotEmpty(rows);
        Assert.All(rows, r => Assert.True(r[4] >= 93, string.Join(' ', r)));
        // Which is more than an interval that knows of no clusters can say.
        Assert.Contains(rows, r => r[7] < 60);
    }

    [Theory]
    [InlineData("## Proportions", 2)]
    [InlineData("## One-sided upper bounds", 2)]
    [InlineData("## Events over time", 1)]
    public void The_exact_intervals_are_never_below_their_level_but_by_chance(string table, int column) =>
        Assert.All(Rows(table), r => Assert.True(r[column] >= 94.3, string.Join(' ', r)));

    [Fact]
    public void The_same_seed_gives_the_same_tables_and_every_table_stands_on_the_page()
    {
        var (once, again) = (CoverageStudy.All(7, 100).ToList(), CoverageStudy.All(7, 100).ToList());
        Assert.Equal(CoveragePage.Of(once, 7, 100), CoveragePage.Of(again, 7, 100));
        Assert.All(once, t => Assert.Contains($"| {string.Join(" | ", t.Situations.Concat(t.Methods))} |", Page));
    }

    private static List<double[]> Rows(string title) =>
    [
        .. Page.SkipWhile(l => l != title).Skip(1).TakeWhile(l => !l.StartsWith("## ", StringComparison.Ordinal)).Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(l => l.Replace("*", "", StringComparison.Ordinal).Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(c => double.Parse(c, CultureInfo.InvariantCulture)).ToArray()),
    ];
}
