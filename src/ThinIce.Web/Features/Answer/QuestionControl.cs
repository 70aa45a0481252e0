namespace ThinIce.Web.Features.Answer;

/// <summary>How a question is answered in place: one of some choices, or words or a number.</summary>
/// <param name="Name">Name of the field sent.</param>
/// <param name="Choices">Values; empty where the answer is typed.</param>
/// <param name="LabelPrefix">Begins the keys of the choices' labels.</param>
/// <param name="HintKey">Key of the hint over a typed answer.</param>
/// <param name="Width">Width of a number's box; null for words.</param>
/// <param name="Suggest">List of the vocabulary that helps with typing.</param>
internal sealed record QuestionControl(string Name, string[] Choices, string LabelPrefix = "option.", string? HintKey = null, int? Width = null, string? Suggest = null)
{
    /// <summary>For a question of that id.</summary>
    public static QuestionControl For(string id, bool yesNo)
    {
        if (yesNo) return new(VisitForm.QuestionPrefix + id, ["yes", "no"]);
        var name = VisitForm.WordsPrefix + id;
        var question = QuestionId.Of(id);
        return question.Kind switch
        {
            "certain" or "new" => new(name, ["yes", "no"]),
            "whose" => new(name, ["yes", "no"], "option.whose."),
            "side" => new(name, ["left", "right", "both"]),
            "degree" => new(name, ["mild", "moderate", "severe"]),
            "when" => new(name, [], HintKey: "questions.when-hint"),
            "over" => new(name, [], HintKey: "questions.over-hint"),
            "field" => Field(name, question.About),
            _ => new(name, [], HintKey: "questions.words-hint"),
        };
    }

    private static QuestionControl Field(string name, string field) => field switch
    {
        "sex" => new(name, ["female", "male"]),
        "pressure" => new(name, ["light", "moderate", "strong"]),
        "course" => new(name, ["better", "same", "worse"]),
        "heat" => new(name, ["yes", "no"]),
        "provider" => new(name, ["professional", "student", "lay", "self", "device"]),
        "age" or "weightKg" or "pregnancyWeeks" or "minutes" or "priorSessions" or "hoursAfter" => new(name, [], HintKey: "questions.number-hint", Width: 4),
        _ => new(name, [], HintKey: "questions.words-hint", Suggest: field),
    };
}
