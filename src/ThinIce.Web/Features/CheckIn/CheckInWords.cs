namespace ThinIce.Web.Features.CheckIn;

/// <summary>Names the words of check-ins: <c>CheckInWords.resx</c> beside this file.</summary>
public sealed class CheckInWords;
