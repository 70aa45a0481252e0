using ThinIce.Numbers.Statistics.Agreement;

namespace ThinIce.Validation.Published;

public sealed class KappaTests
{
    // Fleiss JL (1971) Measuring nominal scale agreement among many raters. Psychological Bulletin 76:378-382, table 1: 30 patients, 6
    // psychiatrists each; depression, personality disorder, schizophrenia, neurosis, other. The same data are in R's irr ("diagnoses").
    private static readonly int[][] Fleiss1971 =
    [
        [0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0], [2, 0, 4, 0, 0], [0, 0, 4, 0, 2], [2, 0, 3, 1, 0], [2, 0, 0, 4, 0], [0, 0, 0, 0, 6],
        [1, 0, 0, 5, 0], [1, 1, 0, 4, 0], [0, 3, 3, 0, 0], [1, 0, 0, 5, 0], [0, 2, 0, 3, 1], [0, 0, 5, 0, 1], [3, 0, 0, 1, 2], [5, 1, 0, 0, 0], [0, 2, 0, 4, 0], [1, 0, 2, 0, 3],
        [0, 0, 0, 0, 6], [0, 1, 0, 5, 0], [0, 2, 0, 1, 3], [2, 0, 0, 4, 0], [1, 0, 0, 4, 1], [0, 5, 0, 1, 0], [4, 0, 0, 0, 2], [0, 2, 0, 4, 0], [1, 0, 5, 0, 0], [0, 0, 0, 0, 6],
    ];

    // SexualFun of R's vcd 1.4-11 (Hout and others 1987): what wives and husbands said, never to always.
    private static readonly long[,] Couples = { { 7, 7, 2, 3 }, { 2, 8, 3, 7 }, { 1, 5, 4, 9 }, { 2, 8, 9, 14 } };

    // Cohen J (1968) Weighted kappa. Psychological Bulletin 70:213-220, as shares of 200 in psych's help for cohen.kappa: "cohen reports .492 and .348".
    private static readonly long[,] Cohen1968 = { { 88, 14, 18 }, { 10, 40, 10 }, { 2, 6, 12 } };

    [Fact]
    public void Fleiss_of_1971_comes_out_at_430() => Assert.Equal(0.430, Math.Round(Kappa.Fleiss(Fleiss1971).Value, 3));

    [Fact]
    public void The_marginals_and_the_test_of_Fleiss_1971_are_those_of_irr()
    {
        // irr 0.84.1, kappam.fleiss(diagnoses): Kappa = 0.43, z = 17.7.
        Assert.Equal(17.7, Math.Round(Kappa.FleissTest(Fleiss1971), 1));
        Assert.Equal([26, 26, 30, 55, 43], Enumerable.Range(0, 5).Select(j => Fleiss1971.Sum(r => r[j])));
    }

    [Fact]
    public void The_interval_around_Fleiss_kappa_holds_it_and_widens_with_fewer_things()
    {
        var all = Kappa.Fleiss(Fleiss1971);
        var some = Kappa.Fleiss(Fleiss1971[..10]);
        Assert.True(all.Interval.Holds(all.Value) && all.Interval.Low > 0);
        Assert.True(some.Interval.Width > all.Interval.Width);
    }

    [Fact]
    public void Cohens_kappa_and_its_error_are_those_of_vcd()
    {
        // Kappa(SexualFun), R 4.2.2, vcd 1.4-11, digits=12; confint(...).
        var kappa = Kappa.Cohen(Couples);
        Assert.Equal(0.1293302540416, kappa.Value, 10);
        Assert.Equal(0.0685985324807, kappa.StandardError, 10);
        Assert.Equal(-0.005120399013, kappa.Interval.Low, 9);
        Assert.Equal(0.2637809071, kappa.Interval.High, 9);
    }

    [Fact]
    public void Weighted_kappas_and_their_errors_are_those_of_vcd()
    {
        // The same; weights "Equal-Spacing" and "Fleiss-Cohen".
        var linear = Kappa.Weighted(Couples, AgreementWeights.Linear(4));
        var quadratic = Kappa.Weighted(Couples, AgreementWeights.Quadratic(4));
        Assert.Equal((0.2373806275580, 0.0783163347784), (Math.Round(linear.Value, 13), Math.Round(linear.StandardError, 13)));
        Assert.Equal((0.3320455862469, 0.0972975219586), (Math.Round(quadratic.Value, 13), Math.Round(quadratic.StandardError, 13)));
    }

    [Fact]
    public void Cohens_own_example_of_1968_comes_out_as_printed()
    {
        Assert.Equal(0.492, Math.Round(Kappa.Cohen(Cohen1968).Value, 3));
        var weights = AgreementWeights.FromDisagreement(new double[,] { { 0, 1, 3 }, { 1, 0, 6 }, { 3, 6, 0 } });
        Assert.Equal(0.348, Math.Round(Kappa.Weighted(Cohen1968, weights).Value, 3));
    }

    [Fact]
    public void Everything_in_one_category_has_no_kappa() => Assert.True(double.IsNaN(Kappa.Cohen(new long[,] { { 5, 0 }, { 0, 0 } }).Value));

    [Fact]
    public void Things_with_different_numbers_of_raters_are_refused() => Assert.Throws<ArgumentException>(() => Kappa.Fleiss([[2, 1], [1, 1]]));
}
