using System.Text.Json;
using ThinIce.Numbers.Statistics.Clusters;
using ThinIce.Numbers.Statistics.Paired;
using ThinIce.Numbers.Statistics.Proportions;

namespace ThinIce.Validation.Peers;

/// <summary>Clusters, weights and pairs beside R's survey, epiR and base; r-more.R stands here.</summary>
public sealed class SurveyReferenceTests
{
    private static readonly JsonElement R = Reference.Read("r-more.json");

    [Theory]
    [InlineData("survey", false)]
    [InlineData("survey_weighted", true)]
    public void A_clustered_proportion_agrees_with_svymean_and_svyciprop(string name, bool weighted)
    {
        var (theirs, answers) = (R.GetProperty(name), Answers(weighted));
        ClusteredProportion logit = ClusterRobust.Of(answers, ClusterMethod.Logit), exact = ClusterRobust.Of(answers, ClusterMethod.KornGraubard);
        Reference.Near(theirs.Number("mean"), logit.Estimate, Reference.ClosedForm, "estimate");
        Reference.Near(theirs.Number("se"), logit.StandardError, Reference.ClosedForm, "standard error");
        // survey divides the variance of simple sampling by n − 1, we by n.
        Reference.Near(theirs.Number("deff"), logit.DesignEffect * (answers.Count - 1) / answers.Count, weighted ? 1e-2 : Reference.ClosedForm, "design effect");
        Reference.Near(theirs.GetProperty("logit").Numbers()[0], logit.Interval.Low, Reference.Iterated, "logit low");
        Reference.Near(theirs.GetProperty("logit").Numbers()[1], logit.Interval.High, Reference.Iterated, "logit high");
        Reference.Near(theirs.GetProperty("beta").Numbers()[0], exact.Interval.Low, Reference.ClosedForm, "Korn and Graubard low");
        Reference.Near(theirs.GetProperty("beta").Numbers()[1], exact.Interval.High, Reference.ClosedForm, "Korn and Graubard high");
    }

    [Fact]
    public void Paired_proportions_agree_with_epiR_and_the_binomial_test()
    {
        foreach (var row in R.GetProperty("paired").EnumerateArray())
        {
            var counts = row.GetProperty("counts").Numbers();
            PairedProportions pairs = new((long)counts[0], OnlyAfter: (long)counts[1], OnlyBefore: (long)counts[2], Neither: (long)counts[3]);
            Reference.Near(row.Number("est"), pairs.Difference, Reference.ClosedForm, "difference");
            Reference.Near(row.Number("lower"), pairs.Newcombe().Low, Reference.ClosedForm, "low");
            Reference.Near(row.Number("upper"), pairs.Newcombe().High, Reference.ClosedForm, "high");
            Reference.Near(row.Number("mcnemar_exact"), pairs.McNemarExact(), Reference.ClosedForm, "McNemar");
            Assert.InRange(pairs.Difference, pairs.BonettPrice().Low, pairs.BonettPrice().High);
        }
    }

    [Fact]
    public void A_mean_change_agrees_with_the_paired_t_test()
    {
        var row = R.GetProperty("change");
        var ours = PairedDifferences.Of([.. row.GetProperty("before").Numbers().Zip(row.GetProperty("after").Numbers())]);
        Reference.Near(row.Number("mean"), ours.Mean, Reference.ClosedForm, "mean");
        Reference.Near(row.Number("low"), ours.Interval.Low, Reference.ClosedForm, "low");
        Reference.Near(row.Number("high"), ours.Interval.High, Reference.ClosedForm, "high");
        Reference.Near(row.Number("p"), ours.P, Reference.ClosedForm, "P");
    }

    [Fact]
    public void Clusters_of_one_are_the_plain_change()
    {
        var row = R.GetProperty("change");
        var people = row.GetProperty("before").Numbers().Zip(row.GetProperty("after").Numbers()).ToList();
        var (plain, clustered) = (PairedDifferences.Of(people), PairedDifferences.Clustered([.. people.Select((p, i) => ($"t{i}", p.First, p.Second))]));
        Reference.Near(plain.StandardError, clustered.StandardError, Reference.ClosedForm, "standard error");
    }

    [Fact]
    public void With_no_event_the_clustered_bound_says_what_it_takes_for_granted()
    {
        List<ClusterTotal> none = [.. Enumerable.Range(0, 20).Select(_ => new ClusterTotal(0, 50, 50))];
        var (widest, assumed) = (ClusterRobust.Of(none), ClusterRobust.Of(none, assumedIcc: 0.05));
        Assert.Contains("each of the 20 therapists counts as one answer", widest.Assumption, StringComparison.Ordinal);
        Assert.Contains("0.05 was assumed", assumed.Assumption, StringComparison.Ordinal);
        // 1 − 0.025^(1/20), and 1 − 0.025^(1/(1000 / 3.45)): by hand.
        Assert.Equal(1 - Math.Pow(0.025, 1 / 20.0), widest.Interval.High, 1e-12);
        Assert.Equal(1 - Math.Pow(0.025, 3.45 / 1000), assumed.Interval.High, 1e-12);
    }

    [Fact]
    public void Likeness_within_clusters_is_found_again_where_it_was_put()
    {
        // All answers of a therapist equal: 1. Half events in each: as unlike as can be, -1 / (m - 1).
        Assert.Equal(1, IntraClusterCorrelation.OneLevel([[true, true, true], [false, false, false], [true, true, true]]), 1e-12);
        Assert.Equal(-1.0, IntraClusterCorrelation.OneLevel([[true, false], [true, false], [false, true]]), 1e-12);
        List<SurveyAnswer> clients = [.. from t in Enumerable.Range(0, 40) from c in Enumerable.Range(0, 4) from v in Enumerable.Range(0, 3) select new SurveyAnswer($"t{t}", $"c{c}", (t * 4 + c) % 2 == 0)];
        var likeness = IntraClusterCorrelation.TwoLevels(clients);
        Assert.Equal(1, likeness.WithinClient, 1e-12);
        Assert.Equal(0, likeness.WithinTherapist, 1e-12);
    }

    private static List<SurveyAnswer> Answers(bool weighted)
    {
        var v = R.GetProperty("visits");
        double[] therapist = v.GetProperty("therapist").Numbers(), y = v.GetProperty("event").Numbers(), weight = v.GetProperty("weight").Numbers();
        return [.. therapist.Select((t, i) => new SurveyAnswer($"{t}", $"{i}", y[i] == 1, weighted ? weight[i] : 1))];
    }
}
