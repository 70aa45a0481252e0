namespace ThinIce.Web.Features.Link;

/// <summary>Names the words that pages behind a link share: <c>LinkWords.resx</c> beside this file.</summary>
public sealed class LinkWords;
