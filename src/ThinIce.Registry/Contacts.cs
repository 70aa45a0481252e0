using System.Net.Mail;

namespace ThinIce.Registry;

/// <summary>Addresses: whether they can be one. Whether somebody is there, only sending shows.</summary>
internal static class Contacts
{
    /// <summary>The e-mail address in what somebody wrote about how to be reached; null where it is none.</summary>
    public static string? EmailIn(string? text) => MailAddress.TryCreate(text, out var address) ? address.Address : null;

    /// <summary>Whether it can be an e-mail address, and nothing else beside it.</summary>
    public static bool IsEmail(string? text) => text is { Length: > 2 and <= 254 } && !text.Any(char.IsWhiteSpace)
        && MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.', StringComparison.Ordinal);

    /// <summary>A telephone number in its digits, with a plus where it was written with one or with 00; null where it cannot be one.</summary>
    public static string? Phone(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var digits = new string([.. text.Where(char.IsAsciiDigit)]);
        if (digits.Length is < 6 or > 15 || text.Any(c => !char.IsAsciiDigit(c) && !" +-()./".Contains(c, StringComparison.Ordinal))) return null;
        if (text.TrimStart().StartsWith('+')) return $"+{digits}";
        return digits.StartsWith("00", StringComparison.Ordinal) ? $"+{digits[2..]}" : digits;
    }
}
