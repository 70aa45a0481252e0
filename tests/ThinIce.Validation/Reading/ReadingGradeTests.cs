using ThinIce.Knowledge.Reading;

namespace ThinIce.Validation.Reading;

/// <summary>The Flesch–Kincaid grade, against figures that others printed.</summary>
public sealed class ReadingGradeTests
{
    // Wikipedia, "Flesch–Kincaid readability tests" (read in a copy, November 2026): "The sentence … is an 11.3 as it has 24 syllables and 13 words."
    [Fact]
    public void The_platypus_sentence_has_24_syllables_13_words_and_grade_11_3()
    {
        var reading = ReadingGrade.Of("The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.");
        Assert.Equal(new(1, 13, 24), reading);
        Assert.Equal(11.3, reading.Grade, 1);
    }

    // The same page: "The lowest grade level score in theory is −3.40."
    [Fact]
    public void Sentences_of_one_word_of_one_syllable_have_the_lowest_grade_there_is() =>
        Assert.Equal(-3.40, ReadingGrade.Of("Go. Come. Eat.").Grade, 2);

    // storytreasury.wordpress.com/tag/wikipedia (read November 2026): 34 sentences, 432 words, 607 syllables; Flesch–Kincaid grade 5.90.
    [Fact]
    public void A_printed_count_gives_its_printed_grade() => Assert.Equal(5.9, new ReadingGrade(34, 432, 607).Grade, 1);

    [Theory]
    [InlineData("Call 999 now. Do not wait.", 2, 6)]
    [InlineData("Ask: is it worse? Then stop!", 2, 6)]
    [InlineData("About 4 in 100,000 get one in a year (2.5 to 3 at the front).", 1, 15)]
    [InlineData("Heat, e.g. a hot stone, is out.", 1, 8)]
    [InlineData("Heading\nA line of its own", 2, 6)]
    [InlineData("", 0, 0)]
    public void Sentences_and_words_are_counted_as_a_reader_would(string text, int sentences, int words)
    {
        var reading = ReadingGrade.Of(text);
        Assert.Equal((sentences, words), (reading.Sentences, reading.Words));
    }

    [Fact]
    public void Letters_that_are_spoken_one_by_one_count_one_by_one() => Assert.Equal(3 + 2 + 1, ReadingGrade.Of("MRI GP scan").Syllables);
}
