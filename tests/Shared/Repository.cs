using ThinIce.Core;
using ThinIce.Knowledge;

namespace ThinIce.TestSupport;

/// <summary>The repository the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Knowledge { get; } = Path.Combine(Root, "knowledge");

    /// <summary>The knowledge of the repository, compiled once.</summary>
    public static KnowledgeBase Compiled => Lazy.Value;

    private static readonly Lazy<KnowledgeBase> Lazy = new(() => KnowledgeFolder.Compile(Knowledge) is { Knowledge: { } knowledge }
        ? knowledge : throw new InvalidOperationException("knowledge/ does not compile: run ./thinice knowledge check"));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "ThinIce.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
