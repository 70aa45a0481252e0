using System.CommandLine;
using System.Diagnostics;
using ThinIce.Core.Contract;
using ThinIce.Numbers.Statistics.Coverage;

namespace ThinIce.Cli.Commands;

/// <summary><c>thinice coverage</c>: simulates how often every interval holds the truth, and writes the page that says so.</summary>
internal static class CoverageCommand
{
    public static Command Create()
    {
        var to = new Option<string?>("--to") { Description = "The page to write (default: standard output)" };
        var seed = new Option<int>("--seed") { Description = "Seed of the random numbers", DefaultValueFactory = _ => 20_261 };
        var repeats = new Option<int>("--repeats") { Description = "Repeats in each situation, at least 100", DefaultValueFactory = _ => 10_000 };
        var command = new Command("coverage", "Simulate how often every interval holds the truth") { to, seed, repeats };
        command.SetAction(parsed => Run(parsed.GetValue(to), parsed.GetValue(seed), parsed.GetValue(repeats)));
        return command;
    }

    private static int Run(string? to, int seed, int repeats)
    {
        if (repeats is < 100 or > 10_000_000) return Figures.Refuse(new Problem(Problems.OutOfRange, "Repeats: 100 to 10,000,000.", "--repeats"));
        var clock = Stopwatch.StartNew();
        var page = CoveragePage.Of(CoverageStudy.All(seed, repeats, name => Console.Error.WriteLine($"{clock.Elapsed.TotalSeconds,6:0.0} s  {name}")), seed, repeats);
        if (to is not null) return Figures.Write(to, file => File.WriteAllText(file, page));
        Console.Write(page);
        return 0;
    }
}
