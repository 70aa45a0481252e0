namespace ThinIce.Web.Features.Reports;

/// <summary>Names the words of the public form for reports and of its receipt: <c>ReportWords.resx</c> beside this file.</summary>
public sealed class ReportWords;
