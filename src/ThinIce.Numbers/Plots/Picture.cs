using System.Net;
using ScottPlot;

namespace ThinIce.Numbers.Plots;

/// <summary>A plot with its words: a title and a sentence that says what is to be seen, for those who cannot see it.</summary>
public sealed class Picture
{
    private readonly Plot plot;
    private readonly int width, height;

    internal Picture(Plot plot, string title, string description, int width, int height) =>
        (this.plot, Title, Description, this.width, this.height) = (plot, title, description, width, height);

    /// <summary>Title, drawn above and given to screen readers.</summary>
    public string Title { get; }

    /// <summary>What is to be seen, for screen readers.</summary>
    public string Description { get; }

    /// <summary>Endings of file names that can be written.</summary>
    public static bool CanWrite(string file) => Path.GetExtension(file).ToUpperInvariant() is ".SVG" or ".PNG";

    /// <summary>The plot as SVG, with title and description for screen readers.</summary>
    public string Svg()
    {
        var svg = plot.GetSvgXml(width, height);
        var at = svg.IndexOf("<svg", StringComparison.Ordinal);
        var end = svg.IndexOf('>', at);
        return $"{svg[at..end]} role=\"img\">\n<title>{WebUtility.HtmlEncode(Title)}</title>\n<desc>{WebUtility.HtmlEncode(Description)}</desc>{svg[(end + 1)..]}";
    }

    /// <summary>The plot as PNG.</summary>
    public byte[] Png() => plot.GetImageBytes(width, height, ImageFormat.Png);

    /// <summary>Writes SVG or PNG by the ending of the file's name. Throws <see cref="ArgumentException"/> on another ending, and what writing files throws.</summary>
    public void Save(string file)
    {
        if (!CanWrite(file)) throw new ArgumentException("A plot is written as .svg or .png.", nameof(file));
        if (Path.GetExtension(file).Equals(".svg", StringComparison.OrdinalIgnoreCase)) File.WriteAllText(file, Svg());
        else File.WriteAllBytes(file, Png());
    }

    /// <summary>An empty plot in the house's font, white and plain.</summary>
    internal static Plot Sheet(string title, string bottom)
    {
        PlotFont.Use();
        Plot plot = new();
        plot.Font.Set(PlotFont.Name);
        plot.Title(title, 15);
        plot.XLabel(bottom, 13);
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        return plot;
    }

    internal static readonly Color Ink = Color.FromHex("#1d3557"), Soft = Color.FromHex("#8d99ae"), Strong = Color.FromHex("#b3261e");
}
