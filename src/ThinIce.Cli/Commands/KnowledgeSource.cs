using System.CommandLine;
using System.Text.Json.Serialization;
using ThinIce.Core;
using ThinIce.Core.Contract;
using ThinIce.Knowledge;

namespace ThinIce.Cli.Commands;

/// <summary>Where the knowledge comes from: the bundle beside the program, or a folder somebody is editing.</summary>
internal static class KnowledgeSource
{
    public static Option<string?> Option() => new("--knowledge") { Description = "A knowledge folder or bundle to answer from, instead of the built-in one" };

    /// <summary>The folder to edit: named, or <c>knowledge/</c> of the repository the launcher stands in.</summary>
    public static string Folder(string? named) =>
        named ?? Path.Combine(Environment.GetEnvironmentVariable("THINICE_ROOT") ?? Directory.GetCurrentDirectory(), "knowledge");

    /// <summary>The day it is, by the clock of the machine, in UTC.</summary>
    public static DateOnly Today() => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    private static void Refuse(string code, string what)
    {
        Console.Error.WriteLine($"{code}: {what}: {Problems.Kind(code).WayOut}");
        Environment.Exit(Problems.Kind(code).ExitCode);
    }

    private static KnowledgeBase Bundle(string path)
    {
        try
        {
            return KnowledgeFolder.Load(path);
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException)
        {
            Refuse(Problems.BrokenKnowledge, $"{path}: {e.Message}");
            throw;
        }
    }

    public static KnowledgeBase Load(string? source)
    {
        if (source is null) return Bundle(KnowledgeFolder.BundlePath);
        if (File.Exists(source)) return Bundle(source);
        if (!Directory.Exists(source)) Refuse(Problems.UnreadableFile, source);
        var compilation = KnowledgeFolder.Compile(source);
        if (compilation.Knowledge is { } knowledge) return knowledge;
        foreach (var error in compilation.Errors) Console.Error.WriteLine(error);
        Refuse(Problems.BrokenKnowledge, source);
        return null!;
    }
}

/// <summary>JSON metadata made at build time, so that no verb pays for reflection at its start.</summary>
[JsonSerializable(typeof(Dictionary<string, string?>))]
internal sealed partial class CliJson : JsonSerializerContext;
