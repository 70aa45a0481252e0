using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using ThinIce.Core.Contract;
using ThinIce.Registry.Keys;
using ThinIce.Registry.Model;

namespace ThinIce.Registry.Storage;

/// <summary>One database: SQLite in the data folder, or PostgreSQL. Knows how each begins a transaction, locks a chain and takes a snapshot.</summary>
internal sealed class Store : IAsyncDisposable
{
    private readonly SemaphoreSlim _writers = new(1, 1);
    private readonly DbContextOptions _options;
    private readonly NpgsqlDataSource? _postgreSql;
    private readonly string _sqlite;

    private Store(DbContextOptions options, NpgsqlDataSource? postgreSql, string sqlite) => (_options, _postgreSql, _sqlite) = (options, postgreSql, sqlite);

    public bool IsSqlite => _postgreSql is null;

    /// <summary>The file; empty with PostgreSQL.</summary>
    public string File => _sqlite;

    /// <summary>SQLite in a file.</summary>
    public static Store Sqlite(string file)
    {
        var connection = new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true, DefaultTimeout = 60, Pooling = true };
        var options = new DbContextOptionsBuilder<SqliteRegistryContext>().UseSqlite(connection.ConnectionString).AddInterceptors(new SqliteSettings()).EnableServiceProviderCaching();
        return new(options.Options, null, file);
    }

    /// <summary>PostgreSQL. Error details are left out: they would repeat the values of a row.</summary>
    public static Store PostgreSql(string connection)
    {
        var builder = new NpgsqlDataSourceBuilder(connection);
        builder.ConnectionStringBuilder.IncludeErrorDetail = false;
        builder.ConnectionStringBuilder.ApplicationName ??= "thinice";
        if (builder.ConnectionStringBuilder.MaxAutoPrepare == 0) builder.ConnectionStringBuilder.MaxAutoPrepare = 60;
        var source = builder.Build();
        return new(new DbContextOptionsBuilder<PostgreSqlRegistryContext>().UseNpgsql(source).Options, source, "");
    }

    public RegistryContext Context()
    {
        RegistryContext db = IsSqlite
            ? new SqliteRegistryContext((DbContextOptions<SqliteRegistryContext>)_options)
            : new PostgreSqlRegistryContext((DbContextOptions<PostgreSqlRegistryContext>)_options);
        // An act is one transaction, taken back as a whole: savepoints would be two more trips to the database for each.
        db.Database.AutoSavepointsEnabled = false;
        return db;
    }

    /// <summary>Lets a context work in the transaction of another, with rows of its own.</summary>
    public static async Task<RegistryContext> BesideAsync(RegistryContext db, RegistryContext other, IDbContextTransaction transaction)
    {
        db.Database.SetDbConnection(other.Database.GetDbConnection());
        await db.Database.UseTransactionAsync(transaction.GetDbTransaction());
        return db;
    }

    /// <summary>Brings the tables up to this version. Refuses a database of a later one.</summary>
    public async Task MigrateAsync(CancellationToken stop)
    {
        try
        {
            await using var db = Context();
            var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
            var applied = await db.Database.GetAppliedMigrationsAsync(stop);
            if (applied.Any(m => !known.Contains(m))) throw new RegistryException(Problems.NewerStore, Problems.Kind(Problems.NewerStore).WayOut, "");
            if (known.Count == applied.Count()) return;
            using var alone = IsSqlite ? await AloneAsync(stop) : null;
            // What a process that was killed in a migration left behind would be waited for without end; nobody else is here.
            if (IsSqlite) await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS __EFMigrationsLock", stop);
            await db.Database.MigrateAsync(stop);
        }
        catch (Exception e) when (e is SqliteException or NpgsqlException or IOException or System.Net.Sockets.SocketException)
        {
            throw new RegistryException(Problems.NoStore, $"{Problems.Kind(Problems.NoStore).Meaning} {Problems.Kind(Problems.NoStore).WayOut}", IsSqlite ? _sqlite : "connection");
        }
    }

    /// <summary>A lock of the operating system, which ends with the process.</summary>
    private async Task<FileStream> AloneAsync(CancellationToken stop)
    {
        for (; ; await Task.Delay(100, stop))
        {
            try
            {
                return new(_sqlite + ".migrating", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (System.IO.File.Exists(_sqlite + ".migrating"))
            {
            }
        }
    }

    /// <summary>
    /// Waits for the turn to write. SQLite has one writer at a time and lets others poll; here they queue instead. PostgreSQL
    /// orders writers itself, by the row of the chain's head.
    /// </summary>
    public async Task<Turn> TurnAsync(CancellationToken stop)
    {
        if (!IsSqlite) return new(null);
        await _writers.WaitAsync(stop);
        return new(_writers);
    }

    /// <summary>Begins a transaction that may write. In SQLite it is BEGIN IMMEDIATE: it fails at once or not at all, never halfway for a lock.</summary>
    public static Task<IDbContextTransaction> BeginAsync(RegistryContext db, CancellationToken stop) => db.Database.BeginTransactionAsync(stop);

    /// <summary>Begins a transaction that only reads, and sees one moment throughout.</summary>
    public async Task<IDbContextTransaction> SnapshotAsync(RegistryContext db, CancellationToken stop)
    {
        if (!IsSqlite) return await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
        await db.Database.OpenConnectionAsync(stop);
        var transaction = ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true);
        return (await db.Database.UseTransactionAsync(transaction, stop))!;
    }

    /// <summary>
    /// The head of a chain, locked until the transaction ends; null where there is no such clinic. In PostgreSQL the lock is an
    /// advisory one, which is handed on in the order of asking: waiting for the row itself, a writer could be overtaken without
    /// end, because each act leaves a new version of it.
    /// </summary>
    public async Task<ChainHead?> LockAsync(RegistryContext db, ClinicId clinic, CancellationToken stop)
    {
        if (!IsSqlite) await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockOf(clinic)})", stop);
        return await db.Set<ChainHead>().FirstOrDefaultAsync(h => h.ClinicId == clinic, stop);
    }

    /// <summary>Locks every chain until the transaction ends: no act is under way, and none begins.</summary>
    public async Task LockAllAsync(RegistryContext db, CancellationToken stop)
    {
        if (IsSqlite) return;
        // One by one in one order; an act never takes a second one, so that nobody waits in a ring. A clinic that was opened meanwhile waits behind the installation's.
        foreach (var clinic in await db.Set<ChainHead>().OrderBy(h => h.ClinicId).Select(h => h.ClinicId).ToListAsync(stop))
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockOf(clinic)})", stop);
    }

    /// <summary>Number of a clinic's lock. Should two clinics share one, they wait for each other and nothing else happens.</summary>
    private static long LockOf(ClinicId clinic) => System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(clinic.Value.ToByteArray(bigEndian: true).AsSpan(8)) ^ 0x7468696e696365;

    /// <summary>Takes what was deleted out of the files as far as the database allows: its write-ahead log, or dead rows.</summary>
    public async Task ScrubAsync(CancellationToken stop)
    {
        await using var db = Context();
        if (IsSqlite) await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", stop);
        else await db.Database.ExecuteSqlRawAsync("VACUUM person_keys, events", stop);
    }

    public async ValueTask DisposeAsync()
    {
        _writers.Dispose();
        if (_postgreSql is not null) await _postgreSql.DisposeAsync();
        else if (_sqlite.Length > 0) SqliteConnection.ClearPool(new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _sqlite, ForeignKeys = true, DefaultTimeout = 60, Pooling = true }.ConnectionString));
    }
}

/// <summary>The turn to write.</summary>
internal readonly struct Turn(SemaphoreSlim? held) : IDisposable
{
    public void Dispose() => held?.Release();
}

/// <summary>What every SQLite connection is set to: a commit is on the disk when it returns, and deleted content is overwritten.</summary>
internal sealed class SqliteSettings : Microsoft.EntityFrameworkCore.Diagnostics.DbConnectionInterceptor
{
    private const string Settings = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF;";

    public override void ConnectionOpened(System.Data.Common.DbConnection connection, Microsoft.EntityFrameworkCore.Diagnostics.ConnectionEndEventData eventData) => Set(connection);

    public override Task ConnectionOpenedAsync(System.Data.Common.DbConnection connection, Microsoft.EntityFrameworkCore.Diagnostics.ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Set(connection);
        return Task.CompletedTask;
    }

    private static void Set(System.Data.Common.DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Settings;
        command.ExecuteNonQuery();
    }
}
