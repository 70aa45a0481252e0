namespace ThinIce.Web.Features.Rates;

/// <summary>Names the words of <em>How often does it happen?</em>: <c>RateWords.resx</c> beside this file.</summary>
public sealed class RateWords;
