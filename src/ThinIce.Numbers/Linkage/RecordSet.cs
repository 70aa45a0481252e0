using System.Collections.Immutable;
using System.Text;
using ThinIce.Core.Contract;
using ThinIce.Numbers.Files;

namespace ThinIce.Numbers.Linkage;

/// <summary>Records to look for duplicates among: identifiers and the values of each field. Not a table of any kind of person or report.</summary>
public sealed class RecordSet
{
    private readonly List<string> ids = [];
    private readonly HashSet<string> seen = [];
    private readonly List<string>[] values;
    private readonly List<Problem> problems = [];

    /// <summary>An empty set with these fields; at least one and at most <see cref="MostFields"/>.</summary>
    /// <exception cref="ArgumentException">When there are none or too many.</exception>
    public RecordSet(IReadOnlyList<LinkageField> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        if (fields.Count is 0 or > MostFields) throw new ArgumentException($"Between 1 and {MostFields} fields.", nameof(fields));
        Fields = [.. fields];
        values = [.. fields.Select(_ => new List<string>())];
    }

    /// <summary>The most fields that are compared.</summary>
    public const int MostFields = 40;

    /// <summary>The fields, in the order given.</summary>
    public ImmutableArray<LinkageField> Fields { get; }

    /// <summary>Identifiers of the records.</summary>
    public IReadOnlyList<string> Ids => ids;

    /// <summary>How many lines were set aside.</summary>
    public long SetAside { get; private set; }

    /// <summary>Why, for the first twenty: code and line, never the values.</summary>
    public IReadOnlyList<Problem> Problems => problems;

    /// <summary>How many records there are.</summary>
    public int Count => ids.Count;

    internal IReadOnlyList<string> Values(int field) => values[field];

    /// <summary>Adds a record. An empty value means not known.</summary>
    /// <returns>False when the identifier is empty or there already; then nothing is added.</returns>
    public bool Add(string id, params ReadOnlySpan<string> fields)
    {
        if (string.IsNullOrWhiteSpace(id) || fields.Length != values.Length || !seen.Add(id)) return false;
        ids.Add(id);
        for (var f = 0; f < fields.Length; f++) values[f].Add(fields[f]);
        return true;
    }

    /// <summary>How many fields of a record are filled in: its completeness, by which the master of a group is chosen.</summary>
    public int Filled(int record) => values.Count(v => !FoldedText.IsMissing(v[record].Trim()));

    /// <summary>Reads a table (CSV, gzipped or not) into the set. A broken line is set aside and counted; the others are kept.</summary>
    /// <exception cref="FileProblemException">When the file is no table or lacks a column.</exception>
    /// <exception cref="IOException">When it cannot be read.</exception>
    public void Read(string file, string idColumn, Action<long>? progress = null)
    {
        using var records = CsvRecords.Open(file, [idColumn, .. Fields.Select(f => f.Column)]);
        var cells = new string[values.Length];
        while (records.Next())
        {
            if (Count % 20_000 == 0) progress?.Invoke(Count);
            if (records.FieldCount != records.Columns)
            {
                Aside(Core.Contract.Problems.RaggedRow, $"The line has {records.FieldCount} cells where the heading has {records.Columns}; it was set aside.", records.Line);
                continue;
            }

            var id = Text(records[0]);
            for (var f = 0; f < cells.Length; f++) cells[f] = Text(records[f + 1]);
            if (Add(id, cells)) continue;
            if (id.Length == 0) Aside(Core.Contract.Problems.MissingCell, "The line has no identifier; it was set aside.", records.Line);
            else Aside(Core.Contract.Problems.Duplicate, "An earlier line has the same identifier; this one was set aside.", records.Line);
        }
    }

    /// <summary>Fails with a coded problem where nothing can be worked out: fewer than two records, or a field without a value.</summary>
    /// <exception cref="FileProblemException">Then.</exception>
    public void Check()
    {
        if (Count < 2) throw new FileProblemException(new(Core.Contract.Problems.TooFew, "Duplicates need at least two records with an identifier.", ""));
        for (var f = 0; f < values.Length; f++)
        {
            if (values[f].All(v => FoldedText.IsMissing(v.Trim())))
                throw new FileProblemException(new(Core.Contract.Problems.TooFew, "Nothing is filled in in this column. Leave its --field out, or name another.", Fields[f].Column));
        }
    }

    private void Aside(string code, string message, long line)
    {
        SetAside++;
        if (problems.Count < 20) problems.Add(new(code, message, $"line {line}"));
    }

    private static string Text(ReadOnlySpan<byte> bytes) => bytes.Length == 0 ? "" : Encoding.UTF8.GetString(bytes).Trim();
}
