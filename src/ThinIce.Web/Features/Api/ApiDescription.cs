using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace ThinIce.Web.Features.Api;

/// <summary>The OpenAPI description. Bodies are described by hand, because they are read and written by the contract's own code; a test holds the two together.</summary>
internal static class ApiDescription
{
    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi(options =>
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "ThinIce",
                Version = "1",
                Description = "What could possibly go wrong with this massage, for this person? It informs and does not diagnose; no clinician has reviewed the rules unless reviewedByClinician is true. Nothing sent is stored.",
            };
            document.Components ??= new();
            document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
            foreach (var (name, schema) in Schemas.All) document.Components.Schemas[name] = schema;
            Describe(document, "/api/screen", "Intake", "ScreeningAnswer");
            Describe(document, "/api/triage", "AftercareReport", "TriageAnswer");
            return Task.CompletedTask;
        }));

    private static void Describe(OpenApiDocument document, string path, string input, string output)
    {
        var operation = document.Paths[path].Operations![HttpMethod.Post];
        operation.RequestBody = new OpenApiRequestBody { Required = true, Content = Json(OneOrMore(document, input)) };
        operation.Responses = new()
        {
            ["200"] = new OpenApiResponse { Description = "One answer for one object; an array of answers and errors for an array.", Content = Json(OneOrMore(document, output, "Error")) },
            ["400"] = new OpenApiResponse { Description = "The one object sent is at fault.", Content = Json(new OpenApiSchemaReference("Error", document)) },
            ["413"] = new OpenApiResponse { Description = "More than 32 MB." },
        };
    }

    private static OpenApiSchema OneOrMore(OpenApiDocument document, params string[] names)
    {
        IOpenApiSchema one = names.Length == 1 ? new OpenApiSchemaReference(names[0], document) : new OpenApiSchema { OneOf = [.. names.Select(n => new OpenApiSchemaReference(n, document))] };
        return new() { OneOf = [one, new OpenApiSchema { Type = JsonSchemaType.Array, Items = one }] };
    }

    private static Dictionary<string, OpenApiMediaType> Json(IOpenApiSchema schema) => new() { ["application/json"] = new() { Schema = schema } };
}

/// <summary>Schemas of the contract.</summary>
internal static class Schemas
{
    public static IReadOnlyDictionary<string, IOpenApiSchema> All { get; } = new Dictionary<string, IOpenApiSchema>
    {
        ["Intake"] = Object(
        [
            ("format", OneOf("thinice/intake/1")), ("id", Text("Your own name for it. Never a person's name.")),
            ("client", Client()), ("session", Session()),
            ("words", Text("The whole thing in one line, instead of or beside the fields.")),
            ("notAsked", Words()), ("declined", Words()), ("dontKnow", Words()), ("place", Text("Country code, for emergency numbers.")),
        ]),
        ["AftercareReport"] = Object(
        [
            ("format", OneOf("thinice/aftercare/1")), ("id", Text("Your own name for it. Never a person's name.")),
            ("client", Client()), ("session", Session()), ("hoursAfter", Number("Hours since the session.")),
            ("symptoms", Words("What is there now; [] means asked, none.")), ("before", Words("What was there before the session.")),
            ("course", OneOf("better", "same", "worse")), ("careSought", Text("Care sought already.")),
            ("words", Text("In one line.")), ("notAsked", Words()), ("declined", Words()), ("dontKnow", Words()), ("place", Text("Country code.")),
        ]),
        ["ScreeningAnswer"] = Object(
        [
            ("id", Text()), ("decision", OneOf("proceed", "adapt", "defer", "refer", "emergency")), ("within", OneOf("today", "days")), ("undetermined", Flag()),
            ("findings", List(Finding())),
            ("adaptations", List(Object([("element", OneOf("pressure", "region", "technique", "position", "duration", "heat", "device", "product", "timing", "consent")), ("advice", Text()), ("rule", Text())]))),
            ("harms", Words("At most eight, most important first.")), .. Gaps(), .. Foot(),
        ]),
        ["TriageAnswer"] = Object(
        [
            ("id", Text()), ("urgency", OneOf("emergency", "urgent", "soon", "self-care", "none")), ("undetermined", Flag()),
            ("suspected", Words("Suspected, not diagnosed.")), ("newOrWorse", Words()), ("because", Words()), ("advice", Text()),
            ("findings", List(Finding())), ("references", Words()), .. Gaps(), .. Foot(),
        ]),
        ["Error"] = Object([("id", Text()), ("error", Problem()), ("errors", List(Problem()))]),
    };

    private static OpenApiSchema Client() => Object(
    [
        ("age", Number("Years; 0 for an infant.")), ("sex", OneOf("female", "male")), ("pregnancyWeeks", Number("0: asked, not pregnant.")), ("weightKg", Number()),
        ("conditions", Words()), ("medicines", Words()), ("procedures", Words()), ("symptoms", Words()), ("allergies", Words()), ("pastReactions", Words()),
        ("answers", new OpenApiSchema { Type = JsonSchemaType.Object, Description = "Answers to questions, by the question's id.", AdditionalProperties = OneOf("yes", "no", "unknown") }),
    ]);

    private static OpenApiSchema Session() => Object(
    [
        ("technique", Text()), ("regions", Words()), ("pressure", OneOf("light", "moderate", "strong")), ("minutes", Number()), ("devices", Words()),
        ("heat", Flag()), ("position", Text()), ("products", Words()), ("provider", Text()), ("priorSessions", Number()),
    ]);

    private static OpenApiSchema Finding() => Object(
    [
        ("rule", Text()), ("kind", OneOf("red-flag", "contraindication", "precaution", "advice")), ("status", OneOf("holds", "undetermined")), ("counts", Flag()),
        ("because", Words()), ("harms", Words()), ("why", Text()), ("forTherapist", Text()), ("references", Words()),
        ("evidence", List(Object([("reference", Text()), ("says", Text()), ("supports", OneOf("direct", "indirect", "mechanism", "convention"))]))),
    ]);

    private static (string, OpenApiSchema)[] Gaps() =>
    [
        ("questions", List(Object([("id", Text()), ("ask", Text()), ("field", Text()), ("changes", Text()), ("yesNo", Flag())]))), ("moreQuestions", Number()),
        ("notUnderstood", Words("Input words that matched nothing.")), ("noRule", Words("Words that were understood and that no rule is about yet.")), ("readAs", List(Object([("words", Text()), ("as", Text())]))),
        ("unknown", List(Object([("field", Text()), ("state", OneOf("notAsked", "declined", "dontKnow"))]))), ("notRead", Words("Fields that were not read.")),
    ];

    private static (string, OpenApiSchema)[] Foot() =>
    [
        ("help", Object([("emergency", Text()), ("advice", Text()), ("inWords", Text())])), ("notice", Text("What every answer says about itself.")), ("knowledge", Text("Knowledge version.")), ("reviewedByClinician", Flag()),
    ];

    private static OpenApiSchema Problem() => Object([("code", Text()), ("message", Text()), ("path", Text())]);

    private static OpenApiSchema Object(IEnumerable<(string Name, OpenApiSchema Schema)> fields) => new()
    {
        Type = JsonSchemaType.Object, Properties = fields.ToDictionary(f => f.Name, f => (IOpenApiSchema)f.Schema),
    };

    private static OpenApiSchema Text(string? description = null) => new() { Type = JsonSchemaType.String | JsonSchemaType.Null, Description = description };

    private static OpenApiSchema Number(string? description = null) => new() { Type = JsonSchemaType.Number | JsonSchemaType.Null, Description = description };

    private static OpenApiSchema Flag() => new() { Type = JsonSchemaType.Boolean | JsonSchemaType.Null };

    private static OpenApiSchema Words(string? description = null) => new() { Type = JsonSchemaType.Array | JsonSchemaType.Null, Items = new OpenApiSchema { Type = JsonSchemaType.String }, Description = description };

    private static OpenApiSchema List(OpenApiSchema items) => new() { Type = JsonSchemaType.Array, Items = items };

    private static OpenApiSchema OneOf(params string[] values) => new()
    {
        Type = JsonSchemaType.String | JsonSchemaType.Null, Enum = [.. values.Select(v => (JsonNode)JsonValue.Create(v))],
    };
}
