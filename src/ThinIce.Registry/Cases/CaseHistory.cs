using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using ThinIce.Registry.Events;
using ThinIce.Registry.Keys;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry.Cases;

/// <summary>A value of a case that an act changed.</summary>
/// <param name="Table">Table.</param>
/// <param name="Key">Key of the row in it.</param>
/// <param name="Column">Column.</param>
/// <param name="Before">What stood there; null nothing.</param>
/// <param name="After">What stands there since; null nothing.</param>
public readonly record struct CaseChange(string Table, string Key, string Column, string? Before, string? After);

/// <summary>One act on a case.</summary>
/// <param name="Number">Its version of the case, from 1.</param>
/// <param name="At">When.</param>
/// <param name="Kind">What kind of someone acted.</param>
/// <param name="By">The member of staff; null nobody of them.</param>
/// <param name="Type">Type of the event.</param>
/// <param name="Changes">What changed.</param>
public sealed record CaseVersion(int Number, DateTimeOffset At, ActorKind Kind, StaffId? By, string Type, ImmutableArray<CaseChange> Changes);

/// <summary>All versions of a case, the first one first.</summary>
/// <param name="Number">Number of the case.</param>
/// <param name="Versions">Its versions.</param>
/// <param name="Staff">Names of the staff.</param>
/// <param name="Hidden">Changes that the reader does not see yet, because the reader has not judged.</param>
public sealed record CaseHistory(int Number, ImmutableArray<CaseVersion> Versions, ImmutableArray<StaffName> Staff, int Hidden)
{
    /// <summary>What stood in the case after a version: value by table, row and column.</summary>
    public ImmutableArray<CaseChange> At(int version)
    {
        var all = new SortedDictionary<(string, string, string), CaseChange>();
        foreach (var change in Versions.Where(v => v.Number <= version).SelectMany(v => v.Changes)) all[(change.Table, change.Key, change.Column)] = change with { Before = null };
        return [.. all.Values.Where(c => !string.IsNullOrEmpty(c.After))];
    }
}

/// <summary>The versions of a case, as the chain of events holds them.</summary>
public sealed partial class CaseWork
{
    /// <summary>What tells nothing to a reader: ids, hashes, and what stands in every row of the case.</summary>
    private static readonly string[] Technical = ["case_id", "clinic_id", "id", "receipt_id", "receipt_hash", "import_id", "event_id"];

    /// <summary>All versions of a case. The reading is an event. What other raters judged is not in it until the reader has judged.</summary>
    public Task<Outcome<CaseHistory>> VersionsAsync(Actor actor, CaseId id, CancellationToken stop = default) =>
        WorkAsync<CaseHistory>(actor, id, EventTypes.CaseRead, stop, async (act, rows) =>
        {
            act.NoteRead(id.Value);
            var events = await act.Db.Set<Event>().AsNoTracking().Where(e => e.ClinicId == act.Clinic && e.Subject == id.Value).OrderBy(e => e.Number).ToListAsync(stop);
            var judged = rows.Assessments.Where(a => a.RaterId == act.Actor.StaffId).Select(a => a.EventId).ToHashSet();
            var blind = rows.Assessments.Where(a => !judged.Contains(a.EventId)).Select(a => a.Id.ToString()!).ToHashSet();
            var sealedColumns = act.Db.Model.GetEntityTypes().Where(t => typeof(CaseRow).IsAssignableFrom(t.ClrType)).SelectMany(t => t.GetProperties().Where(p => p.ClrType == typeof(SealedText)).Select(p => (RowImage.Table(t), RowImage.Column(p)))).ToHashSet();
            var (versions, hidden) = (ImmutableArray.CreateBuilder<CaseVersion>(), 0);
            foreach (var one in events)
            {
                if (one.Payload is null) continue;
                var changes = ImmutableArray.CreateBuilder<CaseChange>();
                foreach (var row in Chain.Read(one, rows.Key).Rows)
                {
                    var isHidden = blind.Contains(row.Key);
                    foreach (var column in (row.After ?? row.Before ?? []).Keys.Where(c => !Technical.Contains(c)))
                    {
                        if (isHidden || (blind.Count > 0 && column == "draft")) hidden++;
                        else if (new CaseChange(row.Table, row.Key, column, Value(row.Before), Value(row.After)) is var change && (change.Before ?? "") != (change.After ?? "")) changes.Add(change);

                        string? Value(Dictionary<string, string?>? values) => values?.GetValueOrDefault(column) is not { } text ? null : sealedColumns.Contains((row.Table, column)) ? rows.Key!.Open(new SealedText(Convert.FromBase64String(text)), column) : text;
                    }
                }

                // A reading changes nothing, and is no version.
                if (changes.Count > 0) versions.Add(new(versions.Count + 1, one.At, one.ActorKind, one.ActorKind == ActorKind.Staff && one.ActorId is { } who ? new StaffId(who) : null, one.Type, changes.ToImmutable()));
            }

            return new CaseHistory(rows.Case.Number, versions.ToImmutable(), await NamesAsync(act.Db, act.Clinic, await act.Rows<StaffMember>().Select(s => s.Id).ToListAsync(stop), stop), hidden);
        });
}
