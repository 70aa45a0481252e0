namespace ThinIce.Web.Shared;

/// <summary>Names the words of the layout: <c>SharedWords.resx</c> beside this file, and one such file for each further language.</summary>
public sealed class SharedWords;
