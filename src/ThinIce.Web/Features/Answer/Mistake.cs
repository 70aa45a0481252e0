namespace ThinIce.Web.Features.Answer;

/// <summary>Something to mend on a page, beside its field.</summary>
/// <param name="Field">The field.</param>
/// <param name="Key">Key of the words in <see cref="AnswerWords"/>.</param>
public sealed record Mistake(string Field, string Key);
