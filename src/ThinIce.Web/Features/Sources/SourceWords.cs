namespace ThinIce.Web.Features.Sources;

/// <summary>Names the words of the sources: <c>SourceWords.resx</c> beside this file.</summary>
public sealed class SourceWords;
