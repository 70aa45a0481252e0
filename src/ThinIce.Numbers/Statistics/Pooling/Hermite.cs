namespace ThinIce.Numbers.Statistics.Pooling;

/// <summary>Gauss-Hermite quadrature; MathNet has no rule for it.</summary>
internal static class Hermite
{
    /// <summary>Nodes, and the logs of the weights times exp(x²): ∫ f(x) dx ≈ Σ exp(log w) f(x).</summary>
    public static (double[] X, double[] LogW) Rule(int points)
    {
        var (x, log) = (new double[points], new double[points]);
        for (var i = 0; i < points; i++)
        {
            // Orthonormal Hermite polynomials have their zeroes between -√(2n+1) and √(2n+1); they are found by counting signs.
            var root = Zero(points, i);
            var (_, before) = Values(points, root);
            x[i] = root;
            // w = 1 / (n h²_{n-1}), with the weight exp(-x²) taken out.
            log[i] = -Math.Log(points) - 2 * Math.Log(Math.Abs(before)) + root * root;
        }

        return (x, log);
    }

    private static double Zero(int points, int index)
    {
        var (low, high) = (-Math.Sqrt(2 * points + 1.0), Math.Sqrt(2 * points + 1.0));
        for (var i = 0; i < 200 && high - low > 1e-15 * Math.Abs(high); i++)
        {
            var middle = (low + high) / 2;
            if (Below(points, middle) > index) high = middle;
            else low = middle;
        }

        return Math.Abs(low + high) < 1e-12 ? 0 : (low + high) / 2;
    }

    /// <summary>How many zeroes lie below: the changes of sign in the sequence of polynomials (Sturm), counted from the top.</summary>
    private static int Below(int points, double x)
    {
        double previous = 1, value = Math.Sqrt(2) * x;
        var same = Sign(value) == Sign(previous) ? 1 : 0;
        for (var n = 1; n < points; n++)
        {
            (previous, value) = (value, x * Math.Sqrt(2.0 / (n + 1)) * value - Math.Sqrt(n / (n + 1.0)) * previous);
            if (Sign(value) == Sign(previous)) same++;
        }

        return same;
    }

    private static int Sign(double value) => value >= 0 ? 1 : -1;

    private static (double Value, double Before) Values(int points, double x)
    {
        double previous = Math.Pow(Math.PI, -0.25), value = Math.Sqrt(2) * x * previous;
        for (var n = 1; n < points; n++) (previous, value) = (value, x * Math.Sqrt(2.0 / (n + 1)) * value - Math.Sqrt(n / (n + 1.0)) * previous);
        return (value, previous);
    }
}
