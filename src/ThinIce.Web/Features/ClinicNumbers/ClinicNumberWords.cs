namespace ThinIce.Web.Features.ClinicNumbers;

/// <summary>Names the words of these pages: <c>ClinicNumberWords.resx</c> beside this file, and one such file for each further language.</summary>
public sealed class ClinicNumberWords;
