namespace ThinIce.Numbers.Statistics.Pooling;

/// <summary>
/// Weighted least squares of the effects on an intercept and, for a test of small studies, one more column, at a given
/// heterogeneity. P is W − WX(X'WX)⁻¹X'W; its traces come from 2×2 sums, and not from a k×k matrix.
/// </summary>
internal sealed class LinearModel
{
    private readonly double[] y, v, x;
    private readonly bool slope;

    public LinearModel(double[] y, double[] v, double[]? x = null) => (this.y, this.v, this.x, slope) = (y, v, x ?? [], x is not null);

    public int K => y.Length;

    public int Columns => slope ? 2 : 1;

    /// <summary>What one value of the heterogeneity gives.</summary>
    /// <param name="Intercept">First coefficient.</param>
    /// <param name="Slope">Second, or 0.</param>
    /// <param name="InterceptVariance">Variance of the first.</param>
    /// <param name="SlopeVariance">Variance of the second, or 0.</param>
    /// <param name="Rss">Σ w (y − ŷ)².</param>
    /// <param name="SumW">Σ w.</param>
    /// <param name="SumW2">Σ w².</param>
    /// <param name="TraceP">tr P.</param>
    /// <param name="TracePP">tr PP.</param>
    /// <param name="YPPY">y'PPy.</param>
    /// <param name="LogDeterminant">log |X'WX|.</param>
    /// <param name="SumLog">Σ log(v + τ²).</param>
    public readonly record struct Fit(
        double Intercept, double Slope, double InterceptVariance, double SlopeVariance, double Rss, double SumW, double SumW2, double TraceP, double TracePP, double YPPY, double LogDeterminant, double SumLog);

    /// <summary>The fit at τ².</summary>
    public Fit At(double tau2)
    {
        Span<double> s1 = stackalloc double[3], s2 = stackalloc double[3], s3 = stackalloc double[3];
        double wy = 0, wxy = 0, logs = 0;
        for (var i = 0; i < y.Length; i++)
        {
            var (total, at) = (v[i] + tau2, slope ? x[i] : 0);
            var w = 1 / total;
            Add(s1, w, at);
            Add(s2, w * w, at);
            Add(s3, w * w * w, at);
            wy += w * y[i];
            wxy += w * at * y[i];
            logs += Math.Log(total);
        }

        // The inverse of X'WX; without a slope only its first entry counts.
        var determinant = slope ? s1[0] * s1[2] - s1[1] * s1[1] : s1[0];
        double a = slope ? s1[2] / determinant : 1 / s1[0], b = slope ? -s1[1] / determinant : 0, c = slope ? s1[0] / determinant : 0;
        double b0 = a * wy + b * wxy, b1 = b * wy + c * wxy;
        double rss = 0, ypp = 0;
        for (var i = 0; i < y.Length; i++)
        {
            var w = 1 / (v[i] + tau2);
            var residual = y[i] - b0 - (slope ? b1 * x[i] : 0);
            rss += w * residual * residual;
            ypp += w * residual * w * residual;
        }

        // Py is W(y − ŷ) and P is symmetric, so that y'PPy is Σ(w r)².
        double t1 = Inner(a, b, c, s2), t2 = Inner(a, b, c, s3);
        // M = (X'WX)⁻¹ X'W²X, and tr(M M).
        double m00 = a * s2[0] + b * s2[1], m01 = a * s2[1] + b * s2[2], m10 = b * s2[0] + c * s2[1], m11 = b * s2[1] + c * s2[2];
        var square = m00 * m00 + 2 * m01 * m10 + m11 * m11;
        return new(b0, b1, a, c, rss, s1[0], s2[0], s1[0] - t1, s2[0] - 2 * t2 + square, ypp, Math.Log(determinant), logs);
    }

    /// <summary>The same model with other sampling variances.</summary>
    public LinearModel With(double[] variances) => new(y, variances, slope ? x : null);

    /// <summary>tr(PV), tr(PVPV) and tr(PPV) without a slope, for weights that are a function of v: the standard errors of τ² need them.</summary>
    public (double Pv, double PvPv, double Ppv) Traces(Func<double, double> weight)
    {
        double s = 0, wv = 0, w2 = 0, w2v = 0, w3v = 0, wv2 = 0, w3v2 = 0;
        foreach (var one in v)
        {
            var w = weight(one);
            s += w;
            w2 += w * w;
            wv += w * one;
            w2v += w * w * one;
            w3v += w * w * w * one;
            wv2 += w * one * w * one;
            w3v2 += w * w * w * one * one;
        }

        return (wv - w2v / s, wv2 - 2 * w3v2 / s + w2v * w2v / (s * s), w2v - 2 * w3v / s + w2 * w2v / (s * s));
    }

    private static void Add(Span<double> s, double w, double x)
    {
        s[0] += w;
        s[1] += w * x;
        s[2] += w * x * x;
    }

    /// <summary>tr of the inverse times a matrix of sums.</summary>
    private static double Inner(double a, double b, double c, ReadOnlySpan<double> s) => a * s[0] + 2 * b * s[1] + c * s[2];
}
