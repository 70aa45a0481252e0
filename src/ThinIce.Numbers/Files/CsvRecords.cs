using System.Buffers;
using System.Text;

namespace ThinIce.Numbers.Files;

/// <summary>
/// Reads records of comma-, semicolon- or tab-separated text (RFC 4180), gzipped or not, and hands out the wanted columns as bytes.
/// A byte-order mark is passed over. It holds one block of the file at a time.
/// </summary>
internal sealed class CsvRecords : IDisposable
{
    private const int Block = 1 << 20, LongestRecord = 1 << 23;
    private static readonly byte[] Separators = [(byte)',', (byte)';', (byte)'\t'];
    private readonly Stream stream;
    private readonly string[] header;
    private readonly int[] wanted;
    private readonly (int Start, int Length, bool Escaped)[] fields;
    private readonly SearchValues<byte> stops;
    private readonly byte separator;
    private byte[] buffer;
    private byte[] scratch = new byte[256];
    private int at, end;
    private bool done;

    private CsvRecords(Stream stream, byte[] buffer, int at, int end, bool done, byte separator, string[] header, int[] columns)
    {
        (this.stream, this.buffer, this.at, this.end, this.done, this.separator, this.header) = (stream, buffer, at, end, done, separator, header);
        wanted = new int[header.Length];
        Array.Fill(wanted, -1);
        for (var c = 0; c < columns.Length; c++) wanted[columns[c]] = c;
        fields = new (int, int, bool)[columns.Length];
        stops = SearchValues.Create(separator, (byte)'\n', (byte)'\r');
    }

    /// <summary>The line that the current record began on; the header is on line 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>How many columns the header names.</summary>
    public int Columns => header.Length;

    /// <summary>How many fields the current record has.</summary>
    public int FieldCount { get; private set; }

    private long nextLine = 2;

    /// <summary>Opens a file and finds the columns by name: exactly, or else without regard to capitals.</summary>
    /// <exception cref="FileProblemException">When it is empty, no text, or a column is missing or there twice.</exception>
    public static CsvRecords Open(string file, IReadOnlyList<string> columns)
    {
        var stream = Unzipped(File.OpenRead(file));
        var buffer = new byte[Block];
        var (end, done) = (0, false);
        int line;
        while ((line = HeaderEnd(buffer.AsSpan(0, end), done)) < 0)
        {
            if (end == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            if (end > LongestRecord) throw FileProblemException.NotText();
            var read = stream.Read(buffer, end, buffer.Length - end);
            done = read == 0;
            end += read;
        }

        var text = Heading(buffer.AsSpan(0, Math.Min(line, end)));
        if (text.Length == 0) throw FileProblemException.Empty();
        var (separator, header, places) = Find(text, columns);
        return new(stream, buffer, Math.Min(line + 1, end), end, done, separator, header, places);
    }

    /// <summary>Goes to the next record. Blank lines are passed over.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="FileProblemException">When a quotation mark is never closed.</exception>
    public bool Next()
    {
        while (true)
        {
            var next = Parse(out var lines, out var blank);
            if (next < 0)
            {
                if (!Refill()) return false;
                continue;
            }

            Line = nextLine;
            nextLine += lines;
            at = next;
            if (!blank) return true;
        }
    }

    /// <summary>A wanted column of the current record, without its quotation marks.</summary>
    public ReadOnlySpan<byte> this[int column]
    {
        get
        {
            var (start, length, escaped) = fields[column];
            var field = buffer.AsSpan(start, length);
            return escaped ? Unescape(field) : field;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();

    /// <summary>Finds the fields of one record. A record cut short by the end of the block is parsed again after more was read.</summary>
    /// <returns>Where the next record begins, or -1 when more has to be read.</returns>
    private int Parse(out int lines, out bool blank)
    {
        (lines, blank) = (1, false);
        if (at >= end) return -1;
        var (position, column, first) = (at, 0, at);
        Array.Clear(fields);
        while (true)
        {
            var start = position;
            var escaped = false;
            if (position < end && buffer[position] == (byte)'"' && !Quoted(ref position, ref lines, out escaped)) return -1;
            var quoted = position > start;
            var stop = buffer.AsSpan(position, end - position).IndexOfAny(stops);
            if (stop < 0)
            {
                if (!done) return -1;
                stop = end - position;
            }

            position += stop;
            if (column < wanted.Length && wanted[column] >= 0)
                fields[wanted[column]] = quoted && buffer[position - 1] == (byte)'"' ? (start + 1, position - start - 2, escaped) : (start, position - start, false);
            column++;
            if (position < end && buffer[position] == separator)
            {
                position++;
                continue;
            }

            FieldCount = column;
            blank = column == 1 && position == first;
            return EndOfLine(position);
        }
    }

    private int EndOfLine(int position)
    {
        if (position >= end) return end;
        if (buffer[position] == (byte)'\n') return position + 1;
        if (position + 1 < end) return buffer[position + 1] == (byte)'\n' ? position + 2 : position + 1;
        return done ? end : -1;
    }

    /// <summary>Passes over a quoted field.</summary>
    /// <returns>Whether its end is in the block.</returns>
    private bool Quoted(ref int position, ref int lines, out bool escaped)
    {
        escaped = false;
        for (var i = position + 1; ;)
        {
            var step = buffer.AsSpan(i, end - i).IndexOf((byte)'"');
            if (step < 0)
            {
                if (done) throw FileProblemException.OpenQuote(nextLine);
                return false;
            }

            lines += buffer.AsSpan(i, step).Count((byte)'\n');
            i += step + 1;
            if (i >= end && !done) return false;
            if (i < end && buffer[i] == (byte)'"')
            {
                escaped = true;
                i++;
                continue;
            }

            position = i;
            return true;
        }
    }

    private ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> field)
    {
        if (scratch.Length < field.Length) scratch = new byte[field.Length * 2];
        var length = 0;
        for (var i = 0; i < field.Length; i++)
        {
            scratch[length++] = field[i];
            if (field[i] == (byte)'"') i++;
        }

        return scratch.AsSpan(0, length);
    }

    private bool Refill()
    {
        if (done) return false;
        var left = end - at;
        if (left > LongestRecord) throw FileProblemException.OpenQuote(nextLine);
        if (left == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }
        else
        {
            buffer.AsSpan(at, left).CopyTo(buffer);
        }

        (at, end) = (0, left);
        var read = stream.Read(buffer, end, buffer.Length - end);
        done = read == 0;
        end += read;
        return true;
    }

    private static Stream Unzipped(FileStream file)
    {
        var (first, second) = (file.ReadByte(), file.ReadByte());
        file.Position = 0;
        return first == 0x1F && second == 0x8B ? new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionMode.Decompress) : file;
    }

    private static int HeaderEnd(ReadOnlySpan<byte> text, bool done)
    {
        var inQuotes = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == (byte)'"') inQuotes = !inQuotes;
            if (text[i] == (byte)'\n' && !inQuotes) return i;
        }

        return done ? text.Length : -1;
    }

    private static string Heading(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("\uFEFF"u8)) line = line[3..];
        if (line.Contains((byte)0) || line.StartsWith([(byte)0xFF, (byte)0xFE]) || line.StartsWith([(byte)0xFE, (byte)0xFF]) || line.StartsWith("PAR1"u8)) throw FileProblemException.NotText();
        return Encoding.UTF8.GetString(line).TrimEnd('\r');
    }

    private static (byte Separator, string[] Header, int[] Places) Find(string text, IReadOnlyList<string> columns)
    {
        // The separator that shows most of the wanted columns; among equals the one that makes most columns.
        var best = Separators.Select(s => (Separator: s, Header: Split(text, (char)s)))
            .OrderByDescending(c => columns.Count(w => Place(c.Header, w) >= 0)).ThenByDescending(c => c.Header.Length).First();
        var places = columns.Select(c => Place(best.Header, c)).ToArray();
        for (var c = 0; c < places.Length; c++)
        {
            if (places[c] == -1) throw FileProblemException.MissingColumn(columns[c], best.Header);
            if (places[c] == -2) throw FileProblemException.DoubleColumn(columns[c]);
        }

        return (best.Separator, best.Header, places);
    }

    private static int Place(string[] header, string column)
    {
        foreach (var comparison in new[] { StringComparison.Ordinal, StringComparison.OrdinalIgnoreCase })
        {
            var places = Enumerable.Range(0, header.Length).Where(i => header[i].Equals(column, comparison)).Take(2).ToList();
            if (places.Count > 0) return places.Count == 1 ? places[0] : -2;
        }

        return -1;
    }

    private static string[] Split(string line, char separator)
    {
        var (fields, field, inQuotes) = (new List<string>(), new StringBuilder(), false);
        foreach (var c in line)
        {
            if (c == '"') inQuotes = !inQuotes;
            else if (c == separator && !inQuotes)
            {
                fields.Add(field.ToString().Trim());
                field.Clear();
            }
            else field.Append(c);
        }

        fields.Add(field.ToString().Trim());
        return [.. fields];
    }
}
