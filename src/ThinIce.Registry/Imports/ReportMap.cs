using System.Collections.Immutable;
using ThinIce.Core.Contract;
using ThinIce.Registry.Cases;

namespace ThinIce.Registry.Imports;

/// <summary>What the headings of a file of reports mean.</summary>
/// <param name="Columns">Heading by the name that <see cref="CaseColumns"/> has.</param>
/// <param name="Values">By that name: what the file writes, and the word for it here.</param>
/// <param name="Defaults">By that name: what every row has that says nothing else.</param>
/// <param name="Dates">Order of dates with slashes or dots; null: only 2026-03-05, 2026-03 and 2026 are taken.</param>
public sealed record ReportMap(ImmutableDictionary<string, string> Columns, ImmutableDictionary<string, ImmutableDictionary<string, string>> Values, ImmutableDictionary<string, string> Defaults, DateOrder? Dates)
{
    /// <summary>Headings that other files use.</summary>
    private static readonly (string Column, string[] Headings)[] Known =
    [
        ("case", ["id", "report", "reportid", "caseid", "number"]), ("words", ["narrative", "description", "story", "text", "whathappened"]), ("age_years", ["age", "ageinyears"]), ("sex", ["gender"]),
        ("massage_date", ["sessiondate", "session", "treatmentdate"]), ("event_date", ["onsetdate", "noticed"]), ("harms", ["harm"]), ("regions", ["region", "site"]), ("techniques", ["technique"]), ("devices", ["device"]),
        ("cross_reference", ["doi", "reference", "crossreference"]), ("provider", ["therapist", "practitioner"]), ("minutes", ["duration", "durationminutes"]),
    ];

    /// <summary>Guesses from the headings, where a map says nothing.</summary>
    public static ReportMap Guess(IReadOnlyCollection<string> headings)
    {
        ArgumentNullException.ThrowIfNull(headings);
        var columns = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var column in CaseColumns.All.Where(c => c.Set is not null))
            if (headings.FirstOrDefault(h => Bare(h) == Bare(column.Name)) is { } heading) columns[column.Name] = heading;
        foreach (var (column, known) in Known)
            if (!columns.ContainsKey(column) && headings.FirstOrDefault(h => known.Contains(Bare(h)) && !columns.ContainsValue(h)) is { } heading) columns[column] = heading;
        return new(columns.ToImmutable(), ImmutableDictionary<string, ImmutableDictionary<string, string>>.Empty, ImmutableDictionary<string, string>.Empty, null);
    }

    /// <summary>What is wrong with it for a file.</summary>
    public IEnumerable<Problem> Check(IReadOnlyCollection<string> headings)
    {
        foreach (var name in Columns.Keys.Concat(Values.Keys).Concat(Defaults.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            if (CaseColumns.All.FirstOrDefault(c => c.Name == name)?.Set is null) yield return Refusal.Unknown(name, string.Join(", ", CaseColumns.All.Where(c => c.Set is not null).Select(c => c.Name)));
        foreach (var heading in Columns.Values.Where(h => !headings.Contains(h)).Order(StringComparer.Ordinal)) yield return new(Problems.CsvColumn, $"The file has no column of this name. It has: {string.Join(", ", headings)}.", heading);
        if (!new[] { "words", "harms", "symptoms", "event_code" }.Any(c => Columns.ContainsKey(c) || Defaults.ContainsKey(c))) yield return new(Problems.MissingColumn, "Name the column in which it says what happened: words, harms, symptoms or event_code.", "words");
    }

    /// <summary>Headings that nothing is taken from, beside our own and those of a file of rows kept aside.</summary>
    public IEnumerable<string> Unused(IEnumerable<string> headings) => headings.Where(h => !h.StartsWith("rejected_", StringComparison.Ordinal) && !Columns.ContainsValue(h) && CaseColumns.All.FirstOrDefault(c => c.Name == h)?.Use != ColumnUse.Out);

    /// <summary>What a record says in a column, in the word for it here; null nothing.</summary>
    internal string? Said(FileRecord record, string column)
    {
        var said = Columns.TryGetValue(column, out var heading) && record.Cells.TryGetValue(heading, out var cell) ? cell.Trim() : null;
        if (said is null) return Defaults.GetValueOrDefault(column);
        return Values.TryGetValue(column, out var words) && words.TryGetValue(said, out var ours) ? ours : said;
    }

    private static string Bare(string heading) => string.Concat(heading.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
