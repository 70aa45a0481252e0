namespace ThinIce.Numbers.Signals;

/// <summary>
/// The two-by-two table of one exposure and one event, counted in reports: a names both, b the exposure only, c the event only, d
/// neither. It says how often things are reported together, never how risky a massage is.
/// </summary>
public readonly record struct PairTable
{
    /// <summary>Made of the count and the margins.</summary>
    /// <param name="observed">Reports that name both (a), 0 or more.</param>
    /// <param name="exposure">Reports that name the exposure (a + b).</param>
    /// <param name="event">Reports that name the event (a + c).</param>
    /// <param name="reports">All reports.</param>
    /// <param name="expected">Expected reports; left out, exposure × event ÷ reports.</param>
    /// <exception cref="ArgumentOutOfRangeException">When the counts cannot be those of one table.</exception>
    public PairTable(long observed, long exposure, long @event, long reports, double? expected = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(observed);
        ArgumentOutOfRangeException.ThrowIfLessThan(exposure, observed);
        ArgumentOutOfRangeException.ThrowIfLessThan(@event, observed);
        ArgumentOutOfRangeException.ThrowIfLessThan(reports, Math.Max(exposure, @event));
        (A, B, C, D, Reports) = (observed, exposure - observed, @event - observed, Math.Max(0, reports - exposure - @event + observed), reports);
        Expected = expected ?? (double)exposure * @event / reports;
    }

    /// <summary>Reports that name both.</summary>
    public long A { get; }

    /// <summary>Reports that name the exposure and not the event.</summary>
    public long B { get; }

    /// <summary>Reports that name the event and not the exposure.</summary>
    public long C { get; }

    /// <summary>
    /// Reports that name neither. Where rows pair only some of a report's exposures with some of its events, one report may stand in b and
    /// in c; this is then what is left, and at least 0.
    /// </summary>
    public long D { get; }

    /// <summary>All reports.</summary>
    public long Reports { get; }

    /// <summary>Reports expected if both were reported independently; above 0.</summary>
    public double Expected { get; }
}
