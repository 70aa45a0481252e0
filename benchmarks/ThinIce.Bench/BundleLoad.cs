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

/// <summary>The knowledge that the launcher built.</summary>
internal static class Bundled
{
    private static string Root => Environment.GetEnvironmentVariable("THINICE_ROOT") ?? throw new InvalidOperationException("Run it as ./bench NAME.");

    public static string Folder => Path.Combine(Root, "knowledge");

    public static KnowledgeBase Load() => KnowledgeFolder.Load(Path.Combine(Root, "build", "app", KnowledgeFolder.BundleName));
}
