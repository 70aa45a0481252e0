using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ThinIce.Core;
using ThinIce.Core.Contract;

namespace ThinIce.Web.Features.Answer;

/// <summary>
/// Turns what a visitor said into the contract's JSON, so that pages and API are read by the same code. An empty box is
/// "not asked", unless the visitor said that there is nothing to write in it.
/// </summary>
internal static class VisitJson
{
    /// <summary>The boxes for words about a person, in the contract's names.</summary>
    public static readonly ImmutableArray<string> WordFields = ["conditions", "medicines", "procedures", "symptoms", "allergies", "pastReactions"];

    /// <summary>Those of them that are asked for after a massage.</summary>
    public static readonly ImmutableArray<string> AfterBoxes = ["conditions", "medicines", "procedures", "allergies"];

    /// <summary>Fields about the massage.</summary>
    public static readonly ImmutableArray<string> SessionFields =
        ["technique", "regions", "pressure", "minutes", "devices", "products", "heat", "position", "provider", "priorSessions"];

    private static readonly string[] NumberFields = ["age", "sex", "pregnancyWeeks", "weightKg"];

    /// <summary>An intake.</summary>
    public static JsonElement Intake(VisitForm form, KnowledgeBase knowledge) => Parse(Common(form, knowledge, WordFields));

    /// <summary>An aftercare report. Its symptoms are those of now.</summary>
    public static JsonElement Report(VisitForm form, KnowledgeBase knowledge)
    {
        var report = Common(form, knowledge, AfterBoxes);
        report["symptoms"] = Words(form, "symptoms", []);
        report["before"] = form["before-none"].Length > 0 && form["before"].Length == 0 ? new JsonArray() : Words(form, "before", []);
        report["hoursAfter"] = Hours(form);
        report["course"] = form.Text("course");
        report["careSought"] = form.Text("careSought");
        return Parse(report);
    }

    /// <summary>What is wrong, each with the field of the page and the key of the words for it.</summary>
    public static ImmutableArray<Mistake> Mistakes(ImmutableArray<Problem> problems) => [.. problems.Select(Mistake).DistinctBy(m => m.Field)];

    private static JsonObject Common(VisitForm form, KnowledgeBase knowledge, ImmutableArray<string> wordFields)
    {
        var client = new JsonObject { ["age"] = form.Number("age"), ["sex"] = form.Text("sex"), ["weightKg"] = form.Number("weightKg"), ["pregnancyWeeks"] = Weeks(form) };
        foreach (var field in wordFields) client[field] = Words(form, field, wordFields);
        if (form["pregnant"] == "yes" && form["pregnancyWeeks"].Length == 0)
        {
            var words = client["conditions"] as JsonArray ?? [];
            words.Add((JsonNode)JsonValue.Create(knowledge.Vocabulary.Concepts[knowledge.Vocabulary.IndexOf(knowledge.Parameters.Pregnancy)].Name.In("en")));
            client["conditions"] = words;
        }

        if (Answers(form, knowledge) is { Count: > 0 } answers) client["answers"] = answers;
        return new()
        {
            ["client"] = client, ["session"] = Session(form), ["words"] = form.Text("words"), ["place"] = form.Text("place"),
            ["dontKnow"] = Missing(form, wordFields, "unknown"), ["declined"] = Missing(form, wordFields, "declined"),
        };
    }

    /// <summary>The massage alone, as the object <c>session</c> of the contract.</summary>
    public static JsonObject Session(VisitForm form) => new()
    {
        ["technique"] = form.Text("technique"), ["pressure"] = form.Text("pressure"), ["minutes"] = form.Number("minutes"),
        ["regions"] = form.List("regions"), ["devices"] = Words(form, "devices", []), ["products"] = Words(form, "products", []),
        ["heat"] = form["heat"] switch { "yes" => true, "no" => false, _ => null },
        ["position"] = form.Text("position"), ["provider"] = form.Text("provider"), ["priorSessions"] = form.Number("priorSessions"),
    };

    private static JsonArray? Words(VisitForm form, string field, ImmutableArray<string> boxes)
    {
        var words = form.List(field);
        return words.Count > 0 || form[$"{field}-none"].Length > 0 || (form["rest"] == "none" && boxes.Contains(field)) ? words : null;
    }

    private static JsonNode? Weeks(VisitForm form) => form["pregnancyWeeks"].Length > 0 ? form.Number("pregnancyWeeks") : form["pregnant"] == "no" ? 0 : null;

    private static JsonValue? Hours(VisitForm form)
    {
        var unit = form["agoUnit"] switch { "days" => 24, "weeks" => 24 * 7, _ => 1 };
        return VisitForm.Parse(form["ago"]) is { } number ? JsonValue.Create(number * unit) : form.Text("ago");
    }

    /// <summary>Answers to questions that the knowledge still asks. An answer kept from an older page to a question that is gone is left out.</summary>
    private static JsonObject Answers(VisitForm form, KnowledgeBase knowledge)
    {
        var answers = new JsonObject();
        foreach (var (id, given) in form.Answers.Where(a => QuestionId.Of(a.Key).IsAskable(knowledge)))
            answers[id] = given is "yes" or "no" ? given : "unknown";
        return answers;
    }

    private static JsonArray Missing(VisitForm form, ImmutableArray<string> wordFields, string state) =>
    [
        .. wordFields.Where(f => form["rest"] == state && Words(form, f, wordFields) is null)
            .Concat(NumberFields.Where(f => form[$"{VisitForm.QuestionPrefix}field:{f}"] == state)).Select(f => (JsonNode)JsonValue.Create(f)),
    ];

    private static Mistake Mistake(Problem problem)
    {
        var field = problem.Path.Split('.')[^1].Split('[')[0];
        return new(field == "hoursAfter" ? "ago" : field, field switch
        {
            "age" or "pregnancyWeeks" or "minutes" or "weightKg" or "priorSessions" or "hoursAfter" => $"mistake.{field}",
            _ when problem.Code == Problems.TooLong => "mistake.too-long",
            _ when problem.Code == Problems.TooMany => "mistake.too-many",
            _ => "mistake.choose",
        });
    }

    private static JsonElement Parse(JsonObject json)
    {
        using var document = JsonDocument.Parse(json.ToJsonString());
        return document.RootElement.Clone();
    }
}
