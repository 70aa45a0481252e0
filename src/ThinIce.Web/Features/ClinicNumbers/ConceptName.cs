using ThinIce.Core;

namespace ThinIce.Web.Features.ClinicNumbers;

/// <summary>The name of a concept; its id where the knowledge no longer has it.</summary>
internal static class ConceptName
{
    public static string Of(KnowledgeBase knowledge, string id) => knowledge.Vocabulary.IndexOf(new(id)) is >= 0 and var at ? knowledge.Vocabulary.Concepts[at].Name.In("en") : id;
}
