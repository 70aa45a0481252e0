namespace ThinIce.Web.Features.ReadingParts;

/// <summary>One line of a picture of ranges.</summary>
/// <param name="Label">What it is, in few words.</param>
/// <param name="Estimate">The share that was found; null where none was seen: then there is a bound and no rate.</param>
/// <param name="Low">Lower end of what is possible, as a share.</param>
/// <param name="High">Upper end.</param>
public sealed record IntervalLine(string Label, double? Estimate, double Low, double High);
