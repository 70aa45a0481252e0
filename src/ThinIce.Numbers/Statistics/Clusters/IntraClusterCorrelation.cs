namespace ThinIce.Numbers.Statistics.Clusters;

/// <summary>How alike answers are, at each level.</summary>
/// <param name="WithinTherapist">Correlation of two visits of different clients of one therapist.</param>
/// <param name="WithinClient">Correlation of two visits of one client (therapist's likeness included).</param>
public readonly record struct Likeness(double WithinTherapist, double WithinClient);

/// <summary>Intra-cluster correlations by analysis of variance, for planning; intervals do not need them.</summary>
public static class IntraClusterCorrelation
{
    /// <summary>One level: (MSB − MSW) / (MSB + (m₀ − 1)·MSW), which may come out below 0 by chance. NaN with one cluster or one answer in each.</summary>
    public static double OneLevel(IEnumerable<IReadOnlyCollection<bool>> clusters)
    {
        var groups = clusters.Select(c => (N: (double)c.Count, X: (double)c.Count(e => e))).ToList();
        double n = groups.Sum(g => g.N), k = groups.Count, p = groups.Sum(g => g.X) / n;
        if (k < 2 || n <= k) return double.NaN;
        var between = groups.Sum(g => g.N * Math.Pow(g.X / g.N - p, 2)) / (k - 1);
        var within = groups.Sum(g => g.X * (1 - g.X / g.N)) / (n - k);
        var m = (n - groups.Sum(g => g.N * g.N) / n) / (k - 1);
        var total = between + (m - 1) * within;
        return total == 0 ? double.NaN : (between - within) / total;
    }

    /// <summary>Two levels, visits within clients within therapists: variance components by the nested analysis of variance (Searle), those below 0 set to 0. NaN where a level has nothing to compare.</summary>
    public static Likeness TwoLevels(IEnumerable<SurveyAnswer> answers)
    {
        var therapists = answers.GroupBy(a => a.Therapist)
            .Select(t => t.GroupBy(a => a.Client).Select(c => (N: (double)c.Count(), X: (double)c.Count(a => a.Event))).ToList()).ToList();
        double n = therapists.Sum(t => t.Sum(c => c.N)), clients = therapists.Sum(t => t.Count), k = therapists.Count;
        if (k < 2 || clients <= k || n <= clients) return new(double.NaN, double.NaN);
        var p = therapists.Sum(t => t.Sum(c => c.X)) / n;
        double SumN(List<(double N, double X)> t) => t.Sum(c => c.N);
        double Mean(List<(double N, double X)> t) => t.Sum(c => c.X) / SumN(t);
        var msTherapists = therapists.Sum(t => SumN(t) * Math.Pow(Mean(t) - p, 2)) / (k - 1);
        var msClients = therapists.Sum(t => t.Sum(c => c.N * Math.Pow(c.X / c.N - Mean(t), 2))) / (clients - k);
        var msVisits = therapists.Sum(t => t.Sum(c => c.X * (1 - c.X / c.N))) / (n - clients);
        var inner = therapists.Sum(t => t.Sum(c => c.N * c.N) / SumN(t));
        var a = (n - inner) / (clients - k);
        var b = (inner - therapists.Sum(t => t.Sum(c => c.N * c.N)) / n) / (k - 1);
        var d = (n - therapists.Sum(t => SumN(t) * SumN(t)) / n) / (k - 1);
        var client = Math.Max(0, (msClients - msVisits) / a);
        var therapist = Math.Max(0, (msTherapists - msVisits - b * client) / d);
        var total = therapist + client + msVisits;
        return total == 0 ? new(double.NaN, double.NaN) : new(therapist / total, (therapist + client) / total);
    }
}
