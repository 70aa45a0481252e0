using System.Diagnostics;
using ThinIce.TestSupport;

namespace ThinIce.Web.Tests.Commands;

/// <summary>What README and CONTRIBUTING tell people to type works as written.</summary>
public sealed class DocumentedCommandTests
{
    /// <summary>Commands that would start this very run again, or fetch the repository, are read and not run.</summary>
    private static readonly string[] NotRun = ["./test", "./bench", ".ci/run", "git ", "dotnet ", "npm ", "cd "];

    public static TheoryData<string> Commands => [.. new[] { "README.md", "CONTRIBUTING.md" }.SelectMany(Shell).Distinct()];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task A_documented_command_works(string command)
    {
        if (NotRun.Any(n => command.StartsWith(n, StringComparison.Ordinal)))
        {
            var program = command.Split(' ')[0];
            Assert.True(!program.StartsWith('.') || File.Exists(Path.Combine(Repository.Root, program)), $"{program} is not there");
        }
        else if (command.StartsWith("./thinice serve", StringComparison.Ordinal)) await ServesAsync();
        else
        {
            var run = CommandLineTests.Start("/bin/sh", ["-c", command]);
            Assert.True(run.Exit == 0, $"{command}: {run.Errors}");
        }
    }

    [Fact]
    public void The_readme_names_the_two_commands() => Assert.Superset(new HashSet<string>(["./thinice serve", "./test"]), Shell("README.md").ToHashSet());

    private static async Task ServesAsync()
    {
        const string url = "http://localhost:5087";
        using var server = Process.Start(new ProcessStartInfo(Path.Combine(Repository.Root, "thinice"), ["serve", "--urls", url]) { RedirectStandardOutput = true, WorkingDirectory = Repository.Root })!;
        try
        {
            using var http = new HttpClient();
            for (var attempt = 0; ; attempt++)
            {
                try
                {
                    var page = await http.GetStringAsync(new Uri(url), TestContext.Current.CancellationToken);
                    Assert.Contains("What could go wrong with this massage?", page, StringComparison.Ordinal);
                    return;
                }
                catch (HttpRequestException) when (attempt < 60)
                {
                    await Task.Delay(500, TestContext.Current.CancellationToken);
                }
            }
        }
        finally
        {
            server.Kill(entireProcessTree: true);
        }
    }

    private static IEnumerable<string> Shell(string page)
    {
        var inside = false;
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, page)))
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) inside = line == "```sh";
            else if (inside && line.Trim() is { Length: > 0 } command && !command.StartsWith('#')) yield return command.Split(" #")[0].Trim();
        }
    }
}
