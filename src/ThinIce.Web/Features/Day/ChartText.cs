using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Localization;
using ThinIce.Core;
using ThinIce.Registry;
using ThinIce.Registry.Model;

namespace ThinIce.Web.Features.Day;

/// <summary>A recorded session as plain text, for the chart of another program. It names the rules and the knowledge version, so that it can be looked up.</summary>
/// <param name="words">Words of the pages.</param>
/// <param name="knowledge">Names of things.</param>
internal sealed class ChartText(IStringLocalizer<DayWords> words, KnowledgeBase knowledge)
{
    /// <summary>The text, a line for each thing that was said.</summary>
    public string Write(VisitView visit, Clinic clinic)
    {
        var (row, session) = (visit.Recorded!.Row, visit.Recorded!);
        var at = TimeZoneInfo.ConvertTime(row.StartedAt, TimeZoneInfo.FindSystemTimeZoneById(clinic.TimeZone));
        var done = JsonNode.Parse(row.Performed ?? row.Plan)!.AsObject();
        var answer = JsonNode.Parse(session.Answered)!.AsObject();
        List<string?> lines =
        [
            $"{at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} {clinic.Name}",
            Line("technique", Names(done["techniques"])), Line("regions", Names(done["regions"])), Line("pressure", done["pressure"]?.GetValue<string>() is { } p ? words[p].Value : null), Line("minutes", done["minutes"]?.ToJsonString()),
            Line("chart.advice", string.Join(" ", (answer["adaptations"] as JsonArray ?? []).Select(a => a!["advice"]!.GetValue<string>()).Distinct())),
            Line("advice", row.Advice == AdviceTaken.NotSaid ? null : words[$"advice.{row.Advice}"].Value), Line("instead", session.Instead),
            Line("stopped", row.Stopped is { } reason ? words[$"stopped.{reason}"].Value : null), Line("noticed", session.Noticed), Line("price", row.Price?.ToString("0.00", CultureInfo.InvariantCulture)),
            words["chart.rules", string.Join(", ", JsonDocument.Parse(row.Findings).RootElement.EnumerateArray().Select(f => f.GetProperty("rule").GetString()).Take(5)), row.Knowledge],
        ];
        return string.Join('\n', lines.OfType<string>());
    }

    private string? Line(string key, string? value) => string.IsNullOrEmpty(value) ? null : $"{words[key]}: {value}";

    private string Names(JsonNode? ids) => string.Join(", ", (ids as JsonArray ?? []).Select(id => knowledge.Vocabulary.NameOf(id!.GetValue<string>(), "en")));
}
