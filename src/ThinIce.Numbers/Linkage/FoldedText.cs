using System.Globalization;
using System.Text;

namespace ThinIce.Numbers.Linkage;

/// <summary>Folds case, accents and punctuation away, and says which words mean that nothing is known.</summary>
internal static class FoldedText
{
    private static readonly HashSet<string> Nothing = ["", "null", "na", "n/a", "nan", "none", "unknown", "not known", "not stated", "?", "-", "."];

    public static bool IsMissing(string value) => value.Length <= 10 && Nothing.Contains(value.ToLowerInvariant());

    /// <summary>Letters and digits only; between words one space, or nothing.</summary>
    public static string Fold(string value, bool spaces)
    {
        var (text, gap) = (new StringBuilder(value.Length), false);
        var plain = Ascii.IsValid(value) ? value : value.Normalize(NormalizationForm.FormD);
        foreach (var c in plain)
        {
            if (char.IsLetterOrDigit(c))
            {
                if (gap && spaces && text.Length > 0) text.Append(' ');
                text.Append(char.ToLowerInvariant(c));
                gap = false;
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && c != '\'')
            {
                gap = true;
            }
        }

        return text.ToString();
    }
}
