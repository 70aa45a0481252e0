namespace ThinIce.Numbers.Signals;

/// <summary>A smooth function on an interval as Chebyshev pieces, each halved until it agrees with the function between its nodes.</summary>
internal sealed class SmoothCurve
{
    private const int Nodes = 14, Deepest = 12;
    private const double Tolerance = 1e-10;
    private readonly List<double> ends = [];
    private readonly List<double[]> coefficients = [];
    private readonly double from;
    private double[] endArray = [];

    private SmoothCurve(double from) => this.from = from;

    /// <summary>The curve of a function between two points.</summary>
    /// <returns>Null where the function is too rough for it.</returns>
    public static SmoothCurve? Of(Func<double, double> function, double from, double to)
    {
        var curve = new SmoothCurve(from - 1e-9);
        if (!curve.Add(function, curve.from, to + 1e-9, 0)) return null;
        curve.endArray = [.. curve.ends];
        return curve;
    }

    /// <summary>The value at a point of the interval.</summary>
    public double At(double x)
    {
        var piece = Array.BinarySearch(endArray, x);
        if (piece < 0) piece = Math.Min(~piece, endArray.Length - 1);
        return Value(coefficients[piece], x, piece == 0 ? from : endArray[piece - 1], endArray[piece]);
    }

    private bool Add(Func<double, double> function, double low, double high, int depth)
    {
        var fit = Fit(function, low, high);
        if (Agrees(function, fit, low, high))
        {
            ends.Add(high);
            coefficients.Add(fit);
            return true;
        }

        var middle = (low + high) / 2;
        return depth < Deepest && Add(function, low, middle, depth + 1) && Add(function, middle, high, depth + 1);
    }

    private static bool Agrees(Func<double, double> function, double[] fit, double low, double high)
    {
        foreach (var share in (ReadOnlySpan<double>)[0.0, 0.11, 0.37, 0.71, 1.0])
        {
            var x = low + share * (high - low);
            if (!(Math.Abs(function(x) - Value(fit, x, low, high)) < Tolerance)) return false;
        }

        return true;
    }

    private static double[] Fit(Func<double, double> function, double low, double high)
    {
        var values = new double[Nodes];
        for (var k = 0; k < Nodes; k++) values[k] = function((low + high) / 2 + (high - low) / 2 * Math.Cos(Math.PI * (k + 0.5) / Nodes));
        var fit = new double[Nodes];
        for (var j = 0; j < Nodes; j++)
        {
            for (var k = 0; k < Nodes; k++) fit[j] += values[k] * Math.Cos(Math.PI * j * (k + 0.5) / Nodes) * 2 / Nodes;
        }

        return fit;
    }

    /// <summary>Clenshaw's recurrence.</summary>
    private static double Value(double[] fit, double x, double low, double high)
    {
        var y = (2 * x - low - high) / (high - low);
        var (b1, b2) = (0.0, 0.0);
        for (var j = fit.Length - 1; j > 0; j--) (b1, b2) = (2 * y * b1 - b2 + fit[j], b1);
        return y * b1 - b2 + fit[0] / 2;
    }
}
