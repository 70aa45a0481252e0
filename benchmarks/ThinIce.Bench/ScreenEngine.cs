using ThinIce.Core;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.Core.Words;
using ThinIce.Knowledge.Cases;

namespace ThinIce.Bench;

/// <summary>The people that the benches answer: the panel of ordinary people and the people of the rule cases, of whom about a third have something that fires.</summary>
internal static class Engines
{
    public static readonly KnowledgeBase Knowledge = Bundled.Load();
    public static readonly ScreeningEngine Screening = new(Knowledge);

    public static readonly Intake[] Intakes =
        [.. CaseFiles.Read(Bundled.Folder, Knowledge, []).Where(c => !c.IsAftercare).Select(c => c.Input)
            .Concat(Panel.Read(Bundled.Folder, Knowledge, []).People.Select(p => p.Input))
            .Select(input => IntakeReader.ReadIntake(input).Value!)];

    public static readonly CodedCase[] Coded = ReadAll(new(Knowledge));

    /// <summary>Those of whom something is asked.</summary>
    public static readonly CodedCase[] Open = [.. Coded.Where(c => Screening.Screen(c).Questions.Length > 0)];

    private static CodedCase[] ReadAll(Recogniser recogniser) => [.. Intakes.Select(i => recogniser.Read(i).Case)];
}

/// <summary>The engine in one thread.</summary>
internal static class ScreenEngine
{
    public static Result Coded()
    {
        var ours = PerSecond(Engines.Coded, c => Engines.Screening.Screen(c));
        return new(ours, "intakes/s", "the plain slow twin", PerSecond(Engines.Coded, c => Engines.Screening.ScreenPlainly(c)));
    }

    public static Result Words()
    {
        var ours = PerSecond(Engines.Intakes, i => Engines.Screening.Screen(i));
        return new(ours, "intakes/s", "the same intakes, already coded", PerSecond(Engines.Coded, c => Engines.Screening.Screen(c)));
    }

    public static Result Questions()
    {
        var ours = PerSecond(Engines.Open, c => Engines.Screening.Screen(c));
        return new(ours, "intakes/s", "the plain slow twin", PerSecond(Engines.Open, c => Engines.Screening.ScreenPlainly(c)));
    }

    private static double PerSecond<T>(T[] of, Action<T> action) => Result.PerSecond(2, () => { foreach (var one in of) action(one); }) * of.Length;
}
