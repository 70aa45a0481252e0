namespace ThinIce.Web.Features.HowItWorks;

/// <summary>Names the words of how ThinIce works: <c>HowItWorksWords.resx</c> beside this file.</summary>
public sealed class HowItWorksWords;
