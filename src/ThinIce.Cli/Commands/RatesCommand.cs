using System.CommandLine;

namespace ThinIce.Cli.Commands;

/// <summary><c>thinice rates</c>: one figure, with every interval that is in use and what a reader has to know beside it.</summary>
internal static class RatesCommand
{
    public static Command Create()
    {
        var events = new Option<long>("--events") { Description = "How many had the event", Required = true };
        var n = new Option<long?>("--n") { Description = "Out of how many" };
        var time = new Option<double?>("--time") { Description = "Instead of --n: time of observation, for a rate over time" };
        var of = new Option<string?>("--of") { Description = "What --n counts: people or visits" };
        var window = new Option<string?>("--window") { Description = "How long afterwards was asked about, such as \"2 weeks\"" };
        var asked = new Option<string?>("--asked") { Description = "How it was asked, such as \"checklist by text message\"" };
        var invited = new Option<long?>("--invited") { Description = "How many were asked, where not all answered: gives the bounds of what the others could change" };
        var level = Figures.Level();
        var plot = Figures.Plot("the intervals as a picture");
        var json = Figures.AsJson();
        of.AcceptOnlyFromAmong("people", "visits");
        var command = new Command("rates", "A rate or proportion with its intervals, one- and two-sided") { events, n, time, of, window, asked, invited, level, plot, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(n) is null == (result.GetValue(time) is null)) result.AddError("Give --n, or --time for a rate over time.");
        });
        command.Validators.Add(Plots.Check(plot));
        command.SetAction(parsed => RatesRun.Run(new(parsed.GetValue(events), parsed.GetValue(n), parsed.GetValue(time), parsed.GetValue(of), parsed.GetValue(window), parsed.GetValue(asked),
            parsed.GetValue(invited), parsed.GetValue(level), parsed.GetValue(plot), parsed.GetValue(json))));
        return command;
    }
}

/// <summary>What was asked for.</summary>
internal sealed record RatesAsked(long Events, long? N, double? Time, string? Of, string? Window, string? Asked, long? Invited, double Level, string? Plot, bool Json);

/// <summary>What is asked of <c>--plot</c>, without loading what draws.</summary>
internal static class Plots
{
    public static Action<System.CommandLine.Parsing.CommandResult> Check(Option<string?> plot) => result =>
    {
        if (result.GetValue(plot) is { } file && !file.EndsWith(".svg", StringComparison.OrdinalIgnoreCase) && !file.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
            result.AddError($"{plot.Name} takes a file that ends in .svg or .png.");
    };
}
