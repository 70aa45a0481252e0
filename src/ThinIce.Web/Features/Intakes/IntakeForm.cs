using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using ThinIce.Core;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Registry;
using ThinIce.Web.Features.Answer;

namespace ThinIce.Web.Features.Intakes;

/// <summary>An intake as its pages fill it in, and as it is kept: JSON of the contract, and beside it, until it is sent, the form itself.</summary>
internal static class IntakeForm
{
    /// <summary>Years from which a person may consent alone. A legal age, not a clinical one; 18 in all places that ThinIce knows, where some allow less in health care.</summary>
    private const int OfAge = 18;

    /// <summary>Lists of words that an earlier visit may have filled in.</summary>
    public static readonly ImmutableArray<string> Lists = ["conditions", "medicines", "procedures", "allergies", "pastReactions"];

    private static readonly ImmutableArray<string> Known = ["age", "sex", "pregnant", "pregnancyWeeks", "weightKg", "symptoms", .. Lists, .. Lists.Select(l => $"{l}-none"), "symptoms-none"];

    /// <summary>The form as it was kept.</summary>
    public static VisitForm Of(IntakeVisit visit)
    {
        if (visit.Answers is null || JsonNode.Parse(visit.Answers)?["form"] is not JsonObject form) return VisitForm.Blank;
        return VisitForm.From(form.Select(f => new KeyValuePair<string, string>(f.Key, f.Value?.GetValue<string>() ?? "")));
    }

    /// <summary>Ids of what was asked.</summary>
    public static HashSet<string> Asked(VisitForm form)
    {
        var asked = form.Lines("asked").ToHashSet(StringComparer.Ordinal);
        // "I don't know" leaves the thing possible; asking whether it is certain would ask the same again.
        foreach (var id in asked.Where(a => a.StartsWith("has:", StringComparison.Ordinal)).ToList()) asked.Add($"certain:{id["has:".Length..]}");
        return asked;
    }

    /// <summary>The form with one more thing asked.</summary>
    public static VisitForm WithAsked(VisitForm form, params IEnumerable<string> ids) => form.With("asked", string.Join('\n', form.Lines("asked").Concat(ids).Distinct()));

    /// <summary>The contract's JSON.</summary>
    /// <param name="form">The form.</param>
    /// <param name="knowledge">The knowledge.</param>
    /// <param name="open">Whether it goes on, and the form itself has to be kept.</param>
    public static JsonObject Json(VisitForm form, KnowledgeBase knowledge, bool open)
    {
        var json = JsonObject.Create(VisitJson.Intake(Said(form), knowledge))!;
        foreach (var (state, list) in new[] { ("unknown", "dontKnow"), ("declined", "declined") })
            foreach (var field in Lists.Where(f => form[$"state.{f}"] == state))
            {
                (json["client"] as JsonObject)?.Remove(field);
                (json[list] as JsonArray)?.Add((JsonNode)JsonValue.Create(field));
            }

        if (form["who"].Length > 0) json["filledInBy"] = form["who"] == "guardian" ? "guardian" : "self";
        if (open) json["form"] = new JsonObject(form.Names.Select(n => new KeyValuePair<string, JsonNode?>(n, form[n])));
        return json;
    }

    /// <summary>The intake that is judged to find the next question: what was said, with what the record knows beside.</summary>
    public static ReadResult<Core.Clinical.Intake> Read(VisitForm form, IntakeVisit visit, KnowledgeBase knowledge)
    {
        var json = Json(form, knowledge, open: false);
        json.Remove("filledInBy");
        json["place"] = visit.Country;
        if (json["client"] is JsonObject client)
        {
            if (visit.Age is { } age) client["age"] ??= age;
            if (visit.Sex is { } sex) client["sex"] ??= sex == Sex.Female ? "female" : "male";
        }

        if (visit.Service is { } service && json["session"] is JsonObject session) session["technique"] ??= service;
        using var document = JsonDocument.Parse(json.ToJsonString());
        return IntakeReader.ReadIntake(document.RootElement.Clone());
    }

    /// <summary>What is told beside the words.</summary>
    public static IntakeExtras Extras(VisitForm form) => new()
    {
        Consent = form["consent"] switch { "yes" => Answer<bool>.Known(true), "no" => Answer<bool>.Known(false), _ => default },
        PressureWish = form["wish"] switch { "light" => PressureLevel.Light, "moderate" => PressureLevel.Moderate, "strong" => PressureLevel.Strong, _ => null },
    };

    /// <summary>Whether somebody under age has to be joined by a guardian.</summary>
    public static bool NeedsGuardian(VisitForm form, IntakeVisit visit) => form["who"] == "minor" || (form["who"] != "guardian" && (VisitForm.Parse(form["age"]) ?? visit.Age) < OfAge);

    /// <summary>Puts what was said at an earlier visit into the boxes that are still empty.</summary>
    public static VisitForm WithEarlier(VisitForm form, string earlier)
    {
        if (JsonNode.Parse(earlier)?["client"] is not JsonObject client) return form;
        foreach (var list in Lists.Where(l => form[l].Length == 0))
            if (client[list] is JsonArray { Count: > 0 } said) form = form.With(list, string.Join('\n', said.Select(s => s?.GetValue<string>() ?? "")));
        return form;
    }

    /// <summary>The form with ticked and written symptoms together, and without what only steers the pages.</summary>
    private static VisitForm Said(VisitForm form)
    {
        var said = VisitForm.From(form.Names.Where(n => Known.Contains(n) || n.StartsWith(VisitForm.QuestionPrefix, StringComparison.Ordinal)).Select(n => new KeyValuePair<string, string>(n, form[n])));
        var symptoms = form.Lines("sign").Concat(form.Lines("symptoms")).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return symptoms.Count > 0 ? said.With("symptoms", string.Join('\n', symptoms)) : form["felt"].Length > 0 ? said.With("symptoms-none", "none") : said;
    }
}
