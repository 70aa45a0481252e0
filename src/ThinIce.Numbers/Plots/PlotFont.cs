using ScottPlot;
using SkiaSharp;

namespace ThinIce.Numbers.Plots;

/// <summary>The one font of all plots, from the program itself: with no font on the machine ScottPlot draws no text and says nothing.</summary>
internal sealed class PlotFont : IFontResolver
{
    public const string Name = "DejaVu Sans";

    private static readonly Lazy<PlotFont> Loaded = new(Load);
    private readonly SKTypeface face;

    private PlotFont(SKTypeface face) => this.face = face;

    /// <summary>Makes the font known to ScottPlot, once.</summary>
    public static void Use() => _ = Loaded.Value;

    private static PlotFont Load()
    {
        using var stream = typeof(PlotFont).Assembly.GetManifestResourceStream("DejaVuSans.ttf") ?? throw new InvalidOperationException("The font is missing from the program.");
        using var data = SKData.Create(stream);
        var font = new PlotFont(SKTypeface.FromData(data) ?? throw new InvalidOperationException("The font cannot be read."));
        Fonts.FontResolvers.Insert(0, font);
        Fonts.Default = Name;
        return font;
    }

    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => face;

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) => face;
}
