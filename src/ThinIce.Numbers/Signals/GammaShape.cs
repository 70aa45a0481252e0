using MathNet.Numerics;

namespace ThinIce.Numbers.Signals;

/// <summary>
/// The gamma distribution of one shape and rate 1, for many evaluations: what depends on the shape alone is kept. Lower tail by series,
/// upper tail by continued fraction (Lentz), both to about fourteen digits; MathNet's regularised function is the plain way.
/// </summary>
internal sealed class GammaShape(double shape)
{
    private const double Smallest = 1e-290;
    private readonly double logGamma = SpecialFunctions.GammaLn(shape);

    /// <summary>The shape.</summary>
    public double Shape => shape;

    /// <summary>Probability below x, and the density there times x.</summary>
    public (double Below, double DensityTimesX) At(double x)
    {
        var front = Math.Exp(shape * Math.Log(x) - x - logGamma);
        return (x < shape + 1 ? front * Series(x) : 1 - front * Fraction(x), front);
    }

    private double Series(double x)
    {
        var term = 1 / shape;
        var sum = term;
        for (var k = shape + 1; term > sum * 1e-16; k++)
        {
            term *= x / k;
            sum += term;
        }

        return sum;
    }

    private double Fraction(double x)
    {
        var b = x + 1 - shape;
        var c = 1 / Smallest;
        var d = 1 / b;
        var h = d;
        for (var i = 1; i < 100_000; i++)
        {
            var a = -i * (i - shape);
            b += 2;
            d = a * d + b;
            d = 1 / (Math.Abs(d) < Smallest ? Smallest : d);
            c = b + a / c;
            if (Math.Abs(c) < Smallest) c = Smallest;
            h *= d * c;
            if (Math.Abs(d * c - 1) < 1e-15) break;
        }

        return h;
    }

    /// <summary>A first guess of the quantile (Wilson and Hilferty; for small shapes the power that the distribution begins with).</summary>
    /// <param name="p">Probability below.</param>
    /// <param name="z">The normal quantile of <paramref name="p"/>.</param>
    public double Guess(double p, double z)
    {
        var root = 1 - 1 / (9 * shape) + z / (3 * Math.Sqrt(shape));
        return root > 0.2 ? shape * root * root * root : Math.Exp((Math.Log(p * shape) + logGamma) / shape);
    }
}
