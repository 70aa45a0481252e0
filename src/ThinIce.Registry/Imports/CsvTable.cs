using System.Collections.Immutable;
using System.Text;

namespace ThinIce.Registry.Imports;

/// <summary>One row of a file.</summary>
/// <param name="Line">Line of the file on which it begins, from 1.</param>
/// <param name="Cells">Cells.</param>
/// <param name="Raw">The row as it stands there.</param>
/// <param name="IsBroken">Whether a quotation mark was not closed, or the row has more cells than there are headings.</param>
internal sealed record CsvRow(int Line, ImmutableArray<string> Cells, string Raw, bool IsBroken);

/// <summary>
/// A file of separated values (RFC 4180), as practice software exports it: comma, semicolon or tab; UTF-8, UTF-16 or
/// Windows-1252. A broken row does not take the rows after it along.
/// </summary>
internal sealed class CsvTable
{
    /// <summary>Lines that a quoted cell may go on for before its quotation mark counts as never closed.</summary>
    private const int LongestCell = 30;

    private CsvTable(ImmutableArray<string> columns, ImmutableArray<CsvRow> rows) => (Columns, Rows) = (columns, rows);

    public ImmutableArray<string> Columns { get; }

    public ImmutableArray<CsvRow> Rows { get; }

    /// <summary>Reads a file; null where it has no line of headings.</summary>
    public static CsvTable? Read(ReadOnlySpan<byte> bytes)
    {
        var lines = Decode(bytes).ReplaceLineEndings("\n").Split('\n');
        var first = Array.FindIndex(lines, l => l.Trim().Length > 0);
        if (first < 0 || lines[first].Contains('\0', StringComparison.Ordinal)) return null;
        var separator = SeparatorOf(lines[first]);
        var (headings, _, closed) = Cells(lines, first, separator);
        if (!closed || headings.Length < 2 || headings.Count(h => h.Trim().Length > 0) < 2) return null;
        var rows = ImmutableArray.CreateBuilder<CsvRow>();
        for (var at = first + 1; at < lines.Length;)
        {
            var (cells, next, whole) = Cells(lines, at, separator);
            // An open quotation mark spoils its own line only.
            if (!whole) (cells, next) = ([], at + 1);
            var raw = string.Join('\n', lines[at..next]);
            if (raw.Trim().Length > 0) rows.Add(new(at + 1, cells, raw, !whole || cells.Length > headings.Length));
            at = next;
        }

        return new([.. headings.Select(h => h.Trim())], rows.ToImmutable());
    }

    /// <summary>What separates the cells of a line of headings: whichever stands there most often.</summary>
    internal static char SeparatorOf(string headings) => new[] { ',', ';', '\t' }.MaxBy(s => headings.Count(c => c == s));

    /// <summary>The file as text. Without a mark at its beginning it is UTF-8 where that is possible, and else Windows-1252, in which every byte means something.</summary>
    internal static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8)) return Encoding.UTF8.GetString(bytes[3..]);
        if (bytes is [0xFF, 0xFE, ..]) return Encoding.Unicode.GetString(bytes[2..]);
        if (bytes is [0xFE, 0xFF, ..]) return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(bytes);
        }
    }

    /// <summary>The cells of the row that begins on a line, the line after it, and whether its quotation marks were closed.</summary>
    internal static (ImmutableArray<string> Cells, int Next, bool Closed) Cells(IReadOnlyList<string> lines, int at, char separator, int longest = LongestCell)
    {
        var cells = ImmutableArray.CreateBuilder<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var line = at; line < lines.Count && line - at <= longest; line++)
        {
            var text = lines[line];
            for (var i = 0; i < text.Length; i++)
            {
                var c = text[i];
                if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append('"');
                    i++;
                }
                else if (c == '"' && (quoted || cell.ToString().Trim().Length == 0))
                {
                    quoted = !quoted;
                    // A mark that closes on a later line in the midst of a word belongs to that line's own cell: this one was never closed.
                    if (!quoted && line > at && i + 1 < text.Length && text[i + 1] != separator) return ([], at + 1, false);
                }
                else if (c == separator && !quoted)
                {
                    cells.Add(cell.ToString());
                    cell.Clear();
                }
                else cell.Append(c);
            }

            if (!quoted)
            {
                cells.Add(cell.ToString());
                return (cells.ToImmutable(), line + 1, true);
            }

            cell.Append('\n');
        }

        return ([], at + 1, false);
    }
}
