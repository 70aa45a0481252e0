using System.Collections.Immutable;
using Microsoft.Extensions.Localization;
using ThinIce.Core;
using ThinIce.Core.Screening;

namespace ThinIce.Web.Features.Answer;

/// <summary>A line of the summary.</summary>
/// <param name="Label">What was asked.</param>
/// <param name="Values">What was said, one thing each.</param>
public sealed record ToldRow(string Label, IReadOnlyList<string> Values);

/// <summary>A part of the summary that one step holds.</summary>
/// <param name="Step">The step that changes it.</param>
/// <param name="Heading">Its heading.</param>
/// <param name="Rows">Its lines; only those with something in them.</param>
public sealed record ToldPart(string Step, string Heading, IReadOnlyList<ToldRow> Rows);

/// <summary>Puts what was said into words again: for the summary, the sheet and the letter.</summary>
/// <param name="knowledge">Texts of questions.</param>
/// <param name="words">Names of fields.</param>
/// <param name="boxes">The boxes that "nothing to write there" is about.</param>
internal sealed class Told(KnowledgeBase knowledge, IStringLocalizer<AnswerWords> words, ImmutableArray<string> boxes)
{
    private static readonly HashSet<string> Chosen = new(["sex", "pressure", "course", "heat", "provider"], StringComparer.Ordinal);

    /// <summary>A part of the summary.</summary>
    public ToldPart Part(VisitForm form, string step, string headingKey, IEnumerable<string> fields) =>
        new(step, words[headingKey], [.. fields.Select(f => new ToldRow(words[$"field.{f}"], Values(form, f))).Where(r => r.Values.Count > 0)]);

    /// <summary>Questions that were answered in place, those with a yes or a no.</summary>
    public IReadOnlyList<ToldRow> Answered(VisitForm form) =>
        [.. form.Answers.Where(a => a.Value is "yes" or "no").Select(a => new ToldRow(Ask(a.Key), [words[$"option.{a.Value}"]])).Where(r => r.Label.Length > 0)];

    /// <summary>Questions that the visitor cannot or would rather not answer.</summary>
    public IReadOnlyList<ToldRow> Unanswered(VisitForm form) =>
        [.. form.Answers.Where(a => a.Value is "unknown" or "declined").Select(a => new ToldRow(Ask(a.Key), [words[$"value.{a.Value}"]])).Where(r => r.Label.Length > 0)];

    /// <summary>Questions still worth asking: not those answered, nor those the visitor does not know.</summary>
    public static IReadOnlyList<Question> Open(VisitForm form, IEnumerable<Question> questions)
    {
        var given = form.Answers.ToDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal);
        return [.. questions.Where(q => !given.ContainsKey(q.Id) && QuestionId.Of(q.Id) is var id && id.Kind != "misread"
            // "I don't know" leaves the thing possible; asking whether it is certain would ask the same again.
            && !(id.Kind == "certain" && given.ContainsKey($"has:{id.About}")))];
    }

    private string Ask(string question)
    {
        var id = QuestionId.Of(question);
        if (id.Kind == "field") return words[$"field.{(id.About == "hoursAfter" ? "ago" : id.About)}"];
        if (id.Kind == "is") return knowledge.Definitions.TryGetValue(id.About, out var definition) ? definition.Ask?.In("en") ?? definition.Name.In("en") : "";
        var concept = knowledge.Vocabulary.IndexOf(new(id.About));
        return concept < 0 ? "" : knowledge.Vocabulary.Concepts[concept].Ask?.In("en") ?? knowledge.Vocabulary.Concepts[concept].Name.In("en");
    }

    private IReadOnlyList<string> Values(VisitForm form, string field)
    {
        if (field == "pregnant") return form["pregnancyWeeks"].Length > 0 ? [] : form["pregnant"] switch { "no" => [words["value.not-pregnant"]], "yes" => [words["value.pregnant"]], _ => [] };
        if (field == "ago") return form["ago"] is { Length: > 0 } ago ? [$"{ago} {words[$"unit.{(form["agoUnit"] is "days" or "weeks" ? form["agoUnit"] : "hours")}"]}"] : [];
        if (field == "place") return knowledge.Places.TryGetValue(form["place"], out var place) ? [place.Name.In("en")] : [];
        if (form[field].Length == 0)
            return form[$"{field}-none"].Length > 0 ? [words["value.none"]] : form["rest"] is "none" or "unknown" or "declined" && boxes.Contains(field) ? [words[$"value.{form["rest"]}"]] : [];
        return Chosen.Contains(field) && words[$"option.{form[field]}"] is { ResourceNotFound: false } named ? [named] : form.Lines(field);
    }
}
