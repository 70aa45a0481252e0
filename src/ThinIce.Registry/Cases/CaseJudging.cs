using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Contract;
using ThinIce.Registry.Events;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry.Cases;

/// <summary>Judging cause: each rater alone, then together; and the answer to the reporter, which an officer releases.</summary>
public sealed partial class CaseWork
{
    private const int MostAnswer = 5_000;

    /// <summary>The categories a judgement may come to, by method.</summary>
    public static ImmutableArray<string> Categories(CausalityMethod method) => method switch
    {
        CausalityMethod.WhoUmc => [.. Enum.GetValues<WhoUmcCategory>().Select(FactsJson.Name)],
        CausalityMethod.Naranjo => [.. Enum.GetValues<NaranjoCategory>().Select(FactsJson.Name)],
        CausalityMethod.CannotBeAssessed => [FactsJson.Name(WhoUmcCategory.Unassessable)],
        _ => [],
    };

    /// <summary>Judges the cause of an event. A rater does not see what others judged until then; who thinks again adds another judgement.</summary>
    public Task<Outcome<Done>> JudgeAsync(Actor actor, CaseId id, CaseEventId of, NewJudgement judgement, CancellationToken stop = default) =>
        WorkAsync<Done>(actor, id, EventTypes.CaseAssessed, stop, (act, rows) => Said(Judge(act, rows, of, judgement, isConsensus: false)));

    /// <summary>Writes down what raters who judged alone agreed on.</summary>
    public Task<Outcome<Done>> AgreeAsync(Actor actor, CaseId id, CaseEventId of, string category, string reason, CancellationToken stop = default) =>
        WorkAsync<Done>(actor, id, EventTypes.CaseAssessed, stop, (act, rows) =>
        {
            var raters = rows.Assessments.Where(a => a.EventId == of && !a.IsConsensus).Select(a => a.RaterId).Distinct().ToList();
            if (raters.Count < 2 || !raters.Contains(act.Actor.StaffId!.Value)) return Said<Done>(Refusal.WrongState("category", "Two people have to judge alone first, and you have to be one of them."));
            if (Checked(reason) is { } problem) return Said<Done>(problem);
            return Said(Judge(act, rows, of, new(CausalityMethod.WhoUmc, category, "{}", reason), isConsensus: true));
        });

    /// <summary>Keeps the draft of the answer to the reporter.</summary>
    public Task<Outcome<Done>> DraftAsync(Actor actor, CaseId id, string words, CancellationToken stop = default) =>
        WorkAsync<Done>(actor, id, EventTypes.AnswerDrafted, stop, (act, rows) =>
        {
            if (Answerable(act, rows, words) is { } problem) return Said<Done>(problem);
            rows.Case.Draft = rows.Key!.Seal(words.Trim(), "draft");
            return Said<Done>(new Done());
        });

    /// <summary>Releases the answer: from then on the reporter reads it with the receipt. Released again, the later one counts; the chain of events has both.</summary>
    public Task<Outcome<Done>> ReleaseAsync(Actor actor, CaseId id, string words, CancellationToken stop = default) =>
        WorkAsync<Done>(actor, id, EventTypes.AnswerReleased, stop, async (act, rows) =>
        {
            if (Answerable(act, rows, words) is { } problem) return problem;
            (rows.Case.Draft, rows.Case.Answer, rows.Case.ReleasedAt, rows.Case.ReleasedBy) = (rows.Key!.Seal(words.Trim(), "draft"), rows.Key!.Seal(words.Trim(), "answer"), act.Now, act.Actor.StaffId);
            await Outbox.TellReporterAsync(act, rows);
            // Whoever told of the same event reads the same answer.
            foreach (var under in rows.Merged)
                if (await CaseRows.FindAsync(act, under.CaseId) is { } other) await Outbox.TellReporterAsync(act, other);
            return new Done();
        });

    /// <summary>First judgements by WHO-UMC of all events that two or more people judged, each event's in the order in which they were made. Names nobody.</summary>
    public Task<Outcome<ImmutableArray<ImmutableArray<string>>>> RatedAsync(Actor actor, CancellationToken stop = default) =>
        _registry.ReadAsync<ImmutableArray<ImmutableArray<string>>>(EventTypes.CaseRead, actor, stop, async db =>
        {
            var all = await db.Set<CaseAssessment>().AsNoTracking().Where(a => a.ClinicId == actor.Clinic && !a.IsConsensus && a.Method != CausalityMethod.Naranjo).ToListAsync(stop);
            // What a rater thought again after having seen the other's is no longer blind: each one's first counts.
            var firsts = all.GroupBy(a => a.EventId).Select(e => e.OrderBy(a => a.At).DistinctBy(a => a.RaterId).ToList()).Where(e => e.Count >= 2);
            return firsts.Select(e => e.Select(a => a.Category).ToImmutableArray()).ToImmutableArray();
        });

    private Outcome<Done> Judge(Act act, CaseRows rows, CaseEventId of, NewJudgement judgement, bool isConsensus)
    {
        if (rows.IsConflicted(act.Actor.StaffId)) return Refusal.NotAllowed("event");
        if (rows.Live.FirstOrDefault(e => e.Id == of) is not { } found) return Refusal.NotFound("event");
        if (found.Code is null && judgement.Method != CausalityMethod.CannotBeAssessed && judgement.Category != FactsJson.Name(WhoUmcCategory.Conditional)) return Refusal.WrongState("event", "Say first what happened: accept or choose a code for it.");
        if (!Categories(judgement.Method).Contains(judgement.Category)) return Refusal.Unknown("category", string.Join(", ", Categories(judgement.Method)));
        if (judgement.Reason is { Length: > MostNote }) return new Problem(Problems.TooLong, "At most 10,000 characters.", "reason");
        rows.Assessments.Add(act.Add(new CaseAssessment
        {
            CaseId = rows.Case.CaseId, Id = new(Guid.NewGuid()), EventId = of, RaterId = act.Actor.StaffId!.Value, At = act.Now, Method = judgement.Method, Category = judgement.Category, Answers = judgement.Answers,
            Reason = rows.Key!.Seal(string.IsNullOrWhiteSpace(judgement.Reason) ? null : judgement.Reason.Trim(), "reason"), IsConsensus = isConsensus,
        }));
        Renew(act, rows);
        return new Done();
    }

    private static Problem? Answerable(Act act, CaseRows rows, string words)
    {
        if (rows.IsConflicted(act.Actor.StaffId)) return Refusal.NotAllowed("answer");
        if (rows.Assessments.Count == 0) return Refusal.WrongState("answer", "Judge the cause first.");
        if (string.IsNullOrWhiteSpace(words)) return Refusal.Missing("answer", "Write the answer.");
        return words.Length > MostAnswer ? new Problem(Problems.TooLong, "At most 5,000 characters.", "answer") : null;
    }

    /// <summary>The consensus; else the one category that each rater's latest judgement gave; else none.</summary>
    internal static string? CategoryOf(List<CaseAssessment> all)
    {
        if (all.FindLast(a => a.IsConsensus) is { } agreed) return agreed.Category;
        var latest = all.Where(a => a.Method != CausalityMethod.Naranjo).GroupBy(a => a.RaterId).Select(r => r.Last().Category).Distinct().ToList();
        return latest is [var one] ? one : null;
    }

    /// <summary>The knowledge's wording for the event told of first that was judged.</summary>
    private string? Drafted(ImmutableArray<CaseEventView> events) =>
        events.FirstOrDefault(e => e.Category is not null && e.Hidden == 0) is { Category: { } category } ? Coding.Guide.AnswerFor(category)?.In("en") : null;
}
