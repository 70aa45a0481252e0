namespace ThinIce.Web.Features.Guidance;

/// <summary>Names the words of the guidance pages and the stop card: <c>GuidanceWords.resx</c> beside this file.</summary>
public sealed class GuidanceWords;
