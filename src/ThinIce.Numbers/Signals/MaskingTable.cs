using System.Globalization;
using System.Text;

namespace ThinIce.Numbers.Signals;

/// <summary>Writes the result of the check for masking as CSV.</summary>
public static class MaskingTable
{
    /// <summary>The columns, in order.</summary>
    public const string Header = "exposure,event,masked_by,masking_ratio,n,ic025,ror_low,n_without,ic025_without,ror_low_without";

    /// <summary>One row for each pair, the highest lower bound (with all reports) first.</summary>
    public static void Write(Stream to, IReadOnlyList<MaskedPair> pairs)
    {
        using var text = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        text.WriteLine(Header);
        foreach (var pair in pairs)
        {
            text.WriteLine(string.Join(",", [
                Cell(pair.Exposure), Cell(pair.Event), Cell(pair.MaskedBy), Number(pair.MaskingRatio),
                Number(pair.With.Observed), Number(pair.With.Ic.Low), Number(pair.With.Ror.Low),
                Number(pair.Without.Observed), Number(pair.Without.Ic.Low), Number(pair.Without.Ror.Low)]));
        }
    }

    private static string Number(double value) => value.ToString("G8", CultureInfo.InvariantCulture);

    private static string Cell(string text) => text.AsSpan().IndexOfAny(",\"\n\r") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
