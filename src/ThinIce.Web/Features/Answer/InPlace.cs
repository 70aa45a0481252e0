using System.Collections.Immutable;
using Microsoft.Extensions.Localization;
using ThinIce.Core;
using ThinIce.Core.Clinical;
using ThinIce.Core.Words;

namespace ThinIce.Web.Features.Answer;

/// <summary>
/// Writes what was answered on the answer's own page into what was said before: "3 weeks ago" goes to the words about the
/// clot it was asked of; other words take the place of those that were not understood.
/// </summary>
/// <param name="knowledge">Names of concepts.</param>
/// <param name="join">Words to join an answer to what it is about, in the language that is read.</param>
/// <param name="read">Reads the form, to find the words that a question was about; called at most once.</param>
internal sealed class InPlace(KnowledgeBase knowledge, IStringLocalizer<AnswerWords> join, Func<VisitForm, Reading?> read)
{
    /// <summary>Begins the names of words that were not understood, of what to say for them, and of a tick that they do not matter.</summary>
    public const string Said = "said.", Say = "say.", Drop = "drop.";

    private static readonly ImmutableArray<string> Boxes = [.. VisitJson.WordFields, "before", "technique", "regions", "devices", "products", "position", "words"];

    /// <summary>The form with all of it written in.</summary>
    public VisitForm Apply(VisitForm form)
    {
        form = Reworded(form);
        var answers = form.Prefixed(VisitForm.WordsPrefix).ToList();
        if (answers.Count == 0) return form;
        var facts = read(form)?.Case.Facts ?? [];
        foreach (var (id, answer) in answers)
        {
            form = form.With(VisitForm.WordsPrefix + id, "");
            form = answer is "unknown" or "declined" ? form.With(VisitForm.QuestionPrefix + id, answer)
                : Answered(form, QuestionId.Of(id), answer.Trim(), facts).With(VisitForm.QuestionPrefix + id, "");
        }

        return form;
    }

    private VisitForm Answered(VisitForm form, QuestionId question, string answer, ImmutableArray<Fact> facts)
    {
        if (question.Kind == "field") return Field(form, question.About, answer);
        var concept = knowledge.Vocabulary.IndexOf(new(question.About));
        if (concept < 0) return form;
        var name = knowledge.Vocabulary.Concepts[concept].Name.In("en");
        var fact = facts.FirstOrDefault(f => f.Concept == concept);
        var words = fact?.Words ?? name;
        var field = fact?.Field.Name() ?? "";
        return question.Kind switch
        {
            "new" => answer == "yes" ? form.With("before", Joined(form["before"], name)) : form.With("before-none", "none"),
            "certain" => Replace(form, field, words, answer == "yes" ? name : join["join.no", name]),
            "whose" => Replace(form, field, words, answer == "yes" ? name : ""),
            "where" => Replace(form, field, words, join["join.where", words, answer]),
            "side" => Replace(form, field, words, join[$"join.{answer}", words]),
            "degree" => Replace(form, field, words, join[$"join.{answer}", words]),
            _ => Replace(form, field, words, $"{words}, {answer}"),
        };
    }

    private static VisitForm Field(VisitForm form, string field, string answer) => field switch
    {
        "hoursAfter" => form.With("ago", answer).With("agoUnit", "hours"),
        "pregnancyWeeks" => form.With("pregnancyWeeks", answer).With("pregnant", answer == "0" ? "no" : "yes"),
        "products" or "devices" when answer == "none" => form.With($"{field}-none", "none"),
        _ => form.With(field, answer),
    };

    /// <summary>Other words in place of those that were not understood, or nothing where they do not matter.</summary>
    private static VisitForm Reworded(VisitForm form)
    {
        foreach (var (at, words) in form.Prefixed(Said).ToList())
        {
            var (instead, drop) = (form[Say + at], form[Drop + at].Length > 0);
            form = form.With(Said + at, "").With(Say + at, "").With(Drop + at, "");
            if (instead.Length > 0 || drop) form = Replace(form, "", words, drop ? "" : instead);
        }

        return form;
    }

    /// <summary>Other words in the first box that holds the words; where none does, a line of its own in the box named.</summary>
    private static VisitForm Replace(VisitForm form, string field, string words, string instead)
    {
        foreach (var box in Boxes.OrderByDescending(b => b == field))
        {
            var at = form[box].IndexOf(words, StringComparison.OrdinalIgnoreCase);
            if (at < 0) continue;
            var left = string.Concat(form[box].AsSpan(0, at), instead, form[box].AsSpan(at + words.Length)).Trim(' ', ',', ';', '\n');
            // An emptied box was still asked about.
            return left.Length > 0 ? form.With(box, left) : form.With(box, "").With($"{box}-none", "none");
        }

        return field.Length > 0 && instead.Length > 0 ? form.With(field, Joined(form[field], instead)) : form;
    }

    private static string Joined(string lines, string line) => lines.Length > 0 ? $"{lines}\n{line}" : line;
}
