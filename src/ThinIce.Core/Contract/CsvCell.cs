using System.Buffers;
using System.Globalization;

namespace ThinIce.Core.Contract;

/// <summary>
/// A cell of a CSV file that a person may open in a spreadsheet: quoted as RFC 4180 has it, and with no live formula in it. A cell that
/// begins like a formula gets an apostrophe before it, as OWASP's page on CSV injection advises; plain numbers are left as they are.
/// </summary>
public static class CsvCell
{
    private const char Apostrophe = '\'';
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",;\t\r\n");

    /// <summary>The cell as it is written to the file.</summary>
    public static string Of(string? text)
    {
        var safe = IsFormula(text ??= "") ? Apostrophe + text : text;
        return safe.AsSpan().IndexOfAny(Quoted) < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>A line of cells, without its end.</summary>
    public static string Line(params IEnumerable<string?> cells) => string.Join(',', cells.Select(Of));

    /// <summary>A number in full, to be read back as it was; null, an empty cell, for none and for what is not finite.</summary>
    public static string? Number(double? number) => number is { } value && double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : null;

    /// <summary>Whether a spreadsheet could take the text for a formula: it begins, blanks aside, with = + - @ or their wide forms, or with a tab or line break.</summary>
    public static bool IsFormula(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > 0 && (text[0] is '\t' or '\r' or '\n')) return true;
        var start = text.AsSpan().TrimStart();
        return start.Length > 0 && "=+-@＝＋－＠".Contains(start[0], StringComparison.Ordinal)
            && !double.TryParse(start, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
    }
}
