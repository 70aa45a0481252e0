using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;

namespace ThinIce.Registry.Cases;

/// <summary>The facts of an event as they are kept and handed out: JSON of one object, with a word of the contract where there is no answer. What is not in it was not asked.</summary>
public static class FactsJson
{
    /// <summary>Facts as JSON.</summary>
    public static string Write(EventFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var json = new JsonObject();
        Put(json, "intensity", facts.Intensity, v => Name(v));
        Put(json, "durationHours", facts.DurationHours, v => v);
        Put(json, "impact", facts.Impact, v => Name(v));
        Put(json, "onsetHours", facts.Onset, v => new JsonArray(v.LeastHours, v.MostHours));
        Put(json, "before", facts.Before, v => Name(v));
        Put(json, "course", facts.Course, v => Name(v));
        Put(json, "care", facts.Care, v => Name(v));
        Put(json, "outcome", facts.Outcome, v => Name(v));
        if (facts.Criteria.Count > 0)
        {
            var criteria = new JsonObject();
            foreach (var (criterion, met) in facts.Criteria) Put(criteria, Name(criterion), met, v => v);
            json["criteria"] = criteria;
        }

        return json.ToJsonString();
    }

    /// <summary>Facts that were kept. A value that this program does not know counts as not asked.</summary>
    public static EventFacts Read(string json)
    {
        if (JsonNode.Parse(json) is not JsonObject from) return new();
        var criteria = ImmutableSortedDictionary<SeriousnessCriterion, Answer<bool>>.Empty;
        if (from["criteria"] is JsonObject told)
            foreach (var (name, node) in told)
                if (Parse<SeriousnessCriterion>(name) is { } criterion && Take(node, n => n.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? (bool?)n.GetValue<bool>() : null) is var met && met.State != AnswerState.NotAsked)
                    criteria = criteria.SetItem(criterion, met);
        return new()
        {
            Intensity = One<Intensity>(from["intensity"]), DurationHours = Take(from["durationHours"], Number), Impact = One<ImpactOnLife>(from["impact"]),
            Onset = Take(from["onsetHours"], n => n is JsonArray { Count: 2 } both && Number(both[0]) is { } least && Number(both[1]) is { } most && most >= least && least >= 0 ? (TimeToOnset?)TimeToOnset.Between(least, most) : null),
            Before = One<BeforeMassage>(from["before"]), Course = One<Course>(from["course"]), Care = One<CareReceived>(from["care"]), Outcome = One<EventOutcome>(from["outcome"]), Criteria = criteria,
        };
    }

    /// <summary>The word for a value: lower case, with hyphens.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>The value of a word; null where it is none.</summary>
    public static T? Parse<T>(string? word)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>()) if (Name(value) == word) return value;
        return null;
    }

    /// <summary>What a form says for a value: the value, "unknown", or nothing that was said.</summary>
    public static Answer<T> Answered<T>(string word)
        where T : struct, Enum => word == "unknown" ? Answer<T>.Unknown : Parse<T>(word) is { } known ? Answer<T>.Known(known) : default;

    private static void Put<T>(JsonObject into, string name, Answer<T> answer, Func<T, JsonNode> value)
    {
        if (answer.IsKnown) into[name] = value(answer.Value);
        else if (answer.State != AnswerState.NotAsked) into[name] = new JsonObject { ["missing"] = ContractNames.Of(answer.State) };
    }

    private static Answer<T> One<T>(JsonNode? node)
        where T : struct, Enum => Take(node, n => n.GetValueKind() == JsonValueKind.String ? Parse<T>(n.GetValue<string>()) : null);

    private static double? Number(JsonNode? node) => node?.GetValueKind() == JsonValueKind.Number ? node.GetValue<double>() : null;

    private static Answer<T> Take<T>(JsonNode? node, Func<JsonNode, T?> value)
        where T : struct => node switch
        {
            null => default,
            JsonObject o => o["missing"]?.ToString() switch { "declined" => Answer<T>.Declined, "dontKnow" => Answer<T>.Unknown, _ => default },
            _ => value(node) is { } known ? Answer<T>.Known(known) : default,
        };
}
