using System.Globalization;

namespace ThinIce.Numbers.Linkage;

/// <summary>Brings the days of one column to the digits yyyyMMdd. What is no day keeps its digits, so that slips of typing can still be seen.</summary>
internal static class DayText
{
    private static readonly char[] Dividers = ['/', '-', '.', ' '];

    /// <summary>Whether the month stands first where the year stands last: only where a second part above 12 shows it, and no first part does.</summary>
    public static bool MonthFirst(IEnumerable<string> values)
    {
        var (first, second) = (0, 0);
        foreach (var value in values)
        {
            var parts = value.Split(Dividers, StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length != 3 || parts[2].Length != 4 || !int.TryParse(parts[0], out var a) || !int.TryParse(parts[1], out var b)) continue;
            if (a is > 12 and <= 31) first++;
            if (b is > 12 and <= 31) second++;
        }

        return second > first;
    }

    public static string Digits(string value, bool monthFirst)
    {
        var text = value;
        var time = text.IndexOfAny(['T', 't']);
        if (time >= 8 && char.IsAsciiDigit(text[time - 1])) text = text[..time];
        else if (text.Length > 10 && text[10] == ' ' && char.IsAsciiDigit(text[9])) text = text[..10];
        var parts = text.Split(Dividers, StringSplitOptions.RemoveEmptyEntries);
        if (parts.All(p => p.All(char.IsAsciiDigit)))
        {
            if (parts is [{ Length: 4 } y, { Length: <= 2 } m, { Length: <= 2 } d]) return y + m.PadLeft(2, '0') + d.PadLeft(2, '0');
            if (parts is [{ Length: 4 } y2, { Length: <= 2 } m2]) return y2 + m2.PadLeft(2, '0');
            if (parts is [{ Length: <= 2 } a, { Length: <= 2 } b, { Length: 4 } year]) return year + (monthFirst ? a : b).PadLeft(2, '0') + (monthFirst ? b : a).PadLeft(2, '0');
            if (parts is [{ Length: 8 } whole]) return Whole(whole);
        }
        else if (DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        }

        return string.Concat(text.Where(char.IsAsciiDigit));
    }

    /// <summary>Eight digits whose year stands last (31121980) are turned round when only that makes a day.</summary>
    private static string Whole(string digits)
    {
        if (IsDay(digits)) return digits;
        var turned = digits[4..] + digits[2..4] + digits[..2];
        return IsDay(turned) && !Plausible(digits[..4]) ? turned : digits;
    }

    private static bool Plausible(string year) => string.CompareOrdinal(year, "1850") >= 0 && string.CompareOrdinal(year, "2100") <= 0;

    private static bool IsDay(string digits) => Plausible(digits[..4]) && DateTime.TryParseExact(digits, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
