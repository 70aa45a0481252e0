using System.Globalization;
using System.Text;

namespace ThinIce.Core.Words;

/// <summary>What stands between a word and the one before it.</summary>
internal enum Gap : byte
{
    Space,
    Comma,

    /// <summary>"in the cheeks (four days ago), still swollen": ends a denial as a stop does, but the place goes on.</summary>
    Bracket,

    Stop,
}

/// <summary>One word of an item: its stem, where it stands, what stands before it, and whether it was a plural.</summary>
internal sealed record Token(string Stem, int Start, int End, Gap Before, bool IsPlural);

/// <summary>Cuts words out of what people write. Linear in its length.</summary>
internal static class Tokens
{
    /// <summary>
    /// Stands before two numbers that are written like a blood pressure ("212/121"), so that a vocabulary can name them. Not
    /// before scores ("9/10"), sight ("20/20") or dates ("25/12").
    /// </summary>
    public const string Pair = "numberpair";

    private const double LeastUpper = 60;
    private const double LeastLower = 30;

    public static List<Token> Of(string text)
    {
        var tokens = new List<Token>();
        var word = new StringBuilder();
        var before = Gap.Stop;
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var c = i < text.Length ? text[i] : '\n';
            var next = i + 1 < text.Length ? text[i + 1] : '\n';
            var betweenDigits = i > 0 && char.IsAsciiDigit(text[i - 1]) && char.IsAsciiDigit(next);
            var decimalPoint = c == '.' && betweenDigits;
            // "150,000" is one number.
            if (c == ',' && betweenDigits && IsThousands(text, i)) continue;
            if (char.IsLetterOrDigit(c) || decimalPoint)
            {
                if (word.Length == 0) start = i;
                // "2weeks", "34wks": a number and its unit are two words.
                else if (char.IsAsciiDigit(text[i - 1]) && char.IsLetter(c) && IsNumber(word)) Flush(i);
                AppendFolded(word, c);
                continue;
            }

            if (c is '\'' or '’' or '‘' && word.Length > 0 && char.IsLetter(next)) continue;
            // A dash between spaces parts two thoughts; one between letters joins a word.
            if (c is '-' or '–' or '—' && i > 0 && text[i - 1] == ' ' && next == ' ')
            {
                before = Gap.Stop;
                continue;
            }

            if (IsMark(c)) continue;
            if (word.Length > 0) Flush(i);
            before = c switch
            {
                ',' => before == Gap.Space ? Gap.Comma : before,
                '(' or ')' => before == Gap.Stop ? Gap.Stop : Gap.Bracket,
                '.' or ';' or ':' or '\n' or '\r' or '?' or '!' or '/' or '|' => Gap.Stop,
                _ => before,
            };
        }

        return tokens;

        void Flush(int end)
        {
            var whole = word.ToString();
            var stem = Stem(whole);
            if (IsPair(whole)) tokens.Insert(tokens.Count - 1, tokens[^1] with { Stem = Pair, End = tokens[^1].Start, IsPlural = false });
            tokens.Add(new(stem, start, end, tokens.Count == 0 ? Gap.Stop : before, stem.Length < whole.Length));
            word.Clear();
            start = end;
            before = Gap.Space;
            // What follows the mark does so without a gap.
            if (tokens.Count > 2 && tokens[^3].Stem == Pair) tokens[^2] = tokens[^2] with { Before = Gap.Space };
        }

        bool IsPair(string lower) =>
            start > 1 && text[start - 1] == '/' && tokens.Count > 0 && tokens[^1].End == start - 1 && (tokens.Count < 2 || tokens[^2].Stem != Pair)
            && IsNumber(tokens[^1].Stem) && IsNumber(lower)
            && double.Parse(tokens[^1].Stem, CultureInfo.InvariantCulture) is var first && double.Parse(lower, CultureInfo.InvariantCulture) is var second
            && first >= LeastUpper && second >= LeastLower && first > second;
    }

    /// <summary>Plural and possessive forms folded: crude on purpose, the same for the vocabulary and for the client.</summary>
    public static string Stem(string word)
    {
        if (word.Length > 4 && word.EndsWith("ies", StringComparison.Ordinal)) return word[..^3] + "y";
        if (word.Length > 3 && word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i') && char.IsLetter(word[^2])) return word[..^1];
        return word;
    }

    public static bool IsNumber(string word) => word.Length > 0 && char.IsAsciiDigit(word[0]) && double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static bool IsThousands(string text, int comma)
    {
        var digits = 0;
        while (comma + 1 + digits < text.Length && char.IsAsciiDigit(text[comma + 1 + digits])) digits++;
        return digits == 3;
    }

    private static bool IsNumber(StringBuilder word) => char.IsAsciiDigit(word[0]) && char.IsAsciiDigit(word[^1]);

    private static bool IsMark(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format;

    private static void AppendFolded(StringBuilder word, char c)
    {
        c = char.ToLowerInvariant(c);
        if (c < 128)
        {
            word.Append(c);
            return;
        }

        // The letters European languages put accents on; others stay as they are.
        var at = "àáâãåçèéêëìíîïñòóôõùúûýÿ".IndexOf(c, StringComparison.Ordinal);
        if (at >= 0) word.Append("aaaaaceeeeiiiinoooouuuyy"[at]);
        else word.Append(c switch { 'ä' => "a", 'ö' => "o", 'ü' => "u", 'ß' => "ss", 'œ' => "oe", 'æ' => "ae", _ => c.ToString() });
    }
}
