using System.CommandLine;

namespace ThinIce.Cli.Commands;

/// <summary><c>thinice monitor</c>: is something happening more often than expected, looked at again and again.</summary>
internal static class MonitorCommand
{
    // Nothing here may name a type of ThinIce.Numbers: the other verbs start without it.
    public static Command Create()
    {
        var file = new Argument<string?>("FILE") { Description = "Rows in the order of time (.csv, gzipped or not). Without it only the plan is worked out", Arity = ArgumentArity.ZeroOrOne };
        var method = new Option<string>("--method") { Description = "maxsprt-poisson, maxsprt-binomial, cusum-sessions or cusum-periods", Required = true };
        method.AcceptOnlyFromAmong("maxsprt-poisson", "maxsprt-binomial", "cusum-sessions", "cusum-periods");
        var events = new Option<string>("--events") { Description = "Column of events (of cases; 0 or 1 for cusum-sessions)", DefaultValueFactory = _ => "events" };
        var expected = new Option<string>("--expected") { Description = "Column of expected events, for maxsprt-poisson", DefaultValueFactory = _ => "expected" };
        var others = new Option<string>("--others") { Description = "Column of events among controls, for maxsprt-binomial", DefaultValueFactory = _ => "others" };
        var horizon = new Option<double?>("--horizon") { Description = "When watching ends: expected events (maxsprt-poisson), events (maxsprt-binomial), sessions or periods (cusum, with --alpha)" };
        var alpha = new Option<double>("--alpha") { Description = "Probability of a false alarm over the whole horizon", DefaultValueFactory = _ => 0.05 };
        var fewest = new Option<int>("--fewest") { Description = "Events before a signal may be given (maxsprt)", DefaultValueFactory = _ => 1 };
        var delay = new Option<double>("--delay") { Description = "Expected events before the first look (maxsprt-poisson)" };
        var controls = new Option<double>("--controls") { Description = "Controls for each case (maxsprt-binomial)", DefaultValueFactory = _ => 1 };
        var usual = new Option<double?>("--usual") { Description = "The usual probability of an event in a session, or events in a period (cusum)" };
        var ratio = new Option<double>("--ratio") { Description = "How many times as often to notice", DefaultValueFactory = _ => 2 };
        var runLength = new Option<double?>("--run-length") { Description = "Sessions or periods between false alarms, on average (cusum, instead of --horizon)" };
        var power = new Option<double?>("--power") { Description = "Find the horizon that gives this power at --ratio (maxsprt-poisson, instead of --horizon)" };
        var csv = new Option<string?>("--csv") { Description = "Write every step here" };
        var plot = new Option<string?>("--plot") { Description = "Draw the steps and the limit: FILE.svg or FILE.png" };
        var json = new Option<bool>("--json") { Description = "One JSON object" };
        var command = new Command("monitor", "Watch events as they come, with false alarms kept rare over all looks together")
        {
            file, method, events, expected, others, horizon, alpha, fewest, delay, controls, usual, ratio, runLength, power, csv, plot, json,
        };
        command.SetAction(parsed => MonitorRun.Run(new(
            parsed.GetValue(file), parsed.GetValue(method)!, parsed.GetValue(events)!, parsed.GetValue(expected)!, parsed.GetValue(others)!, parsed.GetValue(horizon), parsed.GetValue(alpha),
            parsed.GetValue(fewest), parsed.GetValue(delay), parsed.GetValue(controls), parsed.GetValue(usual), parsed.GetValue(ratio), parsed.GetValue(runLength), parsed.GetValue(power),
            parsed.GetValue(csv), parsed.GetValue(plot), parsed.GetValue(json))));
        return command;
    }
}

/// <summary>The options of <c>thinice monitor</c> as they were given.</summary>
internal sealed record MonitorOptions(
    string? File, string Method, string Events, string Expected, string Others, double? Horizon, double Alpha, int Fewest, double Delay, double Controls, double? Usual, double Ratio,
    double? RunLength, double? Power, string? Csv, string? Plot, bool Json);
