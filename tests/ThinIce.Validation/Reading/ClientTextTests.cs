using ThinIce.Knowledge.Reading;
using ThinIce.TestSupport;

namespace ThinIce.Validation.Reading;

/// <summary>Words for the public read at grade 8 at most. Words for therapists are not measured.</summary>
public sealed class ClientTextTests
{
    private static readonly List<ClientText> Texts = [.. ClientTexts.In(Repository.Knowledge)];

    /// <summary>Says all of them, each on a line, where an assertion would cut them short.</summary>
    private static void AssertNone(IEnumerable<string> hard) => Assert.True(!hard.Any(), $"Hard to read:\n{string.Join('\n', hard)}");

    [Fact]
    public void Each_text_for_the_public_reads_at_grade_8_or_below() => AssertNone(Texts.Where(t => t.Reading.IsHard).Select(t => $"{t}: {t.Text}"));

    [Theory]
    [InlineData("harms/")]
    [InlineData("published/")]
    [InlineData("pages/")]
    [InlineData("rates/")]
    [InlineData("drill/")]
    [InlineData("history.yaml")]
    public void Each_page_as_a_whole_reads_at_grade_8_or_below_without_exception(string part) =>
        Assert.Empty(Texts.Where(t => t.At.File.StartsWith(part, StringComparison.Ordinal)).GroupBy(t => t.At.File).Select(g => (File: g.Key, Reading: ReadingGrade.Of(g.Select(t => t.Text))))
            .Where(f => f.Reading.IsHard).Select(f => $"{f.File}: grade {f.Reading.Grade:0.0}"));

    [Fact]
    public void Nearly_every_kind_of_text_is_measured_and_the_whole_reads_at_grade_6_or_below()
    {
        Assert.Superset(new HashSet<string> { "rules", "aftercare", "vocabulary", "definitions", "harms", "published", "pages", "rates", "drill", "history.yaml", "texts" }, Texts.Select(t => t.At.File.Split('/')[0]).ToHashSet());
        Assert.True(Texts.Count > 1_900, $"{Texts.Count} texts");
        Assert.True(ReadingGrade.Of(Texts.Select(t => t.Text)).Grade <= 6, $"grade {ReadingGrade.Of(Texts.Select(t => t.Text)).Grade:0.0}");
    }
}
