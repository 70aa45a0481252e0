namespace ThinIce.Web.Features.Clinics;

/// <summary>Names the words of these pages: <c>ClinicWords.resx</c> beside this file, and one such file for each further language.</summary>
public sealed class ClinicWords;
