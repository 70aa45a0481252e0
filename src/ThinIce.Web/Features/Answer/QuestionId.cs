using ThinIce.Core;

namespace ThinIce.Web.Features.Answer;

/// <summary>The id of a question taken apart: what sort of question, and what it is about.</summary>
/// <param name="Kind">has, is, when, side, field …</param>
/// <param name="About">A concept, a definition or a field.</param>
internal readonly record struct QuestionId(string Kind, string About)
{
    /// <summary>Takes an id apart.</summary>
    public static QuestionId Of(string id)
    {
        var colon = id.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new("", id) : new(id[..colon], id[(colon + 1)..]);
    }

    /// <summary>Whether the knowledge has a yes-or-no question of this id.</summary>
    public bool IsAskable(KnowledgeBase knowledge) => Kind switch
    {
        "has" => knowledge.Vocabulary.IndexOf(new(About)) >= 0,
        "is" => knowledge.Definitions.TryGetValue(About, out var definition) && definition.Ask is not null,
        _ => false,
    };
}
