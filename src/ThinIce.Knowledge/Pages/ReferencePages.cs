using System.Text;
using ThinIce.Core;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.Knowledge.Cases;

namespace ThinIce.Knowledge.Pages;

/// <summary>The generated reference pages. A test holds the committed pages to what this writes.</summary>
public static class ReferencePages
{
    internal const string Generated = "<!-- Written by `./thinice knowledge docs --to docs/reference`. Change the YAML or the code, not this page. -->\n";

    /// <summary>File names and Markdown.</summary>
    public static IEnumerable<(string Name, string Page)> All(KnowledgeBase knowledge, IReadOnlyCollection<RuleCase> cases)
    {
        yield return ("rules.md", Rules(knowledge, cases));
        yield return ("harms.md", Harms(knowledge));
        yield return ("sources.md", Sources(knowledge));
        yield return ("errors.md", Errors());
    }

    private static string Rules(KnowledgeBase knowledge, IReadOnlyCollection<RuleCase> cases)
    {
        var page = new StringBuilder(Generated).Append("# Rules\n\nAll rules are drafts that no clinician has reviewed, unless a rule says otherwise.\n");
        foreach (var area in knowledge.Rules.Concat<Rule>(knowledge.Aftercare).GroupBy(r => (Area: r.Area, After: r is AftercareRule)).OrderBy(g => g.Key.After).ThenBy(g => g.Key.Area, StringComparer.Ordinal))
        {
            page.Append($"\n## {(area.Key.After ? "After a session" : "Before a session")}: {area.Key.Area}\n");
            foreach (var rule in area)
            {
                page.Append($"\n### {rule.Id}\n\n```text\n{Describe.Show(knowledge, rule.Id.Value)}\n```\n\nCases:\n\n");
                foreach (var one in cases.Where(c => c.Rule == rule.Id.Value)) page.Append($"- {one.Name}: {one.Expect.Outcome}\n");
            }
        }

        return page.ToString();
    }

    private static string Harms(KnowledgeBase knowledge)
    {
        var page = new StringBuilder(Generated).Append("# Harms\n\n\"Nobody knows\" is meant: no study of massage alone has counted it.\n");
        foreach (var harm in knowledge.Harms) page.Append($"\n## {harm.Id}\n\n```text\n{Describe.Show(knowledge, harm.Id.Value)}\n```\n");
        return page.ToString();
    }

    private static string Sources(KnowledgeBase knowledge)
    {
        var page = new StringBuilder(Generated).Append("# Sources\n\nWhat each source says is in our own words.\n");
        foreach (var source in knowledge.References)
        {
            page.Append($"\n## {source.Id}\n\n{source.Authors}. *{source.Title}*. {(source.Year is { } year ? $"{year}. " : "")}<{source.Url}>. Checked: {source.Verified}.\n\n");
            foreach (var says in source.Says) page.Append($"- {says}\n");
            if (source.Caveat.Length > 0) page.Append($"\nCaveat: {source.Caveat}\n");
        }

        return page.ToString();
    }

    private static string Errors()
    {
        var page = new StringBuilder(Generated).Append("# Error codes\n\nCodes are never reused. No message repeats anybody's words.\n\n| code | what is wrong | way out | exit | HTTP |\n|---|---|---|---|---|\n");
        foreach (var kind in Problems.All) page.Append($"| `{kind.Code}` | {kind.Meaning} | {kind.WayOut} | {kind.ExitCode} | {kind.HttpStatus} |\n");
        page.Append("\n## Errors of the knowledge\n\nPrinted by `./thinice knowledge check` with file and line.\n\n| code | what is wrong |\n|---|---|\n");
        foreach (var (code, meaning) in KnowledgeErrorCodes.All) page.Append($"| `{code}` | {meaning} |\n");
        return page.ToString();
    }
}

/// <summary>What the K-codes mean.</summary>
public static class KnowledgeErrorCodes
{
    /// <summary>Every code and its meaning.</summary>
    public static IReadOnlyList<(string Code, string Meaning)> All { get; } =
    [
        ("K001", "Not valid YAML."), ("K002", "A YAML alias; they are not used here."), ("K003", "The same key twice."),
        ("K010", "Not a key here."), ("K011", "A key is missing."), ("K012", "A value of the wrong sort."), ("K013", "Not one of the words it takes."),
        ("K014", "An empty condition."), ("K015", "Not a formula."), ("K016", "Not a comparison."), ("K017", "A condition that stands twice in one list."),
        ("K020", "An id that nothing has."), ("K021", "An id used twice."), ("K022", "A rule's id and file name differ."), ("K023", "Too many regions."),
        ("K024", "A file nothing reads."), ("K025", "A definition or measure made of itself."), ("K026", "A sentence of the answers is missing."), ("K027", "Words that two concepts claim."),
        ("K030", "Over-alerts are empty."), ("K031", "Evidence is empty, or has no source and is no convention."), ("K032", "Reviewed without a reviewer."),
        ("K033", "Lighter or shorter could make it stricter."), ("K034", "A referral without 'within', or 'within' without one."), ("K035", "A rule that adapts changes nothing."),
        ("K036", "Cases without a rule."), ("K037", "A rule without a firing, a near-miss or an unanswered case."), ("K038", "A case came out otherwise than it says."),
        ("K040", "An intake or report, of people/ or challenge/, that cannot be read."),
        ("K039", "An ordinary person is stopped without a listed reason."),
        ("K041", "The history is not in the order of its days."),
    ];
}
