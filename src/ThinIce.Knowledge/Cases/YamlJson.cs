using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ThinIce.Knowledge.Cases;

/// <summary>An intake or report written in YAML, as the contract's JSON.</summary>
internal static class YamlJson
{
    /// <summary>The value as JSON; an empty object for none.</summary>
    public static JsonElement Element(Node? node)
    {
        using var document = JsonDocument.Parse(node is null ? "{}" : Json(node)?.ToJsonString() ?? "{}");
        return document.RootElement.Clone();
    }

    /// <summary>A YAML value as JSON: quoted texts stay texts, plain ones become numbers, true, false or null where they look so.</summary>
    private static JsonNode? Json(Node node) => node switch
    {
        MapNode map => new JsonObject(map.Entries.Select(e => new KeyValuePair<string, JsonNode?>(e.Key, Json(e.Value)))),
        ListNode list => new JsonArray([.. list.Items.Select(Json)]),
        TextNode { IsNull: true } => null,
        TextNode { IsQuoted: false, Text: "true" or "false" } text => JsonValue.Create(text.Text == "true"),
        TextNode { IsQuoted: false } text when double.TryParse(text.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        TextNode text => JsonValue.Create(text.Text),
        _ => null,
    };
}
