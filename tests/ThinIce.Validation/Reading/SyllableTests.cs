using System.Globalization;
using ThinIce.Knowledge.Reading;
using ThinIce.TestSupport;

namespace ThinIce.Validation.Reading;

/// <summary>The count of syllables, against the CMU Pronouncing Dictionary.</summary>
public sealed class SyllableTests
{
    private static readonly List<(string Set, string Word, int[] Counts)> Dictionary =
        [.. File.ReadLines(Path.Combine(Repository.Root, "tests", "ThinIce.Validation", "Reading", "cmudict-extract.tsv")).Where(line => line[0] != '#').Select(line => line.Split('\t'))
            .Select(p => (p[0], p[1], p[2].Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray()))];

    [Fact]
    public void Every_word_of_our_texts_that_the_dictionary_has_is_counted_as_it_says() =>
        Assert.Empty(Dictionary.Where(d => d.Set == "our" && !d.Counts.Contains(Syllables.Of(d.Word))).Select(d => $"{d.Word} {d.Counts[0]}, not {Syllables.Of(d.Word)}: list it in syllables.txt"));

    [Fact]
    public void The_rules_alone_are_right_for_nine_words_in_ten_that_they_were_not_made_from()
    {
        var any = Dictionary.Where(d => d.Set == "any").ToList();
        var right = any.Count(d => d.Counts.Contains(Syllables.BySpelling(d.Word)));
        Assert.True(right >= 0.9 * any.Count, $"{right} of {any.Count}");
    }
}
