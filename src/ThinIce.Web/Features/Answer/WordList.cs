using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using ThinIce.Core;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;

namespace ThinIce.Web.Features.Answer;

/// <summary>The names of the vocabulary by the box they belong in, to help with typing: the same for everybody, so a browser may keep it. Any other words are accepted as well.</summary>
internal static class WordList
{
    /// <summary>Where it is; changes with the knowledge.</summary>
    public static string Address(KnowledgeBase knowledge) => $"/words.json?v={Uri.EscapeDataString(knowledge.Version)}";

    public static void MapWords(this IEndpointRouteBuilder app)
    {
        var json = new Lazy<byte[]>(() => JsonSerializer.SerializeToUtf8Bytes(Lists(app.ServiceProvider.GetRequiredService<Answerer>().Knowledge)));
        app.MapGet("/words.json", (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
            return TypedResults.Bytes(json.Value, "application/json");
        }).ExcludeFromDescription();
    }

    private static SortedDictionary<string, string[]> Lists(KnowledgeBase knowledge)
    {
        var lists = new SortedDictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var kind in knowledge.Vocabulary.Concepts.GroupBy(c => Box(c.Kind)).Where(k => k.Key.Length > 0))
            lists[kind.Key] = [.. kind.SelectMany(c => c.Words.Prepend(c.Name.In("en"))).Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(w => w.Length).ThenBy(w => w, StringComparer.Ordinal)];
        lists["before"] = lists["symptoms"];
        lists["pastReactions"] = lists["symptoms"];
        return lists;
    }

    private static string Box(ConceptKind kind) => kind switch
    {
        ConceptKind.Condition => "conditions",
        ConceptKind.Medicine => "medicines",
        ConceptKind.Procedure => "procedures",
        ConceptKind.Symptom => "symptoms",
        ConceptKind.Allergy => "allergies",
        ConceptKind.Region => "regions",
        ConceptKind.Technique => "technique",
        ConceptKind.Device => "devices",
        ConceptKind.Product => "products",
        ConceptKind.Position => "position",
        _ => "",
    };
}
