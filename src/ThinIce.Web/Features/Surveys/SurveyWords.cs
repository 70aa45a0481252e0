namespace ThinIce.Web.Features.Surveys;

/// <summary>Names the words of <em>What can a survey rule out?</em>: <c>SurveyWords.resx</c> beside this file.</summary>
public sealed class SurveyWords;
