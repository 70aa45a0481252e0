using System.CommandLine;

namespace ThinIce.Cli.Commands;

/// <summary><c>thinice power</c>: how many have to be asked, or what a number of people can show.</summary>
internal static class PowerCommand
{
    public static Command Create()
    {
        var rate = new Option<double?>("--rate") { Description = "The true rate, such as 0.001: how many are needed to see it?" };
        var n = new Option<long?>("--n") { Description = "How many answer: what can they show and rule out?" };
        var probability = new Option<double>("--probability") { Description = "How sure, above 0 and below 1", DefaultValueFactory = _ => 0.95 };
        var atLeast = new Option<int>("--at-least") { Description = "How many events have to be seen", DefaultValueFactory = _ => 1 };
        var compare = new Option<double?>("--compare") { Description = "With --rate: a second rate, to be told apart from the first in two equal groups" };
        var power = new Option<double>("--power") { Description = "With --compare: how often it is told apart", DefaultValueFactory = _ => 0.8 };
        var precision = new Option<double?>("--precision") { Description = "With --rate: the interval may reach so far to either side, such as 0.02" };
        var cluster = new Option<double>("--cluster-size") { Description = "People or visits of each therapist", DefaultValueFactory = _ => 1 };
        var icc = new Option<double>("--icc") { Description = "How alike they are: intra-cluster correlation, 0 to 1", DefaultValueFactory = _ => 0 };
        var response = new Option<double>("--response") { Description = "Share of the invited who answer", DefaultValueFactory = _ => 1 };
        var plot = Figures.Plot("what surveys of 100, 1,000 and 10,000 can rule out");
        var json = Figures.AsJson();
        var command = new Command("power", "How many people a survey needs, and what it can rule out") { rate, n, probability, atLeast, compare, power, precision, cluster, icc, response, plot, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(n) is null == (result.GetValue(rate) is null)) result.AddError("Give --rate or --n.");
            if (result.GetValue(rate) is null && (result.GetValue(compare) is not null || result.GetValue(precision) is not null)) result.AddError("--compare and --precision go with --rate.");
            if (result.GetValue(compare) is not null && result.GetValue(precision) is not null) result.AddError("Give --compare or --precision, not both.");
        });
        command.Validators.Add(Plots.Check(plot));
        command.SetAction(parsed => PowerRun.Run(new(parsed.GetValue(rate), parsed.GetValue(n), parsed.GetValue(probability), parsed.GetValue(atLeast), parsed.GetValue(compare), parsed.GetValue(power),
            parsed.GetValue(precision), parsed.GetValue(cluster), parsed.GetValue(icc), parsed.GetValue(response), parsed.GetValue(plot), parsed.GetValue(json))));
        return command;
    }
}

/// <summary>What was asked for.</summary>
internal sealed record PowerAsked(
    double? Rate, long? N, double Probability, int AtLeast, double? Compare, double Power, double? Precision, double ClusterSize, double Icc, double Response, string? Plot, bool Json);
