using ThinIce.Numbers.Statistics.Distributions;

namespace ThinIce.Numbers.Statistics.Coverage;

/// <summary>Random numbers of a seed: the same on every machine.</summary>
internal sealed class Draws(int seed)
{
    public Random Random { get; } = new(seed);

    public double Uniform() => Random.NextDouble();

    /// <summary>A standard normal number (Box and Muller).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Random.NextDouble())) * Math.Cos(2 * Math.PI * Random.NextDouble());

    public double Beta(double a, double b) => MathNet.Numerics.Distributions.Beta.Sample(Random, a, b);

    /// <summary>A binomial number by inversion from the mode's side: fine for the sizes here.</summary>
    public long Binomial(long n, double p)
    {
        if (p > 0.5) return n - Binomial(n, 1 - p);
        if (n <= 64)
        {
            long x = 0;
            for (var i = 0; i < n; i++) x += Random.NextDouble() < p ? 1 : 0;
            return x;
        }

        var (u, k, term) = (Random.NextDouble(), (long)Math.Max(0, Math.Floor(n * p - 8 * Math.Sqrt(n * p) - 8)), 0.0);
        term = BinomialDistribution.Exactly(k, n, p);
        for (var sum = term; sum < u && k < n; k++)
        {
            term *= (double)(n - k) / (k + 1) * (p / (1 - p));
            sum += term;
        }

        return k;
    }

    public long Poisson(double mean)
    {
        var (u, k) = (Random.NextDouble(), (long)Math.Max(0, Math.Floor(mean - 8 * Math.Sqrt(mean) - 8)));
        var term = PoissonDistribution.Exactly(k, mean);
        for (var sum = term; sum < u && term > 0; k++)
        {
            term *= mean / (k + 1);
            sum += term;
        }

        return k;
    }
}
