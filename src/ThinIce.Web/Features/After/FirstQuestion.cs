using System.Text.Json;
using ThinIce.Core.Contract;
using ThinIce.Core.Screening;
using ThinIce.Web.Features.Answer;

namespace ThinIce.Web.Features.After;

/// <summary>
/// The question that everybody is asked first: of those that ThinIce asks when it knows nothing at all, the first that gathers
/// several signs into one. The knowledge says which one it is; no id of it stands here.
/// </summary>
internal static class FirstQuestion
{
    /// <summary>Works it out; null where the knowledge has none.</summary>
    public static Question? Of(Answerer answerer)
    {
        using var nothing = JsonDocument.Parse("{}");
        var answer = answerer.Triage(IntakeReader.ReadAftercare(nothing.RootElement).Value!);
        return answer.Questions.FirstOrDefault(q => q.YesNo && QuestionId.Of(q.Id).Kind == "is");
    }
}
