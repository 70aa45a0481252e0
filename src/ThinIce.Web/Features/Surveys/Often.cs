using System.Globalization;
using Microsoft.Extensions.Localization;

namespace ThinIce.Web.Features.Surveys;

/// <summary>A share in words that people can picture: 37 of 100 people, 1 in 1,000 people. Rounded away from comfort: an upper end up, a lower end down.</summary>
internal static class Often
{
    private const double Common = 0.1;

    /// <summary>The upper end of what is possible: never less than it is.</summary>
    public static string AtMost(double share, IStringLocalizer words) => share switch
    {
        >= 1 => words["share.all"],
        >= Common => words["share.hundred", Math.Ceiling(Tidy(share * 100))],
        _ => words["share.one-in", Count(Math.Floor(Tidy(1 / share)))],
    };

    /// <summary>The lower end of what is possible: never more than it is.</summary>
    public static string AtLeast(double share, IStringLocalizer words) => share switch
    {
        <= 0 => words["share.none"],
        >= Common => words["share.hundred", Math.Floor(Tidy(share * 100))],
        _ => words["share.one-in", Count(Math.Ceiling(Tidy(1 / share)))],
    };

    /// <summary>A probability, of 100.</summary>
    public static string Chance(double chance, IStringLocalizer words) => chance switch
    {
        < 0.01 => words["chance.under"],
        > 0.99 => words["chance.over"],
        _ => words["chance.hundred", Math.Round(chance * 100)],
    };

    /// <summary>A whole number with commas.</summary>
    public static string Count(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Without the last bits, so that 1 / 0.001 is 1,000.</summary>
    private static double Tidy(double number) => Math.Round(number, 9);
}
