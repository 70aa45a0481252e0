namespace ThinIce.Web.Features.Importing;

/// <summary>Names the words of these pages: <c>ImportWords.resx</c> beside this file, and one such file for each further language.</summary>
public sealed class ImportWords;
