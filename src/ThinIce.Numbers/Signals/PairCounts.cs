using ThinIce.Numbers.Files;

namespace ThinIce.Numbers.Signals;

/// <summary>
/// How many reports name an exposure, an event, and both. A report counts once, however many rows it has. These are counts of
/// reports, not of people, sessions or harms: nothing here is a rate.
/// </summary>
public sealed class PairCounts
{
    private readonly ByteInterner exposures, events;

    internal PairCounts(ByteInterner exposures, ByteInterner events, long reports, int[] exposureReports, int[] eventReports, int[] pairExposure, int[] pairEvent, int[] observed)
    {
        (this.exposures, this.events, Reports) = (exposures, events, reports);
        (ExposureReports, EventReports, PairExposure, PairEvent, Observed) = (exposureReports, eventReports, pairExposure, pairEvent, observed);
        Expected = new double[observed.Length];
        for (var i = 0; i < observed.Length; i++) Expected[i] = (double)exposureReports[pairExposure[i]] * eventReports[pairEvent[i]] / reports;
    }

    /// <summary>Different reports in all.</summary>
    public long Reports { get; }

    /// <summary>Pairs with at least one report.</summary>
    public int Pairs => Observed.Length;

    /// <summary>Different exposures.</summary>
    public int Exposures => ExposureReports.Length;

    /// <summary>Different events.</summary>
    public int Events => EventReports.Length;

    /// <summary>The stratified margins, when strata were asked for.</summary>
    internal StratumMargins? Strata { get; private set; }

    /// <summary>What each report names, where that was kept.</summary>
    internal ReportRows? Rows { get; set; }

    internal int[] ExposureReports { get; }

    internal int[] EventReports { get; }

    internal int[] PairExposure { get; }

    internal int[] PairEvent { get; }

    internal int[] Observed { get; }

    /// <summary>Reports expected of each pair if exposure and event were reported independently (within each stratum, where there are strata).</summary>
    internal double[] Expected { get; private set; }

    /// <summary>Name of an exposure by its number.</summary>
    public string Exposure(int exposure) => exposures.Text(exposure);

    /// <summary>Name of an event by its number.</summary>
    public string Event(int @event) => events.Text(@event);

    /// <summary>The two-by-two table of a pair by its place, with its expectation.</summary>
    public PairTable this[int pair] => new(Observed[pair], ExposureReports[PairExposure[pair]], EventReports[PairEvent[pair]], Reports, Expected[pair]);

    /// <summary>The exposure and the event of a pair by its place.</summary>
    public (string Exposure, string Event) Names(int pair) => (Exposure(PairExposure[pair]), Event(PairEvent[pair]));

    internal ReadOnlySpan<byte> ExposureBytes(int exposure) => exposures[exposure];

    internal ReadOnlySpan<byte> EventBytes(int @event) => events[@event];

    /// <summary>Expectations summed over the strata.</summary>
    internal void Stratify(StratumMargins margins)
    {
        Strata = margins;
        for (var i = 0; i < Pairs; i++) Expected[i] = margins.Expected(PairExposure[i], PairEvent[i]);
    }

    /// <summary>The cells to fit on, empty ones among them if asked for.</summary>
    internal PairGroups Groups(bool zeroes) => PairGroups.Of(Observed, Expected, zeroes ? EmptyCells.Of(this) : null);
}

/// <summary>What each report names, once each: the rows of report r stand from its start to its end.</summary>
internal sealed class ReportRows(int[] starts, int[] ends, (int Exposure, int Event)[] rows)
{
    public int Reports => ends.Length;

    public ReadOnlySpan<(int Exposure, int Event)> this[int report] => rows.AsSpan(starts[report], ends[report] - starts[report]);
}

/// <summary>The margins within each stratum.</summary>
internal sealed class StratumMargins(long[] reports, int[][] exposures, int[][] events)
{
    public int Count => reports.Length;

    /// <summary>Sum over the strata of exposure reports × event reports ÷ reports.</summary>
    public double Expected(int exposure, int @event)
    {
        var sum = 0.0;
        for (var s = 0; s < reports.Length; s++) sum += (double)exposures[s][exposure] * events[s][@event] / reports[s];
        return sum;
    }
}
