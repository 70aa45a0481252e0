using ScottPlot;
using ThinIce.Numbers.Files;
using ThinIce.Numbers.Statistics.Sequential;

namespace ThinIce.Numbers.Signals;

/// <summary>Draws a monitor: its statistic over time, and the limit.</summary>
public static class MonitorPlot
{
    /// <summary>Saves a picture.</summary>
    /// <exception cref="FileProblemException">When the ending is neither .svg nor .png, or the file cannot be written.</exception>
    public static void Save(IReadOnlyList<MonitorStep> steps, double limit, string timeIs, string file)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var plot = new Plot();
        plot.Add.Scatter(steps.Select(s => s.Time).ToArray(), steps.Select(s => s.Statistic).ToArray(), Colors.Navy);
        if (double.IsFinite(limit)) plot.Add.HorizontalLine(limit, 1.5f, Colors.DarkRed, LinePattern.Dashed);
        plot.XLabel(timeIs);
        plot.YLabel("statistic; the dashed line is the limit");
        plot.Title(steps.Count > 0 && steps[^1].Signals ? "More often than expected: read the cases" : "No signal so far");
        PlotFile.Save(plot, file, 900, 420);
    }
}
