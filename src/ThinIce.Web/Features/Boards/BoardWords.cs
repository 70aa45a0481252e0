namespace ThinIce.Web.Features.Boards;

/// <summary>Names the words of these pages: <c>BoardWords.resx</c> beside this file, and one such file for each further language.</summary>
public sealed class BoardWords;
