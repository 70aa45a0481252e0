using System.Globalization;

namespace ThinIce.Numbers.Plots;

/// <summary>The picture of what looking for duplicates costs.</summary>
public static class LinkagePictures
{
    /// <summary>Seconds by number of records, both on a log scale, with a line of what cost in proportion to the records would be.</summary>
    /// <param name="points">Records and seconds, ascending; at least two.</param>
    public static Picture Cost(IReadOnlyList<(int Records, double Seconds)> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        const string title = "Time to find duplicates, by number of records";
        var plot = Picture.Sheet(title, "records");
        plot.YLabel("seconds", 13);
        double[] x = [.. points.Select(p => Math.Log10(p.Records))], y = [.. points.Select(p => Math.Log10(p.Seconds))];
        var even = plot.Add.Line(x[0], y[^1] - (x[^1] - x[0]), x[^1], y[^1]);
        (even.LineColor, even.LinePattern, even.MarkerSize) = (Picture.Soft, ScottPlot.LinePattern.Dashed, 0);
        var line = plot.Add.Scatter(x, y);
        (line.Color, line.LineWidth, line.MarkerSize) = (Picture.Ink, 2, 8);
        foreach (var (records, seconds) in points)
        {
            var words = plot.Add.Text(FormattableString.Invariant($" {seconds:0.00} s"), Math.Log10(records), Math.Log10(seconds));
            words.LabelFontColor = Picture.Strong;
        }

        plot.Axes.Bottom.SetTicks(x, [.. points.Select(p => p.Records.ToString("#,0", CultureInfo.InvariantCulture))]);
        double[] decades = [.. Enumerable.Range((int)Math.Floor(y.Min()), (int)Math.Ceiling(y.Max()) - (int)Math.Floor(y.Min()) + 1).Select(d => (double)d)];
        plot.Axes.Left.SetTicks(decades, [.. decades.Select(d => Math.Pow(10, d).ToString("0.###", CultureInfo.InvariantCulture))]);
        plot.Axes.SetLimitsX(x[0] - 0.2, x[^1] + 0.5);
        return new(plot, title, $"{string.Join("; ", points.Select(p => FormattableString.Invariant($"{p.Records:#,0} records, {p.Seconds:0.00} seconds")))}. The dashed line is cost in proportion to the records.", 620, 420);
    }
}
