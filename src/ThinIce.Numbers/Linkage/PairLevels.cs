namespace ThinIce.Numbers.Linkage;

/// <summary>The levels on which two records agree, field by field.</summary>
internal static class PairLevels
{
    public static void Of(ComparedField[] fields, int a, int b, Span<byte> levels)
    {
        for (var f = 0; f < fields.Length; f++) levels[f] = fields[f].Compare(fields[f].ValueOf[a], fields[f].ValueOf[b]);
        Swapped(fields, a, b, levels);
    }

    /// <summary>Two names written in each other's place count as nearly agreeing, both.</summary>
    private static void Swapped(ComparedField[] fields, int a, int b, Span<byte> levels)
    {
        for (var f = 0; f < fields.Length; f++)
        {
            if (fields[f].Field.Kind != FieldKind.Name || levels[f] > 1) continue;
            for (var g = f + 1; g < fields.Length; g++)
            {
                if (fields[g].Field.Kind != FieldKind.Name || levels[g] > 1) continue;
                if (Equal(fields[f], a, fields[g], b) && Equal(fields[g], a, fields[f], b)) levels[f] = levels[g] = 3;
            }
        }
    }

    private static bool Equal(ComparedField f, int a, ComparedField g, int b) => f.ValueOf[a] >= 0 && g.ValueOf[b] >= 0 && f.Value(f.ValueOf[a]) == g.Value(g.ValueOf[b]);
}

/// <summary>Scores pairs of a fitted set; a person's decision stands above the weights.</summary>
internal sealed record PairScorer(ComparedField[] Fields, AgreementWeights Weights, IReadOnlyDictionary<ulong, bool>? Decisions)
{
    /// <summary>The score of a decided pair: certain, but still a number.</summary>
    public const double Certain = 50;

    public double LogOdds(ulong pair, ReadOnlySpan<byte> levels) =>
        Decisions is not null && Decisions.TryGetValue(pair, out var same) ? same ? Certain : -Certain : Weights.LogOdds(levels, (int)(pair >> 32), (int)(uint)pair);

    public double LogOdds(ulong pair)
    {
        Span<byte> levels = stackalloc byte[Fields.Length];
        PairLevels.Of(Fields, (int)(pair >> 32), (int)(uint)pair, levels);
        return LogOdds(pair, levels);
    }
}
