using System.Collections.Immutable;
using ThinIce.Core;

namespace ThinIce.Knowledge;

/// <summary>The clinicians' YAML folder, and the bundle it is compiled to.</summary>
public static class KnowledgeFolder
{
    /// <summary>Name of the bundle beside the program.</summary>
    public const string BundleName = "thinice.knowledge";

    private const string CasesEnding = ".cases.yaml";

    /// <summary>Compiles a folder. All errors at once, each with file and line.</summary>
    public static Compilation Compile(string folder) => Compile(folder, out _);

    /// <summary>Compiles a folder and, when there is no error, writes the bundle whole or not at all.</summary>
    public static Compilation Build(string folder, string bundle)
    {
        var compilation = Compile(folder, out var files);
        if (compilation.Knowledge is null) return compilation;
        var temporary = $"{bundle}.{Environment.ProcessId}.new";
        File.WriteAllBytes(temporary, Bundle.Write(files, compilation.Knowledge));
        File.Move(temporary, bundle, overwrite: true);
        return compilation;
    }

    private static Compilation Compile(string folder, out ImmutableArray<KnowledgeFile> files)
    {
        var errors = new List<KnowledgeError>();
        files = Answering(YamlFiles.Read(folder, errors));
        return new Compiler(files, Bundle.Fingerprint(files), errors).Compile();
    }

    /// <summary>Loads a bundle. Throws <see cref="InvalidDataException"/> when it was cut short, altered, or is of another version of the program.</summary>
    public static KnowledgeBase Load(string bundle) => BundledKnowledge.Of(Bundle.Open(File.ReadAllBytes(bundle)));

    /// <summary>Where the bundle beside the program is.</summary>
    public static string BundlePath => Path.Combine(AppContext.BaseDirectory, BundleName);

    /// <summary>The cases beside the rules. Their errors are in <paramref name="errors"/>.</summary>
    internal static ImmutableArray<KnowledgeFile> Cases(string folder, List<KnowledgeError> errors) =>
        YamlFiles.Read(folder, errors, path => path.EndsWith(CasesEnding, StringComparison.Ordinal));

    /// <summary>Files of people and of the case challenge: they check the knowledge and are no part of it.</summary>
    internal static ImmutableArray<KnowledgeFile> Checking(string folder, string part, List<KnowledgeError> errors) =>
        YamlFiles.Read(folder, errors, path => path.StartsWith(part, StringComparison.Ordinal));

    internal const string People = "people/", Challenge = "challenge/";

    private static ImmutableArray<KnowledgeFile> Answering(ImmutableArray<KnowledgeFile> files) =>
        [.. files.Where(f => !f.Path.EndsWith(CasesEnding, StringComparison.Ordinal)
            && !f.Path.StartsWith(People, StringComparison.Ordinal) && !f.Path.StartsWith(Challenge, StringComparison.Ordinal))];
}
