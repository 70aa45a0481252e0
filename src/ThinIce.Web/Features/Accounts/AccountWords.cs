namespace ThinIce.Web.Features.Accounts;

/// <summary>Names the words of these pages: <c>AccountWords.resx</c> beside this file, and one such file for each further language.</summary>
public sealed class AccountWords;
