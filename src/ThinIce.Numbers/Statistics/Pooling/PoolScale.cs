namespace ThinIce.Numbers.Statistics.Pooling;

/// <summary>The scale on which studies are pooled.</summary>
public enum PoolScale
{
    /// <summary>Log-odds of a proportion; ½ is added to both counts of a study with no event or nothing but events. <c>logit</c></summary>
    Logit,

    /// <summary>Freeman and Tukey's double arcsine, turned back with the harmonic mean of the sizes (Miller 1978). <c>double-arcsine</c></summary>
    DoubleArcsine,

    /// <summary>Log of events over time; ½ is added to a study with no event. <c>log-rate</c></summary>
    LogRate,

    /// <summary>Arcsine of the square root of a proportion. <c>arcsine</c></summary>
    Arcsine,

    /// <summary>The proportion itself; ½ is added as for logit, to the variance's counts too. <c>raw</c></summary>
    Raw,
}

/// <summary>One study: its name, events, and people, visits or time.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Events">Events, at least 0.</param>
/// <param name="N">People or visits, or time of observation for a rate; positive.</param>
public sealed record Study(string Name, long Events, double N)
{
    /// <summary>Subgroup, where studies are compared by one.</summary>
    public string? Group { get; init; }
}

/// <summary>An estimate on the scale of pooling.</summary>
/// <param name="Name">The study.</param>
/// <param name="Y">Estimate on the scale.</param>
/// <param name="V">Its sampling variance, positive.</param>
public sealed record Effect(string Name, double Y, double V);

/// <summary>From counts to the scale of pooling and back, as metafor's escalc and transf.* do it (PLO, PFT, IRLN, PAS, PR).</summary>
public static class Scales
{
    /// <summary>Name in options and outputs.</summary>
    public static string Name(PoolScale scale) => scale switch
    {
        PoolScale.Logit => "logit",
        PoolScale.DoubleArcsine => "double-arcsine",
        PoolScale.LogRate => "log-rate",
        PoolScale.Arcsine => "arcsine",
        _ => "raw",
    };

    /// <summary>A study on the scale.</summary>
    public static Effect Effect(Study study, PoolScale scale)
    {
        ArgumentNullException.ThrowIfNull(study);
        double x = study.Events, n = study.N;
        switch (scale)
        {
            case PoolScale.DoubleArcsine:
                return new(study.Name, FreemanTukey(x, n), 1 / (4 * n + 2));
            case PoolScale.Arcsine:
                return new(study.Name, Math.Asin(Math.Sqrt(x / n)), 1 / (4 * n));
            case PoolScale.LogRate:
                if (x == 0) x = 0.5;
                return new(study.Name, Math.Log(x / n), 1 / x);
        }

        if (x == 0 || x == n) (x, n) = (x + 0.5, n + 1);
        return scale == PoolScale.Raw ? new(study.Name, x / n, x / n * (1 - x / n) / n) : new(study.Name, Math.Log(x / (n - x)), 1 / x + 1 / (n - x));
    }

    /// <summary>A value of the scale as a proportion or rate.</summary>
    /// <param name="value">The value.</param>
    /// <param name="scale">Its scale.</param>
    /// <param name="harmonicMean">Harmonic mean of the studies' sizes; used for the double arcsine only.</param>
    public static double Back(double value, PoolScale scale, double harmonicMean) => scale switch
    {
        PoolScale.Logit => value < 0 ? Math.Exp(value) / (1 + Math.Exp(value)) : 1 / (1 + Math.Exp(-value)),
        PoolScale.LogRate => Math.Exp(value),
        PoolScale.DoubleArcsine => Miller(value, harmonicMean),
        PoolScale.Arcsine => Math.Pow(Math.Sin(Math.Clamp(value, 0, Math.PI / 2)), 2),
        _ => value,
    };

    private static double FreemanTukey(double x, double n) => (Math.Asin(Math.Sqrt(x / (n + 1))) + Math.Asin(Math.Sqrt((x + 1) / (n + 1)))) / 2;

    private static double Miller(double value, double n)
    {
        if (value <= FreemanTukey(0, n)) return 0;
        if (value >= FreemanTukey(n, n)) return 1;
        var (sin, cos) = Math.SinCos(2 * value);
        var inner = sin + (sin - 1 / sin) / n;
        return (1 - Math.Sign(cos) * Math.Sqrt(Math.Max(0, 1 - inner * inner))) / 2;
    }
}
