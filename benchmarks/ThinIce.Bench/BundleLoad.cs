using System.Diagnostics;
using ThinIce.Core;
using ThinIce.Knowledge;

namespace ThinIce.Bench;

/// <summary>From the file on disk to knowledge that answers.</summary>
internal static class BundleLoad
{
    public static Result Run()
    {
        var ours = Result.Median(21, () => Milliseconds(() => Bundled.Load()));
        var yaml = Result.Median(5, () => Milliseconds(() => KnowledgeFolder.Compile(Bundled.Folder)));
        return new(ours, "ms", "compiling the YAML", yaml);
    }

    private static double Milliseconds(Action action)
    {
        var clock = Stopwatch.StartNew();
        action();
        return clock.Elapsed.TotalMilliseconds;
    }
}

/// <summary>The knowledge of the repository, compiled into a bundle for this run.</summary>
internal static class Bundled
{
    private static readonly string Path = Make();

    private static string Root => Environment.GetEnvironmentVariable("THINICE_ROOT") ?? throw new InvalidOperationException("Run it as ./bench NAME.");

    public static string Folder => System.IO.Path.Combine(Root, "knowledge");

    public static KnowledgeBase Load() => KnowledgeFolder.Load(Path);

    private static string Make()
    {
        var path = System.IO.Path.Combine(Root, "build", "bench.knowledge");
        var compilation = KnowledgeFolder.Build(Folder, path);
        return compilation.Knowledge is null ? throw new InvalidOperationException("knowledge/ does not compile: run ./thinice knowledge check") : path;
    }
}
