using System.Globalization;
using ScottPlot;
using ThinIce.Numbers.Signals;
using ThinIce.Numbers.Statistics.Sequential;

namespace ThinIce.Numbers.Plots;

/// <summary>The pictures of signals and monitors. None of them shows a risk, and each says so.</summary>
public static class SignalPictures
{
    private const int Pairs = 20, LongestName = 60;

    /// <summary>The pairs with the highest lower bound: EBGM with its interval, or the information component where there is no EBGM.</summary>
    public static Picture Top(SignalScores scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var (eb, top, names) = (scores.Fit.Converged, scores.Top(Pairs), new List<Tick>());
        const string title = "Reported together more often than expected. Not a risk.";
        var plot = Picture.Sheet(title, eb ? "EBGM with EB05 and EB95: reported so many times as often as expected" : "IC with its 95 % interval: doublings over what is expected");
        for (var i = 0; i < top.Length; i++)
        {
            var (score, y) = (scores[top[i]], top.Length - i);
            var (value, low, high) = eb ? (Math.Log2(score.Ebgm), Math.Log2(score.Eb05), Math.Log2(score.Eb95)) : (score.Ic.Value, score.Ic.Low, score.Ic.High);
            plot.Add.Line(low, y, high, y).Color = Picture.Ink;
            plot.Add.Marker(value, y, MarkerShape.FilledSquare, 7, Picture.Ink);
            names.Add(new(y, Label(scores, top[i])));
        }

        plot.Add.VerticalLine(0, 1, Picture.Soft, LinePattern.Dashed);
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. names]);
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { LabelFormatter = x => (eb ? Math.Pow(2, x) : x).ToString("G3", CultureInfo.InvariantCulture), IntegerTicksOnly = true };
        plot.Axes.SetLimitsY(0.3, top.Length + 0.7);
        return new(plot, title, $"The {top.Length} pairs with the highest lower bound, the highest first: {string.Join("; ", top.Select(p => Label(scores, p)))}.", 1100, 160 + 26 * top.Length);
    }

    private static string Label(SignalScores scores, int pair)
    {
        var (exposure, @event) = scores.Counts.Names(pair);
        return string.Create(CultureInfo.InvariantCulture, $"{Short(exposure)} / {Short(@event)} (n = {scores[pair].Observed})");
    }

    private static string Short(string name) => name.Length <= LongestName ? name : $"{name[..(LongestName - 1)]}…";

    /// <summary>A monitor: its statistic over time, and the limit.</summary>
    public static Picture Steps(IReadOnlyList<MonitorStep> steps, double limit, string timeIs)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var signal = steps.Count > 0 && steps[^1].Signals;
        var title = signal ? "More often than expected: read the cases" : "No signal so far";
        var plot = Picture.Sheet(title, timeIs);
        plot.YLabel("statistic; the dashed line is the limit", 12);
        plot.Add.Scatter(steps.Select(s => s.Time).ToArray(), steps.Select(s => s.Statistic).ToArray(), Picture.Ink);
        if (double.IsFinite(limit)) plot.Add.HorizontalLine(limit, 1.5f, Picture.Strong, LinePattern.Dashed);
        var last = steps.Count > 0 ? string.Create(CultureInfo.InvariantCulture, $"After {steps[^1].Time:G6} {timeIs} and {steps[^1].Events:G6} events the statistic is {steps[^1].Statistic:G4}; the limit is {limit:G4}.") : "";
        return new(plot, title, $"{title}. {last}", 900, 420);
    }
}
