using System.Globalization;
using ThinIce.Core.Narratives;
using ThinIce.Numbers.Files;

namespace ThinIce.Validation.Narratives;

/// <summary>A labelled narrative. What the marks in the labels mean stands in the README beside it.</summary>
internal sealed record LabelledNarrative(string Id, bool Kept, string Source, string Text, IReadOnlyDictionary<string, string> Labels)
{
    public static readonly string[] Columns = ["harms", "symptoms", "regions", "techniques", "devices", "onset_hours", "negated"];

    public static IReadOnlyList<LabelledNarrative> Read(string file)
    {
        using var stream = File.OpenRead(file);
        var table = CsvTable.Read(stream);
        Assert.Empty(table.Problems);
        return [.. table.Rows.Select(r => new LabelledNarrative(r.Cells[0], r.Cells[1] == "kept", r.Cells[2], r.Cells[3], Columns.Select((c, i) => (c, r.Cells[i + 4])).ToDictionary(c => c.c, c => c.Item2)))];
    }
}

/// <summary>How many suggestions were right, wrong and missing.</summary>
internal sealed record Tally(int Right, int Wrong, int Missing)
{
    public double Precision => Right + Wrong == 0 ? 1 : (double)Right / (Right + Wrong);

    public double Recall => Right + Missing == 0 ? 1 : (double)Right / (Right + Missing);

    public static Tally operator +(Tally a, Tally b) => new(a.Right + b.Right, a.Wrong + b.Wrong, a.Missing + b.Missing);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"precision {Precision:0.000}, recall {Recall:0.000} ({Right} right, {Wrong} wrong, {Missing} missing)");
}

/// <summary>Compares suggestions with labels, column by column.</summary>
internal static class NarrativeScoring
{
    public static IReadOnlyList<string> Of(NarrativeCodes codes, string column) => column switch
    {
        "harms" => [.. codes.Harms.Select(c => c.Id)],
        "symptoms" => [.. codes.Symptoms.Select(c => c.Id)],
        "regions" => [.. codes.Regions.Select(c => c.Id)],
        "techniques" => [.. codes.Techniques.Select(c => c.Id)],
        "devices" => [.. codes.Devices.Select(c => c.Id)],
        "negated" => [.. codes.Negated.Select(c => c.Id)],
        _ => codes.OnsetHours is { } hours ? [hours.ToString(CultureInfo.InvariantCulture)] : [],
    };

    /// <summary>The tally of one column, and in words what was wrong and missing.</summary>
    public static (Tally Tally, string Words) Score(string label, IReadOnlyList<string> given, bool isOnset) => isOnset ? Onset(label, given) : Ids(label, given);

    private static (Tally, string) Ids(string label, IReadOnlyList<string> given)
    {
        var wanted = label.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(l => (Optional: l[0] == '?', Either: l.TrimStart('?').Split('/'))).ToList();
        var allowed = wanted.SelectMany(w => w.Either).ToHashSet();
        var wrong = given.Where(g => !allowed.Contains(g)).ToList();
        var missing = wanted.Where(w => !w.Optional && !w.Either.Any(given.Contains)).ToList();
        var right = wanted.Count(w => !w.Optional && w.Either.Any(given.Contains));
        var words = string.Join(' ', wrong.Select(w => $"+{w}").Concat(missing.Select(m => $"-{string.Join('/', m.Either)}")));
        return (new(right, wrong.Count, missing.Count), words);
    }

    private static (Tally, string) Onset(string label, IReadOnlyList<string> given)
    {
        var optional = label.StartsWith('?');
        var text = label.TrimStart('?');
        if (text.Length == 0) return (new(0, given.Count, 0), given.Count > 0 ? $"+{given[0]}" : "");
        if (given.Count == 0) return (new(0, 0, optional ? 0 : 1), optional ? "" : $"-{text}");
        var ends = text.Split("..").Select(e => double.Parse(e, CultureInfo.InvariantCulture)).ToArray();
        var hours = double.Parse(given[0], CultureInfo.InvariantCulture);
        var (low, high) = ends.Length == 2 ? (ends[0], ends[1]) : (ends[0] * 2 / 3 - 0.1, ends[0] * 4 / 3 + 0.1);
        if (hours >= low && hours <= high) return (new(optional ? 0 : 1, 0, 0), "");
        return (new(0, 1, optional ? 0 : 1), $"+{hours} for {text}");
    }
}
