namespace ThinIce.Numbers.Statistics;

/// <summary>Where a function crosses zero.</summary>
internal static class Roots
{
    /// <summary>
    /// The root between two ends at which the function has opposite signs, to the last bits: false position (Illinois) with a
    /// halving whenever that is slow. Throws <see cref="ArgumentException"/> where the signs are the same.
    /// </summary>
    public static double Between(double low, double high, Func<double, double> f)
    {
        var (fLow, fHigh) = (f(low), f(high));
        if (fLow == 0) return low;
        if (fHigh == 0) return high;
        if (fLow > 0 == fHigh > 0) throw new ArgumentException("The function does not change its sign between the ends.");
        for (var i = 0; i < 300; i++)
        {
            var width = high - low;
            if (Math.Abs(width) <= 4e-16 * Math.Max(Math.Abs(low), Math.Abs(high)) || width == 0) break;
            var x = i % 3 == 2 ? low + width / 2 : low - fLow * width / (fHigh - fLow);
            if (!(x > low && x < high)) x = low + width / 2;
            if (x <= low || x >= high) break;
            var fx = f(x);
            if (fx == 0) return x;
            if (fx > 0 == fHigh > 0) (high, fHigh, fLow) = (x, fx, fLow / 2);
            else (low, fLow, fHigh) = (x, fx, fHigh / 2);
        }

        return low + (high - low) / 2;
    }
}
