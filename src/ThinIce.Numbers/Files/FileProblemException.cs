using ThinIce.Core.Contract;

namespace ThinIce.Numbers.Files;

/// <summary>A table that cannot be read at all, with the coded problem to tell. It stays inside of the reading of one file.</summary>
public sealed class FileProblemException : Exception
{
    /// <summary>Made of the problem to tell.</summary>
    public FileProblemException(Problem problem)
        : base(problem.Message) => Problem = problem;

    /// <summary>What is wrong, with the way out.</summary>
    public Problem Problem { get; }

    internal static FileProblemException Empty() => new(new(Problems.Empty, "The file holds no header line. Its first line has to name the columns.", "line 1"));

    internal static FileProblemException NotText() =>
        new(new(Problems.UnknownFormat, "This is not a table of text in UTF-8. Save it as CSV (UTF-8), gzipped or not, or as JSON Lines (.jsonl) or Parquet (.parquet).", "line 1"));

    internal static FileProblemException MissingColumn(string column, IEnumerable<string> header) =>
        new(new(Problems.MissingColumn, $"There is no column of this name. The columns are: {string.Join(", ", header.Take(40))}.", column));

    internal static FileProblemException DoubleColumn(string column) => new(new(Problems.MissingColumn, "Two columns have this name. Rename one of them.", column));

    internal static FileProblemException OpenQuote(long line) =>
        new(new(Problems.MalformedTable, "A quotation mark is opened here and never closed. Close it, or double those inside of a field.", $"line {line}"));
}
