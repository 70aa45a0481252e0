using System.Text;
using System.Text.Json;
using ThinIce.Numbers.Files;
using ThinIce.Numbers.Signals;
using ThinIce.TestSupport;

namespace ThinIce.Validation.Signals;

/// <summary>The files of Data/, read.</summary>
internal static class SignalData
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "ThinIce.Validation", "Signals", "Data");

    public static JsonElement Json(string file) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, file))).RootElement;

    public static string Caers { get; } = Path.Combine(Folder, "caers2012.csv.gz");

    public static PairCounts CaersCounts { get; } = ReportFiles.Read(Caers, new("id", "var1", "var2", [])).Counts!;

    /// <summary>Rows of a file, by columns.</summary>
    public static List<string[]> Rows(string file, params string[] columns)
    {
        using var records = CsvRecords.Open(Path.Combine(Folder, file), columns);
        var rows = new List<string[]>();
        while (records.Next())
        {
            var row = new string[columns.Length];
            for (var c = 0; c < row.Length; c++) row[c] = Encoding.UTF8.GetString(records[c]);
            rows.Add(row);
        }

        return rows;
    }

    public static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Equal to a relative tolerance.</summary>
    public static void Close(double expected, double actual, double relative = 1e-6) =>
        Assert.True(Math.Abs(actual - expected) <= relative * Math.Abs(expected), $"expected {expected:R}, got {actual:R}, relative difference {actual / expected - 1:E2}");
}
