using ThinIce.Core.Contract;
using ThinIce.Registry.Events;
using ThinIce.Registry.Keys;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry;

/// <summary>Backup and restore. The copy is checked by putting it back into a temporary database and verifying it there.</summary>
public static class Backups
{
    /// <summary>Takes a backup while others go on writing, checks it, and only then gives it its name.</summary>
    /// <returns>What the check of the copy came to.</returns>
    /// <exception cref="RegistryException">There is such a file already, or the copy does not verify.</exception>
    public static async Task<Verification> TakeAsync(ClinicRegistry registry, string path, CancellationToken stop = default)
    {
        if (File.Exists(path)) throw new RegistryException(Problems.NotEmpty, "There is such a file already: name another.", path);
        var unfinished = path + ".unfinished";
        File.Delete(unfinished);
        await BackupFile.WriteAsync(registry.Store, unfinished, registry.Options.Program, registry.Now, stop);
        var found = await CheckAsync(registry.Options, unfinished, stop);
        if (!found.IsSound) throw new RegistryException(Problems.StoreDamaged, $"The copy does not verify ({found.Faults[0].What}), and so neither does the registry. {Problems.Kind(Problems.StoreDamaged).WayOut}", unfinished);
        File.Move(unfinished, path);
        return found;
    }

    /// <summary>Checks a backup by putting it into a temporary SQLite database beside it, and verifying that. Needs the master keys.</summary>
    public static async Task<Verification> CheckAsync(RegistryOptions options, string path, CancellationToken stop = default)
    {
        var folder = $"{Path.GetFullPath(path)}.check-{Environment.ProcessId}";
        Private.Folder(folder);
        try
        {
            await using var store = Store.Sqlite(Path.Combine(folder, "copy.db"));
            return await FillAsync(store, options, path, replace: false, stop);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>
    /// Puts a backup back: checks it first, then in one step takes it over. SQLite's old files stay beside as
    /// <c>registry.db.before-restore</c>. No server may be running on it. Who was erased since the backup is erased again.
    /// </summary>
    /// <exception cref="RegistryException">The backup does not verify, or there is a registry already and <paramref name="replace"/> is false.</exception>
    public static async Task<Verification> RestoreAsync(RegistryOptions options, string path, bool replace, CancellationToken stop = default)
    {
        if (!File.Exists(path)) throw new RegistryException(Problems.UnreadableFile, Problems.Kind(Problems.UnreadableFile).WayOut, path);
        Private.Folder(options.DataFolder);
        if (options.PostgreSql is null && File.Exists(options.SqliteFile) && !replace) throw new RegistryException(Problems.NotEmpty, Problems.Kind(Problems.NotEmpty).WayOut, options.SqliteFile);
        var check = await CheckAsync(options, path, stop);
        if (!check.IsSound) throw new RegistryException(Problems.BrokenBackup, $"The backup does not verify: {check.Faults[0].What}.", path);
        if (options.PostgreSql is { } connection)
        {
            await using var store = Store.PostgreSql(connection);
            await FillAsync(store, options, path, replace, stop);
        }
        else await SwapAsync(options, path, stop);
        await using var registry = await ClinicRegistry.OpenAsync(options, null, stop);
        await registry.ActAsync<Done>(EventTypes.Restored, Actor.Operator(ClinicId.Installation), stop, act =>
        {
            act.WriteEvent(null, new());
            return Task.FromResult<Outcome<Done>>(new Done());
        });
        return await registry.VerifyAsync(stop);
    }

    private static async Task<Verification> FillAsync(Store store, RegistryOptions options, string path, bool replace, CancellationToken stop)
    {
        await store.MigrateAsync(stop);
        await BackupFile.ReadAsync(store, path, replace, stop);
        var ring = new KeyRing(new(options.Keys));
        await using (var db = store.Context()) await ring.OpenAsync(db, stop);
        return await new Verifier(store, ring).RunAsync(stop);
    }

    private static async Task SwapAsync(RegistryOptions options, string path, CancellationToken stop)
    {
        var made = options.SqliteFile + ".restoring";
        foreach (var ending in new[] { "", "-wal", "-shm" }) File.Delete(made + ending);
        await using (var store = Store.Sqlite(made))
        {
            await FillAsync(store, options, path, replace: false, stop);
            // Everything into the one file, which then is the whole database.
            await store.ScrubAsync(stop);
        }

        foreach (var ending in new[] { "", "-wal", "-shm" })
        {
            if (File.Exists(options.SqliteFile + ending)) File.Move(options.SqliteFile + ending, options.SqliteFile + ".before-restore" + ending, overwrite: true);
            if (ending.Length > 0) File.Delete(made + ending);
        }

        File.Move(made, options.SqliteFile);
        Private.Tighten(options.SqliteFile);
    }
}
