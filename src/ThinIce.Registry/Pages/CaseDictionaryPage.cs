using System.Text;
using ThinIce.Registry.Cases;

namespace ThinIce.Registry.Pages;

/// <summary>The data dictionary of files of cases, out of <see cref="CaseColumns"/>. A test holds the committed page to it.</summary>
public static class CaseDictionaryPage
{
    /// <summary>Name of the page.</summary>
    public const string FileName = "case-data-dictionary.md";

    /// <summary>The page, as Markdown.</summary>
    public static string Write()
    {
        var page = new StringBuilder("<!-- Written by `./thinice registry docs --to docs/reference`. Change the code, not this page. -->\n# Data dictionary of files of cases\n\n");
        page.Append("What `thinice export` writes and `thinice import` reads. One row for each thing that happened; a case of which nothing is known has one row with an empty `event`. An empty cell means that nobody was asked or nobody answered; `unknown` and `declined` are answers. `list` is ids with `|` between them; `number or word` holds a number or one of the words named. In Parquet the columns of type number are numbers, all others text.\n\n");
        page.Append("*In and out*: read and written. *Out*: worked out by ThinIce, not read. *Only if asked for*: read, but written only with `--with-words`, because it could tell who it is. No file holds names, addresses, what was added afterwards, or answers to reporters.\n\n| column | type | what it is | values | used |\n|---|---|---|---|---|\n");
        foreach (var column in CaseColumns.All)
            page.Append($"| {column.Name} | {column.Type} | {column.Means} | {column.Values} | {column.Use switch { ColumnUse.Both => "in and out", ColumnUse.Out => "out", _ => "only if asked for" }} |\n");
        return page.ToString();
    }
}
