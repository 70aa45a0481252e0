using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ThinIce.Core.Contract;

namespace ThinIce.Web.Features.Check;

/// <summary>Something to mend on the form, in plain words, beside its field.</summary>
public sealed record Mistake(string Field, string Words);

/// <summary>A list of plain words on the form.</summary>
/// <param name="Field">Field of the contract.</param>
/// <param name="Label">Label.</param>
/// <param name="Hint">Hint.</param>
public sealed record WordField(string Field, string Label, string Hint);

/// <summary>
/// What is filled in on the form, as it was typed. Becomes an intake by way of the contract's JSON, so that the form and
/// the API are read by the same code. An empty box is "not asked"; "none" is a box of its own.
/// </summary>
public sealed class CheckForm
{
    /// <summary>More than this is no form that somebody filled in.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <summary>Begins the name of a field that answers one of ThinIce's questions.</summary>
    public const string QuestionPrefix = "q.";

    private readonly ImmutableDictionary<string, string> _values;

    private CheckForm(ImmutableDictionary<string, string> values) => _values = values;

    /// <summary>Nothing filled in.</summary>
    public static CheckForm Blank { get; } = new(ImmutableDictionary<string, string>.Empty);

    /// <summary>The boxes for words about the person.</summary>
    public static ImmutableArray<WordField> WordFields { get; } =
    [
        new("conditions", "Health problems", "Now or in the past. For example: high blood pressure, a blood clot last year."),
        new("medicines", "Medicines", "Tablets, injections, patches. For example: warfarin, a statin."),
        new("procedures", "Operations, injuries and other events of late", "For example: hip replaced two weeks ago, ran a marathon yesterday."),
        new("symptoms", "How the body feels now", "Pain, swelling, anything new. For example: left calf swollen."),
        new("allergies", "Allergies", "For example: nuts."),
        new("pastReactions", "Bad reactions to an earlier massage", "For example: fainted, was sore for a week."),
    ];

    /// <summary>What was typed in a field; empty where nothing was.</summary>
    public string this[string field] => _values.GetValueOrDefault(field, "");

    /// <summary>Whether nothing at all was filled in.</summary>
    public bool IsBlank => _values.All(v => v.Key == "place" || string.IsNullOrWhiteSpace(v.Value));

    /// <summary>Answers given to ThinIce's questions, by the question's id.</summary>
    public IEnumerable<KeyValuePair<string, string>> Answers =>
        _values.Where(v => v.Key.StartsWith(QuestionPrefix, StringComparison.Ordinal)).Select(v => new KeyValuePair<string, string>(v.Key[QuestionPrefix.Length..], v.Value));

    /// <summary>Reads what was sent.</summary>
    public static CheckForm From(IFormCollection form) =>
        new(form.Where(f => f.Value.Count > 0).ToImmutableDictionary(f => f.Key, f => f.Value[^1] ?? "", StringComparer.Ordinal));

    /// <summary>The intake, as the contract's JSON.</summary>
    public JsonElement ToJson()
    {
        var client = new JsonObject { ["age"] = Number("age"), ["sex"] = Text("sex"), ["pregnancyWeeks"] = Number("pregnancyWeeks") };
        foreach (var field in WordFields)
        {
            var words = Lines(field.Field);
            if (words.Count > 0 || this[$"{field.Field}-none"].Length > 0) client[field.Field] = words;
        }

        var answers = new JsonObject();
        foreach (var (question, answer) in Answers.Where(a => a.Value.Length > 0)) answers[question] = answer;
        if (answers.Count > 0) client["answers"] = answers;
        var session = new JsonObject
        {
            ["technique"] = Text("technique"), ["pressure"] = Text("pressure"), ["minutes"] = Number("minutes"),
            ["regions"] = Lines("regions"), ["products"] = Lines("products") is var oils && (oils.Count > 0 || this["products-none"].Length > 0) ? oils : null,
        };
        var intake = new JsonObject { ["client"] = client, ["session"] = session, ["words"] = Text("words"), ["place"] = Text("place") };
        using var document = JsonDocument.Parse(intake.ToJsonString());
        return document.RootElement.Clone();
    }

    /// <summary>The contract's problems in words for the form. A form with nothing in it has one of its own.</summary>
    public ImmutableArray<Mistake> Mistakes(ImmutableArray<Problem> problems) => IsBlank
        ? [new("words", "Tell us about the person and the massage, in one line or in the boxes below")]
        : [.. problems.Select(Words).DistinctBy(m => m.Field)];

    private static Mistake Words(Problem problem)
    {
        var field = problem.Path.Split('.')[^1].Split('[')[0];
        return new(field, field switch
        {
            "age" => "Age must be a number from 0 to 130",
            "pregnancyWeeks" => "Weeks of pregnancy must be a number from 0 to 45",
            "minutes" => "Minutes must be a number from 1 to 1,440",
            _ when problem.Code == Problems.TooLong => "This is too long: write one thing on each line, at most 2,000 letters each",
            _ when problem.Code == Problems.TooMany => "This is too much: write at most 200 lines",
            _ => "Choose one of the answers, or leave it empty",
        });
    }

    private string? Text(string field) => string.IsNullOrWhiteSpace(this[field]) ? null : this[field].Trim();

    private JsonValue? Number(string field) => Text(field) is not { } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? JsonValue.Create(number)
        : JsonValue.Create(text);

    private JsonArray Lines(string field) =>
        [.. this[field].Split(['\n', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => (JsonNode)JsonValue.Create(line))];
}
