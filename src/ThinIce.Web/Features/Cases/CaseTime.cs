using System.Globalization;
using ThinIce.Registry.Model;

namespace ThinIce.Web.Features.Cases;

/// <summary>Times and numbers as the pages of cases write them.</summary>
internal static class CaseTime
{
    /// <summary>A moment on the clinic's clock.</summary>
    public static string Of(DateTimeOffset at, string zone) => TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone)).ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A day, month or year as exactly as it is known; a moment on the clinic's clock where it is known.</summary>
    public static string Of(DateTimeOffset at, DatePrecision? precision, string zone) => precision switch
    {
        DatePrecision.Day => at.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
        DatePrecision.Month => at.ToString("MMM yyyy", CultureInfo.InvariantCulture),
        DatePrecision.Year => at.ToString("yyyy", CultureInfo.InvariantCulture),
        _ => Of(at, zone),
    };

    /// <summary>A share from 0 to 1 as a whole per cent.</summary>
    public static string Percent(double share) => share.ToString("P0", CultureInfo.InvariantCulture).Replace(" ", "", StringComparison.Ordinal);

    /// <summary>Two decimals.</summary>
    public static string Two(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A number as short as it can be written.</summary>
    public static string Short(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
