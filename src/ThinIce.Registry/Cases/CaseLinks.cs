using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using ThinIce.Core.Contract;
using ThinIce.Registry.Events;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry.Cases;

/// <summary>A field that cases are compared on.</summary>
/// <param name="Name">Name, as the column of files of cases has it.</param>
/// <param name="Kind">How it is compared: text, date, code, number or category.</param>
public readonly record struct LinkField(string Name, string Kind);

/// <summary>A case as it is compared with others.</summary>
/// <param name="Id">Id.</param>
/// <param name="Number">Its number.</param>
/// <param name="Main">Number of the case that it is put under, however far; its own where it stands by itself.</param>
/// <param name="Names">Plain names of its harms, or of its symptoms where no harm is coded.</param>
/// <param name="Values">Values in the order of <see cref="CaseWork.LinkFields"/>; empty not known.</param>
public sealed record CaseToLink(CaseId Id, int Number, int Main, ImmutableArray<string> Names, ImmutableArray<string> Values);

/// <summary>What was decided about two cases, by number.</summary>
/// <param name="A">Number of the one.</param>
/// <param name="B">Number of the other.</param>
/// <param name="Decision">The decision.</param>
public readonly record struct CasesDecided(int A, int B, PairDecision Decision);

/// <summary>Cases, also those that are put under others, because the weights of linkage are fitted to what was decided about them; and the decisions.</summary>
/// <param name="Cases">The cases.</param>
/// <param name="Decided">The decisions.</param>
/// <param name="MadeUp">Where there are few cases: made-up ones, each told twice, which show what two reports of one event look like. Empty where there are enough.</param>
public sealed record CasesToLink(ImmutableArray<CaseToLink> Cases, ImmutableArray<CasesDecided> Decided, ImmutableArray<(ImmutableArray<string> One, ImmutableArray<string> Other)> MadeUp);

/// <summary>How far two values agree.</summary>
public enum Agreement : byte
{
    /// <summary>Neither is known.</summary>
    NotKnown = 1,

    /// <summary>One is not known.</summary>
    OneKnown,

    /// <summary>The same.</summary>
    Same,

    /// <summary>Some of it the same: of several ids, or of a date.</summary>
    Partly,

    /// <summary>Different.</summary>
    Different,
}

/// <summary>A field of two cases, side by side.</summary>
/// <param name="Name">Name.</param>
/// <param name="One">Value of the one; empty not known.</param>
/// <param name="Other">Of the other.</param>
/// <param name="Agreement">How far they agree.</param>
public readonly record struct FieldBeside(string Name, string One, string Other, Agreement Agreement);

/// <summary>Two cases side by side.</summary>
/// <param name="Main">The one that would stay: the more complete one, of equals the earlier one.</param>
/// <param name="Other">The one that would be put under it.</param>
/// <param name="MainWords">Words of the one; null after erasure.</param>
/// <param name="OtherWords">Words of the other.</param>
/// <param name="Fields">Fields.</param>
/// <param name="Decided">What was decided about them before; null nothing.</param>
public sealed record CasesBeside(CaseRecord Main, CaseRecord Other, string? MainWords, string? OtherWords, ImmutableArray<FieldBeside> Fields, PairDecision? Decided);

/// <summary>Cases of one event: side by side, put together and taken apart again. A case that is put under another keeps everything.</summary>
public sealed partial class CaseWork
{
    /// <summary>Below so many cases their own pairs do not show what agrees by chance and what does not. Convention.</summary>
    private const int Few = 200;

    /// <summary>The fields that cases are compared on.</summary>
    public static ImmutableArray<LinkField> LinkFields { get; } =
    [
        new("age_years", "number"), new("sex", "category"), new("massage_date", "date"), new("event_date", "date"), new("harms", "code"), new("symptoms", "code"), new("regions", "code"), new("techniques", "code"), new("devices", "code"),
        new("provider", "category"), new("minutes", "number"), new("cross_reference", "code"), new("words", "text"),
    ];

    /// <summary>All cases, to be compared, but for those that are none and those that an officer is not shown.</summary>
    public Task<Outcome<CasesToLink>> ToLinkAsync(Actor actor, CancellationToken stop = default) =>
        _registry.ReadAsync<CasesToLink>(EventTypes.CaseRead, actor, stop, async db =>
        {
            var rows = await db.Set<CaseRecord>().AsNoTracking().Where(c => c.ClinicId == actor.Clinic && c.ErasedAt == null && c.State != CaseState.Nullified).OrderBy(c => c.Number).ToListAsync(stop);
            if (actor.StaffId is { } staff)
            {
                var barred = (await db.Set<CaseConflict>().AsNoTracking().Where(c => c.ClinicId == actor.Clinic && c.StaffId == staff && c.Reason != ConflictReason.Declared).Select(c => c.CaseId).ToListAsync(stop)).ToHashSet();
                rows.RemoveAll(r => barred.Contains(r.CaseId));
            }

            var keys = new Dictionary<Guid, PersonKey>();
            foreach (var some in rows.Select(r => r.CaseId.Value).Chunk(1000))
                await foreach (var key in db.Set<PersonKey>().AsNoTracking().Where(k => some.Contains(k.Subject)).AsAsyncEnumerable().WithCancellation(stop)) keys.Add(key.Subject, key);
            var pairs = await db.Set<CasePair>().AsNoTracking().Where(p => p.ClinicId == actor.Clinic).ToListAsync(stop);
            var numbers = rows.ToDictionary(r => r.CaseId, r => r.Number);
            var above = rows.Where(r => r.MergedInto is { } into && numbers.ContainsKey(into)).ToDictionary(r => r.CaseId, r => r.MergedInto!.Value);
            return new CasesToLink([.. rows.Select(r => new CaseToLink(r.CaseId, r.Number, numbers[Top(r.CaseId, above)], Names(r), Values(r, keys.TryGetValue(r.CaseId.Value, out var key) ? _registry.Ring.Open(key)?.Open(r.Words, "words") : null)))],
                [.. pairs.Where(p => numbers.ContainsKey(p.OneId) && numbers.ContainsKey(p.OtherId)).Select(p => new CasesDecided(numbers[p.OneId], numbers[p.OtherId], p.Decision))],
                rows.Count < Few ? _toldTwice.Value : []);
        });

    /// <summary>Two cases side by side. Both readings are events.</summary>
    public Task<Outcome<CasesBeside>> BesideAsync(Actor actor, CaseId one, CaseId other, CancellationToken stop = default) =>
        PairAsync<CasesBeside>(actor, one, other, EventTypes.CaseRead, stop, async (act, main, under) =>
        {
            act.NoteRead(main.Case.CaseId.Value);
            act.NoteRead(under.Case.CaseId.Value);
            var (words, otherWords) = (main.Key!.Open(main.Case.Words, "words"), under.Key!.Open(under.Case.Words, "words"));
            return new CasesBeside(main.Case, under.Case, words, otherWords, [.. Beside(Values(main.Case, words), Values(under.Case, otherWords)).Zip(LinkFields, Plain)], (await FindPairAsync(act, one, other))?.Decision);
        });

    /// <summary>Decides about two cases. Of the same event, the less complete one is put under the other, which from then on is at least as serious and due at least as soon; staff who may not see the one do not see the other.</summary>
    /// <param name="actor">An officer or deputy.</param>
    /// <param name="one">The one.</param>
    /// <param name="other">The other.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="score">Score that led to the question; null none.</param>
    /// <param name="stop">Stops waiting.</param>
    /// <returns>The case that stays.</returns>
    public Task<Outcome<CaseId>> DecidePairAsync(Actor actor, CaseId one, CaseId other, PairDecision decision, double? score = null, CancellationToken stop = default) =>
        PairAsync<CaseId>(actor, one, other, EventTypes.CaseMerged, stop, async (act, main, under) =>
        {
            if (!Enum.IsDefined(decision)) return Refusal.Unknown("decision", "same, different or undecided");
            if (decision == PairDecision.Same && new[] { main, under }.FirstOrDefault(c => c.Case.State is CaseState.Merged or CaseState.Nullified) is { } gone) return Refusal.WrongState("decision", $"Case {gone.Case.Number} is put under another or is no case: take it apart or open it again first.");
            if (under.Case.MergedInto == main.Case.CaseId) return Refusal.WrongState("decision", $"Case {under.Case.Number} is put under case {main.Case.Number}: take it out first.");
            var pair = await FindPairAsync(act, one, other) ?? act.Add(new CasePair { OneId = First(one, other), OtherId = First(one, other) == one ? other : one });
            var fields = Beside(Values(main.Case, main.Key!.Open(main.Case.Words, "words")), Values(under.Case, under.Key!.Open(under.Case.Words, "words")));
            (pair.Decision, pair.DecidedBy, pair.At, pair.Score) = (decision, act.Actor.StaffId!.Value, act.Now, score);
            pair.Comparison = new JsonObject(fields.Select(f => KeyValuePair.Create(f.Name, (JsonNode?)FactsJson.Name(f.Agreement)))).ToJsonString();
            if (decision == PairDecision.Same) Merge(act, main, under);
            return main.Case.CaseId;
        });

    /// <summary>Takes a case out from under the one it was put under; the two count as different from then on.</summary>
    public Task<Outcome<Done>> TakeApartAsync(Actor actor, CaseId id, CancellationToken stop = default) =>
        WorkAsync<Done>(actor, id, EventTypes.CaseMerged, stop, async (act, rows) =>
        {
            if (rows.Case is not { State: CaseState.Merged, MergedInto: { } into }) return Refusal.WrongState("state", "It is not put under another case.");
            if (await FindPairAsync(act, id, into) is { } pair) (pair.Decision, pair.DecidedBy, pair.At) = (PairDecision.Different, act.Actor.StaffId!.Value, act.Now);
            (rows.Case.State, rows.Case.StateBefore, rows.Case.MergedInto) = (rows.Case.StateBefore ?? CaseState.InWork, null, null);
            Renew(act, rows);
            await LiftAsync(act, Coding, into, without: id);
            return new Done();
        });

    /// <summary>Works out anew the case that another is put under, and the one above that. What is added to a case that was put under another opens the main one again.</summary>
    internal static async Task LiftAsync(Act act, CaseCoding coding, CaseId? above, CaseId? without = null, bool reopen = false)
    {
        while (above is { } id && await CaseRows.FindAsync(act, id) is { } rows)
        {
            rows.Merged.RemoveAll(m => m.CaseId == without);
            rows.Update(act, coding);
            if (reopen && rows.Case.State == CaseState.Closed) (rows.Case.State, rows.Case.ClosedAt) = (CaseState.InWork, null);
            above = rows.Case.MergedInto;
        }
    }

    private void Merge(Act act, CaseRows main, CaseRows under)
    {
        var (due, was) = (under.Case.DueAt, main.Case.Class);
        (under.Case.StateBefore, under.Case.State, under.Case.MergedInto) = (under.Case.State, CaseState.Merged, main.Case.CaseId);
        Renew(act, under);
        main.Merged.Add(under.Case);
        foreach (var conflict in under.Conflicts) main.Conflict(act, conflict.StaffId, conflict.Reason);
        foreach (var conflict in main.Conflicts) under.Conflict(act, conflict.StaffId, conflict.Reason);
        Renew(act, main);
        // What was done with was judged without knowing what the other says.
        if (main.Case.Class > was && main.Case.State == CaseState.Closed)
        {
            (main.Case.State, main.Case.ClosedAt) = (CaseState.InWork, null);
            Renew(act, main);
        }

        if (main.Case.DueAt > due) main.Case.DueAt = due;
    }

    /// <summary>Does an act with two cases that the actor may see: the one that stays, or would, and the other.</summary>
    private Task<Outcome<T>> PairAsync<T>(Actor actor, CaseId one, CaseId other, EventType type, CancellationToken stop, Func<Act, CaseRows, CaseRows, Task<Outcome<T>>> work) =>
        one == other ? Said<T>(Refusal.WrongState("other", "Choose another case: this is the same one.")) : WorkAsync<T>(actor, one, type, stop, async (act, first) =>
        {
            if (await MineAsync(act, actor, other) is not { } second) return Refusal.NotFound("other");
            if (second.Key is null) return Refusal.Erased("other");
            var isFirst = first.Case.MergedInto != other && (second.Case.MergedInto == one || (first.Case.Completeness, -first.Case.Number).CompareTo((second.Case.Completeness, -second.Case.Number)) > 0);
            return isFirst ? await work(act, first, second) : await work(act, second, first);
        });

    /// <summary>With plain names in place of ids.</summary>
    private FieldBeside Plain(FieldBeside field, LinkField of)
    {
        string Named(string ids) => string.Join(", ", ids.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(Coding.NameOf));
        return of is { Kind: not ("code" or "category") } or { Name: "cross_reference" or "sex" } ? field : field with { One = Named(field.One), Other = Named(field.Other) };
    }

    /// <summary>The id of the case of that number, which the actor may see.</summary>
    public Task<Outcome<CaseId>> NumberedAsync(Actor actor, int number, CancellationToken stop = default) =>
        _registry.ReadAsync<CaseId>(EventTypes.CaseRead, actor, stop, async db =>
            await db.Set<CaseRecord>().AsNoTracking().Where(c => c.ClinicId == actor.Clinic && c.Number == number && !db.Set<CaseConflict>().Any(b => b.CaseId == c.CaseId && b.StaffId == actor.StaffId && b.Reason != ConflictReason.Declared)).Select(c => (CaseId?)c.CaseId).FirstOrDefaultAsync(stop) is { } id
                ? id : Refusal.NotFound("number"));

    private static Task<CasePair?> FindPairAsync(Act act, CaseId one, CaseId other) => act.FindAsync<CasePair>(First(one, other), First(one, other) == one ? other : one);

    private static CaseId First(CaseId one, CaseId other) => one.Value.CompareTo(other.Value) <= 0 ? one : other;

    private static ImmutableArray<string> Values(CaseRecord of, string? words) =>
    [
        CsvCell.Number(of.AgeYears) ?? "", of.Sex is { } sex ? FactsJson.Name(sex) : "", ToldDate.Text(of.MassageAt, of.MassagePrecision) ?? "", ToldDate.Text(of.EventAt, of.EventPrecision) ?? "", Bar(of.Harms), Bar(of.Symptoms), Bar(of.Regions), Bar(of.Techniques), Bar(of.Devices),
        of.Provider ?? "", CsvCell.Number(of.Minutes) ?? "", of.CrossReference ?? "", words ?? "",
    ];

    private static CaseId Top(CaseId id, Dictionary<CaseId, CaseId> above)
    {
        while (above.TryGetValue(id, out var into)) id = into;
        return id;
    }

    private static string Bar(string ids) => string.Join('|', CaseCoding.Ids(ids));

    private static ImmutableArray<FieldBeside> Beside(ImmutableArray<string> one, ImmutableArray<string> other) => [.. LinkFields.Select((f, i) => new FieldBeside(f.Name, one[i], other[i], Agree(f.Kind, one[i], other[i])))];

    private static Agreement Agree(string kind, string one, string other)
    {
        if (one.Length == 0 && other.Length == 0) return Agreement.NotKnown;
        if (one.Length == 0 || other.Length == 0) return Agreement.OneKnown;
        if (string.Equals(one, other, StringComparison.OrdinalIgnoreCase)) return Agreement.Same;
        var isPartly = kind switch
        {
            "code" => one.Split('|').Intersect(other.Split('|'), StringComparer.OrdinalIgnoreCase).Any(),
            "date" => one.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(one, StringComparison.Ordinal),
            _ => false,
        };
        return isPartly ? Agreement.Partly : Agreement.Different;
    }
}
