using ThinIce.Core.Narratives;
using ThinIce.TestSupport;

namespace ThinIce.Validation.Narratives;

/// <summary>How well words become codes, on narratives labelled beforehand. Prints the figures of each column and each voice.</summary>
public sealed class NarrativeFiguresTests(ITestOutputHelper output)
{
    private static readonly IReadOnlyList<LabelledNarrative> All = LabelledNarrative.Read(Path.Combine(Repository.Root, "tests/ThinIce.Validation/Narratives/narratives.csv"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Suggestions_are_right_nine_times_in_ten_and_find_85_in_a_hundred(bool kept)
    {
        var narratives = All.Where(n => n.Kept == kept).ToList();
        var coder = new NarrativeCoder(Repository.Compiled);
        var scored = narratives.SelectMany(n => LabelledNarrative.Columns.Select(c =>
            (n.Source, Column: c, NarrativeScoring.Score(n.Labels[c], NarrativeScoring.Of(coder.Code(n.Text), c), c == "onset_hours").Tally))).ToList();
        foreach (var column in scored.GroupBy(s => s.Column)) output.WriteLine($"{column.Key,-12} {Sum(column.Select(s => s.Tally))}");
        foreach (var source in scored.GroupBy(s => s.Source)) output.WriteLine($"{source.Key,-12} {Sum(source.Select(s => s.Tally))}");
        var all = Sum(scored.Select(s => s.Tally));
        output.WriteLine($"{(kept ? "kept" : "tuned")}: {narratives.Count} narratives, {all}");
        Assert.True(all.Precision >= 0.9, $"{all}");
        Assert.True(all.Recall >= 0.85, $"{all}");
    }

    private static Tally Sum(IEnumerable<Tally> tallies) => tallies.Aggregate(new Tally(0, 0, 0), (a, b) => a + b);

    [Fact]
    public void At_least_150_narratives_are_labelled_and_half_of_them_are_kept()
    {
        Assert.True(All.Count >= 150);
        Assert.Equal(All.Count / 2, All.Count(n => n.Kept));
    }
}
