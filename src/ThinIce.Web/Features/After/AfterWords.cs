namespace ThinIce.Web.Features.After;

/// <summary>Names the words of the journey after a massage: <c>AfterWords.resx</c> beside this file.</summary>
public sealed class AfterWords;
