using System.Text.Json.Nodes;
using Microsoft.Extensions.Localization;
using ThinIce.Core;
using ThinIce.Web.Features.Answer;

namespace ThinIce.Web.Features.Day;

/// <summary>What a client told for this visit, line by line, with what was not known or not said: for the therapist's page.</summary>
internal static class ToldBefore
{
    private static readonly string[] Lists = ["symptoms", "conditions", "medicines", "procedures", "allergies", "pastReactions"], Numbers = ["age", "weightKg", "pregnancyWeeks"];

    /// <summary>The lines. A list that holds nothing was answered with "none"; one that is not there was not asked, and has no line.</summary>
    public static IReadOnlyList<ToldRow> Of(string intake, KnowledgeBase knowledge, IStringLocalizer<AnswerWords> words)
    {
        var root = JsonNode.Parse(intake)!.AsObject();
        var client = root["client"] as JsonObject ?? [];
        var rows = Lists.Where(l => client[l] is JsonArray).Select(l => new ToldRow(words[$"field.{l}"], client[l]!.AsArray() is { Count: > 0 } told ? [.. told.Select(v => v!.GetValue<string>())] : [words["value.none"]])).ToList();
        rows.AddRange(Numbers.Where(n => client[n] is JsonValue).Select(n => new ToldRow(words[$"field.{n}"], [client[n]!.ToString()])));
        if (root["words"] is JsonValue line) rows.Add(new(words["field.words"], [line.GetValue<string>()]));
        var answered = VisitForm.From((client["answers"] as JsonObject ?? []).Select(a => new KeyValuePair<string, string>(VisitForm.QuestionPrefix + a.Key, a.Value!.GetValue<string>())));
        var told = new Told(knowledge, words, []);
        rows.AddRange(told.Answered(answered));
        foreach (var (list, value) in new[] { ("dontKnow", "unknown"), ("declined", "declined") })
            rows.AddRange((root[list] as JsonArray ?? []).Select(f => new ToldRow(words[$"field.{f!.GetValue<string>()}"], [words[$"value.{value}"]])));
        rows.AddRange(told.Unanswered(answered));
        return rows;
    }
}
