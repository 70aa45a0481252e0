namespace ThinIce.Web.Features.Harms;

/// <summary>Names the words of the catalogue of harms: <c>HarmWords.resx</c> beside this file.</summary>
public sealed class HarmWords;
