using System.Text.Json;

namespace ThinIce.Registry.Keys;

/// <summary>One line of the ledger: whose key was destroyed, where and when. No name: the id says nothing about the person.</summary>
internal sealed record ErasedLine(Guid Subject, Guid Clinic, DateTimeOffset At);

/// <summary>
/// The list of the erased, beside the master keys and outside of the database and of its backups: so an older backup that is
/// put back has its erased people erased again when it is opened. Only ever added to; a torn last line is skipped.
/// </summary>
internal static class ErasureLedger
{
    public static IReadOnlyList<ErasedLine> Read(string path)
    {
        if (!File.Exists(path)) return [];
        var lines = new List<ErasedLine>();
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        while (reader.ReadLine() is { } line)
        {
            try
            {
                if (JsonSerializer.Deserialize<ErasedLine>(line) is { } erased) lines.Add(erased);
            }
            catch (JsonException)
            {
                // Torn by a crash before the erasure was acknowledged.
            }
        }

        return lines;
    }

    /// <summary>The file, for this writer only: other threads and other servers on the same folder wait.</summary>
    private static FileStream Alone(string path)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return Private.Open(path, FileMode.Append, FileShare.None);
            }
            catch (IOException) when (File.Exists(path) && attempt < 600)
            {
                Thread.Sleep(50);
            }
        }
    }

    /// <summary>Adds lines; on the disk when this returns.</summary>
    public static void Add(string path, params ErasedLine[] lines)
    {
        using var file = Alone(path);
        // A line that a crash tore must not take this one with it.
        file.Write("\n"u8);
        foreach (var line in lines)
        {
            JsonSerializer.Serialize(file, line);
            file.Write("\n"u8);
        }

        file.Flush(flushToDisk: true);
    }
}
