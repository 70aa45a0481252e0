using System.Globalization;
using System.Text;
using ThinIce.Core;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.Knowledge.Cases;

namespace ThinIce.Knowledge.Pages;

/// <summary>What the panel of ordinary people and the published cases say of the rules: in a few lines, and as generated pages.</summary>
public static class PanelPages
{
    private const string Foresee = "AB";

    /// <summary>File names and Markdown. A test holds the committed pages to what this writes.</summary>
    public static IEnumerable<(string Name, string Page)> All(KnowledgeBase knowledge, string folder, List<KnowledgeError> errors)
    {
        var panel = Panel.Read(folder, knowledge, errors);
        yield return ("healthy-baseline.md", People(new(knowledge), panel));
        yield return ("case-challenge.md", Published(knowledge, [.. Challenge.Read(folder, knowledge, errors).Select(new ChallengeRunner(knowledge).Run)]));
    }

    /// <summary>The panel in a few lines: its composition, and how its people were answered.</summary>
    public static IEnumerable<string> Summary(PanelRunner runner, Panel panel, IReadOnlyCollection<PersonResult> results)
    {
        if (results.Count == 0) yield break;
        yield return $"Ordinary people: {results.Count}; {string.Join(", ", panel.Shares.Select(s => $"{s.Name} {Percent(runner.ShareOf(s, panel.People))} (at least {Percent(s.AtLeast)})"))}.";
        yield return $"Answered: {string.Join(", ", results.GroupBy(r => r.Decision).OrderBy(g => g.Key).Select(g => $"{ContractNames.Of(g.Key)} {Percent(g.Count(), results.Count)}"))}; left open {Percent(results.Count(r => r.Undetermined), results.Count)}; words not understood in {Percent(results.Count(r => r.NotUnderstood.Length > 0), results.Count)}.";
        yield return $"Adaptations: 90th percentile {AdaptationsAt(results, 0.9).ToString(CultureInfo.InvariantCulture)}; stopped without a listed reason {results.Count(r => r.IsOverAlert)}.";
    }

    /// <summary>How many elements are changed for the person at that share of the panel, from the fewest (the smallest number that so many do not pass).</summary>
    public static int AdaptationsAt(IReadOnlyCollection<PersonResult> results, double share) =>
        results.Select(r => r.Elements.Length).Order().ElementAt(Math.Max(0, (int)Math.Ceiling(share * results.Count) - 1));

    /// <summary>The published cases in a few lines.</summary>
    public static IEnumerable<string> Summary(KnowledgeBase knowledge, IReadOnlyCollection<ChallengeResult> results)
    {
        if (results.Count == 0) yield break;
        var (warned, foreseeable, twins, triaged, signs) = Count(knowledge, results);
        yield return $"Published cases graded A or B with something to foresee: {warned} of {foreseeable} warned; the same person without the risk warned in {twins}. First signs of graded A and B: {triaged} of {signs} triaged.";
    }

    /// <summary>The figures over cases graded A or B: warned, foreseeable, twins warned, signs triaged, signs stated.</summary>
    public static (int Warned, int Foreseeable, int Twins, int Triaged, int Signs) Count(KnowledgeBase knowledge, IReadOnlyCollection<ChallengeResult> results)
    {
        var graded = results.Where(r => Foresee.Contains(knowledge.Published[r.Challenge.Case].Grade, StringComparison.Ordinal)).ToList();
        var screened = graded.Where(r => r.Answer is not null).ToList();
        var signs = graded.SelectMany(r => r.Signs).ToList();
        return (screened.Count(r => r.Warned), screened.Count, screened.Count(r => r.TwinWarned), signs.Count(s => s.Triaged), signs.Count);
    }

    /// <summary>Whether a case was not warned of, its twin was, or a first sign was not triaged.</summary>
    public static bool IsMiss(ChallengeResult result) => (result.Answer is not null && (!result.Warned || result.TwinWarned)) || result.Signs.Any(s => !s.Triaged);

    /// <summary>A case's answers in short.</summary>
    public static string Short(ChallengeResult result) => string.Join("; ", new[]
    {
        result.Answer is { } answer ? $"before: {answer}{(result.Warned ? "" : " (not warned)")}, without the risk: {result.TwinAnswer}{(result.TwinWarned ? " (warned)" : "")}" : "",
        result.Signs.IsEmpty ? "" : $"after: {string.Join(", ", result.Signs.Select(s => s.Triaged ? s.Answer : $"{s.Answer} (missed)"))}",
    }.Where(part => part.Length > 0));

    private static string People(PanelRunner runner, Panel panel)
    {
        var results = panel.People.Select(runner.Run).ToList();
        var page = new StringBuilder(ReferencePages.Generated).Append("# Ordinary people\n\nMade-up clients like those who come every day, with the rest of life's clutter. The rules must let them through. Nobody here is a real person.\n\n");
        foreach (var line in Summary(runner, panel, results)) page.Append($"{line}\n\n");
        var listed = results.Where(r => r.Person.Because.Length > 0).ToList();
        page.Append($"## Stricter, with a listed reason ({listed.Count})\n\n| who | answer | reason |\n|---|---|---|\n");
        foreach (var result in listed) page.Append($"| {result.Person.Name} | {result.Answer} | {result.Person.Because} |\n");
        page.Append("\n## Rules that change something for them\n\n| rule | people |\n|---|---|\n");
        foreach (var rule in results.SelectMany(r => r.Rules).GroupBy(r => r).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)) page.Append($"| {rule.Key} | {rule.Count()} |\n");
        page.Append("\n## Everybody\n\n| who | answer |\n|---|---|\n");
        foreach (var result in results) page.Append($"| {result.Person.Name} | {result.Answer} |\n");
        return page.ToString();
    }

    private static string Published(KnowledgeBase knowledge, List<ChallengeResult> results)
    {
        var page = new StringBuilder(ReferencePages.Generated).Append("# Case challenge: cases the rules were written from\n\nPublished cases of harm, turned into what could have been asked before and what was felt first. Since the rules were written from them, this shows that nothing was forgotten, not how well the rules do with people they have not seen. Cases in print are selected: no rate can be made of them.\n\n");
        foreach (var line in Summary(knowledge, results)) page.Append($"{line}\n\n");
        page.Append("*Warned*: referred, or the relevant element changed, with the right harm among the first four. *Without the risk*: the same person and massage without what made it dangerous.\n\n## Misses\n\n");
        var misses = results.Where(IsMiss).ToList();
        if (misses.Count == 0) page.Append("None.\n");
        foreach (var miss in misses) page.Append($"- {miss.Challenge.Case}: {Short(miss)}\n");
        page.Append("\n## Not foreseeable from an intake\n\n");
        foreach (var one in knowledge.Published.Where(c => results.TrueForAll(r => r.Challenge.Case != c.Id || r.Answer is null)))
            page.Append($"- {one.Id} ({one.Grade}): {one.Why.In("en")}\n");
        page.Append("\n## Every case\n");
        foreach (var result in results)
        {
            var one = knowledge.Published[result.Challenge.Case];
            page.Append($"\n### {one.Id}\n\n{one.Story.In("en")}\n\n*{one.Title}*. {one.Authors}{(one.Year is { } year ? $", {year}" : "")}. {one.Source}. Grade {one.Grade}; {one.Verified}.\n\n");
            if (result.Answer is not null) page.Append($"- before: **{result.Answer}**{(result.Warned ? "" : ", not warned")}; without the risk: {result.TwinAnswer}{(result.TwinWarned ? ", warned too" : "")}\n");
            foreach (var (sign, outcome) in result.Challenge.Signs.Zip(result.Signs)) page.Append($"- first sign, at least {ContractNames.Of(sign.AtLeast)}: **{outcome.Answer}**{(outcome.Triaged ? "" : ", missed")}\n");
        }

        return page.ToString();
    }

    private static string Percent(int part, int of) => Percent(of == 0 ? 0 : (double)part / of);

    private static string Percent(double share) => $"{Math.Round(100 * share, MidpointRounding.AwayFromZero).ToString(CultureInfo.InvariantCulture)} %";
}
