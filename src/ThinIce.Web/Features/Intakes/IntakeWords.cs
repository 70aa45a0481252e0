namespace ThinIce.Web.Features.Intakes;

/// <summary>Names the words of intakes: <c>IntakeWords.resx</c> beside this file.</summary>
public sealed class IntakeWords;
