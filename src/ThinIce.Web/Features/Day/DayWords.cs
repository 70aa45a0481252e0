namespace ThinIce.Web.Features.Day;

/// <summary>Names the words of these pages: <c>DayWords.resx</c> beside this file, and one such file for each further language.</summary>
public sealed class DayWords;
