using Microsoft.EntityFrameworkCore;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry.Cases;

/// <summary>The day of the massage as far as the registry knows it.</summary>
/// <param name="Knowledge">Version of the knowledge that was in force: the session's, or the latest that this registry had kept by then; null not known.</param>
/// <param name="Intake">What was known of the person and planned, as the session has it; null where the case is about no session here, or the person is erased.</param>
internal sealed record CaseDay(string? Knowledge, string? Intake)
{
    public static async Task<CaseDay> OfAsync(Act act, CaseRecord of)
    {
        if (of.SessionId is { } id && await act.FindAsync<Session>(id) is { } session)
            return new(session.Knowledge, await act.KeyAsync(session.ClientId.Value) is { } key ? key.Open(session.Asked, "asked") : null);
        if (of is not { MassageAt: { } massage, MassagePrecision: { } precision }) return new(null, null);
        var end = CaseRows.End(massage, precision);
        return new(await act.Db.Set<KeptBundle>().AsNoTracking().Where(b => b.KeptAt < end).OrderByDescending(b => b.KeptAt).Select(b => b.Version).FirstOrDefaultAsync(act.Stop), null);
    }
}
