using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using ThinIce.Core.Contract;
using ThinIce.Registry.Events;
using ThinIce.Registry.Model;

namespace ThinIce.Registry.Storage;

/// <summary>One table of a backup.</summary>
internal sealed record BackupTable(string Name, long Rows, string Sha256);

/// <summary>What a backup says of itself.</summary>
internal sealed record BackupManifest(string Format, string Program, string LastMigration, DateTimeOffset MadeAt, IReadOnlyList<BackupTable> Tables);

/// <summary>
/// A backup: a zip archive with one file of JSON lines for each table, in the text form of the events. It is taken from one
/// moment while others go on writing, and can be put back into either database. It holds what the database holds: names and
/// words encrypted, keys wrapped. It does not hold the master keys, nor the erasure ledger.
/// </summary>
internal static class BackupFile
{
    public const string Format = "thinice-backup/1";
    private const string ManifestName = "manifest.json";
    private const int Chunk = 500;

    public static async Task WriteAsync(Store store, string path, string program, DateTimeOffset now, CancellationToken stop)
    {
        await using var db = store.Context();
        await using var snapshot = await store.SnapshotAsync(db, stop);
        await using var file = Keys.Private.Open(path, FileMode.CreateNew);
        await using (var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, stop))
        {
            var tables = new List<BackupTable>();
            foreach (var type in Tables(db.Model)) tables.Add(await WriteTableAsync(db, zip, type, stop));
            var last = Named(db.Database.GetMigrations().Last());
            await using var manifest = await zip.CreateEntry(ManifestName).OpenAsync(stop);
            await JsonSerializer.SerializeAsync(manifest, new BackupManifest(Format, program, last, now, tables), cancellationToken: stop);
        }

        file.Flush(flushToDisk: true);
    }

    /// <summary>Puts a backup into an empty database, in one transaction. Throws <see cref="RegistryException"/> where it is cut short, altered, or of a later version.</summary>
    public static async Task ReadAsync(Store store, string path, bool replace, CancellationToken stop)
    {
        try
        {
            await using var file = File.OpenRead(path);
            await using var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Read, leaveOpen: true, entryNameEncoding: null, stop);
            var manifest = await ManifestAsync(zip, stop);
            await using var db = store.Context();
            if (!db.Database.GetMigrations().Select(Named).Contains(manifest.LastMigration)) throw new RegistryException(Problems.NewerStore, Problems.Kind(Problems.NewerStore).WayOut, "");
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            await using var transaction = await Store.BeginAsync(db, stop);
            if (await db.Set<ChainHead>().AnyAsync(h => h.Number > 0, stop) && !replace) throw new RegistryException(Problems.NotEmpty, Problems.Kind(Problems.NotEmpty).WayOut, "");
            await EmptyAsync(db, stop);
            foreach (var type in Tables(db.Model))
                if (manifest.Tables.FirstOrDefault(t => t.Name == RowImage.Table(type)) is { } table) await ReadTableAsync(db, zip, type, table, stop);
            await transaction.CommitAsync(stop);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or FormatException or CryptographicException or EndOfStreamException or ArgumentException)
        {
            throw Broken();
        }
    }

    /// <summary>A migration's name without the day it was written on, which differs between the two databases.</summary>
    private static string Named(string migration) => migration[(migration.IndexOf('_', StringComparison.Ordinal) + 1)..];

    private static RegistryException Broken() => new(Problems.BrokenBackup, $"{Problems.Kind(Problems.BrokenBackup).Meaning} {Problems.Kind(Problems.BrokenBackup).WayOut}", "");

    /// <summary>All tables; clients first, because others refer to them.</summary>
    private static IEnumerable<IEntityType> Tables(IModel model) =>
        model.GetEntityTypes().OrderBy(t => t.ClrType != typeof(ClientRecord)).ThenBy(RowImage.Table, StringComparer.Ordinal);

    private static async Task<BackupManifest> ManifestAsync(ZipArchive zip, CancellationToken stop)
    {
        if (zip.GetEntry(ManifestName) is not { } entry) throw Broken();
        await using var stream = await entry.OpenAsync(stop);
        return await JsonSerializer.DeserializeAsync<BackupManifest>(stream, cancellationToken: stop) is { Format: Format } manifest ? manifest : throw Broken();
    }

    private static async Task<BackupTable> WriteTableAsync(RegistryContext db, ZipArchive zip, IEntityType type, CancellationToken stop)
    {
        var name = RowImage.Table(type);
        await using var entry = await zip.CreateEntry($"{name}.jsonl", CompressionLevel.Fastest).OpenAsync(stop);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = 0L;
        foreach (var row in (IEnumerable<object>)Call(nameof(Rows), type, db))
        {
            byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(RowImage.Of(type, row)), (byte)'\n'];
            hash.AppendData(line);
            await entry.WriteAsync(line, stop);
            rows++;
        }

        return new(name, rows, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static async Task ReadTableAsync(RegistryContext db, ZipArchive zip, IEntityType type, BackupTable table, CancellationToken stop)
    {
        if (zip.GetEntry($"{table.Name}.jsonl") is not { } entry) throw Broken();
        await using var stream = await entry.OpenAsync(stop);
        using var reader = new StreamReader(stream);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = 0L;
        while (await reader.ReadLineAsync(stop) is { } line)
        {
            hash.AppendData([.. System.Text.Encoding.UTF8.GetBytes(line), (byte)'\n']);
            db.Add(Row(type, JsonSerializer.Deserialize<Dictionary<string, string?>>(line)!));
            if (++rows % Chunk == 0) await SaveAsync(db, stop);
        }

        await SaveAsync(db, stop);
        if (rows != table.Rows || Convert.ToHexStringLower(hash.GetHashAndReset()) != table.Sha256) throw Broken();
    }

    private static async Task SaveAsync(RegistryContext db, CancellationToken stop)
    {
        await db.SaveChangesAsync(stop);
        db.ChangeTracker.Clear();
    }

    private static object Row(IEntityType type, Dictionary<string, string?> image)
    {
        var row = Activator.CreateInstance(type.ClrType)!;
        foreach (var property in type.GetProperties())
            if (image.TryGetValue(RowImage.Column(property), out var text)) property.PropertyInfo!.SetValue(row, RowImage.Parse(property, text));
        return row;
    }

    private static async Task EmptyAsync(RegistryContext db, CancellationToken stop)
    {
        foreach (var type in Tables(db.Model).Reverse()) await (Task<int>)Call(nameof(Delete), type, db, stop);
    }

    private static object Call(string method, IEntityType type, params object[] arguments) =>
        typeof(BackupFile).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type.ClrType).Invoke(null, arguments)!;

    private static IEnumerable<object> Rows<T>(RegistryContext db)
        where T : class => db.Set<T>().AsNoTracking().AsEnumerable();

    private static Task<int> Delete<T>(RegistryContext db, CancellationToken stop)
        where T : class => db.Set<T>().ExecuteDeleteAsync(stop);
}
