namespace ThinIce.Web.Features.SetUp;

/// <summary>Names the words of these pages: <c>SetUpWords.resx</c> beside this file, and one such file for each further language.</summary>
public sealed class SetUpWords;
