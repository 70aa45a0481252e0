namespace ThinIce.Numbers.Signals;

/// <summary>Counts of pairs while they are being counted.</summary>
internal interface ICellCounts
{
    /// <summary>Counts each of the rows once. They have to be different.</summary>
    void Add(ReadOnlySpan<(int Exposure, int Event)> rows);

    /// <summary>The pairs that were counted.</summary>
    (int[] Exposure, int[] Event, int[] Observed) Pairs();
}

/// <summary>A cell for every exposure and event: quickest while the whole table fits.</summary>
internal sealed class DenseCells(int exposures, int events) : ICellCounts
{
    private readonly int[] cells = new int[(long)exposures * events];

    public void Add(ReadOnlySpan<(int Exposure, int Event)> rows)
    {
        foreach (var (x, v) in rows) cells[x * events + v]++;
    }

    /// <summary>Adds the counts of other reports.</summary>
    public void Add(DenseCells other)
    {
        for (var i = 0; i < cells.Length; i++) cells[i] += other.cells[i];
    }

    public (int[] Exposure, int[] Event, int[] Observed) Pairs()
    {
        var pairs = cells.AsSpan().Length - cells.AsSpan().Count(0);
        var (exposure, @event, observed, at) = (new int[pairs], new int[pairs], new int[pairs], 0);
        for (var x = 0; x < exposures; x++)
        {
            for (var v = 0; v < events; v++)
            {
                if (cells[x * events + v] is not (> 0 and var n)) continue;
                (exposure[at], @event[at], observed[at++]) = (x, v, n);
            }
        }

        return (exposure, @event, observed);
    }
}

/// <summary>A cell for every pair that occurs: for tables too wide to hold whole.</summary>
internal sealed class HashedCells : ICellCounts
{
    private readonly Dictionary<long, int> cells = [];

    public void Add(ReadOnlySpan<(int Exposure, int Event)> rows)
    {
        foreach (var (x, v) in rows)
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(cells, (long)x << 32 | (uint)v, out _)++;
    }

    public (int[] Exposure, int[] Event, int[] Observed) Pairs()
    {
        var keys = cells.Keys.ToArray();
        Array.Sort(keys);
        return ([.. keys.Select(k => (int)(k >> 32))], [.. keys.Select(k => (int)k)], [.. keys.Select(k => cells[k])]);
    }
}
