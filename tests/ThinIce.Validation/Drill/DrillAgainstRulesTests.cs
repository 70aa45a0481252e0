using System.Text.Json;
using ThinIce.Core;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.TestSupport;

namespace ThinIce.Validation.Drill;

/// <summary>What the drill teaches and what the rules answer have to agree.</summary>
public sealed class DrillAgainstRulesTests
{
    private static readonly Answerer Answerer = new(Repository.Compiled);

    public static TheoryData<string> Checked => [.. Repository.Compiled.Drill.Where(d => d.Check is not null).Select(d => d.Id)];

    [Theory]
    [MemberData(nameof(Checked))]
    public void The_rules_answer_a_practice_case_as_the_drill_does(string id)
    {
        var one = Repository.Compiled.Drill[id];
        Assert.Equal(one.Right, one.Check!.IsReport ? After(one.Check.Json) : Before(one.Check.Json));
    }

    [Fact]
    public void Most_practice_cases_are_checked_so() => Assert.True(Checked.Count >= 13, $"{Checked.Count} of {Repository.Compiled.Drill.Count}");

    private static DrillChoice Before(string json) => Answerer.Screen(IntakeReader.ReadIntake(Element(json)).Value!).Decision switch
    {
        Decision.Proceed => DrillChoice.GoOn,
        Decision.Adapt => DrillChoice.Change,
        Decision.Emergency => DrillChoice.Emergency,
        _ => DrillChoice.SeeSomeone,
    };

    private static DrillChoice After(string json)
    {
        var item = new JsonItem(Element(json), null);
        return Answerer.Triage(item).Answer!.Urgency switch
        {
            Urgency.None or Urgency.SelfCare => DrillChoice.GoOn,
            Urgency.Emergency => DrillChoice.Emergency,
            _ => DrillChoice.SeeSomeone,
        };
    }

    private static JsonElement Element(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
