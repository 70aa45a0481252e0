using System.CommandLine;

namespace ThinIce.Cli.Commands;

/// <summary><c>thinice signals</c>: which exposures and events are reported together more often than expected.</summary>
internal static class SignalsCommand
{
    // Nothing here may name a type of ThinIce.Numbers: the other verbs start without it.
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "Reports: .csv (gzipped or not), .jsonl or .parquet; a row names one report, one exposure, one event" };
        var report = new Option<string>("--report") { Description = "Column of the report's identifier", Required = true };
        var exposure = new Option<string>("--exposure") { Description = "Column of the exposure", Required = true };
        var @event = new Option<string>("--event") { Description = "Column of the event", Required = true };
        var strata = new Option<string?>("--strata") { Description = "Columns to stratify the expected counts by, divided by commas" };
        var zeroes = new Option<bool>("--include-zeroes") { Description = "Let pairs that nobody reported take part in the fit (they get no row)" };
        var fit = new Option<string?>("--fit") { Description = "squashed or every-cell: what the prior is fitted to (default: squashed with --include-zeroes, as FDA's openEBGM does; else every cell)" };
        fit.AcceptOnlyFromAmong("squashed", "every-cell");
        var prior = new Option<string?>("--prior") { Description = "Score with this prior instead of fitting one: alpha1,beta1,alpha2,beta2,p" };
        var csv = new Option<string?>("--csv") { Description = "Write the scores of every pair here" };
        var masking = new Option<string?>("--masking") { Description = "Check for masking, and write the pairs that come to light here" };
        var plot = new Option<string?>("--plot") { Description = "Draw the pairs with the highest EB05: FILE.svg or FILE.png" };
        var memory = new Option<int?>("--memory") { Description = "Most megabytes of memory; larger tables are counted on disk" };
        var json = new Option<bool>("--json") { Description = "The summary as one JSON object" };
        var command = new Command("signals", "Find what is reported together more often than expected. Disproportionate reporting is not risk")
        {
            file, report, exposure, @event, strata, zeroes, fit, prior, csv, masking, plot, memory, json,
        };
        command.SetAction(parsed => SignalsRun.Run(new(
            parsed.GetValue(file)!, parsed.GetValue(report)!, parsed.GetValue(exposure)!, parsed.GetValue(@event)!, parsed.GetValue(strata), parsed.GetValue(zeroes), parsed.GetValue(fit),
            parsed.GetValue(prior), parsed.GetValue(csv), parsed.GetValue(masking), parsed.GetValue(plot), parsed.GetValue(memory), parsed.GetValue(json))));
        return command;
    }
}

/// <summary>The options of <c>thinice signals</c> as they were given.</summary>
internal sealed record SignalsOptions(
    string File, string Report, string Exposure, string Event, string? Strata, bool Zeroes, string? Fit, string? Prior, string? Csv, string? Masking, string? Plot, int? Memory, bool Json);
