using System.Collections.Immutable;
using ThinIce.Core;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;

namespace ThinIce.Cli.Commands;

/// <summary>Prints an answer as a card of plain text, at most 80 characters wide.</summary>
internal static class Card
{
    private const int Width = 80, Label = 14;

    public static void Print(TextWriter text, ScreeningAnswer answer, KnowledgeBase knowledge)
    {
        var emergency = answer.Decision == Decision.Emergency;
        Title(text, answer.Title(knowledge), answer.Id);
        if (emergency) Paragraph(text, $"Call {answer.Help.InWords} now.");
        Paragraph(text, answer.Lead(knowledge));
        if (answer.Undetermined && !answer.IsOpenProceed() && !emergency) Paragraph(text, knowledge.Text("decision.undetermined"));
        if (answer.Decision == Decision.Refer) Paragraph(text, $"If it gets worse or you are worried, call {answer.Help.InWords}.");
        if (answer.Within != Within.None) Row(text, "When", knowledge.Text($"within.{ContractNames.Of(answer.Within)}"));
        foreach (var change in answer.Adaptations) Row(text, knowledge.Text($"element.{ContractNames.Of(change.Element)}"), change.Advice);
        Basis(text, answer.Findings, withWhy: true);
        if (answer.Findings.Any(f => f.Counts) && !emergency) Row(text, "Could go wrong", string.Join("; ", answer.Harms.Select(h => knowledge.Harms[h].Name.In("en"))));
        Foot(text, emergency ? [] : answer.Questions, emergency ? 0 : answer.MoreQuestions, answer.NotUnderstood, answer.NoRule, answer.ReadAs, answer.Unknown, answer.NotRead, answer.Notice, answer.Knowledge, knowledge);
    }

    public static void Print(TextWriter text, TriageAnswer answer, KnowledgeBase knowledge)
    {
        Title(text, answer.Title(knowledge), answer.Id);
        Paragraph(text, answer.Advice);
        Basis(text, answer.Findings, withWhy: false);
        Row(text, "May be", string.Join("; ", answer.Suspected.Select(h => knowledge.Harms[h].Name.In("en"))));
        Row(text, answer.Unknown.Any(f => f.Field == "before") ? "Now" : "New or worse", string.Join("; ", answer.NewOrWorse));
        var emergency = answer.Urgency == Urgency.Emergency;
        Foot(text, emergency ? [] : answer.Questions, emergency ? 0 : answer.MoreQuestions, answer.NotUnderstood, answer.NoRule, answer.ReadAs, answer.Unknown, answer.NotRead, answer.Notice, answer.Knowledge, knowledge);
    }

    private static void Title(TextWriter text, string title, string id) => text.WriteLine(id.Length > 0 ? $"{title.ToUpperInvariant()}  [{id}]" : title.ToUpperInvariant());

    private static void Basis(TextWriter text, ImmutableArray<Finding> findings, bool withWhy)
    {
        foreach (var finding in findings.Where(f => f.Counts))
        {
            if (withWhy) Row(text, "Why", finding.Why);
            Row(text, withWhy ? "" : "Why", $"Because of: {string.Join("; ", finding.Because)}.{(finding.Status == FindingStatus.Undetermined ? " Not certain yet: treated as so until known." : "")}");
            Row(text, "", $"Rule {finding.Rule}{(finding.References.Length > 0 ? $"; sources {string.Join(", ", finding.References)}" : "")}.");
        }
    }

    private static void Foot(
        TextWriter text, ImmutableArray<Question> questions, int more, ImmutableArray<string> notUnderstood, ImmutableArray<string> noRule, ImmutableArray<ReadAs> readAs,
        ImmutableArray<OpenField> unknown, ImmutableArray<string> notRead, string notice, string version, KnowledgeBase knowledge)
    {
        for (var i = 0; i < questions.Length; i++) Row(text, i == 0 ? "Questions" : "", $"{i + 1}. {questions[i].Ask} {questions[i].Changes}");
        if (more > 0) Row(text, "", $"and {more} more.");
        Row(text, "Not understood", string.Join("; ", notUnderstood.Select(w => $"“{w}”")));
        Row(text, "No rule about", string.Join("; ", noRule.Select(w => $"“{w}”")));
        Row(text, "Read as", string.Join("; ", readAs.Select(r => $"“{r.Words}”: {r.As}")));
        Row(text, "No answer to", string.Join("; ", unknown.Select(f => $"{f.Field} ({knowledge.Text($"state.{ContractNames.Of(f.State)}")})")));
        Row(text, "Not read", string.Join("; ", notRead));
        Paragraph(text, notice);
        text.WriteLine($"  Knowledge {version}");
        text.WriteLine();
    }

    private static void Row(TextWriter text, string label, string words)
    {
        if (words.Length == 0) return;
        var first = true;
        foreach (var line in Wrap(words, Width - Label - 3))
        {
            text.WriteLine($"  {(first ? label : "").PadRight(Label)} {line}");
            first = false;
        }
    }

    private static void Paragraph(TextWriter text, string words)
    {
        foreach (var line in Wrap(words, Width - 2)) text.WriteLine($"  {line}");
    }

    private static IEnumerable<string> Wrap(string words, int width)
    {
        var line = "";
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        if (line.Length > 0) yield return line;
    }
}
