using System.Collections.Immutable;
using System.Text.Json;

namespace ThinIce.Numbers.Signals;

/// <summary>A figure of a pair that a threshold may look at.</summary>
public enum ScreeningMeasure
{
    /// <summary>Reports that name both (n).</summary>
    N,

    /// <summary>PRR (prr).</summary>
    Prr,

    /// <summary>Lower end of the PRR (prr_low).</summary>
    PrrLow,

    /// <summary>ROR (ror).</summary>
    Ror,

    /// <summary>Lower end of the ROR (ror_low).</summary>
    RorLow,

    /// <summary>χ² without Yates' correction (chi2).</summary>
    Chi2,

    /// <summary>Information component (ic).</summary>
    Ic,

    /// <summary>Its lower end (ic025).</summary>
    Ic025,

    /// <summary>EBGM (ebgm).</summary>
    Ebgm,

    /// <summary>EB05 (eb05).</summary>
    Eb05,
}

/// <summary>What a figure of a pair has to be.</summary>
/// <param name="Measure">The figure.</param>
/// <param name="AtLeast">The least value; NaN where <paramref name="Above"/> says it.</param>
/// <param name="Above">The value it has to exceed; NaN where <paramref name="AtLeast"/> says it.</param>
public sealed record ScreeningCondition(ScreeningMeasure Measure, double AtLeast, double Above)
{
    internal bool Holds(double value) => value >= AtLeast || value > Above;
}

/// <summary>
/// A published threshold, with its source and the day of it. A pair that meets one is reported more often than others are. That is all:
/// it is not a risk, and not a signal before a person has said so.
/// </summary>
/// <param name="Id">Permanent name.</param>
/// <param name="Who">Whose it is.</param>
/// <param name="AsOf">The day of the source. What holds today may be something else.</param>
/// <param name="All">Conditions; all have to hold.</param>
/// <param name="Source">Address of the source.</param>
/// <param name="Verified">Whether the source was read.</param>
/// <param name="Note">What else to know.</param>
public sealed record ScreeningThreshold(string Id, string Who, DateOnly AsOf, ImmutableArray<ScreeningCondition> All, string Source, bool Verified, string Note)
{
    /// <summary>Those that come with the program (<c>thresholds.json</c>).</summary>
    public static ImmutableArray<ScreeningThreshold> Published { get; } = Read();

    /// <summary>Whether a pair meets every condition. A figure that is not there meets none.</summary>
    public bool IsMetBy(PairScore score, PairTable table)
    {
        foreach (var condition in All)
        {
            if (!condition.Holds(Value(condition.Measure, score, table))) return false;
        }

        return true;
    }

    private static double Value(ScreeningMeasure measure, PairScore score, PairTable table) => measure switch
    {
        ScreeningMeasure.N => score.Observed,
        ScreeningMeasure.Prr => score.Prr.Estimate,
        ScreeningMeasure.PrrLow => score.Prr.Low,
        ScreeningMeasure.Ror => score.Ror.Estimate,
        ScreeningMeasure.RorLow => score.Ror.Low,
        ScreeningMeasure.Chi2 => PairTests.ChiSquare(table, yates: false),
        ScreeningMeasure.Ic => score.Ic.Value,
        ScreeningMeasure.Ic025 => score.Ic.Low,
        ScreeningMeasure.Ebgm => score.Ebgm,
        _ => score.Eb05,
    };

    private static ImmutableArray<ScreeningThreshold> Read()
    {
        using var stream = typeof(ScreeningThreshold).Assembly.GetManifestResourceStream("ThinIce.Numbers.Signals.thresholds.json")!;
        using var json = JsonDocument.Parse(stream);
        return [.. json.RootElement.GetProperty("thresholds").EnumerateArray().Select(Read)];
    }

    private static ScreeningThreshold Read(JsonElement one) => new(
        Text(one, "id"), Text(one, "who"), DateOnly.ParseExact(Text(one, "asOf"), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        [.. one.GetProperty("all").EnumerateArray().Select(c => new ScreeningCondition(Enum.Parse<ScreeningMeasure>(Text(c, "measure").Replace("_", "", StringComparison.Ordinal), ignoreCase: true), Number(c, "atLeast"), Number(c, "above")))],
        Text(one, "source"), one.GetProperty("verified").GetBoolean(), Text(one, "note"));

    private static string Text(JsonElement one, string name) => one.GetProperty(name).GetString()!;

    private static double Number(JsonElement one, string name) => one.TryGetProperty(name, out var value) ? value.GetDouble() : double.NaN;
}
