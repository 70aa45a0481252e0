using System.CommandLine;

namespace ThinIce.Cli.Commands;

/// <summary><c>thinice pool</c>: one figure out of several studies, labelled with how it was made.</summary>
internal static class PoolCommand
{
    private static readonly string[] Scales = ["logit", "double-arcsine", "log-rate", "arcsine", "raw"], Methods = ["fixed", "dl", "reml", "pm", "ml", "hs", "sj", "he", "glmm"];

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A table with a heading: comma, semicolon or tab; - is standard input" };
        var events = new Option<string>("--events") { Description = "Column of the events", Required = true };
        var n = new Option<string>("--n") { Description = "Column of people or visits; of time, for log-rate", Required = true };
        var scale = new Option<string>("--scale") { Description = string.Join(", ", Scales), DefaultValueFactory = _ => "logit" };
        var method = new Option<string>("--method") { Description = string.Join(", ", Methods), DefaultValueFactory = _ => "reml" };
        var knappHartung = new Option<bool>("--knapp-hartung") { Description = "Hartung and Knapp's interval" };
        var level = Figures.Level();
        var study = new Option<string?>("--study") { Description = "Column of the studies' names" };
        var group = new Option<string?>("--subgroup") { Description = "Column to compare studies by" };
        var leave = new Option<bool>("--leave-one-out") { Description = "Also the figure without each study in turn" };
        var egger = new Option<bool>("--egger") { Description = "Also Egger's test of small studies" };
        var plot = Figures.Plot("a forest plot");
        var funnel = new Option<string?>("--funnel") { Description = "Also write a funnel plot: FILE.svg or FILE.png" };
        var json = Figures.AsJson();
        scale.AcceptOnlyFromAmong(Scales);
        method.AcceptOnlyFromAmong(Methods);
        var command = new Command("pool", "Pool the rates of several studies, with heterogeneity and prediction interval") { file, events, n, scale, method, knappHartung, level, study, group, leave, egger, plot, funnel, json };
        command.Validators.Add(Plots.Check(plot));
        command.Validators.Add(Plots.Check(funnel));
        command.SetAction(parsed => PoolRun.Run(new(parsed.GetValue(file)!, parsed.GetValue(events)!, parsed.GetValue(n)!, parsed.GetValue(scale)!, parsed.GetValue(method)!, parsed.GetValue(knappHartung),
            parsed.GetValue(level), parsed.GetValue(study), parsed.GetValue(group), parsed.GetValue(leave), parsed.GetValue(egger), parsed.GetValue(plot), parsed.GetValue(funnel), parsed.GetValue(json))));
        return command;
    }
}

/// <summary>What was asked for.</summary>
internal sealed record PoolAsked(
    string File, string Events, string N, string Scale, string Method, bool KnappHartung, double Level, string? Study, string? Subgroup, bool LeaveOneOut, bool Egger, string? Plot, string? Funnel, bool Json);
