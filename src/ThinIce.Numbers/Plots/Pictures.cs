using System.Globalization;
using ScottPlot;
using ThinIce.Numbers.Statistics.Pooling;
using ThinIce.Numbers.Statistics.Power;
using ThinIce.Numbers.Statistics.Proportions;

namespace ThinIce.Numbers.Plots;

/// <summary>The pictures of the statistics. Colour never carries a meaning alone.</summary>
public static class Pictures
{
    /// <summary>Intervals of one figure by several methods, one below the other.</summary>
    /// <param name="title">What the figure is of, with its denominator.</param>
    /// <param name="estimate">The figure.</param>
    /// <param name="intervals">Its intervals.</param>
    /// <param name="percent">Whether to show per cent (a proportion) or the number itself (a rate).</param>
    public static Picture Intervals(string title, double estimate, IReadOnlyList<Interval> intervals, bool percent)
    {
        ArgumentNullException.ThrowIfNull(intervals);
        var unit = percent ? 100 : 1;
        var plot = Picture.Sheet(title, percent ? "per cent" : "events per unit of time");
        for (var i = 0; i < intervals.Count; i++) Row(plot, intervals.Count - i, estimate * unit, intervals[i].Low * unit, intervals[i].High * unit, Picture.Ink);
        Labels(plot, [.. intervals.Select((v, i) => ((double)intervals.Count - i, v.Method))]);
        plot.Axes.SetLimitsY(0.3, intervals.Count + 0.7);
        var words = string.Join("; ", intervals.Select(v => FormattableString.Invariant($"{v.Method} {v.Low * unit:G4} to {v.High * unit:G4}")));
        return new(plot, title, $"Intervals by method, {(percent ? "per cent" : "per unit of time")}: {words}.", 760, 130 + 34 * intervals.Count);
    }

    /// <summary>A forest plot: each study, and the pooled figure with, where it is defined, the range in which a new setting is expected.</summary>
    public static Picture Forest(PooledFigure figure, string title)
    {
        ArgumentNullException.ThrowIfNull(figure);
        var percent = figure.Scale != PoolScale.LogRate;
        double unit = percent ? 100 : 1, k = figure.Studies.Count;
        var plot = Picture.Sheet(title, percent ? "per cent" : "events per unit of time");
        plot.XLabel($"{(percent ? "per cent" : "events per unit of time")} · {figure.Label}", 10);
        List<(double, string)> labels = [];
        for (var i = 0; i < figure.Studies.Count; i++)
        {
            var (study, y) = (figure.Studies[i], k - i + 2);
            Row(plot, y, study.Estimate * unit, study.Interval.Low * unit, study.Interval.High * unit, Picture.Ink, Size(study.Weight, k));
            labels.Add((y, FormattableString.Invariant($"{Short(study.Study.Name)}  {study.Study.Events}/{study.Study.N:0.##}")));
        }

        Diamond(plot, 1.5, figure.Low * unit, figure.Estimate * unit, figure.High * unit);
        labels.Add((1.5, figure.Basis == PoolBasis.Pooled ? "pooled" : "all together"));
        if (!double.IsNaN(figure.PredictionLow))
        {
            Row(plot, 0.6, double.NaN, figure.PredictionLow * unit, figure.PredictionHigh * unit, Picture.Strong);
            labels.Add((0.6, "new setting"));
        }

        Labels(plot, labels);
        plot.Axes.SetLimitsY(0, k + 2.7);
        return new(plot, title, FormattableString.Invariant($"Forest plot of {k} studies. {figure.Label}: {figure.Estimate * unit:G4}, from {figure.Low * unit:G4} to {figure.High * unit:G4}."), 820, (int)(170 + 26 * k));
    }

    /// <summary>A funnel plot: each study's effect by its standard error, with where 95 % would lie if they differed by chance only.</summary>
    public static Picture Funnel(PooledFigure figure, string title)
    {
        ArgumentNullException.ThrowIfNull(figure);
        if (figure.OnScale is not { } on) throw new ArgumentException("A funnel needs at least two studies with an event.", nameof(figure));
        var plot = Picture.Sheet(title, $"{Scales.Name(figure.Scale)} · small studies at the bottom");
        plot.YLabel("standard error", 13);
        var errors = figure.Studies.Select(s => Math.Sqrt(s.Effect.V)).ToArray();
        var most = errors.Max() * 1.1;
        foreach (var side in new[] { -1.96, 1.96 })
        {
            var line = plot.Add.Line(on.Estimate, 0, on.Estimate + side * most, most);
            (line.LineColor, line.LinePattern, line.MarkerSize) = (Picture.Soft, LinePattern.Dashed, 0);
        }

        var middle = plot.Add.Line(on.Estimate, 0, on.Estimate, most);
        (middle.LineColor, middle.MarkerSize) = (Picture.Strong, 0);
        var points = plot.Add.Markers(figure.Studies.Select(s => s.Effect.Y).ToArray(), errors);
        (points.MarkerColor, points.MarkerSize) = (Picture.Ink, 8);
        plot.Axes.SetLimitsY(most, 0);
        return new(plot, title, FormattableString.Invariant($"Funnel plot of {errors.Length} studies around {on.Estimate:G4} on the {Scales.Name(figure.Scale)} scale."), 620, 460);
    }

    /// <summary>What surveys of several sizes can rule out when nobody had the event: the upper bound by the number of people, both on a log scale.</summary>
    /// <param name="sizes">The sizes to mark, ascending.</param>
    /// <param name="level">Level of the one-sided bound.</param>
    public static Picture RuleOut(IReadOnlyList<double> sizes, double level)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        var title = FormattableString.Invariant($"No event seen: what is still possible ({level * 100:0.##} % one-sided bound)");
        var plot = Picture.Sheet(title, "people asked, none of whom had the event");
        var (least, most) = (Math.Log10(sizes.Min()) - 0.5, Math.Log10(sizes.Max()) + 0.5);
        var logs = Enumerable.Range(0, 101).Select(i => least + (most - least) * i / 100).ToArray();
        var curve = plot.Add.ScatterLine(logs, [.. logs.Select(l => Math.Log10(RareEvents.UpperBoundIfNone(Math.Pow(10, l), level)))]);
        (curve.Color, curve.LineWidth) = (Picture.Ink, 2);
        foreach (var n in sizes)
        {
            var bound = RareEvents.UpperBoundIfNone(n, level);
            var text = plot.Add.Text(FormattableString.Invariant($" {n:#,0}: up to {OneIn(bound)}"), Math.Log10(n), Math.Log10(bound));
            text.LabelFontColor = Picture.Strong;
            var mark = plot.Add.Marker(Math.Log10(n), Math.Log10(bound));
            mark.Color = Picture.Strong;
        }

        Decades(plot.Axes.Bottom, least, most, d => d.ToString("#,0", CultureInfo.InvariantCulture));
        Decades(plot.Axes.Left, -most - 0.5, 0, OneIn);
        plot.Axes.SetLimitsX(least, most + 0.9);
        var words = string.Join("; ", sizes.Select(n => FormattableString.Invariant($"{n:#,0} people, up to {OneIn(RareEvents.UpperBoundIfNone(n, level))}")));
        return new(plot, title, $"The more people were asked and none had the event, the rarer it has to be: {words}.", 760, 460);
    }

    /// <summary>A rate in words: "1 in 340".</summary>
    public static string OneIn(double rate) => rate <= 0 ? "none" : FormattableString.Invariant($"1 in {Math.Round(1 / rate, rate > 0.1 ? 1 : 0):#,0.#}");

    private static double Size(double weight, double k) => double.IsNaN(weight) ? 8 : Math.Clamp(8 * Math.Sqrt(weight / 100 * k), 4, 18);

    private static string Short(string name) => name.Length <= 40 ? name : $"{name[..39]}…";

    private static void Row(Plot plot, double y, double estimate, double low, double high, Color color, double size = 8)
    {
        var line = plot.Add.Line(low, y, high, y);
        (line.LineColor, line.LineWidth, line.MarkerSize) = (color, 2, 0);
        if (double.IsNaN(estimate)) return;
        var mark = plot.Add.Marker(estimate, y, MarkerShape.FilledSquare, (float)size);
        mark.Color = color;
    }

    private static void Diamond(Plot plot, double y, double low, double estimate, double high)
    {
        var shape = plot.Add.Polygon(new Coordinates[] { new(low, y), new(estimate, y + 0.35), new(high, y), new(estimate, y - 0.35) });
        (shape.FillColor, shape.LineColor) = (Picture.Strong, Picture.Strong);
    }

    private static void Labels(Plot plot, IReadOnlyList<(double At, string Words)> rows)
    {
        plot.Axes.Left.SetTicks([.. rows.Select(r => r.At)], [.. rows.Select(r => r.Words)]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.HideGrid();
    }

    private static void Decades(IAxis axis, double least, double most, Func<double, string> words)
    {
        var at = Enumerable.Range((int)Math.Ceiling(least), Math.Max(1, (int)Math.Floor(most) - (int)Math.Ceiling(least) + 1)).Select(d => (double)d).ToArray();
        axis.SetTicks(at, [.. at.Select(d => words(Math.Pow(10, d)))]);
    }
}
