using ThinIce.Core;
using ThinIce.Core.Clinical;
using ThinIce.Core.Screening;
using ThinIce.Knowledge;

namespace ThinIce.Bench;

/// <summary>From the file on disk to the first answer, because a bundle is read as far as it is looked at; so is the YAML beside it.</summary>
internal static class BundleLoad
{
    public static Result Run()
    {
        var ours = Warm(() => Answer(Bundled.Load()));
        var yaml = Warm(() => Answer(KnowledgeFolder.Compile(Bundled.Folder).Knowledge!));
        return new(ours, "ms", "compiling the YAML", yaml);
    }

    /// <summary>Milliseconds in a warm process: what it costs a cold one is part of screen-cli.</summary>
    private static double Warm(Action action) => 1000 / Result.PerSecond(4, action);

    private static void Answer(KnowledgeBase knowledge) => new ScreeningEngine(knowledge).Screen(new Intake { InOneLine = "70 year old woman, warfarin, deep tissue, back" });
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
