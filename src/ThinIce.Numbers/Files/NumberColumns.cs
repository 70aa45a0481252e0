using System.Buffers.Text;
using System.Collections.Immutable;
using ThinIce.Core.Contract;

namespace ThinIce.Numbers.Files;

/// <summary>Columns of numbers out of a table of text, for the monitors. Every bad cell is told with line and column.</summary>
public static class NumberColumns
{
    /// <summary>Reads columns of numbers that are 0 or more.</summary>
    /// <param name="file">Separated text, gzipped or not.</param>
    /// <param name="columns">Names of the columns.</param>
    /// <param name="whole">Whether only whole numbers will do.</param>
    /// <param name="most">The largest number that is possible.</param>
    /// <returns>The rows, and what is wrong. Rows that follow a bad one change their meaning, so a caller should not use them.</returns>
    /// <exception cref="FileProblemException">When it cannot be read at all, or lacks a column.</exception>
    public static (List<double[]> Rows, ImmutableArray<Problem> Problems) Read(string file, IReadOnlyList<string> columns, bool whole, double most = double.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(columns);
        using var records = CsvRecords.Open(file, columns);
        var (rows, problems) = (new List<double[]>(), new List<Problem>());
        while (records.Next())
        {
            var row = new double[columns.Count];
            for (var c = 0; c < row.Length; c++)
            {
                var cell = records[c];
                var at = $"line {records.Line}, column {columns[c]}";
                if (records.FieldCount != records.Columns) problems.Add(new(Problems.RaggedRow, $"This row has {records.FieldCount} cells where the header names {records.Columns}.", $"line {records.Line}"));
                else if (cell.IsEmpty) problems.Add(new(Problems.MissingCell, "This cell is empty. Write 0 where nothing happened.", at));
                else if (!Utf8Parser.TryParse(cell, out row[c], out var used) || used != cell.Length || !double.IsFinite(row[c])) problems.Add(new(Problems.WrongType, "This is no number. Use a point for decimals and no separators.", at));
                else if (row[c] < 0 || row[c] > most || whole && row[c] != Math.Floor(row[c])) problems.Add(new(Problems.OutOfRange, $"This has to be {(whole ? "a whole number" : "a number")}, 0 or more{(most < double.MaxValue ? $", at most {most}" : "")}.", at));
            }

            rows.Add(row);
        }

        if (rows.Count == 0 && problems.Count == 0) problems.Add(new(Problems.Empty, "The table has columns and no rows.", ""));
        return (rows, [.. problems.Distinct().Take(20)]);
    }
}
