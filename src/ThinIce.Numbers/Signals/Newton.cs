namespace ThinIce.Numbers.Signals;

/// <summary>Newton steps uphill for a handful of parameters, by Cholesky's decomposition.</summary>
internal static class Newton
{
    /// <summary>The step that would reach the top if the surface were a parabola; where it does not bend down, it is bent down first.</summary>
    /// <param name="curvature">Second derivatives.</param>
    /// <param name="gradient">First derivatives.</param>
    /// <param name="damping">Shortens the step: 0 for none, in units of the largest second derivative.</param>
    /// <returns>The step, and whether the surface bent down in every direction by itself.</returns>
    public static (double[] Step, bool BendsDown) Step(double[,] curvature, double[] gradient, double damping)
    {
        var scale = 1e-12;
        for (var i = 0; i < gradient.Length; i++) scale = Math.Max(scale, Math.Abs(curvature[i, i]));
        var bendsDown = Cholesky(curvature, 0) is not null;
        for (var added = damping; ; added = Math.Max(added * 10, 1e-8))
        {
            if (Cholesky(curvature, added * scale) is { } root) return (Solve(root, gradient), bendsDown);
        }
    }

    /// <summary>Sum of products.</summary>
    public static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    /// <summary>The same direction, with no part longer than so much.</summary>
    public static double[] AtMost(double[] step, double longest)
    {
        var length = step.Max(Math.Abs);
        return length <= longest ? step : [.. step.Select(s => s * longest / length)];
    }

    private static double[,]? Cholesky(double[,] curvature, double added)
    {
        var n = curvature.GetLength(0);
        var root = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = -curvature[i, j] + (i == j ? added : 0);
                for (var k = 0; k < j; k++) sum -= root[i, k] * root[j, k];
                if (i != j) root[i, j] = sum / root[j, j];
                else if (sum > 1e-13 * Math.Abs(curvature[i, i])) root[i, i] = Math.Sqrt(sum);
                else return null;
            }
        }

        return root;
    }

    private static double[] Solve(double[,] root, double[] right)
    {
        var x = (double[])right.Clone();
        for (var i = 0; i < x.Length; i++)
        {
            for (var k = 0; k < i; k++) x[i] -= root[i, k] * x[k];
            x[i] /= root[i, i];
        }

        for (var i = x.Length - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < x.Length; k++) x[i] -= root[k, i] * x[k];
            x[i] /= root[i, i];
        }

        return x;
    }
}
