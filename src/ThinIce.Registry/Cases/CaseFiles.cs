using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Cases;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Registry.Events;
using ThinIce.Registry.Imports;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry.Cases;

/// <summary>What came of taking a file of reports in.</summary>
/// <param name="Id">Id of the import.</param>
/// <param name="Rows">Rows of the file.</param>
/// <param name="Cases">Cases made, those of earlier tries included.</param>
/// <param name="Rejected">Rows kept aside.</param>
public sealed record ReportsTaken(ImportId Id, int Rows, int Cases, int Rejected);

/// <summary>What is handed out.</summary>
/// <param name="WithWords">What the reporters wrote, too.</param>
/// <param name="Days">Dates to the day, not only the month.</param>
/// <param name="All">Also cases that were found to be none, and those merged into another.</param>
public sealed record ExportChoice(bool WithWords = false, bool Days = false, bool All = false);

/// <summary>Cases as files: taken in bit by bit, so that a kill loses and doubles nothing; handed out without what could tell who it is.</summary>
public sealed class CaseFiles
{
    /// <summary>Cases in one transaction. More gain little; fewer wait more often for the disk.</summary>
    private const int Batch = 500;

    private readonly ClinicRegistry _registry;

    internal CaseFiles(ClinicRegistry registry) => _registry = registry;

    private CaseCoding Coding => _registry.CaseCoding;

    /// <summary>Takes a file of reports in. How far it came stands in the registry, in the same transaction as the cases.</summary>
    /// <param name="actor">Who: the operator.</param>
    /// <param name="file">The file.</param>
    /// <param name="map">What its headings mean.</param>
    /// <param name="resume">Go on with a file that is half in.</param>
    /// <param name="reject">Told of each row that is kept aside, with the reason, in order, also of those before the place at which it goes on.</param>
    /// <param name="progress">Told how many rows are done, and of how many.</param>
    /// <param name="stop">Stops after the batch at hand.</param>
    public async Task<Outcome<ReportsTaken>> TakeAsync(Actor actor, ReportFile file, ReportMap map, bool resume, Action<FileRecord> reject, Action<int, int>? progress = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(reject);
        if (map.Check(file.Columns).ToList() is { Count: > 0 } problems) return Outcome<ReportsTaken>.Refused(problems);
        var total = file.Records().Count();
        if (total == 0) return new Problem(Problems.Empty, Problems.Kind(Problems.Empty).WayOut, "");
        var begun = await BeginAsync(actor, file, resume, total, stop);
        if (!begun.IsDone) return Outcome<ReportsTaken>.Refused(begun.Problems);
        var (taken, country) = (begun.Value.Taken, begun.Value.Country);
        // The next batch is read while the one before it is written.
        Task<Outcome<ReportsTaken>>? writing = null;
        foreach (var batch in Batches(file, map, taken.Rows, reject))
        {
            var read = batch.Reports.AsParallel().AsOrdered().Select(r => (Report: r, Read: Coding.Read(r.Words, r.Details.Country ?? country, []))).ToList();
            if (writing is not null && !(await writing).IsDone) return await writing;
            if (writing is not null) taken = (await writing).Value;
            progress?.Invoke(taken.Rows, total);
            stop.ThrowIfCancellationRequested();
            // SQLite answers on the caller's thread, whatever its methods are called.
            var (from, reports) = (taken, batch);
            writing = Task.Run(() => AddAsync(actor, from, reports, read, country), CancellationToken.None);
        }

        return writing is null ? taken : await writing;
    }

    /// <summary>The cases of a clinic, one row for each case and each thing that happened; cells in the order of <see cref="Columns"/>. That they were handed out is an event.</summary>
    public async IAsyncEnumerable<string?[]> RowsAsync(Actor actor, ExportChoice choice, [EnumeratorCancellation] CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(choice);
        var columns = Columns(choice);
        var noted = await _registry.ActAsync<int>(EventTypes.CasesExported, actor, stop, act =>
        {
            act.WriteEvent(null, new() { Why = $"{(choice.WithWords ? "with" : "without")} words, {(choice.Days ? "days" : "months")}, {(choice.All ? "all" : "those that count")}", Rows = [] });
            return Task.FromResult<Outcome<int>>(0);
        });
        if (!noted.IsDone) throw new RegistryException(noted.Problems[0].Code, noted.Problems[0].Message, noted.Problems[0].Path);
        await using var db = _registry.Store.Context();
        for (var after = 0; ;)
        {
            var cases = await db.Set<CaseRecord>().AsNoTracking().Where(c => c.ClinicId == actor.Clinic && c.Number > after && (choice.All || (c.State != CaseState.Nullified && c.State != CaseState.Merged))).OrderBy(c => c.Number).Take(Batch).ToListAsync(stop);
            if (cases.Count == 0) yield break;
            var ids = cases.Select(c => c.CaseId).ToList();
            var events = (await db.Set<CaseEvent>().AsNoTracking().Where(e => ids.Contains(e.CaseId) && !e.IsDropped).OrderBy(e => e.Order).ToListAsync(stop)).ToLookup(e => e.CaseId);
            var judged = (await db.Set<CaseAssessment>().AsNoTracking().Where(a => ids.Contains(a.CaseId)).OrderBy(a => a.At).ToListAsync(stop)).ToLookup(a => a.EventId);
            var decided = (await db.Set<CaseCode>().AsNoTracking().Where(c => ids.Contains(c.CaseId) && c.Decision == CodeDecision.Accepted).Select(c => c.CaseId).Distinct().ToListAsync(stop)).ToHashSet();
            var subjects = ids.ConvertAll(i => i.Value);
            var keys = choice.WithWords ? await db.Set<PersonKey>().AsNoTracking().Where(k => subjects.Contains(k.Subject)).ToDictionaryAsync(k => k.Subject, stop) : [];
            foreach (var one in cases)
            {
                var key = keys.TryGetValue(one.CaseId.Value, out var row) ? _registry.Ring.Open(row) : null;
                foreach (var told in events[one.CaseId].DefaultIfEmpty())
                {
                    var facts = told is null ? new() : FactsJson.Read(told.Facts);
                    var grades = told is not null && Coding.Base.Parameters.Durations is { } bounds ? new Severity(bounds).All(facts) : [];
                    var source = new CaseOut(one, decided.Contains(one.CaseId) ? CodesAre.Accepted : CodesAre.Suggested, told, facts, grades, told is null ? null : CaseWork.CategoryOf([.. judged[told.Id]]), told?.Code is { } code ? Coding.Base.Icd10Of(code) : [], _registry.Terms.Of(told?.Code), key?.Open(one.Words, "words"), key?.Open(one.Reason, "reason"), choice.Days);
                    yield return [.. columns.Select(c => c.Get(source) is { Length: > 0 } cell ? cell : null)];
                }
            }

            after = cases[^1].Number;
        }
    }

    /// <summary>The columns that are handed out.</summary>
    public static ImmutableArray<CaseColumn> Columns(ExportChoice choice) => [.. CaseColumns.All.Where(c => choice.WithWords || c.Use != ColumnUse.Words)];

    private Task<Outcome<(ReportsTaken Taken, string? Country)>> BeginAsync(Actor actor, ReportFile file, bool resume, int total, CancellationToken stop) =>
        _registry.ActAsync<(ReportsTaken, string?)>(EventTypes.Imported, actor, stop, async act =>
        {
            var country = (await act.FindAsync<Clinic>(act.Clinic))?.Country;
            if (await act.Rows<Import>().FirstOrDefaultAsync(i => i.Kind == ImportKind.Reports && i.FileHash == file.Hash && i.UndoneAt == null, stop) is not { } import)
                import = act.Add(new Import { Id = new(Guid.NewGuid()), Kind = ImportKind.Reports, At = act.Now, FileHash = file.Hash });
            else if (import.Rows == total) return new Problem(Problems.Duplicate, "This very file is in already. Nothing was changed.", "");
            else if (!resume) return Refusal.WrongState("", $"This very file is half in: {import.Rows} of {total} rows. Go on with --resume.");
            return (new ReportsTaken(import.Id, import.Rows, import.Added, import.Rejected), country);
        });

    private sealed record Taking(List<CaseIn> Reports, int Rows, int Rejected);

    /// <summary>The reports of a file in batches. Rows of one case that stand one after another are one report. Rows that were done before are only looked at for what is wrong with them.</summary>
    private IEnumerable<Taking> Batches(ReportFile file, ReportMap map, int done, Action<FileRecord> reject)
    {
        var (reports, rows, rejected, at) = (new List<CaseIn>(), 0, 0, 0);
        foreach (var record in file.Records())
        {
            var isDone = at++ < done;
            var one = new CaseIn { Fits = Coding.Fits, Dates = map.Dates };
            var problem = record.Problem ?? Read(one, record, map);
            var isMore = problem is null && one.Id.Length > 0 && reports.Count > 0 && reports[^1].Id == one.Id;
            if (!isDone && !isMore && reports.Count >= Batch)
            {
                yield return new(reports, rows, rejected);
                (reports, rows, rejected) = ([], 0, 0);
            }

            if (problem is not null) reject(record with { Problem = problem });
            if (isDone) continue;
            rows++;
            if (problem is not null) rejected++;
            else if (isMore) Join(reports[^1], one);
            else reports.Add(one);
        }

        if (rows > 0) yield return new(reports, rows, rejected);
    }

    private Problem? Read(CaseIn into, FileRecord record, ReportMap map)
    {
        foreach (var column in CaseColumns.All)
            if (column.Set is { } set && map.Said(record, column.Name) is { Length: > 0 } said && set(into, said) is { } problem) return problem;
        if (Reports.Check(into.Details, DateOnly.FromDateTime(_registry.Now.UtcDateTime)).FirstOrDefault() is { } wrong) return wrong;
        if (into.EventCode is not null || FactsJson.Write(into.Facts) != "{}") into.Events.Add((into.EventCode, into.Facts));
        if (into is { EventCode: { } code, CodesAre: CodesAre.Accepted }) into.Codes.Add((Coding.IsHarm(code) ? CodeKind.Harm : CodeKind.Symptom, code));
        return into.Words.Length == 0 && into.Codes.Count == 0 ? Refusal.Missing("words", "It says nothing of what happened: give words, harms, symptoms or event_code.") : null;
    }

    private static void Join(CaseIn first, CaseIn more)
    {
        first.Codes.UnionWith(more.Codes);
        first.Events.AddRange(more.Events);
    }

    private Task<Outcome<ReportsTaken>> AddAsync(Actor actor, ReportsTaken taken, Taking batch, List<(CaseIn Report, WordsRead Read)> reports, string? country) =>
        _registry.ActAsync<ReportsTaken>(EventTypes.Imported, actor, CancellationToken.None, async act =>
        {
            act.Db.ChangeTracker.AutoDetectChangesEnabled = false;
            var import = (await act.FindAsync<Import>(taken.Id))!;
            // Somebody else takes the same file in at the same time.
            if (import.Rows != taken.Rows) return new Problem(Problems.Changed, Problems.Kind(Problems.Changed).WayOut, "");
            var staff = await NamedStaff.NamesAsync(act);
            var number = await act.Rows<CaseRecord>().MaxAsync(c => (int?)c.Number, act.Stop) ?? 0;
            CaseRows? waiting = null;
            foreach (var (report, read) in reports)
            {
                var rows = Add(act, ++number, report, read, import.Id, country);
                foreach (var named in NamedStaff.In(staff, report.Words)) rows.Conflict(act, named, ConflictReason.Named);
                if (Reports.Alarming(read.Advice) is { } advice) rows.Case.Urgency = ContractNames.Of(advice.Urgency);
                rows.Update(act, Coding);
                if (rows.Case.State == CaseState.Received) waiting = rows;
            }

            (import.Rows, import.Added, import.Rejected) = (import.Rows + batch.Rows, import.Added + reports.Count, import.Rejected + batch.Rejected);
            if (waiting is not null) await Reports.TellOfficersAsync(act, waiting);
            return new ReportsTaken(import.Id, import.Rows, import.Added, import.Rejected);
        });

    private CaseRows Add(Act act, int number, CaseIn report, WordsRead read, ImportId import, string? country)
    {
        var id = new CaseId(Guid.NewGuid());
        var key = act.NewKey(id.Value);
        var rows = CaseRows.New(act.Add(new CaseRecord
        {
            CaseId = id, Number = number, Kind = report.Kind, Source = ReportSource.Import, State = report.IsClosed ? CaseState.Closed : CaseState.Received, ClosedAt = report.IsClosed ? act.Now : null,
            ReceivedAt = act.Now, Words = key.Seal(report.Words, "words"), ImportId = import, CrossReference = report.CrossReference, Country = report.Details.Country,
        }), key);
        rows.Suggest(act, read);
        var isAccepted = report.CodesAre == CodesAre.Accepted;
        foreach (var (kind, code) in report.Codes)
        {
            if (rows.Codes.Find(c => c.Kind == kind && c.Code == code) is not { } found) rows.Codes.Add(found = act.Add(new CaseCode { CaseId = id, Id = new(Guid.NewGuid()), Kind = kind, Code = code, IsSuggested = !isAccepted, Knowledge = Coding.Base.Version }));
            if (isAccepted) found.Decision = CodeDecision.Accepted;
        }

        foreach (var (code, facts) in report.Events) rows.Add(act, code).Facts = FactsJson.Write(facts);
        // What is told only in words, or only by its harms, is one event whose facts nobody has asked for.
        if (report.Events.Count == 0 && report.Kind is ReportKind.AdverseEvent or ReportKind.MissedCondition)
            rows.Add(act, report.Codes.Where(c => isAccepted && c.Kind == CodeKind.Harm).Select(c => c.Code).Order(StringComparer.Ordinal).FirstOrDefault()).Facts = FactsJson.Write(read.Codes.OnsetHours is { } hours ? new() { Onset = Answer<TimeToOnset>.Known(TimeToOnset.Hours(hours)) } : new());
        _registry.Reports.Set(act, rows, report.Details);
        return rows;
    }
}
