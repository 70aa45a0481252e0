using ScottPlot;
using ThinIce.Core.Contract;
using ThinIce.Numbers.Files;

namespace ThinIce.Numbers.Signals;

/// <summary>Draws the pairs with the highest lower bound: EBGM with its interval, or the information component where there is no EBGM.</summary>
public static class SignalPlot
{
    private const int Pairs = 20, LongestName = 60;

    /// <summary>Saves a picture.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="file">Ends in .svg or .png.</param>
    /// <exception cref="FileProblemException">When the ending is neither, or the file cannot be written.</exception>
    public static void Save(SignalScores scores, string file)
    {
        var plot = new Plot();
        var (names, eb) = (new List<Tick>(), scores.Fit.Converged);
        var top = scores.Top(Pairs);
        for (var i = 0; i < top.Length; i++)
        {
            var (score, (exposure, @event), y) = (scores[top[i]], scores.Counts.Names(top[i]), top.Length - i);
            var (value, low, high) = eb ? (Math.Log2(score.Ebgm), Math.Log2(score.Eb05), Math.Log2(score.Eb95)) : (score.Ic.Value, score.Ic.Low, score.Ic.High);
            plot.Add.Line(low, y, high, y).Color = Colors.Navy;
            plot.Add.Marker(value, y, MarkerShape.FilledSquare, 7, Colors.Navy);
            names.Add(new(y, $"{Short(exposure)} / {Short(@event)}  (n = {score.Observed})"));
        }

        plot.Add.VerticalLine(0, 1, Colors.Gray, LinePattern.Dashed);
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. names]);
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { LabelFormatter = x => eb ? $"{Math.Pow(2, x):G3}" : $"{x:G3}", IntegerTicksOnly = true };
        plot.XLabel(eb ? "EBGM with EB05 and EB95: reported so many times as often as expected" : "IC with 95 % interval: doublings over what is expected");
        plot.Title("Reported together more often than expected. Not a risk.");
        PlotFile.Save(plot, file, 1100, 160 + 26 * top.Length);
    }

    private static string Short(string name) => name.Length <= LongestName ? name : $"{name[..(LongestName - 1)]}…";
}

/// <summary>Saves plots with a font that is there.</summary>
internal static class PlotFile
{
    private static readonly string[] Fonts =
    [
        "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/TTF/DejaVuSans.ttf", "/System/Library/Fonts/Helvetica.ttc", @"C:\Windows\Fonts\segoeui.ttf",
    ];

    public static void Save(Plot plot, string file, int width, int height)
    {
        if (Fonts.FirstOrDefault(File.Exists) is { } font)
        {
            ScottPlot.Fonts.AddFontFile("Plots", font);
            plot.Font.Set("Plots");
        }

        try
        {
            if (file.EndsWith(".svg", StringComparison.OrdinalIgnoreCase)) plot.SaveSvg(file, width, height);
            else if (file.EndsWith(".png", StringComparison.OrdinalIgnoreCase)) plot.SavePng(file, width, height);
            else throw new FileProblemException(new(Problems.UnknownFormat, "A plot is saved as .svg or .png.", "--plot"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileProblemException(new(Problems.UnwritableFile, Problems.Kind(Problems.UnwritableFile).WayOut, Path.GetFileName(file)));
        }
    }
}
