using System.Diagnostics;

namespace ThinIce.Bench;

/// <summary>The whole process from the shell's point of view, launcher included.</summary>
internal static class ScreenCli
{
    private const int Times = 21;

    public static Result Run()
    {
        var root = Environment.GetEnvironmentVariable("THINICE_ROOT") ?? throw new InvalidOperationException("Run it as ./bench screen-cli.");
        var file = Path.Combine(Path.GetTempPath(), $"thinice-bench-{Environment.ProcessId}.json");
        File.WriteAllText(file, """{"id":"aunt","client":{"age":70,"sex":"female","conditions":[],"medicines":["warfarin"],"procedures":[],"symptoms":[]},"session":{"technique":"deep tissue","regions":["back"],"pressure":"strong","minutes":60}}""");
        try
        {
            var launcher = Path.Combine(root, "thinice");
            Milliseconds(launcher, ["screen", file, "--json"]);
            var ours = Result.Median(Times, () => Milliseconds(launcher, ["screen", file, "--json"]));
            var bare = Result.Median(Times, () => Milliseconds("dotnet", [typeof(ScreenCli).Assembly.Location, "nothing"]));
            return new(ours, "ms", "an empty .NET program, started and ended", bare);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static double Milliseconds(string program, string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true }) ?? throw new InvalidOperationException($"{program} did not start.");
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
        return clock.Elapsed.TotalMilliseconds;
    }
}
