using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ThinIce.Core;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.Core.Words;

namespace ThinIce.Registry;

/// <summary>Turns what was said into what is kept in the clear: ids of the vocabulary with their qualifiers, never a word as it was written.</summary>
internal sealed class Coding(KnowledgeInUse knowledge)
{
    private readonly Recogniser _recogniser = new(knowledge.Answerer.Knowledge);

    private KnowledgeBase Base => knowledge.Answerer.Knowledge;

    /// <summary>Facts of an intake: concept, field, presence, whose, currency, days, side, degree.</summary>
    public string Facts(Intake intake) => Facts(_recogniser.Read(intake).Case);

    private string Facts(CodedCase coded) => Text(new JsonArray([.. coded.Facts.Select(f => (JsonNode)Fact(f))]));

    private JsonObject Fact(Fact fact)
    {
        var json = new JsonObject { ["concept"] = Id(fact.Concept), ["field"] = fact.Field.Name(), ["presence"] = Name(fact.Presence) };
        if (fact.Whose != Whose.Own) json["whose"] = Name(fact.Whose);
        if (fact.Currency != Currency.Current) json["currency"] = Name(fact.Currency);
        if (fact.DaysAgo is { } days) json["daysAgo"] = new JsonArray(days.Low, double.IsFinite(days.High) ? days.High : null);
        if (fact.Side != Side.Unstated) json["side"] = Name(fact.Side);
        if (fact.Degree != Degree.Unstated) json["degree"] = Name(fact.Degree);
        if (fact.Value is { } value) json["value"] = value;
        return json;
    }

    /// <summary>A plan: techniques, regions, devices and products as ids, and the numbers.</summary>
    public string Plan(Intake intake)
    {
        var session = _recogniser.Read(intake).Case.Session;
        return Text(new JsonObject
        {
            ["techniques"] = Ids(session.Techniques.Concepts), ["regions"] = Ids(session.Regions.Concepts), ["pressure"] = session.Pressure is { } pressure ? Name(pressure) : null,
            ["minutes"] = session.Minutes, ["devices"] = Ids(session.Devices.Concepts), ["products"] = Ids(session.Products.Concepts), ["heat"] = session.Heat,
        });
    }

    /// <summary>Ids of the regions of a plan.</summary>
    public static ImmutableArray<string> Regions(string plan) => [.. Set(JsonNode.Parse(plan)!.AsObject(), "regions")];

    /// <summary>Whether a plan does something that the last one did not, or presses harder.</summary>
    public static bool IsChanged(string last, string plan)
    {
        var (before, now) = (JsonNode.Parse(last)!.AsObject(), JsonNode.Parse(plan)!.AsObject());
        return new[] { "techniques", "regions", "devices", "products" }.Any(list => Set(now, list).Except(Set(before, list)).Any())
            || Level(now) > Level(before) || (now["heat"]?.GetValue<bool>() == true && before["heat"]?.GetValue<bool>() != true);
    }

    /// <summary>The concepts of one complaint.</summary>
    public JsonArray Concepts(string words) => Ids(_recogniser.Read(new Intake
    {
        Client = Client.Empty with { Lists = Client.Empty.Lists.SetItem((int)ClientField.Symptoms, Answer<ImmutableArray<string>>.Known([words])) },
    }).Case.Facts.Where(f => f.Presence == Presence.Present).Select(f => f.Concept));

    /// <summary>Findings without words.</summary>
    public static string Findings(IEnumerable<Finding> findings) => Text(new JsonArray([.. findings.Select(f => (JsonNode)new JsonObject
    {
        ["rule"] = f.Rule, ["kind"] = ContractNames.Of(f.Kind), ["status"] = ContractNames.Of(f.Status), ["counts"] = f.Counts,
    })]));

    public static string List(IEnumerable<string> ids) => Text(new JsonArray([.. ids.Select(i => (JsonNode)i)]));

    /// <summary>An answer as the contract writes it.</summary>
    public static string Written<T>(Reply<T> reply, Action<Utf8JsonWriter, Reply<T>> write)
        where T : class
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) write(json, reply);
        return Encoding.UTF8.GetString(memory.ToArray());
    }

    /// <summary>Reads one object of the contract.</summary>
    public static JsonItem Item(string json) => JsonObjects.Read(Encoding.UTF8.GetBytes(json)).First();

    private string Id(int concept) => Base.Vocabulary.Concepts[concept].Id.Value;

    private JsonArray Ids(IEnumerable<int> concepts) => [.. concepts.Distinct().Select(c => (JsonNode)Id(c))];

    private static IEnumerable<string> Set(JsonObject plan, string list) => plan[list]?.AsArray().Select(n => n!.GetValue<string>()) ?? [];

    private static int Level(JsonObject plan) => plan["pressure"]?.GetValue<string>() is { } name ? (int)Enum.Parse<PressureLevel>(name, ignoreCase: true) : 0;

    private static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Text(JsonNode node) => node.ToJsonString();
}
