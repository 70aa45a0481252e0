using System.Globalization;

namespace ThinIce.Numbers.Linkage;

/// <summary>
/// One field made ready for comparing: every different value once, with what its kind needs. Two values agree on a level from 0 (differ)
/// to 4 (the same); where one is not known there is no level and the field says nothing.
/// </summary>
internal sealed class ComparedField
{
    public const int Levels = 5, Same = 4;
    public const byte Missing = 255;
    private const int ShortText = 40;
    private const double AlikeAtAll = 0.7;

    private readonly List<string> distinct = [];
    private readonly List<int> counts = [];
    private readonly double[]? numbers;
    private readonly int[][]? tokens;
    private readonly double[] rarity = [];
    private readonly double[] norms = [];
    private readonly ulong[] letters = [];

    public ComparedField(LinkageField field, IReadOnlyList<string> values)
    {
        Field = field;
        ValueOf = new int[values.Count];
        var known = new Dictionary<string, int>(values.Count);
        var raw = new Dictionary<string, int>();
        var monthFirst = field.Kind == FieldKind.Date && DayText.MonthFirst(values);
        for (var i = 0; i < values.Count; i++)
        {
            if (!raw.TryGetValue(values[i], out var value)) raw[values[i]] = value = Intern(known, values[i].Trim(), monthFirst);
            ValueOf[i] = value;
            if (value >= 0) counts[value]++;
            if (value >= 0) Known++;
        }

        if (field.Kind == FieldKind.Number) numbers = [.. distinct.Select(d => double.TryParse(d, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) ? n : double.NaN)];
        if (field.Kind is FieldKind.Name or FieldKind.Text) letters = [.. distinct.Select(d => JaroWinkler.Letters(d))];
        if (field.Kind is FieldKind.Text or FieldKind.Code && distinct.Any(IsTokens)) (tokens, rarity, norms) = Tokens();
    }

    public LinkageField Field { get; }

    /// <summary>For each record the number of its value, or -1.</summary>
    public int[] ValueOf { get; }

    /// <summary>How many records have a value.</summary>
    public int Known { get; }

    public int Distinct => distinct.Count;

    public string Value(int value) => distinct[value];

    public int Count(int value) => counts[value];

    /// <summary>The words or codes of a value that is a list of them; else none.</summary>
    public ReadOnlySpan<int> TokensOf(int value) => tokens?[value] ?? [];

    /// <summary>How many different words there are.</summary>
    public int TokenCount => rarity.Length;

    /// <summary>The level on which two values agree.</summary>
    public byte Compare(int a, int b)
    {
        if (a < 0 || b < 0) return Missing;
        if (a == b) return Same;
        return Field.Kind switch
        {
            FieldKind.Name => Letters(a, b),
            FieldKind.Text => tokens is not null && (IsTokens(distinct[a]) || IsTokens(distinct[b])) ? Words(a, b) : Letters(a, b),
            FieldKind.Date => Days(distinct[a], distinct[b]),
            FieldKind.Code => tokens is not null && (IsTokens(distinct[a]) || IsTokens(distinct[b])) ? Sets(tokens[a], tokens[b]) : Codes(distinct[a], distinct[b]),
            FieldKind.Number => Amounts(a, b),
            _ => 0,
        };
    }

    private int Intern(Dictionary<string, int> known, string value, bool monthFirst)
    {
        if (FoldedText.IsMissing(value)) return -1;
        var text = Field.Kind switch
        {
            FieldKind.Date => DayText.Digits(value, monthFirst),
            FieldKind.Number => Number(value),
            FieldKind.Code when IsSet(value) => string.Join('|', value.Split(['|', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(v => FoldedText.Fold(v, false)).Distinct().Order(StringComparer.Ordinal)),
            FieldKind.Text => FoldedText.Fold(value, true),
            _ => FoldedText.Fold(value, false),
        };
        if (text.Length == 0) return -1;
        if (known.TryGetValue(text, out var number)) return number;
        distinct.Add(text);
        counts.Add(0);
        return known[text] = distinct.Count - 1;
    }

    private static string Number(string value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && double.IsFinite(n) ? n.ToString("R", CultureInfo.InvariantCulture) : FoldedText.Fold(value, false);

    private static bool IsSet(string value) => value.AsSpan().IndexOfAny('|', ';') >= 0;

    private bool IsTokens(string value) => Field.Kind == FieldKind.Text ? value.Length > ShortText : IsSet(value);

    private (int[][] Tokens, double[] Rarity, double[] Norms) Tokens()
    {
        var (words, lists, holders) = (new Dictionary<string, int>(), new int[distinct.Count][], new List<int>());
        for (var v = 0; v < lists.Length; v++)
        {
            lists[v] = [.. distinct[v].Split(Field.Kind == FieldKind.Text ? ' ' : '|').Select(w => words.TryGetValue(w, out var n) ? n : words[w] = words.Count).Distinct().Order()];
            while (holders.Count < words.Count) holders.Add(0);
            foreach (var word in lists[v]) holders[word] += counts[v];
        }

        double[] rare = [.. holders.Select(h => Math.Log(1 + (double)Known / h))];
        return (lists, rare, [.. lists.Select(l => l.Sum(w => rare[w] * rare[w]))]);
    }

    private byte Letters(int a, int b)
    {
        if (!JaroWinkler.MayReach(AlikeAtAll, distinct[a], distinct[b], letters[a], letters[b])) return 0;
        var likeness = JaroWinkler.Similarity(distinct[a], distinct[b]);
        return likeness >= 0.92 ? (byte)3 : likeness >= 0.85 ? (byte)2 : likeness >= AlikeAtAll ? (byte)1 : (byte)0;
    }

    private byte Words(int a, int b)
    {
        var (x, y, common) = (tokens![a], tokens[b], 0.0);
        for (int i = 0, j = 0; i < x.Length && j < y.Length;)
        {
            var order = x[i] - y[j];
            if (order == 0) common += rarity[x[i]] * rarity[x[i]];
            if (order <= 0) i++;
            if (order >= 0) j++;
        }

        var cosine = common / Math.Sqrt(norms[a] * norms[b]);
        return cosine >= 0.5 ? (byte)3 : cosine >= 0.3 ? (byte)2 : cosine >= 0.15 ? (byte)1 : (byte)0;
    }

    private static byte Sets(int[] x, int[] y)
    {
        var common = 0;
        foreach (var word in x)
        {
            if (Array.BinarySearch(y, word) >= 0) common++;
        }

        var share = (double)common / (x.Length + y.Length - common);
        return common == 0 ? (byte)0 : share >= 0.5 ? (byte)3 : (byte)2;
    }

    private static byte Codes(string a, string b)
    {
        if (Math.Min(a.Length, b.Length) < 3) return 0;
        var slips = Slips.Count(a, b, 2);
        return slips == 1 ? (byte)3 : slips == 2 ? (byte)2 : (byte)0;
    }

    private static byte Days(string a, string b)
    {
        if (a.Length < 8 || b.Length < 8) return Parts(a, b);
        if (Slips.Count(a, b, 1) == 1 || (a.AsSpan(0, 4).SequenceEqual(b.AsSpan(0, 4)) && a.AsSpan(4, 2).SequenceEqual(b.AsSpan(6)) && a.AsSpan(6).SequenceEqual(b.AsSpan(4, 2)))) return 3;
        var equal = 0;
        if (a.AsSpan(0, 4).SequenceEqual(b.AsSpan(0, 4))) equal++;
        if (a.AsSpan(4, 2).SequenceEqual(b.AsSpan(4, 2))) equal++;
        if (a.AsSpan(6).SequenceEqual(b.AsSpan(6))) equal++;
        return equal == 2 || Apart(a, b) <= 7 ? (byte)2 : Apart(a, b) <= 31 ? (byte)1 : (byte)0;
    }

    private static byte Parts(string a, string b)
    {
        var least = Math.Min(a.Length, b.Length);
        return a.AsSpan(0, least).SequenceEqual(b.AsSpan(0, least)) ? (byte)3 : Slips.Count(a, b, 1) == 1 ? (byte)2 : (byte)0;
    }

    private static int Apart(string a, string b) => Math.Abs(DayNumber(a) - DayNumber(b));

    private static int DayNumber(string d) => ((d[0] * 10 + d[1]) * 100 + d[2] * 10 + d[3]) * 372 + (d[4] * 10 + d[5]) * 31 + d[6] * 10 + d[7];

    private byte Amounts(int a, int b)
    {
        var (x, y) = (numbers![a], numbers[b]);
        var typo = Slips.Count(distinct[a], distinct[b], 1) == 1;
        if (double.IsNaN(x) || double.IsNaN(y)) return typo ? (byte)2 : (byte)0;
        if (Math.Abs(x - y) <= 1 || (typo && Math.Min(distinct[a].Length, distinct[b].Length) >= 4)) return 3;
        return typo ? (byte)2 : Math.Abs(x - y) <= 0.1 * Math.Max(Math.Abs(x), Math.Abs(y)) ? (byte)1 : (byte)0;
    }
}
