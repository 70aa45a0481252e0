using ThinIce.Core;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.Core.Words;
using ThinIce.Knowledge;
using ThinIce.Knowledge.Cases;

namespace ThinIce.Bench;

/// <summary>The engine on the people of the rule cases, in one thread: about a third of them have something that fires.</summary>
internal static class ScreenEngine
{
    private static readonly KnowledgeBase Knowledge = Bundled.Load();
    private static readonly ScreeningEngine Engine = new(Knowledge);
    private static readonly Intake[] Intakes =
        [.. CaseFiles.Read(Bundled.Folder, Knowledge, []).Where(c => !c.IsAftercare).Select(c => IntakeReader.ReadIntake(c.Input).Value!)];

    private static readonly CodedCase[] Cases = [.. Intakes.Select(i => new Recogniser(Knowledge).Read(i).Case)];

    public static Result Coded()
    {
        var ours = Result.PerSecond(2, () => { foreach (var coded in Cases) Engine.Screen(coded); }) * Cases.Length;
        var plain = Result.PerSecond(2, () => { foreach (var coded in Cases) Engine.ScreenPlainly(coded); }) * Cases.Length;
        return new(ours, "intakes/s", "the plain slow twin", plain);
    }

    public static Result Words()
    {
        var ours = Result.PerSecond(2, () => { foreach (var intake in Intakes) Engine.Screen(intake); }) * Intakes.Length;
        var coded = Result.PerSecond(2, () => { foreach (var one in Cases) Engine.Screen(one); }) * Cases.Length;
        return new(ours, "intakes/s", "the same intakes, already coded", coded);
    }
}
