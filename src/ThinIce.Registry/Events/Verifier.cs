using System.Collections.Immutable;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using ThinIce.Registry.Keys;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry.Events;

/// <summary>One thing that does not agree. Names tables, columns and numbers, never a value.</summary>
/// <param name="Clinic">Clinic.</param>
/// <param name="Event">Number of the event; null where it is about state.</param>
/// <param name="What">What.</param>
public sealed record Fault(ClinicId Clinic, long? Event, string What);

/// <summary>The end of a chain. Noted elsewhere, it shows later whether the chain was rewritten or cut short.</summary>
public sealed record Head(ClinicId Clinic, long Number, string Hash);

/// <summary>What a verification came to.</summary>
/// <param name="Events">Events looked at.</param>
/// <param name="Rows">Rows of state compared.</param>
/// <param name="Sealed">Encrypted columns that were opened.</param>
/// <param name="Heads">Ends of the chains.</param>
/// <param name="Faults">What does not agree; at most a hundred.</param>
public sealed record Verification(long Events, long Rows, long Sealed, ImmutableArray<Head> Heads, ImmutableArray<Fault> Faults)
{
    /// <summary>Whether all agrees.</summary>
    public bool IsSound => Faults.IsEmpty;
}

/// <summary>
/// Checks the chains: numbers without gaps, hashes, commitments, payloads; then derives the state from the events, and
/// compares it with the tables, row by row and column by column, both ways. Opens every encrypted column.
/// </summary>
internal sealed class Verifier(Store store, KeyRing ring)
{
    private const int MostFaults = 100;
    private readonly List<Fault> _faults = [];
    private long _events, _rows, _sealed;

    public async Task<Verification> RunAsync(CancellationToken stop)
    {
        await using var db = store.Context();
        await using var snapshot = await store.SnapshotAsync(db, stop);
        var heads = await db.Set<ChainHead>().AsNoTracking().OrderBy(h => h.ClinicId).ToListAsync(stop);
        foreach (var head in heads) await ChainAsync(db, head, stop);
        await StrayAsync(db, heads, stop);
        return new(_events, _rows, _sealed, [.. heads.Select(h => new Head(h.ClinicId, h.Number, Convert.ToHexStringLower(h.Hash)))], [.. _faults.Take(MostFaults)]);
    }

    private void Fail(ClinicId clinic, long? number, string what)
    {
        if (_faults.Count <= MostFaults) _faults.Add(new(clinic, number, what));
    }

    private async Task ChainAsync(RegistryContext db, ChainHead head, CancellationToken stop)
    {
        var keys = (await db.Set<PersonKey>().AsNoTracking().Where(k => k.ClinicId == head.ClinicId).ToListAsync(stop)).ToDictionary(k => k.Subject);
        var erased = (await db.Set<Erasure>().AsNoTracking().Where(e => e.ClinicId == head.ClinicId).Select(e => e.Erased).ToListAsync(stop)).ToHashSet();
        var opened = new Dictionary<Guid, SubjectKey?>();
        var state = new Derived();
        var (last, hash) = (0L, Array.Empty<byte>());
        await foreach (var made in db.Set<Event>().AsNoTracking().Where(e => e.ClinicId == head.ClinicId).OrderBy(e => e.Number).AsAsyncEnumerable().WithCancellation(stop))
        {
            _events++;
            if (made.Number != last + 1) Fail(head.ClinicId, made.Number, $"follows number {last}: events are missing");
            if (!Chain.Hash(hash, made).AsSpan().SequenceEqual(made.Hash)) Fail(head.ClinicId, made.Number, "its hash does not follow from the one before");
            if (made.Salt is not null && !Chain.Commitment(made).AsSpan().SequenceEqual(made.Commitment)) Fail(head.ClinicId, made.Number, "time, actor or subject were altered");
            (last, hash) = (made.Number, made.Hash);
            Replay(state, made, erased, Key(made.Subject));
        }

        if (last != head.Number || !hash.AsSpan().SequenceEqual(head.Hash)) Fail(head.ClinicId, head.Number, "the head of the chain is not its last event");
        await CompareAsync(db, head.ClinicId, state, Key, stop);
        foreach (var subject in erased.Where(keys.ContainsKey)) Fail(head.ClinicId, null, $"the key of somebody erased is still there: {subject}");

        SubjectKey? Key(Guid? subject)
        {
            if (subject is not { } one) return null;
            if (opened.TryGetValue(one, out var known)) return known;
            return opened[one] = keys.TryGetValue(one, out var row) ? ring.Open(row) : null;
        }
    }

    private void Replay(Derived state, Event made, HashSet<Guid> erased, SubjectKey? key)
    {
        if (made.Payload is null)
        {
            if (made.Subject is not { } gone || !erased.Contains(gone) || made.Salt is not null) Fail(made.ClinicId, made.Number, "its payload is gone, and nobody was erased");
            return;
        }

        if (!SHA256.HashData(made.Payload).AsSpan().SequenceEqual(made.PayloadHash))
        {
            Fail(made.ClinicId, made.Number, "its payload was altered");
            return;
        }

        if (made.IsSealed && key is null)
        {
            Fail(made.ClinicId, made.Number, "its payload is encrypted and the key is gone, though nobody was erased");
            return;
        }

        try
        {
            var payload = Chain.Read(made, key);
            if (payload.IsAllThatIsLeft) state.Forget(made.Subject!.Value);
            foreach (var change in payload.Rows.Where(c => !state.Apply(c))) Fail(made.ClinicId, made.Number, $"what it says was there before was not: {change.Table}");
        }
        catch (Exception e) when (e is CryptographicException or System.Text.Json.JsonException)
        {
            Fail(made.ClinicId, made.Number, "its payload cannot be read");
        }
    }

    private async Task CompareAsync(RegistryContext db, ClinicId clinic, Derived state, Func<Guid?, SubjectKey?> key, CancellationToken stop)
    {
        foreach (var type in db.Model.GetEntityTypes().Where(t => typeof(Row).IsAssignableFrom(t.ClrType)))
        {
            var table = RowImage.Table(type);
            foreach (var row in await RowsOf(db, type, clinic, stop))
            {
                _rows++;
                var expected = state.Take(table, RowImage.Key(type, row));
                if (expected is null) Fail(clinic, null, $"a row of {table} that no event tells of");
                else
                {
                    var image = RowImage.Of(type, row);
                    foreach (var column in type.GetProperties().Where(p => !Agrees(expected, p, image[RowImage.Column(p)])).Select(RowImage.Column)) Fail(clinic, null, $"{table}.{column} differs from what the events say");
                }

                OpenAll(type, row, table, clinic, key);
            }

            for (var left = state.Left(table); left > 0; left--) Fail(clinic, null, $"a row of {table} is missing that the events tell of");
        }
    }

    private static bool Agrees(Dictionary<string, string?> expected, IProperty property, string? value) =>
        expected.TryGetValue(RowImage.Column(property), out var told) ? told == value : RowImage.IsDefault(property, value);

    private void OpenAll(IEntityType type, Row row, string table, ClinicId clinic, Func<Guid?, SubjectKey?> key)
    {
        foreach (var property in type.GetProperties().Where(p => p.ClrType == typeof(SealedText)))
        {
            if (property.PropertyInfo!.GetValue(row) is not SealedText words) continue;
            try
            {
                if (key(row.Subject) is { } own) own.Open(words, RowImage.Column(property));
                else Fail(clinic, null, $"{table}.{RowImage.Column(property)} is encrypted and its key is gone");
                _sealed++;
            }
            catch (CryptographicException)
            {
                Fail(clinic, null, $"{table}.{RowImage.Column(property)} does not open with its key");
            }
        }
    }

    /// <summary>Rows of clinics that have no chain.</summary>
    private async Task StrayAsync(RegistryContext db, List<ChainHead> heads, CancellationToken stop)
    {
        var clinics = heads.Select(h => h.ClinicId).ToList();
        if (await db.Set<Event>().AnyAsync(e => !clinics.Contains(e.ClinicId), stop)) Fail(ClinicId.Installation, null, "events of a clinic that has no chain");
        foreach (var type in db.Model.GetEntityTypes().Where(t => typeof(Row).IsAssignableFrom(t.ClrType)))
        {
            var strays = (Task<bool>)typeof(Verifier).GetMethod(nameof(IsStray), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type.ClrType).Invoke(null, [db, clinics, stop])!;
            if (await strays) Fail(ClinicId.Installation, null, $"rows of {RowImage.Table(type)} belong to a clinic that has no chain");
        }
    }

    private static Task<bool> IsStray<T>(RegistryContext db, List<ClinicId> clinics, CancellationToken stop)
        where T : Row => db.Set<T>().AnyAsync(r => !clinics.Contains(r.ClinicId), stop);

    private static Task<List<Row>> RowsOf(RegistryContext db, IEntityType type, ClinicId clinic, CancellationToken stop) =>
        (Task<List<Row>>)typeof(Verifier).GetMethod(nameof(TypedRowsOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type.ClrType).Invoke(null, [db, clinic, stop])!;

    private static async Task<List<Row>> TypedRowsOf<T>(RegistryContext db, ClinicId clinic, CancellationToken stop)
        where T : Row => [.. await db.Set<T>().AsNoTracking().Where(r => r.ClinicId == clinic).ToListAsync(stop)];

    /// <summary>State as the events tell it.</summary>
    private sealed class Derived
    {
        private readonly Dictionary<string, Dictionary<string, Dictionary<string, string?>>> _tables = new(StringComparer.Ordinal);

        /// <summary>Applies a change; false where what it replaces was not there.</summary>
        public bool Apply(RowChange change)
        {
            var table = Table(change.Table);
            if (change.Before is null) return change.After is not null && table.TryAdd(change.Key, change.After);
            if (!table.TryGetValue(change.Key, out var row) || change.Before.Any(c => row.GetValueOrDefault(c.Key) != c.Value)) return false;
            if (change.After is null) return table.Remove(change.Key);
            foreach (var (column, value) in change.After) row[column] = value;
            return true;
        }

        /// <summary>Forgets every row about a person; the event of the erasure tells what is left.</summary>
        public void Forget(Guid subject)
        {
            var id = subject.ToString();
            foreach (var table in _tables.Values)
                foreach (var key in table.Where(r => r.Value.GetValueOrDefault("client_id") == id || (r.Value.ContainsKey("raw") && r.Value.GetValueOrDefault("import_id") == id)).Select(r => r.Key).ToList()) table.Remove(key);
        }

        public Dictionary<string, string?>? Take(string table, string key) => Table(table).Remove(key, out var row) ? row : null;

        public int Left(string table) => Table(table).Count;

        private Dictionary<string, Dictionary<string, string?>> Table(string name) =>
            _tables.TryGetValue(name, out var table) ? table : _tables[name] = new(StringComparer.Ordinal);
    }
}
