using System.Text.RegularExpressions;

namespace ThinIce.Knowledge.Reading;

/// <summary>How hard a text is to read: counts, and the grade that follows from them.</summary>
/// <param name="Sentences">Sentences; an item of a list and a heading count as one each.</param>
/// <param name="Words">Words; a number counts as a word of one syllable for each figure that is spoken, at most three; short words in capitals are spelled out: MRI has three.</param>
/// <param name="Syllables">Syllables.</param>
public sealed partial record ReadingGrade(int Sentences, int Words, int Syllables)
{
    /// <summary>Words for the public are written for this grade at most: a reading age of about 13.</summary>
    public const double Highest = 8;

    /// <summary>
    /// The Flesch–Kincaid grade level, a grade of United States schools. Kincaid, Fishburne, Rogers, Chissom: Derivation of new
    /// readability formulas … for Navy enlisted personnel, 1975: 0.39 × words per sentence + 11.8 × syllables per word − 15.59.
    /// It was derived from passages of some length: of a few words it says little. 0 for a text without words.
    /// </summary>
    public double Grade => Words == 0 ? 0 : (0.39 * Words / Sentences) + (11.8 * Syllables / Words) - 15.59;

    /// <summary>Whether it is harder than it may be. Of fewer than ten words the formula says too little to tell.</summary>
    public bool IsHard => Words >= 10 && Math.Round(Grade, 1) > Highest;

    /// <summary>Counts a text. Each line is at least one sentence; <c>. ! ?</c> end one when a space or the end follows, a colon or semicolon does not.</summary>
    public static ReadingGrade Of(string text) => Of(text.Split('\n'));

    /// <summary>Counts several texts as one: each is at least one sentence.</summary>
    public static ReadingGrade Of(IEnumerable<string> texts)
    {
        var (sentences, words, syllables) = (0, 0, 0);
        foreach (var sentence in texts.SelectMany(t => Sentence().Split(t)))
        {
            var counts = Word().Matches(sentence).Select(m => Count(m.Value)).ToList();
            if (counts.Count == 0) continue;
            (sentences, words, syllables) = (sentences + 1, words + counts.Count, syllables + counts.Sum());
        }

        return new(sentences, words, syllables);
    }

    private static int Count(string word) =>
        char.IsAsciiDigit(word[0]) ? Math.Min(3, word.Count(char.IsAsciiDigit))
        : word.Length is >= 2 and <= 4 && word.All(char.IsAsciiLetterUpper) ? word.Length
        : Reading.Syllables.Of(word);

    [GeneratedRegex(@"(?<!\b(?:e\.g|i\.e|Dr|Mr|Mrs|vs|St))[.!?]+[”""')]*(?=\s|$)")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\d[\d.,]*\d|\d|\p{L}+(?:['’]\p{L}+)*")]
    private static partial Regex Word();
}
