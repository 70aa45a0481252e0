namespace ThinIce.Web.Features.WhatsNew;

/// <summary>Names the words of what is new: <c>WhatsNewWords.resx</c> beside this file.</summary>
public sealed class WhatsNewWords;
