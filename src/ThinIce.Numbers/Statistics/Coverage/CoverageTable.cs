namespace ThinIce.Numbers.Statistics.Coverage;

/// <summary>How often intervals held the truth, in one kind of situation.</summary>
/// <param name="Title">The kind of interval.</param>
/// <param name="About">What was tried, in words.</param>
/// <param name="Situations">Heads of the columns that describe a situation.</param>
/// <param name="Methods">Names of the intervals.</param>
/// <param name="Rows">Situations with the share of intervals that held the truth; NaN where an interval is not defined.</param>
public sealed record CoverageTable(string Title, string About, IReadOnlyList<string> Situations, IReadOnlyList<string> Methods, IReadOnlyList<CoverageRow> Rows);

/// <summary>One situation.</summary>
/// <param name="Situation">Its values.</param>
/// <param name="Covered">Share that held the truth, for each method; 0.95 is wanted throughout.</param>
/// <param name="Repeats">How many times it was simulated.</param>
public sealed record CoverageRow(IReadOnlyList<string> Situation, IReadOnlyList<double> Covered, int Repeats);
