using System.Runtime.InteropServices;
using System.Text;
using DuckDB.NET.Native;
using ThinIce.Core.Contract;

namespace ThinIce.Numbers.Files;

/// <summary>
/// One DuckDB, in memory or in a folder of its own that is emptied at the end, with a limit to its memory. Results are read chunk by chunk
/// from its own buffers, because ten million rows cannot pass through objects. It fetches nothing from anywhere.
/// </summary>
internal sealed unsafe class DuckDb : IDisposable
{
    private readonly DuckDBDatabase database;
    private readonly DuckDBNativeConnection connection;
    private readonly string? folder;

    /// <summary>Opens one.</summary>
    /// <param name="memory">Most bytes of memory it may use.</param>
    /// <param name="onDisk">Whether tables lie in a file, so that they may be larger than memory.</param>
    public DuckDb(long memory, bool onDisk)
    {
        folder = onDisk ? Directory.CreateTempSubdirectory("thinice-").FullName : null;
        if (NativeMethods.Startup.DuckDBOpen(folder is null ? ":memory:" : Path.Combine(folder, "reports.duckdb"), out database) != DuckDBState.Success
            || NativeMethods.Startup.DuckDBConnect(database, out connection) != DuckDBState.Success)
            throw new InvalidOperationException("DuckDB could not be opened.");
        Run($"SET memory_limit='{memory / 1_000_000}MB'");
        Run($"SET threads={Environment.ProcessorCount}");
        Run("SET autoinstall_known_extensions=false");
        Run(folder is null ? "SET temp_directory=''" : $"SET temp_directory={Quote(folder)}");
    }

    /// <summary>Runs a statement whose rows do not matter.</summary>
    public void Run(string sql) => Query(sql, 0, static (_, _) => { });

    /// <summary>A text in SQL.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A name in SQL.</summary>
    public static string Name(string column) => $"\"{column.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Where the data of one chunk of a result lie. All columns asked for are text, unless they are read as whole numbers.</summary>
    public readonly struct Chunk
    {
        private readonly nint[] data;
        private readonly nint[] validity;

        internal Chunk(nint[] data, nint[] validity) => (this.data, this.validity) = (data, validity);

        /// <summary>A cell as bytes; empty where it is null.</summary>
        public ReadOnlySpan<byte> Text(int column, int row)
        {
            var valid = (ulong*)validity[column];
            if (valid is not null && (valid[row >> 6] >> (row & 63) & 1) == 0) return default;
            var word = (byte*)data[column] + (row * 16L);
            var length = *(int*)word;
            return new(length <= 12 ? word + 4 : *(byte**)(word + 8), length);
        }

        /// <summary>A cell of a BIGINT column.</summary>
        public long Number(int column, int row) => ((long*)data[column])[row];
    }

    /// <summary>Runs a query and hands out its chunks, in order, with how many rows each has.</summary>
    /// <exception cref="FileProblemException">When DuckDB refuses it.</exception>
    public void Query(string sql, int columns, Action<Chunk, int> take)
    {
        if (NativeMethods.PreparedStatements.DuckDBPrepare(connection, sql, out var statement) != DuckDBState.Success)
        {
            using (statement) throw Refused(NativeMethods.PreparedStatements.DuckDBPrepareError(statement));
        }

        using (statement)
        {
            var state = columns > 0
                ? NativeMethods.PreparedStatements.DuckDBExecutePreparedStreaming(statement, out var result)
                : NativeMethods.PreparedStatements.DuckDBExecutePrepared(statement, out result);
            try
            {
                if (state != DuckDBState.Success) throw Refused(NativeMethods.Query.DuckDBResultError(ref result));
                if (columns > 0) Fetch(ref result, columns, take);
            }
            finally
            {
                NativeMethods.Query.DuckDBDestroyResult(ref result);
            }
        }
    }

    private static void Fetch(ref DuckDBResult result, int columns, Action<Chunk, int> take)
    {
        var (data, validity) = (new nint[columns], new nint[columns]);
        while (true)
        {
            using var chunk = NativeMethods.Query.DuckDBFetchChunk(result);
            if (chunk.IsInvalid)
            {
                if (NativeMethods.Query.DuckDBResultError(ref result) is { Length: > 0 } error) throw Refused(error);
                return;
            }

            var rows = (int)NativeMethods.DataChunks.DuckDBDataChunkGetSize(chunk);
            if (rows == 0) return;
            for (var c = 0; c < columns; c++)
            {
                var vector = NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, c);
                data[c] = (nint)NativeMethods.Vectors.DuckDBVectorGetData(vector);
                validity[c] = (nint)NativeMethods.Vectors.DuckDBVectorGetValidity(vector);
            }

            take(new(data, validity), rows);
        }
    }

    /// <summary>DuckDB's own message may repeat what stands in the file, so it is not passed on.</summary>
    private static FileProblemException Refused(string? error)
    {
        if (Environment.GetEnvironmentVariable("THINICE_DEBUG") == "1") Console.Error.WriteLine(error);
        if (error?.Contains("Out of Memory", StringComparison.OrdinalIgnoreCase) == true)
            return new(new(Problems.TooLarge, "The memory allowed does not suffice, not even with the disk's help. Allow more with --memory.", ""));
        if (error?.Contains("IO Error", StringComparison.OrdinalIgnoreCase) == true && error.Contains("No files found", StringComparison.OrdinalIgnoreCase))
            return new(new(Problems.UnreadableFile, Problems.Kind(Problems.UnreadableFile).WayOut, ""));
        return new(new(Problems.MalformedTable, "The file is not what its name says, or it is damaged. Parquet files end in .parquet, JSON Lines in .jsonl or .ndjson.", ""));
    }

    /// <summary>Appends rows of text to a table.</summary>
    public sealed class Appender : IDisposable
    {
        private readonly DuckDBAppender appender;

        internal Appender(DuckDb owner, string table)
        {
            if (NativeMethods.Appender.DuckDBAppenderCreate(owner.connection, null!, table, out appender) != DuckDBState.Success) throw Refused(null);
        }

        /// <summary>Appends one cell.</summary>
        public void Add(ReadOnlySpan<byte> text)
        {
            if (NativeMethods.Appender.DuckDBAppendVarchar(appender, Encoding.UTF8.GetString(text)) != DuckDBState.Success) throw Refused(null);
        }

        /// <summary>Appends an empty cell.</summary>
        public void AddNull()
        {
            if (NativeMethods.Appender.DuckDBAppendNull(appender) != DuckDBState.Success) throw Refused(null);
        }

        /// <summary>Ends the row.</summary>
        public void EndRow()
        {
            if (NativeMethods.Appender.DuckDBAppenderEndRow(appender) != DuckDBState.Success) throw Refused(null);
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            NativeMethods.Appender.DuckDBAppenderClose(appender);
            appender.Dispose();
        }
    }

    /// <summary>An appender to a table of text columns.</summary>
    public Appender AppendTo(string table) => new(this, table);

    /// <inheritdoc/>
    public void Dispose()
    {
        connection.Dispose();
        database.Dispose();
        if (folder is not null) Directory.Delete(folder, recursive: true);
    }
}
