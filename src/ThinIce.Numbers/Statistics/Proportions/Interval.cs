namespace ThinIce.Numbers.Statistics.Proportions;

/// <summary>Which ends an interval has.</summary>
public enum Sides
{
    /// <summary>Both ends; the error is shared between them.</summary>
    Both,

    /// <summary>An upper bound only; the low end is the least possible value.</summary>
    Upper,

    /// <summary>A lower bound only; the high end is the greatest possible value.</summary>
    Lower,
}

/// <summary>An interval, with how it was made: without its method and level it would not be one.</summary>
/// <param name="Method">Name of the method, such as <c>clopper-pearson</c>.</param>
/// <param name="Low">Low end, on the scale of the estimate.</param>
/// <param name="High">High end.</param>
/// <param name="Level">Confidence, from 0 to 1, such as 0.95.</param>
/// <param name="Sides">Two-sided or one bound.</param>
public sealed record Interval(string Method, double Low, double High, double Level, Sides Sides = Sides.Both)
{
    /// <summary>High less low.</summary>
    public double Width => High - Low;

    /// <summary>Whether a value lies between the ends, these included.</summary>
    public bool Holds(double value) => value >= Low && value <= High;

    /// <summary>Error on each side that is left open. Throws <see cref="ArgumentOutOfRangeException"/> unless 0 &lt; level &lt; 1.</summary>
    internal static double Tail(double level, Sides sides)
    {
        if (!(level > 0 && level < 1)) throw new ArgumentOutOfRangeException(nameof(level), "A level lies between 0 and 1, such as 0.95.");
        return sides == Sides.Both ? (1 - level) / 2 : 1 - level;
    }
}
