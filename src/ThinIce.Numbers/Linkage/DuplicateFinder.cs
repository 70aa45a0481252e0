using System.Collections.Immutable;

namespace ThinIce.Numbers.Linkage;

/// <summary>Two records that may be of one and the same thing.</summary>
/// <param name="A">Identifier of the one that stands first in the set.</param>
/// <param name="B">Identifier of the other.</param>
/// <param name="Score">Logarithm to base 2 of the odds that they are the same: 0 is as likely as not, each 1 doubles the odds.</param>
/// <param name="Group">Number of the group that both are in, from 1; null where the pair fits in no group whose every pair is suspected.</param>
public sealed record SuspectedPair(string A, string B, double Score, int? Group)
{
    /// <summary>The probability that goes with the score, if the fields are independent as the method assumes.</summary>
    public double Probability => 1 / (1 + Math.Pow(2, -Score));
}

/// <summary>Records every two of which are suspected to be the same.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Master">The most complete; among equals the one that stands first.</param>
/// <param name="Members">Identifiers, the master among them.</param>
public sealed record DuplicateGroup(int Number, string Master, ImmutableArray<string> Members);

/// <summary>What a person decided about two records.</summary>
/// <param name="A">Identifier of the one.</param>
/// <param name="B">Identifier of the other.</param>
/// <param name="Same">Whether they are of the same thing.</param>
public sealed record LinkageDecision(string A, string B, bool Same);

/// <summary>What was found, and how sure it is.</summary>
/// <param name="Pairs">Suspected pairs, the surest first.</param>
/// <param name="Groups">Complete-link groups.</param>
/// <param name="Threshold">The lowest score that is suspected, chosen without labels; infinite where nothing is.</param>
/// <param name="Expected">How many duplicate pairs the fitted mixture expects in the set.</param>
/// <param name="Precision">The share of suspected pairs that the mixture expects to be right; not a number where nothing is suspected.</param>
/// <param name="Recall">The share of expected pairs that are suspected; pairs that no block brought together are not in it. Not a number where the fields do not bear the fit out and only the surest pairs are suspected: then how many are missed is not known.</param>
/// <param name="Compared">How many pairs were compared.</param>
/// <param name="Rounds">Rounds of the fit.</param>
public sealed record DuplicateFinding(
    ImmutableArray<SuspectedPair> Pairs, ImmutableArray<DuplicateGroup> Groups, double Threshold, double Expected, double Precision, double Recall, long Compared, int Rounds);

/// <summary>
/// Finds records that are of the same thing, in any set of records: blocks, compares, fits weights by EM without labels, chooses the threshold
/// that the fitted mixture expects to give the best F1, and makes complete-link groups. Assumes that fields agree by chance independently of each
/// other, or lean on one other field; where more go together (a household, one clinic's form letters), it is too sure. What it finds is checked by
/// asking each field about pairs that the others chose (<see cref="HeldOut"/>). Nothing is merged: a person decides.
/// </summary>
public static class DuplicateFinder
{
    private const double Bit = 0.693147180559945309;

    /// <summary>Looks through a set. Records without a partner are no duplicates: one record may have none, one or many.</summary>
    public static DuplicateFinding Find(RecordSet records, IReadOnlyCollection<LinkageDecision>? decisions = null, Action<string>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        progress?.Invoke("preparing fields");
        var fields = Prepared(records);
        progress?.Invoke("choosing pairs");
        var decided = Decided(records, decisions);
        var pairs = CandidatePairs.Find(fields, records.Count);
        if (decided is not null) pairs = [.. pairs.Union(decided.Keys).Order()];
        progress?.Invoke($"comparing {pairs.Length} pairs");
        var levels = Compare(fields, pairs);
        progress?.Invoke("fitting weights");
        var fit = Clearest(records.Count, fields, decided, pairs, levels);
        return Conclude(records, fit.Scorer, fit.Likely, fit.Cut, pairs.Length);
    }

    internal static ComparedField[] Prepared(RecordSet records)
    {
        var fields = new ComparedField[records.Fields.Length];
        Parallel.For(0, fields.Length, f => fields[f] = new(records.Fields[f], records.Values(f)));
        return fields;
    }

    internal static byte[] Compare(ComparedField[] fields, ulong[] pairs)
    {
        var levels = new byte[pairs.Length * fields.Length];
        const int Chunk = 4096;
        Parallel.For(0, (pairs.Length + Chunk - 1) / Chunk, c =>
        {
            for (var i = c * Chunk; i < Math.Min(pairs.Length, (c + 1) * Chunk); i++) PairLevels.Of(fields, (int)(pairs[i] >> 32), (int)(uint)pairs[i], levels.AsSpan(i * fields.Length, fields.Length));
        });
        return levels;
    }

    private static Dictionary<ulong, bool>? Decided(RecordSet records, IReadOnlyCollection<LinkageDecision>? decisions)
    {
        if (decisions is null or { Count: 0 }) return null;
        var places = records.Ids.Select((id, i) => (id, i)).ToDictionary(p => p.id, p => p.i);
        Dictionary<ulong, bool> result = [];
        foreach (var decision in decisions)
        {
            if (places.TryGetValue(decision.A, out var a) && places.TryGetValue(decision.B, out var b) && a != b) result[CandidatePairs.Pair(a, b)] = decision.Same;
        }

        return result;
    }

    // A fit that finds nothing is believed unless the other separates this well.
    private const double Clear = 0.985, Empty = 0.97;

    /// <summary>
    /// Two fits: in one each field may lean on another among different things, in the other all are independent. With few fields, duplicates
    /// cannot be told from fields that go together, and the first is wrong; with fields that do go together the second is. A fit that the fields
    /// themselves do not bear out (<see cref="HeldOut"/>) is not used; of two that they do, the one that separates more clearly by its own
    /// expected F1 is. Where neither is borne out, only what the surest pairs show (docs/decisions/0130).
    /// </summary>
    private static Fit Clearest(int count, ComparedField[] fields, Dictionary<ulong, bool>? decided, ulong[] pairs, byte[] levels)
    {
        var leaning = Fitted(count, fields, decided, pairs, levels, leaning: true);
        if (leaning.Believed && leaning.Quality >= Clear) return leaning;
        var independent = Fitted(count, fields, decided, pairs, levels, leaning: false);
        if (leaning.Believed != independent.Believed) return leaning.Believed ? leaning : independent;
        if (!leaning.Believed) return Surest(leaning);
        return leaning.Quality >= independent.Quality ? leaning : independent;
    }

    private static Fit Surest(Fit fit)
    {
        var limit = fit.Held.Limit();
        var kept = fit.Likely.TakeWhile(l => l.Odds >= limit).Count();
        return fit with { Cut = Cut.At([.. fit.Likely.Select(l => l.Odds)], kept) };
    }

    private sealed record Fit(PairScorer Scorer, List<(ulong Pair, double Odds)> Likely, Cut Cut, Cut Own, HeldOut Held)
    {
        // By what the weights say, also of decided pairs: how sure a person was says nothing of how well a fit separates.
        public double Quality => Own.Count == 0 ? Empty : 2 * Own.Precision * Own.Recall / (Own.Precision + Own.Recall);

        // Where too few pairs are found to ask any field, the fit stands.
        public bool Believed => double.IsNaN(Held.Share) || Held.Share >= HeldOut.Trusted;
    }

    private static Fit Fitted(int count, ComparedField[] fields, Dictionary<ulong, bool>? decided, ulong[] pairs, byte[] levels, bool leaning)
    {
        var weights = new AgreementWeights(fields, count, leaning);
        weights.Fit(pairs, levels, decided);
        var (scorer, width) = (new PairScorer(fields, weights, decided), fields.Length);
        List<(ulong Pair, double Odds)> likely = [];
        List<double> own = [];
        var held = new HeldOut(fields, weights);
        for (var i = 0; i < pairs.Length; i++)
        {
            var span = levels.AsSpan(i * width, width);
            var (odds, byItself) = (scorer.LogOdds(pairs[i], span), weights.LogOdds(span, (int)(pairs[i] >> 32), (int)(uint)pairs[i]));
            if (byItself > -12) own.Add(byItself);
            if (odds <= -12) continue;
            likely.Add((pairs[i], odds));
            held.Add(pairs[i], span);
        }

        likely.Sort((x, y) => x.Odds != y.Odds ? y.Odds.CompareTo(x.Odds) : x.Pair.CompareTo(y.Pair));
        var cut = Cut.BestF1([.. likely.Select(l => l.Odds)]);
        if (decided is null) return new(scorer, likely, cut, cut, held);
        own.Sort((x, y) => y.CompareTo(x));
        return new(scorer, likely, cut, Cut.BestF1([.. own]), held);
    }

    private static DuplicateFinding Conclude(RecordSet records, PairScorer scorer, List<(ulong Pair, double Odds)> likely, Cut cut, int compared)
    {
        var suspected = likely[..cut.Count];
        var limit = cut.Count == 0 ? double.PositiveInfinity : suspected[^1].Odds;
        var groups = CompleteLink.Groups(suspected, records.Count, pair => scorer.LogOdds(pair) >= limit);
        var found = suspected.Select(s => Named(records, groups, s.Pair, s.Odds)).ToImmutableArray();
        return new(found, Masters(records, groups), limit / Bit, cut.Expected, cut.Precision, cut.Recall, compared, scorer.Weights.Round);
    }

    private static SuspectedPair Named(RecordSet records, int[] groups, ulong pair, double odds)
    {
        var (a, b) = ((int)(pair >> 32), (int)(uint)pair);
        return new(records.Ids[a], records.Ids[b], odds / Bit, groups[a] == groups[b] && groups[a] > 0 ? groups[a] : null);
    }

    private static ImmutableArray<DuplicateGroup> Masters(RecordSet records, int[] groups) =>
        [.. Enumerable.Range(0, records.Count).Where(r => groups[r] > 0).GroupBy(r => groups[r]).OrderBy(g => g.Key)
            .Select(g => new DuplicateGroup(g.Key, records.Ids[g.OrderByDescending(records.Filled).First()], [.. g.Select(r => records.Ids[r])]))];
}
