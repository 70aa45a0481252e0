using System.Globalization;

namespace ThinIce.Web.Features.ClinicNumbers;

/// <summary>From values to places in a drawing: 320 wide, as all drawings of this site, with room for numbers at the left and below.</summary>
/// <param name="MostX">Value at the right edge, above 0.</param>
/// <param name="LeastY">Value at the bottom.</param>
/// <param name="MostY">Value at the top, above <paramref name="LeastY"/>.</param>
/// <param name="Height">Height of the drawing.</param>
public sealed record Chart(double MostX, double LeastY, double MostY, double Height = 200)
{
    /// <summary>Left edge.</summary>
    public const double Left = 34;

    /// <summary>Right edge.</summary>
    public const double Right = 312;

    /// <summary>Top edge.</summary>
    public const double Top = 12;

    /// <summary>Bottom edge.</summary>
    public double Bottom => Height - 36;

    /// <summary>Place of a value along.</summary>
    public string X(double value) => Number(Left + (Math.Clamp(value / MostX, 0, 1) * (Right - Left)));

    /// <summary>Place of a value up; what lies outside is drawn at the edge.</summary>
    public string Y(double value) => Number(Bottom - (Math.Clamp((value - LeastY) / (MostY - LeastY), 0, 1) * (Bottom - Top)));

    /// <summary>Places of the points of a line. It may leave the drawing: the frame of <see cref="View"/> cuts it off.</summary>
    public string Line(IEnumerable<(double X, double Y)> points) => string.Join(' ', points.Select(p => $"{Number(Left + (p.X / MostX * (Right - Left)))},{Number(Bottom - ((p.Y - LeastY) / (MostY - LeastY) * (Bottom - Top)))}"));

    /// <summary>Position of the drawing within its frame, as SVG's viewBox has it.</summary>
    public string View => $"{Number(Left)} {Number(Top)} {FrameWidth} {FrameHeight}";

    /// <summary>Width of the frame.</summary>
    public static string FrameWidth => Number(Right - Left);

    /// <summary>Height of the frame.</summary>
    public string FrameHeight => Number(Bottom - Top);

    /// <summary>A number as drawings and the tables beneath them have it.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
