namespace ThinIce.Web.Features.Records;

/// <summary>Names the words of these pages: <c>RecordWords.resx</c> beside this file, and one such file for each further language.</summary>
public sealed class RecordWords;
