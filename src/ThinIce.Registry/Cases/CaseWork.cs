using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Cases;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Registry.Events;
using ThinIce.Registry.Keys;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry.Cases;

/// <summary>
/// What officers do with cases: the board in the order of work, the file, codes, facts, notes, and how a case stands. A case that names an
/// officer, or is about a massage that the officer gave, is not shown to that officer. Nothing is deleted; the chain of events has every
/// state that a row ever had.
/// </summary>
public sealed partial class CaseWork
{
    private const int MostNote = 10_000, MostEvents = 50;
    private static readonly Role[] Safety = [Role.SafetyOfficer, Role.Deputy];
    private readonly ClinicRegistry _registry;

    private readonly Lazy<ImmutableArray<(ImmutableArray<string> One, ImmutableArray<string> Other)>> _toldTwice;

    internal CaseWork(ClinicRegistry registry) => (_registry, _toldTwice) = (registry, new(() => ToldTwice.Of(Coding)));

    private CaseCoding Coding => _registry.CaseCoding;

    /// <summary>The board.</summary>
    /// <param name="actor">An officer or deputy.</param>
    /// <param name="closedToo">Whether closed, nullified and merged cases are shown.</param>
    /// <param name="stop">Stops waiting.</param>
    public Task<Outcome<CaseBoard>> BoardAsync(Actor actor, bool closedToo = false, CancellationToken stop = default) =>
        _registry.ReadAsync<CaseBoard>(EventTypes.CaseRead, actor, stop, async db =>
        {
            var now = _registry.Now;
            var rows = await db.Set<CaseRecord>().AsNoTracking().Where(c => c.ClinicId == actor.Clinic && c.ErasedAt == null && (closedToo || c.State == CaseState.Received || c.State == CaseState.InWork)).ToListAsync(stop);
            var barred = (await db.Set<CaseConflict>().AsNoTracking().Where(c => c.ClinicId == actor.Clinic && c.Reason != ConflictReason.Declared).ToListAsync(stop)).ToLookup(c => c.CaseId, c => c.StaffId);
            var officers = await db.Set<StaffRole>().AsNoTracking().Where(r => r.ClinicId == actor.Clinic && Safety.Contains(r.Role)).Select(r => r.StaffId).Distinct().ToListAsync(stop);
            var withheld = rows.Where(r => actor.StaffId is { } staff && barred[r.CaseId].Contains(staff)).ToList();
            var waiting = WorkOrder.Order(rows.Except(withheld).Where(r => r.DueAt is not null), r => new CaseUrgency(r.Class, r.DueAt!.Value, r.Expected, r.Completeness), now, Coding.Guide);
            var others = rows.Except(withheld).Where(r => r.DueAt is null).OrderByDescending(r => r.Number);
            var clinic = await db.Set<Clinic>().AsNoTracking().SingleAsync(c => c.ClinicId == actor.Clinic, stop);
            var late = clinic.CasesADay > 0 ? WorkOrder.Late(waiting.Select(r => new CaseUrgency(r.Class, r.DueAt!.Value, r.Expected, r.Completeness)), await PaceAsync(db, clinic, now, stop)) : default;
            var open = withheld.Where(r => r.State is CaseState.Received or CaseState.InWork).ToList();
            return new CaseBoard([.. waiting.Concat(others).Select(r => new CaseLine(r, Names(r), r.DueAt <= now))], open.Count, open.Count(r => officers.All(o => barred[r.CaseId].Contains(o))),
                await NamesAsync(db, actor.Clinic, officers, stop), clinic.CasesADay, late.Serious, late.Other);
        });

    private static async Task<Func<int, DateTimeOffset>> PaceAsync(RegistryContext db, Clinic clinic, DateTimeOffset now, CancellationToken stop) =>
        new WorkPace(new(clinic), await db.Set<CoverHours>().AsNoTracking().Where(h => h.ClinicId == clinic.ClinicId).ToListAsync(stop), clinic.CasesADay, now).Done;

    /// <summary>Opens a case file. The reading is an event.</summary>
    public Task<Outcome<CaseView>> OpenAsync(Actor actor, CaseId id, CancellationToken stop = default) =>
        WorkAsync<CaseView>(actor, id, EventTypes.CaseRead, stop, async (act, rows) => await ViewAsync(act, rows));

    /// <summary>Gives a case to an officer or deputy; to nobody with null. Not to somebody who may not assess it.</summary>
    public Task<Outcome<Done>> AssignAsync(Actor actor, CaseId id, StaffId? to, CancellationToken stop = default) =>
        WorkAsync<Done>(actor, id, EventTypes.CaseAssigned, stop, async (act, rows) =>
        {
            if (to is { } staff)
            {
                if (rows.IsConflicted(staff)) return Refusal.WrongState("assignee", "That person may not assess it: choose another officer or deputy.");
                if (!await act.Rows<StaffRole>().AnyAsync(r => r.StaffId == staff && Safety.Contains(r.Role), stop)) return Refusal.Unknown("assignee", "an officer or deputy of the clinic");
            }

            rows.Case.AssigneeId = to;
            return new Done();
        });

    /// <summary>Says that the reader may not assess the case. It cannot be taken back.</summary>
    public Task<Outcome<Done>> DeclareConflictAsync(Actor actor, CaseId id, CancellationToken stop = default) =>
        WorkAsync<Done>(actor, id, EventTypes.CaseAssigned, stop, (act, rows) =>
        {
            rows.Conflict(act, actor.StaffId!.Value, ConflictReason.Declared);
            if (rows.Case.AssigneeId == actor.StaffId) rows.Case.AssigneeId = null;
            return Task.FromResult<Outcome<Done>>(new Done());
        });

    /// <summary>Accepts a suggested code, refuses it, or leaves it open again. The suggestion stays on record with what became of it.</summary>
    public Task<Outcome<Done>> DecideAsync(Actor actor, CaseId id, RowId code, CodeDecision decision, CancellationToken stop = default) =>
        WorkAsync<Done>(actor, id, EventTypes.CaseCoded, stop, (act, rows) =>
        {
            if (!Enum.IsDefined(decision)) return Said<Done>(Refusal.Unknown("decision", "accepted, refused or open"));
            if (rows.Codes.Find(c => c.Id == code) is not { } found) return Said<Done>(Refusal.NotFound("code"));
            Decide(act, rows, found, decision);
            return Said<Done>(new Done());
        });

    /// <summary>Adds a code that the program did not suggest.</summary>
    public Task<Outcome<Done>> ChooseAsync(Actor actor, CaseId id, CodeKind kind, string code, CancellationToken stop = default) =>
        WorkAsync<Done>(actor, id, EventTypes.CaseCoded, stop, (act, rows) =>
        {
            if (!Enum.IsDefined(kind) || !Coding.Fits(kind, code)) return Said<Done>(Refusal.Unknown("code", "the id of a harm, or of a symptom, region, technique or device of the vocabulary"));
            var found = rows.Codes.Find(c => c.Kind == kind && c.Code == code);
            if (found is null) rows.Codes.Add(found = act.Add(new CaseCode { CaseId = id, Id = new(Guid.NewGuid()), Kind = kind, Code = code, Knowledge = Coding.Base.Version }));
            Decide(act, rows, found, CodeDecision.Accepted);
            return Said<Done>(new Done());
        });

    /// <summary>Sets facts of an event. What is not said in them stays as it was.</summary>
    public Task<Outcome<Done>> SetFactsAsync(Actor actor, CaseId id, CaseEventId of, EventFacts facts, CancellationToken stop = default) =>
        WorkAsync<Done>(actor, id, EventTypes.CaseCoded, stop, (act, rows) =>
        {
            if (rows.Live.FirstOrDefault(e => e.Id == of) is not { } found) return Said<Done>(Refusal.NotFound("event"));
            found.Facts = FactsJson.Write(Reports.Over(FactsJson.Read(found.Facts), facts));
            Renew(act, rows);
            return Said<Done>(new Done());
        });

    /// <summary>Fills in what was learned about the person and the massage.</summary>
    public Task<Outcome<Done>> TellAsync(Actor actor, CaseId id, ReportDetails details, CancellationToken stop = default) =>
        WorkAsync<Done>(actor, id, EventTypes.CaseAmended, stop, (act, rows) =>
        {
            if (Reports.Check(details, act.Today).ToList() is { Count: > 0 } problems) return Task.FromResult(Outcome<Done>.Refused(problems));
            _registry.Reports.Set(act, rows, details);
            Renew(act, rows);
            return Said<Done>(new Done());
        });

    /// <summary>Adds a note: what the reporter told, for staff only, or for the reporter to read with the receipt.</summary>
    public Task<Outcome<Done>> NoteAsync(Actor actor, CaseId id, NoteKind kind, string words, CancellationToken stop = default) =>
        WorkAsync<Done>(actor, id, EventTypes.CaseAmended, stop, async (act, rows) =>
        {
            if (!Enum.IsDefined(kind)) return Refusal.Unknown("kind", "follow-up, internal or to-reporter");
            if (Checked(words) is { } problem) return problem;
            rows.Add(act, kind, words.Trim());
            if (kind == NoteKind.ToReporter) await Outbox.TellReporterAsync(act, rows);
            return new Done();
        });

    /// <summary>Closes a case, opens it again, or finds it to be none. The reason is kept as a note for staff.</summary>
    public Task<Outcome<Done>> SetStateAsync(Actor actor, CaseId id, CaseState state, string reason, CancellationToken stop = default) =>
        WorkAsync<Done>(actor, id, EventTypes.CaseAmended, stop, (act, rows) =>
        {
            if (state is not (CaseState.InWork or CaseState.Closed or CaseState.Nullified)) return Said<Done>(Refusal.Unknown("state", "in-work, closed or nullified"));
            if (Checked(reason) is { } problem) return Said<Done>(problem);
            if (rows.Case.State == CaseState.Merged) return Said<Done>(Refusal.WrongState("state", "It is put under another case: close that one, or take this one out first."));
            // Nothing serious is put away unread.
            if (state == CaseState.Closed && rows.Case.DueAt is not null && rows.Case.Class >= ReviewClass.Presumed) return Said<Done>(Refusal.WrongState("state", "It is or may be serious: judge the cause first, or answer all six questions of seriousness."));
            (rows.Case.StateBefore, rows.Case.State, rows.Case.ClosedAt) = (rows.Case.State, state, state == CaseState.InWork ? null : act.Now);
            rows.Add(act, NoteKind.Internal, reason.Trim());
            Renew(act, rows);
            return Said<Done>(new Done());
        });

    /// <summary>Sends cases that nobody has assessed in time on to the deputies. For a timer.</summary>
    public Task<Outcome<int>> EscalateAsync(ClinicId clinic, CancellationToken stop = default) =>
        _registry.ActAsync<int>(EventTypes.CaseEscalated, Actor.System(clinic), stop, async act =>
        {
            var late = await act.Rows<CaseRecord>().Where(c => c.EscalatesAt != null && c.EscalatesAt <= act.Now && (c.State == CaseState.Received || c.State == CaseState.InWork)).ToListAsync(stop);
            if (late.Count == 0) return 0;
            foreach (var one in late) (one.Level, one.EscalatesAt) = (one.Level + 1, null);
            var ids = late.ConvertAll(c => c.CaseId);
            var conflicts = (await act.Rows<CaseConflict>().Where(c => ids.Contains(c.CaseId)).ToListAsync(stop)).ToLookup(c => c.CaseId, c => c.StaffId);
            var roles = (await act.Rows<StaffRole>().Where(r => r.Role == Role.Deputy || r.Role == Role.SafetyOfficer).ToListAsync(stop)).ToLookup(r => r.Role, r => r.StaffId);
            // A deputy whom it is about cannot judge it: then it goes to whoever else of the officers can.
            var asked = ids.SelectMany(id => roles[Role.Deputy].Except(conflicts[id]).ToList() is { Count: > 0 } free ? free : [.. roles[Role.SafetyOfficer].Except(conflicts[id])]).ToHashSet();
            var told = await act.Rows<Message>().Where(m => m.Template == Template.Report && m.State == MessageState.Waiting).Select(m => m.StaffId).ToListAsync(stop);
            foreach (var officer in asked.Where(o => !told.Contains(o))) Outbox.Tell(act, officer, Template.Report, null);
            return late.Count;
        });

    /// <summary>Does an act with a case that the actor may see.</summary>
    private Task<Outcome<T>> WorkAsync<T>(Actor actor, CaseId id, EventType type, CancellationToken stop, Func<Act, CaseRows, Task<Outcome<T>>> work) =>
        _registry.ActAsync<T>(type, actor, stop, async act =>
        {
            if (await MineAsync(act, actor, id) is not { } rows) return Refusal.NotFound("case");
            return rows.Key is null ? Refusal.Erased("case") : await work(act, rows);
        });

    /// <summary>A case that the actor may see; null where there is none.</summary>
    private static async Task<CaseRows?> MineAsync(Act act, Actor actor, CaseId id)
    {
        if (actor.StaffId is not { } staff || await CaseRows.FindAsync(act, id) is not { } rows || rows.Conflicts.Exists(c => c.StaffId == staff && c.Reason != ConflictReason.Declared)) return null;
        rows.Day = await CaseDay.OfAsync(act, rows.Case);
        return rows;
    }

    private void Decide(Act act, CaseRows rows, CaseCode code, CodeDecision decision)
    {
        (code.Decision, code.DecidedBy) = (decision, act.Actor.StaffId);
        if (code.Kind is CodeKind.Harm or CodeKind.Symptom)
        {
            var told = rows.Live.FirstOrDefault(e => e.Code == code.Code);
            if (decision == CodeDecision.Accepted && told is null)
            {
                // A symptom of an event that has a harm already is a part of it, and no event of its own.
                if (rows.Live.FirstOrDefault(e => e.Code is null) is { } blank) blank.Code = code.Code;
                else if (code.Kind == CodeKind.Harm && rows.Live.Count() < MostEvents)
                {
                    if (rows.Live.FirstOrDefault(e => !Coding.IsHarm(e.Code!)) is { } symptom) symptom.Code = code.Code;
                    else rows.Add(act, code.Code);
                }
            }
            else if (decision != CodeDecision.Accepted && told is not null)
            {
                if (rows.Live.Count() > 1 && told.Facts == "{}" && !rows.Assessments.Exists(a => a.EventId == told.Id)) told.IsDropped = true;
                else told.Code = null;
            }
        }

        Renew(act, rows);
    }

    private void Renew(Act act, CaseRows rows) => rows.Update(act, Coding, harm => Expected(act, rows, harm).Expected);

    private Expectedness Expected(Act act, CaseRows rows, string harm) => Coding.Expectedness(harm, rows.Day.Intake ?? Coding.Intake(rows.Case), rows.Day.Knowledge, version => Knowledges.Kept(act.Db, version));

    /// <summary>The file of a case. The reading is noted, and who opens it first takes it into work.</summary>
    private async Task<CaseView> ViewAsync(Act act, CaseRows rows)
    {
        if (rows.Case.State == CaseState.Received) rows.Case.State = CaseState.InWork;
        act.NoteRead(rows.Case.CaseId.Value);
        var of = rows.Case;
        var key = rows.Key!;
        var words = key.Open(of.Words, "words")!;
        var officers = await act.Rows<StaffRole>().Where(r => Safety.Contains(r.Role)).Select(r => r.StaffId).Distinct().ToListAsync(act.Stop);
        var staff = await NamesAsync(act.Db, act.Clinic, await act.Rows<StaffMember>().Select(s => s.Id).ToListAsync(act.Stop), act.Stop);
        var events = rows.Live.OrderBy(e => e.Order).Select(e => View(act, rows, e)).ToImmutableArray();
        return new CaseView(of, words, key.Open(of.Contact, "contact"), key.Open(of.Reason, "reason"), Minimum(rows), Completeness.Of(rows.Dimensions), rows.Onset, rows.Contradictions, events,
            [.. rows.Codes.OrderBy(c => c.Kind).ThenBy(c => c.Code, StringComparer.Ordinal).Select(c => new CaseCodeView(c, Coding.NameOf(c.Code), Said(words, c)))],
            [.. rows.Notes.Select(n => new NoteView(n.Kind, n.At, n.By, key.Open(n.Words, "words")))], Timeline(rows), rows.IsConflicted(act.Actor.StaffId),
            [.. staff.Where(s => officers.Contains(s.Id) && !rows.IsConflicted(s.Id))], staff, events.Any(e => e.Hidden > 0) ? null : key.Open(of.Draft, "draft") ?? Drafted(events), key.Open(of.Answer, "answer"),
            of.MergedInto is { } into ? (await act.FindAsync<CaseRecord>(into))?.Number : null, [.. rows.Merged.OrderBy(m => m.Number)]);
    }

    private CaseEventView View(Act act, CaseRows rows, CaseEvent of)
    {
        var facts = FactsJson.Read(of.Facts);
        var grades = Coding.Base.Parameters.Durations is { } bounds ? new Severity(bounds).All(facts) : [];
        var all = rows.Assessments.Where(a => a.EventId == of.Id).ToList();
        var seesAll = all.Exists(a => a.RaterId == act.Actor.StaffId);
        var seen = seesAll || rows.IsConflicted(act.Actor.StaffId) ? all : [];
        // What all agree on tells what the others judged.
        var category = seen.Count == all.Count ? CategoryOf(all) : null;
        return new(of, of.Code is { } code ? Coding.NameOf(code) : null, facts, grades, Seriousness.Of(facts), of.Code is { } harm && Coding.IsHarm(harm) ? Expected(act, rows, harm) : null,
            [.. seen.Select(a => new JudgementView(a, rows.Key!.Open(a.Reason, "reason")))], all.Count - seen.Count, all.Where(a => !a.IsConsensus).Select(a => a.RaterId).Distinct().Count(), category, _registry.Terms.Of(of.Code));
    }

    private ImmutableArray<string> Names(CaseRecord of) =>
        [.. (CaseCoding.Ids(of.Harms) is { Length: > 0 } harms ? harms : CaseCoding.Ids(of.Symptoms)).Select(Coding.NameOf)];

    private static MinimumCriteria Minimum(CaseRows rows)
    {
        var of = rows.Case;
        // Where somebody writes to a clinic about a massage there, it is known from where, even if not who.
        return MinimumCriteria.Of(of.Reporter != ReporterKind.NotSaid || of.Contact is not null || of.WrittenBy is not null, of.AgeYears is not null || of.AgeGroup is not null || of.Sex is not null || of.PatientId is not null,
            of.Techniques != "[]" || of.Devices != "[]" || of.Provider is not null || of.MassageAt is not null || of.SessionId is not null, of.Harms != "[]" || of.Symptoms != "[]" || rows.Live.Any(e => e.Code is not null));
    }

    private static ImmutableArray<CaseMoment> Timeline(CaseRows rows)
    {
        var of = rows.Case;
        var all = new List<CaseMoment> { new(of.ReceivedAt, null, "received") };
        if (of is { MassageAt: { } massage }) all.Add(new(massage, of.MassagePrecision, "massage"));
        if (of is { EventAt: { } begun }) all.Add(new(begun, of.EventPrecision, "event"));
        if (of.DueAt is { } due) all.Add(new(due, null, "due"));
        if (of.ReleasedAt is { } released) all.Add(new(released, null, "released"));
        if (of.ClosedAt is { } closed) all.Add(new(closed, null, "closed"));
        all.AddRange(rows.Notes.Select(n => new CaseMoment(n.At, null, n.Kind switch { NoteKind.FollowUp => "follow-up", NoteKind.ToReporter => "to-reporter", _ => "note" })));
        all.AddRange(rows.Assessments.Select(a => new CaseMoment(a.At, null, a.IsConsensus ? "agreed" : "assessed")));
        return [.. all.OrderBy(m => m.At)];
    }

    private static string? Said(string words, CaseCode code) =>
        CaseCoding.Spans(code.Spans) is [var first, ..] && first.Start >= 0 && first.Length > 0 && first.Start + first.Length <= words.Length ? words.Substring(first.Start, first.Length) : null;

    private async Task<ImmutableArray<StaffName>> NamesAsync(RegistryContext db, ClinicId clinic, List<StaffId> staff, CancellationToken stop) =>
        [.. (await _registry.Clinics.NamesOf(db, clinic, staff, stop)).OrderBy(s => s.Name, StringComparer.OrdinalIgnoreCase)];

    private static Problem? Checked(string words) => string.IsNullOrWhiteSpace(words) ? Refusal.Missing("words", "Write a sentence.") : words.Length > MostNote ? new Problem(Problems.TooLong, "At most 10,000 characters.", "words") : null;

    private static Task<Outcome<T>> Said<T>(Outcome<T> outcome) => Task.FromResult(outcome);
}
