using System.Text;
using System.Text.Json;
using ThinIce.Core.Contract;
using ThinIce.TestSupport;

namespace ThinIce.Validation.FreshReader;

/// <summary>
/// Vignettes by writers who had not seen the rules. How the rules did at first sight stands in the README beside them; since
/// what they showed was mended, these bounds only keep it mended. They are the figures wanted of people not yet seen.
/// </summary>
public sealed class FreshReaderTests
{
    private static readonly string[] Decisions = ["proceed", "adapt", "defer", "refer", "emergency"];
    private static readonly string[] Urgencies = ["none", "self-care", "soon", "urgent", "emergency"];
    private static readonly Answerer Answerer = new(Repository.Compiled, () => new DateOnly(2026, 11, 25));

    [Theory]
    [InlineData("risk.json", 0.02, 0.05)]
    [InlineData("unknown.json", 0.02, 0.05)]
    [InlineData("ordinary.json", 0.0, 0.05)]
    [InlineData("second/risk.json", 0.02, 0.05)]
    [InlineData("second/unknown.json", 0.02, 0.05)]
    [InlineData("second/ordinary.json", 0.0, 0.05)]
    [InlineData("third/risk.json", 0.02, 0.05)]
    [InlineData("third/unknown.json", 0.02, 0.05)]
    [InlineData("third/ordinary.json", 0.0, 0.05)]
    [InlineData("fourth/risk.json", 0.02, 0.05)]
    [InlineData("fourth/unknown.json", 0.08, 0.05)]
    [InlineData("fourth/ordinary.json", 0.0, 0.05)]
    [InlineData("fifth/risk.json", 0.02, 0.05)]
    [InlineData("fifth/unknown.json", 0.02, 0.05)]
    [InlineData("fifth/ordinary.json", 0.0, 0.05)]
    public void Before_a_session_nobody_is_answered_too_lightly_or_too_strictly(string file, double lightly, double strictly) =>
        Check(file, Decisions, item => Answerer.Screen(item).Answer is { } a ? (ContractNames.Of(a.Decision), a.Harms, a.Undetermined) : null, lightly, strictly);

    [Theory]
    [InlineData("aftercare.json", 0.02, 0.05)]
    [InlineData("second/aftercare.json", 0.02, 0.05)]
    [InlineData("third/aftercare.json", 0.02, 0.05)]
    [InlineData("fourth/aftercare.json", 0.02, 0.05)]
    public void After_a_session_nobody_is_answered_too_lightly_or_too_strictly(string file, double lightly, double strictly) =>
        Check(file, Urgencies, item => Answerer.Triage(item).Answer is { } a ? (ContractNames.Of(a.Urgency), a.Suspected, a.Undetermined) : null, lightly, strictly);

    private static void Check(
        string file, string[] order, Func<JsonItem, (string Outcome, IReadOnlyList<string> Harms, bool Undetermined)?> answer, double lightly, double strictly)
    {
        List<string> under = [], over = [], harm = [], unsaid = [];
        var path = Path.Combine(Repository.Root, "tests/ThinIce.Validation/FreshReader", file);
        var items = JsonObjects.Read(File.ReadAllBytes(path)).ToList();
        foreach (var item in items)
        {
            var id = item.Element.GetProperty("id").GetString()!;
            var expect = item.Element.GetProperty("expect");
            var accepted = expect.GetProperty("accept").EnumerateArray().Select(a => Array.IndexOf(order, a.GetString())).ToList();
            var said = answer(item) ?? throw new InvalidOperationException($"{id} was not read");
            var at = Array.IndexOf(order, said.Outcome);
            if (at < accepted.Min()) under.Add($"{id}: {said.Outcome}");
            if (at > accepted.Max()) over.Add($"{id}: {said.Outcome}");
            var harms = expect.TryGetProperty("harms", out var list) ? list.EnumerateArray().Select(h => h.GetString()!).ToList() : [];
            if (harms.Count > 0 && !harms.Intersect(said.Harms.Take(4)).Any()) harm.Add(id);
            if (expect.TryGetProperty("undetermined", out var unknown) && unknown.ValueKind == JsonValueKind.True && !said.Undetermined) unsaid.Add(id);
        }

        Assert.True(items.Count >= 7, $"{items.Count} in {file}");
        Assert.True(under.Count <= lightly * items.Count, "too lightly: " + string.Join("; ", under));
        Assert.True(over.Count <= strictly * items.Count, "too strictly: " + string.Join("; ", over));
        Assert.True(harm.Count <= Math.Max(1, 0.05 * items.Count), "another harm: " + string.Join("; ", harm));
        Assert.True(unsaid.Count <= Math.Max(1, 0.1 * items.Count), "not said to be open: " + string.Join("; ", unsaid));
    }
}
