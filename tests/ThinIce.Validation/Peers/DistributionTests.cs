using System.Globalization;
using ThinIce.Numbers.Statistics.Distributions;
using ThinIce.TestSupport;

namespace ThinIce.Validation.Peers;

/// <summary>Tails of the distributions beside R 4.2.2; the numbers were made by r-distributions.R, which stands here.</summary>
public sealed class DistributionTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Root, "tests", "ThinIce.Validation", "Peers", "r-distributions.csv"));

    public static TheoryData<string, double> Functions => new()
    {
        // R's own quantiles are good to about 1e-12 here; ours are compared to 1e-10.
        { "qbeta", 1e-10 }, { "pbeta", 1e-10 }, { "pbeta-upper", 1e-10 }, { "qgamma", 1e-10 }, { "pgamma", 1e-10 }, { "pgamma-upper", 1e-10 }, { "qt", 1e-10 }, { "pt", 1e-12 },
        { "qnorm", 1e-13 }, { "pnorm", 1e-12 }, { "pchisq-upper", 1e-11 }, { "dbinom", 1e-10 }, { "dpois", 1e-10 },
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public void The_tails_agree_with_R(string function, double tolerance)
    {
        var rows = Lines.Select(l => l.Split(',')).Where(c => c[0] == function).Select(c => c[1..].Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray()).ToList();
        Assert.NotEmpty(rows);
        foreach (var row in rows)
        {
            var ours = Ours(function, row[0], row[1], row[2]);
            // Below 1e-290 R and we may round to zero at another place.
            Assert.True(Math.Abs(ours - row[3]) <= tolerance * Math.Abs(row[3]) + 1e-290, $"{function}({row[0]:R}, {row[1]:R}, {row[2]:R}) is {ours:R}, in R {row[3]:R}");
        }
    }

    private static double Ours(string function, double x, double a, double b) => function switch
    {
        "qbeta" => BetaDistribution.Quantile(x, a, b),
        "pbeta" => BetaDistribution.Lower(x, a, b),
        "pbeta-upper" => BetaDistribution.Upper(x, a, b),
        "qgamma" => GammaDistribution.Quantile(x, a),
        "pgamma" => GammaDistribution.Lower(x, a),
        "pgamma-upper" => GammaDistribution.Upper(x, a),
        "qt" => StudentDistribution.UpperQuantile(1 - x, a) is var upper && x < 0.5 ? -StudentDistribution.UpperQuantile(x, a) : upper,
        "pt" => x < 0 ? StudentDistribution.Upper(-x, a) : 1 - StudentDistribution.Upper(x, a),
        "qnorm" => StandardNormal.Quantile(x),
        "pnorm" => StandardNormal.Lower(x),
        "pchisq-upper" => ChiSquaredDistribution.Upper(x, a),
        "dbinom" => BinomialDistribution.Exactly((long)x, (long)a, b),
        "dpois" => PoissonDistribution.Exactly((long)x, a),
        _ => throw new ArgumentException(function),
    };

    [Fact]
    public void MathNets_quantile_of_beta_is_not_accurate_enough_for_rare_events()
    {
        // qbeta(1e-10, 0.5, 0.5) is 2.467401100272340e-20 in R; MathNet 5.0.0 says 0. Should it be mended, our own code can go.
        var theirs = MathNet.Numerics.Distributions.Beta.InvCDF(0.5, 0.5, 1e-10);
        Assert.NotInRange(theirs, 2.4673e-20, 2.4675e-20);
        Assert.Equal(2.467401100272340e-20, BetaDistribution.Quantile(1e-10, 0.5, 0.5), 1e-30);
    }
}
