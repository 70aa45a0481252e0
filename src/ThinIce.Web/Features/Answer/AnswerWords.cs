namespace ThinIce.Web.Features.Answer;

/// <summary>Names the words that the pages before and after a massage share: <c>AnswerWords.resx</c> beside this file.</summary>
public sealed class AnswerWords;
