using System.Text;
using Microsoft.Extensions.Localization;
using ThinIce.Core;
using ThinIce.Core.Screening;

namespace ThinIce.Web.Features.Answer;

/// <summary>What both letters are made of.</summary>
/// <param name="Plan">The massage.</param>
/// <param name="Person">The person, and how they feel.</param>
/// <param name="Title">The answer's heading.</param>
/// <param name="Findings">What counted.</param>
/// <param name="Harms">Names of harms; empty to leave them out.</param>
/// <param name="Unknown">What was not known or not understood.</param>
internal sealed record LetterParts(
    IReadOnlyList<ToldRow> Plan, IReadOnlyList<ToldRow> Person, string Title, IReadOnlyList<Finding> Findings, IReadOnlyList<string> Harms, IReadOnlyList<string> Unknown);

/// <summary>Writes a letter to a health professional, as plain text: facts, the answer with its reasons, questions, sources.</summary>
/// <param name="knowledge">Sources.</param>
/// <param name="words">The letter's own sentences.</param>
internal sealed class Letter(KnowledgeBase knowledge, IStringLocalizer<AnswerWords> words)
{
    /// <summary>Before a massage: may it go ahead?</summary>
    public string Before(LetterParts parts) => Write(parts, "letter.plan", "letter.me", "letter.after.could",
        ["letter.ask.may", "letter.ask.change", "letter.ask.tests", "letter.ask.when"]);

    /// <summary>After one: what is this?</summary>
    public string After(LetterParts parts) => Write(parts, "letter.after.plan", "letter.after.now", "letter.after.could",
        ["letter.after.ask.see", "letter.after.ask.cause", "letter.ask.tests"]);

    private string Write(LetterParts parts, string plan, string person, string harms, string[] questions)
    {
        var text = new StringBuilder();
        text.Append(words["letter.dear"]).Append("\n\n").Append(words["letter.date"]).Append('\n');
        Rows(text, words[plan], parts.Plan);
        Rows(text, words[person], parts.Person);
        List(text, words["letter.ask"], questions.Select(q => words[q].Value));
        text.Append('\n').Append(words["letter.says", parts.Title]).Append(' ');
        if (!knowledge.ReviewedByClinician) text.Append(words["letter.reviewed"]);
        text.Append('\n');
        List(text, words["letter.reasons"], parts.Findings.Select(f => f.Because.Length == 0 ? f.ForTherapist : $"{f.ForTherapist} ({words["why.because", string.Join(words["list.separator"], f.Because)]})"));
        if (parts.Harms.Count > 0) List(text, words[harms], parts.Harms);
        List(text, words["letter.open"], parts.Unknown);
        List(text, words["letter.sources"], parts.Findings.SelectMany(f => f.References).Distinct().Select(id => knowledge.References[id]).Select(s => $"{s.Title}. {s.Url}"));
        return text.Append('\n').Append(words["letter.version", knowledge.Version]).Append('\n').ToString();
    }

    private static void Rows(StringBuilder text, string heading, IReadOnlyList<ToldRow> rows) =>
        List(text, heading, rows.Select(r => $"{r.Label}: {string.Join("; ", r.Values)}"));

    private static void List(StringBuilder text, string heading, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count == 0) return;
        text.Append('\n').Append(heading).Append('\n');
        foreach (var line in all) text.Append("- ").Append(line).Append('\n');
    }
}
