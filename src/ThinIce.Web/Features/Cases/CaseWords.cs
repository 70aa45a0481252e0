namespace ThinIce.Web.Features.Cases;

/// <summary>Names the words of the officer's pages of cases: <c>CaseWords.resx</c> beside this file.</summary>
public sealed class CaseWords;
