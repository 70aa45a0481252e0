namespace ThinIce.Numbers.Linkage;

/// <summary>
/// Asks each field whether the pairs that all the other fields take for duplicates are duplicates. Among true ones nearly every field agrees far
/// more often than by chance, though it had no say; where a few fields go together in different things, the others agree as often as chance has it.
/// It is a check of a fit by what the fit did not use, not a part of it.
/// </summary>
internal sealed class HeldOut(ComparedField[] fields, AgreementWeights weights)
{
    /// <summary>The share of true pairs below which a fit is not believed (docs/decisions/0130).</summary>
    public const double Trusted = 0.6;

    private const int Near = 2, Steps = 16;
    private const double LeastAsked = 10, Step = 2 * 0.693147180559945309;

    private readonly double[,] asked = new double[fields.Length, Steps], agree = new double[fields.Length, Steps];
    private readonly double[] each = new double[fields.Length];

    /// <summary>Takes a pair into account for every field without which it would still be suspected.</summary>
    public void Add(ulong pair, ReadOnlySpan<byte> levels)
    {
        var odds = weights.LogOdds(levels, (int)(pair >> 32), (int)(uint)pair, each);
        for (var f = 0; f < levels.Length; f++)
        {
            if (levels[f] == ComparedField.Missing || odds - each[f] < 0) continue;
            var step = Math.Min(Steps - 1, (int)((odds - each[f]) / Step));
            asked[f, step]++;
            if (levels[f] >= Near) agree[f, step]++;
        }
    }

    /// <summary>
    /// The share of true duplicates among pairs at even odds or more, by the word of the middle field; not a number where there are too few to ask.
    /// </summary>
    public double Share => From(0);

    /// <summary>The lowest odds (natural logarithm) from which on, at every height asked, the fields bear the pairs out; infinite where none.</summary>
    public double Limit()
    {
        var limit = double.PositiveInfinity;
        for (var step = Steps - 1; step >= 0; step--)
        {
            var share = From(step, step);
            if (double.IsNaN(share)) share = From(step);
            if (share < Trusted) break;
            if (share >= Trusted) limit = step * Step;
        }

        return limit;
    }

    private double From(int step, int last = Steps - 1)
    {
        var words = Enumerable.Range(0, fields.Length).Select(f => Word(f, step, last)).Where(w => !double.IsNaN(w)).Order().ToArray();
        return words.Length == 0 ? double.NaN : words[(words.Length - 1) / 2];
    }

    private double Word(int f, int step, int last)
    {
        double by = 0, all = 0, same = 0;
        for (var l = Near; l < ComparedField.Levels; l++) by += weights.Chance(f, l);
        for (var s = step; s <= last; s++)
        {
            all += asked[f, s];
            same += agree[f, s];
        }

        return all < LeastAsked ? double.NaN : (same / all - by) / (1 - by);
    }
}
