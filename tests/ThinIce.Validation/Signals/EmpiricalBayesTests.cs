using ThinIce.Numbers.Signals;

namespace ThinIce.Validation.Signals;

/// <summary>FDA's openEBGM 0.9.1 on CAERS 2012, and its stored scores of FAERS 2022, third quarter.</summary>
public sealed class EmpiricalBayesTests
{
    private static readonly SignalScores Scores = SignalScores.Of(SignalData.CaersCounts, zeroes: false);

    // As openEBGM prints them, for CAERS fitted to every cell and to squashed counts, and for FAERS to squashed counts with empty pairs.
    private static readonly GammaPoissonPrior Unsquashed = new(3.255967, 0.399990, 2.023752, 1.906133, 0.0653074), Squashed = new(3.253786, 0.399888, 2.026131, 1.908083, 0.0653457);

    private static readonly GammaPoissonPrior Faers = new(0.16056, 0.022908, 0.68777, 0.92466, 0.061932);

    private static void Same(GammaPoissonPrior expected, GammaPoissonPrior actual, double relative)
    {
        foreach (var (e, a) in expected.ToArray().Zip(actual.ToArray())) SignalData.Close(e, a, relative);
    }

    [Fact]
    public void The_counts_of_caers_are_openEBGMs()
    {
        Assert.Equal(3_356, SignalData.CaersCounts.Reports);
        Assert.Equal(17_189, SignalData.CaersCounts.Pairs);
    }

    [Fact]
    public void The_prior_of_caers_is_that_of_the_unsquashed_fit()
    {
        Assert.True(Scores.Fit.Converged);
        Assert.False(Scores.Fit.Squashed);
        Same(Unsquashed, Scores.Fit.Used.Prior, 1e-5);
        Assert.Equal(131, Scores.Eb05AtLeast2);
    }

    [Fact]
    public void The_other_maximum_of_caers_is_told_and_not_used_because_the_data_do_not_tell_them_apart()
    {
        var other = Assert.Single(Scores.Fit.Others);
        Assert.InRange(other.LogLikelihood - Scores.Fit.Used.LogLikelihood, 0, 2);
    }

    [Fact]
    public void Squashing_keeps_how_many_cells_there_are_and_what_they_expect()
    {
        // That the rule is openEBGM's is shown on FAERS by ./bench signals-faers, where it leads to the same prior in five digits.
        var groups = SignalData.CaersCounts.Groups(zeroes: true);
        var squashed = groups.SquashedAsOpenEbgm();
        Assert.Equal(2_874.0 * 1_328, groups.Cells);
        Assert.Equal(groups.Cells, squashed.Cells, 1e-3);
        SignalData.Close(groups.Expected.Zip(groups.Weights, (e, w) => e * w).Sum(), squashed.Expected.Zip(squashed.Weights, (e, w) => e * w).Sum(), 1e-9);
        Assert.InRange(squashed.Expected.Length, 1000, 5000);
    }

    [Fact]
    public void A_squashed_fit_tells_the_fit_to_every_cell_beside_it()
    {
        var squashed = SignalScores.Of(SignalData.CaersCounts, zeroes: false, squash: true);
        Assert.True(squashed.Fit.Squashed);
        Same(Unsquashed, squashed.Fit.Exact!.Prior, 1e-5);
        Assert.True(squashed.Fit.Exact.LogLikelihood > squashed.Fit.Used.LogLikelihood);
    }

    [Fact]
    public void The_stored_pairs_of_caers_agree_with_the_own_prior()
    {
        var pairs = Enumerable.Range(0, Scores.Counts.Pairs).ToDictionary(Scores.Counts.Names, p => Scores[p]);
        var rows = SignalData.Rows("openebgm_caers.csv", "var1", "var2", "N", "E", "RR", "PRR", "ebgm_unrounded", "EB05_tight", "EB95_tight");
        Assert.Equal(21, rows.Count);
        foreach (var row in rows)
        {
            var score = pairs[(row[0], row[1])];
            Assert.Equal(SignalData.Number(row[2]), score.Observed);
            SignalData.Close(SignalData.Number(row[3]), score.Expected, 1e-12);
            Assert.Equal(SignalData.Number(row[4]), score.Rr, 0.00501);
            if (!score.Prr.Adjusted) Assert.Equal(SignalData.Number(row[5]), score.Prr.Estimate, 0.00501);
            SignalData.Close(SignalData.Number(row[6]), score.Ebgm, 1e-3);
            // Stored with the squashed prior: the unsquashed one moves the quantiles of one pair by 1.3 parts in a thousand.
            SignalData.Close(SignalData.Number(row[7]), score.Eb05, 1.4e-3);
            SignalData.Close(SignalData.Number(row[8]), score.Eb95, 1.4e-3);
        }
    }

    [Fact]
    public void With_openEBGMs_own_prior_the_stored_pairs_of_caers_agree_to_the_printed_prior()
    {
        foreach (var row in SignalData.Rows("openebgm_caers.csv", "N", "E", "qn", "ebgm_unrounded", "EB05_tight", "EB95_tight"))
        {
            var posterior = Squashed.Posterior(SignalData.Number(row[0]), SignalData.Number(row[1]));
            SignalData.Close(SignalData.Number(row[2]), posterior.Weight, 2e-5);
            SignalData.Close(SignalData.Number(row[3]), posterior.GeometricMean, 2e-6);
            SignalData.Close(SignalData.Number(row[4]), posterior.Quantile(0.05), 2e-6);
            SignalData.Close(SignalData.Number(row[5]), posterior.Quantile(0.95), 2e-6);
        }
    }

    [Fact]
    public void With_openEBGMs_own_prior_the_200_stored_pairs_of_faers_agree()
    {
        var rows = SignalData.Rows("openebgm_faers22q3_zeroes_top200.csv", "N", "E", "EBGM_exact", "QUANT_05", "QUANT_95");
        Assert.Equal(200, rows.Count);
        foreach (var row in rows)
        {
            var (ebgm, low, high) = new GroupPosterior(Faers, (int)SignalData.Number(row[0]), 1, 1, 1).At(SignalData.Number(row[1]));
            SignalData.Close(SignalData.Number(row[2]), ebgm, 2e-5);
            // Its quantiles are bisected to ± 0.005 and then rounded to 0.01; its prior is printed to five digits.
            Assert.Equal(SignalData.Number(row[3]), low, 0.011 + 2e-5 * low);
            Assert.Equal(SignalData.Number(row[4]), high, 0.011 + 2e-5 * high);
        }
    }

    [Fact]
    public void Where_the_likelihood_has_no_maximum_inside_the_fit_says_so_and_no_score_is_made_up()
    {
        // Every pair exactly as often as expected: the shares of both gammas run to the edge.
        var observed = Enumerable.Range(0, 400).Select(i => 50 + i % 7).ToArray();
        var fit = GammaPoissonFitter.Fit(PairGroups.Of(observed, [.. observed.Select(n => (double)n)]), squash: false);
        Assert.False(fit.Converged);
        Assert.NotEqual(FitEnding.Converged, fit.Used.Ending);
    }

    [Fact]
    public void Sex_as_a_stratum_changes_the_expectation_and_nothing_else_of_a_pair()
    {
        var stratified = ReportFiles.Read(SignalData.Caers, new("id", "var1", "var2", ["strat1"])).Counts!;
        Assert.Equal(SignalData.CaersCounts.Pairs, stratified.Pairs);
        var sums = (Plain: 0.0, Stratified: 0.0);
        for (var i = 0; i < stratified.Pairs; i++)
        {
            Assert.Equal(SignalData.CaersCounts[i].A, stratified[i].A);
            sums = (sums.Plain + SignalData.CaersCounts[i].Expected, sums.Stratified + stratified[i].Expected);
        }

        Assert.NotEqual(sums.Plain, sums.Stratified, 1.0);
    }
}
