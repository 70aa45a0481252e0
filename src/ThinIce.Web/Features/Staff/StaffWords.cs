namespace ThinIce.Web.Features.Staff;

/// <summary>Names the words of these pages: <c>StaffWords.resx</c> beside this file, and one such file for each further language.</summary>
public sealed class StaffWords;
