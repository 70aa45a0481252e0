using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ThinIce.Core.Contract;

namespace ThinIce.Registry.Imports;

/// <summary>One record of a file of reports: its cells by heading, or why it cannot be read.</summary>
/// <param name="Line">Line on which it begins, from 1.</param>
/// <param name="Cells">Cells by heading; those that are empty are left out.</param>
/// <param name="Problem">Why it cannot be read, or taken in; null where it can.</param>
/// <param name="Raw">What stands there, where it could not be taken apart into cells.</param>
public sealed record FileRecord(int Line, ImmutableDictionary<string, string> Cells, Problem? Problem, string Raw = "");

/// <summary>
/// A file of reports, read record by record so that it may be of any size: CSV with headings (comma, semicolon or tab), or JSON Lines, one flat object
/// a line (names ending in .jsonl or .ndjson). UTF-8, UTF-16 with its mark, or Windows-1252. A broken record does not take those after it along.
/// </summary>
public sealed class ReportFile
{
    /// <summary>Lines that a quoted cell may go on for before its quotation mark counts as never closed. A narrative can be long.</summary>
    private const int LongestCell = 2_000;

    private readonly string _path;
    private readonly Encoding _encoding;
    private readonly bool _isJson;

    private ReportFile(string path, byte[] hash, Encoding encoding, ImmutableArray<string> columns, char separator) =>
        (_path, Hash, _encoding, Columns, Separator, _isJson) = (path, hash, encoding, columns, separator, separator == '\0');

    /// <summary>SHA-256 of the file.</summary>
    public byte[] Hash { get; }

    /// <summary>The headings; of JSON Lines the names in the first object.</summary>
    public ImmutableArray<string> Columns { get; }

    private char Separator { get; }

    /// <summary>Looks through a file once: what it is, and its hash.</summary>
    /// <returns>The file; refused where it has no headings, or its first line is no object.</returns>
    public static Outcome<ReportFile> Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        byte[] hash;
        Encoding encoding;
        try
        {
            (hash, encoding) = Look(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Problem(Problems.UnreadableFile, Problems.Kind(Problems.UnreadableFile).WayOut, path);
        }

        if (Path.GetExtension(path).ToLowerInvariant() is ".jsonl" or ".ndjson")
        {
            var first = Lines(path, encoding).Select((l, i) => (Text: l, Line: i + 1)).FirstOrDefault(l => l.Text.Trim().Length > 0);
            return first.Text is null ? new Problem(Problems.Empty, Problems.Kind(Problems.Empty).WayOut, path)
                : Object(first.Text, first.Line) is { Problem: null } record ? new ReportFile(path, hash, encoding, [.. record.Cells.Keys.Order(StringComparer.Ordinal)], '\0') : new Problem(Problems.MalformedJson, "Each line has to be one object, such as {\"words\":\"…\"}.", $"{path}, line {first.Line}");
        }

        var heading = Lines(path, encoding).FirstOrDefault(l => l.Trim().Length > 0) ?? "";
        var separator = CsvTable.SeparatorOf(heading);
        var (cells, _, closed) = CsvTable.Cells([heading], 0, separator);
        return !closed || cells.All(c => c.Trim().Length == 0) || heading.Contains('\0', StringComparison.Ordinal)
            ? new Problem(Problems.CsvNoHeader, $"{Problems.Kind(Problems.CsvNoHeader).Meaning} {Problems.Kind(Problems.CsvNoHeader).WayOut}", path)
            : new ReportFile(path, hash, encoding, [.. cells.Select(c => c.Trim())], separator);
    }

    /// <summary>The records in order.</summary>
    public IEnumerable<FileRecord> Records() => _isJson
        ? Lines(_path, _encoding).Select((text, at) => (text, Line: at + 1)).Where(l => l.text.Trim().Length > 0).Select(l => Object(l.text, l.Line))
        : Rows();

    private IEnumerable<FileRecord> Rows()
    {
        using var all = Lines(_path, _encoding).GetEnumerator();
        var (window, line, isHeading) = (new List<string>(), 1, true);
        while (true)
        {
            // One line as a rule; more of them only where a quotation mark is open.
            if (window.Count == 0 && !More(1)) yield break;
            var (cells, next, closed) = CsvTable.Cells(window, 0, Separator, LongestCell);
            for (var ask = 16; !closed && window.Count <= LongestCell && More(ask); ask *= 4) (cells, next, closed) = CsvTable.Cells(window, 0, Separator, LongestCell);
            if (!closed) next = 1;
            var isBlank = closed && cells.All(c => c.Trim().Length == 0);
            var record = isBlank || isHeading ? null : Row(line, cells, closed, () => string.Join('\n', window.Take(next)));
            if (!isBlank) isHeading = false;
            window.RemoveRange(0, next);
            line += next;
            if (record is not null) yield return record;
        }

        bool More(int lines)
        {
            var before = window.Count;
            while (lines-- > 0 && all.MoveNext()) window.Add(all.Current);
            return window.Count > before;
        }
    }

    private FileRecord Row(int line, ImmutableArray<string> cells, bool closed, Func<string> raw)
    {
        if (!closed) return new(line, ImmutableDictionary<string, string>.Empty, new(Problems.CsvRow, "A quotation mark is not closed.", ""), raw());
        if (cells.Length > Columns.Length) return new(line, ImmutableDictionary<string, string>.Empty, new(Problems.RaggedRow, $"It has {cells.Length} cells, the headings are {Columns.Length}.", ""), raw());
        var named = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        for (var at = 0; at < cells.Length; at++) if (cells[at].Trim().Length > 0) named[Columns[at]] = Plain(cells[at]);
        return new(line, named.ToImmutable(), null);
    }

    /// <summary>Without the apostrophe that this program puts before what a spreadsheet could take for a formula.</summary>
    private static string Plain(string cell) => cell is ['\'', .. var rest] && CsvCell.IsFormula(rest) ? rest : cell;

    private static FileRecord Object(string text, int line)
    {
        var named = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        try
        {
            using var json = JsonDocument.Parse(text);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return new(line, named.ToImmutable(), new(Problems.NotAnObject, Problems.Kind(Problems.NotAnObject).WayOut, ""), text);
            foreach (var member in json.RootElement.EnumerateObject())
                if (Cell(member.Value) is { Length: > 0 } cell) named[member.Name] = cell;
            return new(line, named.ToImmutable(), null);
        }
        catch (JsonException)
        {
            return new(line, named.ToImmutable(), new(Problems.MalformedJson, Problems.Kind(Problems.MalformedJson).WayOut, ""), text);
        }
    }

    private static string Cell(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Array => string.Join('|', value.EnumerateArray().Select(Cell)),
        JsonValueKind.Null => "",
        _ => value.GetRawText(),
    };

    private static IEnumerable<string> Lines(string path, Encoding encoding)
    {
        using var reader = new StreamReader(path, encoding, detectEncodingFromByteOrderMarks: true, 1 << 16);
        while (reader.ReadLine() is { } line) yield return line;
    }

    private static (byte[] Hash, Encoding Encoding) Look(string path)
    {
        using var stream = File.OpenRead(path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var (buffer, text, isUtf8) = (new byte[1 << 16], new char[(1 << 16) + 8], true);
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
            if (!isUtf8) continue;
            try
            {
                strict.GetChars(buffer, 0, read, text, 0, flush: false);
            }
            catch (DecoderFallbackException)
            {
                isUtf8 = false;
            }
        }

        return (hash.GetHashAndReset(), isUtf8 ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding(1252)!);
    }
}
