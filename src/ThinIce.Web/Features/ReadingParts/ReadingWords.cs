namespace ThinIce.Web.Features.ReadingParts;

/// <summary>Names the words of the parts that the reading pages share: <c>ReadingWords.resx</c> beside this file.</summary>
public sealed class ReadingWords;
