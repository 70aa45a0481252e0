using System.Collections.Immutable;
using System.Text.Json.Nodes;
using ThinIce.Core.AdverseEvents;
using ThinIce.Core.Contract;
using ThinIce.Registry.Events;
using ThinIce.Registry.Model;

namespace ThinIce.Registry.Cases;

/// <summary>What people wrote for the report of a case.</summary>
/// <param name="View">The case.</param>
/// <param name="Written">Text by heading.</param>
/// <param name="Cleared">Headings that an officer found free of anything that could tell who it is.</param>
/// <param name="Codes">Plain names of its codes, those refused left out.</param>
public sealed record CaseToReport(CaseView View, ImmutableSortedDictionary<CareHeading, string> Written, ImmutableSortedSet<CareHeading> Cleared, ImmutableArray<string> Codes);

/// <summary>The case report in the 13 headings of CARE, and the narrative that stays when the person is erased.</summary>
public sealed partial class CaseWork
{
    private const int MostUnderHeading = 20_000;

    /// <summary>What there is for the report of a case.</summary>
    /// <param name="actor">An officer or deputy.</param>
    /// <param name="id">The case.</param>
    /// <param name="handOut">Whether it leaves the program: then that is an event of its own.</param>
    /// <param name="stop">Stops waiting.</param>
    public async Task<Outcome<CaseToReport>> ToReportAsync(Actor actor, CaseId id, bool handOut = false, CancellationToken stop = default)
    {
        var report = await WorkAsync<CaseToReport>(actor, id, EventTypes.CaseRead, stop, async (act, rows) =>
        {
            var view = await ViewAsync(act, rows);
            return new CaseToReport(view, Written(rows), [.. Cleared(rows)],
                [.. view.Codes.Where(c => c.Row.Decision != CodeDecision.Refused && c.Row.Kind is not (CodeKind.Denied or CodeKind.Before)).OrderBy(c => c.Row.Kind).Select(c => c.Name).Distinct()]);
        });
        if (!report.IsDone || !handOut) return report;
        // A researcher may hand cases out and not read them: so the reading above is asked for by itself.
        var noted = await WorkAsync<Done>(actor, id, EventTypes.CasesExported, stop, (act, _) =>
        {
            act.NoteRead(id.Value);
            return Said<Done>(new Done());
        });
        return noted.IsDone ? report : Outcome<CaseToReport>.Refused(noted.Problems);
    }

    /// <summary>Keeps what was written under headings. A heading with nothing in it is empty again.</summary>
    /// <param name="actor">An officer or deputy.</param>
    /// <param name="id">The case.</param>
    /// <param name="texts">Text by heading; headings that are not in it stay as they are.</param>
    /// <param name="cleared">Of those, the ones that the actor found free of anything that could tell who it is.</param>
    /// <param name="stop">Stops waiting.</param>
    public Task<Outcome<Done>> WriteReportAsync(Actor actor, CaseId id, IReadOnlyDictionary<CareHeading, string> texts, IReadOnlySet<CareHeading> cleared, CancellationToken stop = default) =>
        WorkAsync<Done>(actor, id, EventTypes.CaseAmended, stop, (act, rows) =>
        {
            if (texts.FirstOrDefault(t => t.Value.Length > MostUnderHeading) is { Value: not null } tooLong) return Said<Done>(new Problem(Problems.TooLong, "At most 20,000 characters.", FactsJson.Name(tooLong.Key)));
            var written = Written(rows).SetItems(texts.Select(t => KeyValuePair.Create(t.Key, t.Value.Trim()))).Where(t => t.Value.Length > 0).ToList();
            var clear = Cleared(rows).Where(h => !texts.ContainsKey(h)).Concat(cleared).Intersect(written.Select(w => w.Key)).Order();
            rows.Case.Report = rows.Key!.Seal(new JsonObject(written.Select(w => KeyValuePair.Create(FactsJson.Name(w.Key), (JsonNode?)w.Value))).ToJsonString(), "report");
            rows.Case.Cleared = new JsonArray([.. clear.Select(h => (JsonNode)FactsJson.Name(h))]).ToJsonString();
            return Said<Done>(new Done());
        });

    /// <summary>Keeps a narrative that names nobody, which stays when the person is erased; empty takes it away. The officer answers for it.</summary>
    public Task<Outcome<Done>> RedactAsync(Actor actor, CaseId id, string narrative, CancellationToken stop = default) =>
        WorkAsync<Done>(actor, id, EventTypes.CaseAmended, stop, (act, rows) =>
        {
            if (narrative.Length > MostUnderHeading) return Said<Done>(new Problem(Problems.TooLong, "At most 20,000 characters.", "redacted"));
            (rows.Case.Redacted, rows.Case.RedactedBy) = string.IsNullOrWhiteSpace(narrative) ? (null, null) : (narrative.Trim(), act.Actor.StaffId);
            return Said<Done>(new Done());
        });

    private static IEnumerable<CareHeading> Cleared(CaseRows rows) => CaseCoding.Ids(rows.Case.Cleared).Select(FactsJson.Parse<CareHeading>).OfType<CareHeading>();

    private static ImmutableSortedDictionary<CareHeading, string> Written(CaseRows rows)
    {
        var written = ImmutableSortedDictionary.CreateBuilder<CareHeading, string>();
        if (rows.Key!.Open(rows.Case.Report, "report") is { } json)
            foreach (var (heading, text) in JsonNode.Parse(json)!.AsObject())
                if (FactsJson.Parse<CareHeading>(heading) is { } known) written[known] = text!.GetValue<string>();
        return written.ToImmutable();
    }
}
