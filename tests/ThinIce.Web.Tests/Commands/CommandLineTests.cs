using System.Diagnostics;
using System.Text.Json;
using ThinIce.Core.Contract;
using ThinIce.TestSupport;

namespace ThinIce.Web.Tests.Commands;

/// <summary>The launcher as people call it: output, errors and exit status.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public void An_aunt_on_warfarin_gets_lighter_pressure_and_why_on_the_command_line()
    {
        var run = Run(["screen", "--words", "aunt on warfarin, deep tissue, back"]);
        Assert.Equal(0, run.Exit);
        Assert.Contains("GO AHEAD WITH THESE CHANGES", run.Output, StringComparison.Ordinal);
        Assert.Contains("Use light pressure instead of strong", run.Output, StringComparison.Ordinal);
        Assert.Contains("aunt on warfarin", run.Output, StringComparison.Ordinal);
        Assert.Contains("not been reviewed by a clinician", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void Each_intake_is_answered_on_a_line_in_order_and_a_broken_one_ends_in_65()
    {
        var run = Run(["screen", "-", "--json"], """[{"id":"a"},{"id":"b","client":{"age":-4}},{"id":"c"}]""");
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(["a", "b", "c"], lines.Select(l => l.GetProperty("id").GetString()));
        Assert.Equal(Problems.OutOfRange, lines[1].GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(65, run.Exit);
    }

    [Fact]
    public void A_file_that_is_not_there_ends_in_66_and_the_one_beside_it_is_answered()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """{"id":"there"}""");
        var run = Run(["screen", "/nowhere/at-all.json", file, "--json"]);
        Assert.Equal(66, run.Exit);
        Assert.Contains("\"there\"", run.Output, StringComparison.Ordinal);
        Assert.Contains(Problems.UnreadableFile, run.Errors, StringComparison.Ordinal);
        File.Delete(file);
    }

    [Theory]
    [InlineData("screen")]
    [InlineData("scream")]
    [InlineData("screen", "--colour", "x")]
    [InlineData("triage")]
    [InlineData("knowledge", "list", "shoes")]
    public void A_command_that_is_not_understood_ends_in_64(params string[] arguments)
    {
        var run = Run(arguments);
        Assert.Equal(64, run.Exit);
        Assert.Contains(Problems.Usage, run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("http://localhost:99999")]
    public void An_address_that_cannot_be_listened_on_is_said_to_be_one(string url)
    {
        var run = Run(["serve", "--urls", url]);
        Assert.Equal(70, run.Exit);
        Assert.Contains(Problems.CannotListen, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", run.Errors + run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_of_dark_urine_is_to_be_seen_today()
    {
        var run = Run(["triage", "-"], """{"hoursAfter":36,"symptoms":["urine the colour of cola"],"place":"GB"}""");
        Assert.Equal(0, run.Exit);
        Assert.Contains("BE SEEN TODAY", run.Output, StringComparison.Ordinal);
        Assert.Contains("999", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clinician_who_breaks_a_rule_is_told_everything_at_once_with_file_and_line()
    {
        var copy = CopyOfKnowledge();
        var rule = Path.Combine(copy, "rules", "bleeding", "deep-work-on-an-anticoagulant.yaml");
        File.WriteAllText(rule, File.ReadAllText(rule)
            .Replace("kind: precaution", "kind: warning", StringComparison.Ordinal)
            .Replace("has: anticoagulant", "has: anticoagulent", StringComparison.Ordinal)
            .Replace("if-unknown:", "ask-if: { has: bruise, value: \">3\" }\nif-unknown:", StringComparison.Ordinal)
            .Replace("harms: [haematoma, bruising]", "harm: [haematoma]", StringComparison.Ordinal)
            .Replace("over-alerts:", "over-alert:", StringComparison.Ordinal));
        var run = Run(["knowledge", "check", "--from", copy]);
        Assert.Equal(65, run.Exit);
        foreach (var expected in new[] { ":2: K013", ":11: K020 There is no concept with 'takes-value' 'bruise'", ":6: K020", "Did you mean 'anticoagulant'?", "K010 'harm' is not a key here. Did you mean 'harms'?", "K030" })
            Assert.Contains(expected, run.Errors, StringComparison.Ordinal);
        Directory.Delete(copy, recursive: true);
    }

    [Fact]
    public void A_clinician_who_changes_a_threshold_sees_whose_answer_changed()
    {
        var copy = CopyOfKnowledge();
        var rule = Path.Combine(copy, "rules", "muscle", "heavy-dose-of-pressure.yaml");
        File.WriteAllText(rule, File.ReadAllText(rule).Replace(">=200", ">=100", StringComparison.Ordinal));
        var run = Run(["knowledge", "check", "--from", copy]);
        Assert.Contains("CHANGED  proceed -> adapt (duration, pressure)  An hour of strong massage in a healthy adult is an ordinary dose", run.Output, StringComparison.Ordinal);
        Assert.Equal(65, run.Exit);
        Directory.Delete(copy, recursive: true);
    }

    [Fact]
    public void A_bundle_that_was_cut_short_or_altered_is_refused()
    {
        var bundle = Path.Combine(Directory.CreateTempSubdirectory().FullName, "k");
        Assert.Equal(0, Run(["knowledge", "build", "--to", bundle]).Exit);
        Assert.Equal(0, Run(["screen", "--words", "warfarin", "--knowledge", bundle]).Exit);
        var bytes = File.ReadAllBytes(bundle);
        File.WriteAllBytes(bundle, bytes[..^10]);
        Assert.Equal(65, Run(["screen", "--words", "warfarin", "--knowledge", bundle]).Exit);
        bytes[^5] ^= 1;
        File.WriteAllBytes(bundle, bytes);
        Assert.Equal(65, Run(["screen", "--words", "warfarin", "--knowledge", bundle]).Exit);
    }

    [Fact]
    public void Knowledge_can_be_listed_and_shown()
    {
        Assert.Contains("recent-venous-clot", Run(["knowledge", "list"]).Output, StringComparison.Ordinal);
        var shown = Run(["knowledge", "show", "recent-venous-clot"]);
        Assert.Contains("within today", shown.Output, StringComparison.Ordinal);
        Assert.Contains("not reviewed by a clinician", shown.Output, StringComparison.Ordinal);
        var lost = Run(["knowledge", "show", "recent-venous-clott"]);
        Assert.Equal(65, lost.Exit);
        Assert.Contains("Did you mean recent-venous-clot?", lost.Errors, StringComparison.Ordinal);
    }

    private static string CopyOfKnowledge()
    {
        var copy = Directory.CreateTempSubdirectory("thinice-knowledge-").FullName;
        foreach (var file in Directory.EnumerateFiles(Repository.Knowledge, "*.yaml", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(Repository.Knowledge, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        return copy;
    }

    internal static (int Exit, string Output, string Errors) Run(string[] arguments, string input = "") =>
        Start(Path.Combine(Repository.Root, "thinice"), arguments, input);

    internal static (int Exit, string Output, string Errors) Start(string program, string[] arguments, string input = "")
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.Root,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
