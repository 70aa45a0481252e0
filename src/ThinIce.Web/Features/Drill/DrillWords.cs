namespace ThinIce.Web.Features.Drill;

/// <summary>Names the words of the curve-ball drill: <c>DrillWords.resx</c> beside this file.</summary>
public sealed class DrillWords;
