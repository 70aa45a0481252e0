using System.Buffers;
using ThinIce.Numbers.Files;

namespace ThinIce.Numbers.Signals;

/// <summary>Writes scores as CSV: one row for each pair that was reported, the highest lower bound first.</summary>
public static class ScoreTable
{
    /// <summary>The columns, in order. The first seventeen are the contract's.</summary>
    public const string Header = "exposure,event,n,expected,rr,prr,prr_low,prr_high,ror,ror_low,ror_high,ic,ic025,ic975,ebgm,eb05,eb95,adjusted,meets";

    private const int BlockRows = 4096;

    /// <summary>
    /// Writes all rows. Cells of EBGM are empty where the fit did not converge. "adjusted" names the ratios to which ½ was added in every
    /// cell, "meets" the thresholds that the pair meets.
    /// </summary>
    public static void Write(Stream to, SignalScores scores, IReadOnlyList<ScreeningThreshold> thresholds)
    {
        to.Write(System.Text.Encoding.ASCII.GetBytes(Header + "\n"));
        var blocks = (scores.Counts.Pairs + BlockRows - 1) / BlockRows;
        var ids = thresholds.Select(t => System.Text.Encoding.UTF8.GetBytes(t.Id)).ToArray();
        foreach (var block in Enumerable.Range(0, blocks).AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(b => Block(scores, thresholds, ids, b)))
        {
            to.Write(block.WrittenSpan);
        }
    }

    private static ArrayBufferWriter<byte> Block(SignalScores scores, IReadOnlyList<ScreeningThreshold> thresholds, byte[][] ids, int block)
    {
        var rows = new ArrayBufferWriter<byte>(BlockRows * 256);
        var order = scores.Order.AsSpan(block * BlockRows, Math.Min(BlockRows, scores.Order.Length - block * BlockRows));
        foreach (var pair in order) Row(rows, scores, pair, thresholds, ids);
        return rows;
    }

    private static void Row(ArrayBufferWriter<byte> rows, SignalScores scores, int pair, IReadOnlyList<ScreeningThreshold> thresholds, byte[][] ids)
    {
        var (counts, score) = (scores.Counts, scores[pair]);
        Text(rows, counts.ExposureBytes(counts.PairExposure[pair]));
        rows.Write(","u8);
        Text(rows, counts.EventBytes(counts.PairEvent[pair]));
        Number(rows, score.Observed);
        Number(rows, score.Expected);
        Number(rows, score.Rr);
        Three(rows, score.Prr.Estimate, score.Prr.Low, score.Prr.High);
        Three(rows, score.Ror.Estimate, score.Ror.Low, score.Ror.High);
        Three(rows, score.Ic.Value, score.Ic.Low, score.Ic.High);
        Three(rows, score.Ebgm, score.Eb05, score.Eb95);
        rows.Write(score.Prr.Adjusted ? ",prr|ror,"u8 : score.Ror.Adjusted ? ",ror,"u8 : ",,"u8);
        var first = true;
        for (var t = 0; t < ids.Length; t++)
        {
            if (!thresholds[t].IsMetBy(score, counts[pair])) continue;
            if (!first) rows.Write("|"u8);
            rows.Write(ids[t]);
            first = false;
        }

        rows.Write("\n"u8);
    }

    private static void Three(ArrayBufferWriter<byte> rows, double value, double low, double high)
    {
        Number(rows, value);
        Number(rows, low);
        Number(rows, high);
    }

    private static void Number(ArrayBufferWriter<byte> rows, double value)
    {
        var span = rows.GetSpan(40);
        span[0] = (byte)',';
        rows.Advance(1 + NumberText.Write(value, span[1..]));
    }

    private static void Text(ArrayBufferWriter<byte> rows, ReadOnlySpan<byte> word)
    {
        if (word.IndexOfAny(",\"\n\r"u8) < 0)
        {
            rows.Write(word);
            return;
        }

        rows.Write("\""u8);
        for (var quote = word.IndexOf((byte)'"'); quote >= 0; quote = word.IndexOf((byte)'"'))
        {
            rows.Write(word[..(quote + 1)]);
            rows.Write("\""u8);
            word = word[(quote + 1)..];
        }

        rows.Write(word);
        rows.Write("\""u8);
    }
}
