namespace ThinIce.Web.Features.Home;

/// <summary>Names the words of the start page: <c>HomeWords.resx</c> beside this file.</summary>
public sealed class HomeWords;
