namespace ThinIce.Web.Features.Check;

/// <summary>Names the words of the check before a massage: <c>CheckWords.resx</c> beside this file.</summary>
public sealed class CheckWords;
