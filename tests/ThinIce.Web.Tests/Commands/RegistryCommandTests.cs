using System.Diagnostics;
using ThinIce.Core.Contract;
using ThinIce.TestSupport;

namespace ThinIce.Web.Tests.Commands;

/// <summary>The verbs that look after the registry, as an operator calls them; and that the others do not pay for them.</summary>
public sealed class RegistryCommandTests
{
    [Fact]
    public void A_made_up_clinic_is_verified_backed_up_put_back_and_given_a_new_master_key()
    {
        var folder = Directory.CreateTempSubdirectory("thinice-registry-").FullName;
        var (data, backup) = (Path.Combine(folder, "data"), Path.Combine(folder, "copy.thinice"));
        Assert.Contains("24 clients", Run("demo", "--data", data).Output, StringComparison.Ordinal);
        Assert.Contains("Sound", Run("verify", "--data", data).Output, StringComparison.Ordinal);
        Assert.Contains("sound there", Run("backup", backup, "--data", data).Output, StringComparison.Ordinal);
        Assert.Equal(Problems.Kind(Problems.NotEmpty).ExitCode, Run("restore", backup, "--data", data).Exit);
        Assert.Contains("Put back, and sound", Run("restore", backup, "--replace", "--data", data).Output, StringComparison.Ordinal);
        Assert.Contains("destroyed", Run("keys", "rotate", "--forget-old", "--data", data).Output, StringComparison.Ordinal);
        var lost = Run("restore", "--check", backup, "--data", data);
        Assert.Equal((Problems.Kind(Problems.NoKey).ExitCode, true), (lost.Exit, lost.Errors.Contains(Problems.NoKey, StringComparison.Ordinal)));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_folder_without_a_registry_is_not_made_into_one()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"thinice-nowhere-{Environment.ProcessId}");
        var run = Run("verify", "--data", folder);
        Assert.Equal(Problems.Kind(Problems.UnreadableFile).ExitCode, run.Exit);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Screening_loads_no_database()
    {
        if (!OperatingSystem.IsLinux()) return;
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(Repository.Root, "thinice"), ["screen", "-"]) { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = Repository.Root })!;
        var maps = "";
        // The launcher becomes the program; with everything loaded it waits for its input.
        for (var i = 0; i < 300 && !maps.Contains("ThinIce.Core.dll", StringComparison.Ordinal); i++)
        {
            await Task.Delay(200, TestContext.Current.CancellationToken);
            maps = await File.ReadAllTextAsync($"/proc/{process.Id}/maps", TestContext.Current.CancellationToken);
        }

        await Task.Delay(2000, TestContext.Current.CancellationToken);
        maps = await File.ReadAllTextAsync($"/proc/{process.Id}/maps", TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync("""{"id":"one"}""");
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        Assert.Contains("ThinIce.Core.dll", maps, StringComparison.Ordinal);
        Assert.DoesNotContain("EntityFrameworkCore", maps, StringComparison.Ordinal);
        Assert.DoesNotContain("ThinIce.Registry", maps, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_with_a_data_folder_makes_a_registry_there_that_verifies_after_it_was_killed()
    {
        var folder = Path.Combine(Directory.CreateTempSubdirectory("thinice-serve-").FullName, "data");
        using var server = Process.Start(new ProcessStartInfo(Path.Combine(Repository.Root, "thinice"), ["serve", "--data", folder, "--public-url", "https://clinic.example/", "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true, WorkingDirectory = Repository.Root })!;
        var ready = "";
        while (!ready.StartsWith("ThinIce is ready", StringComparison.Ordinal)) ready = await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("It stopped.");
        server.Kill();
        await server.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Contains("the public pages store nothing", ready, StringComparison.Ordinal);
        Assert.Contains("Sound", Run("verify", "--data", folder).Output, StringComparison.Ordinal);
        Assert.Equal(Problems.Kind(Problems.Usage).ExitCode, Run("serve", "--data", folder, "--public-url", "clinic.example").Exit);
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    private static (int Exit, string Output, string Errors) Run(params string[] arguments) => CommandLineTests.Start(Path.Combine(Repository.Root, "thinice"), arguments);
}
