using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using ThinIce.Core.Contract;
using ThinIce.Registry.Events;
using ThinIce.Registry.Model;

namespace ThinIce.Registry;

/// <summary>What a person decided about a pair of exposure and event that are told together more often than expected.</summary>
public enum SignalStep : byte
{
    /// <summary>Read the cases and thinks it worth looking into: it is now a signal.</summary>
    Considered = 1,

    /// <summary>Looked into it and found it good enough to act on or to watch: a validated signal.</summary>
    Validated,

    /// <summary>Looked into it and put it aside. It can be considered anew.</summary>
    PutAside,
}

/// <summary>A decision, as it stands in the clinic's chain of events: it is never changed, only followed by another.</summary>
/// <param name="Exposure">The exposure.</param>
/// <param name="Event">The event.</param>
/// <param name="Step">What was decided.</param>
/// <param name="By">Who; empty where that person was erased.</param>
/// <param name="At">When.</param>
/// <param name="Why">Why, in that person's words. About the pair, never about a client.</param>
public sealed record SignalDecision(string Exposure, string Event, SignalStep Step, string By, DateTimeOffset At, string Why);

/// <summary>The human step between the stages of a signal. A computer reaches the first stage only.</summary>
public sealed class SignalDecisions
{
    /// <summary>Most characters of a reason.</summary>
    public const int MostWhy = 2000;

    private static readonly ImmutableArray<(SignalStep Step, EventType Type)> Types = [(SignalStep.Considered, EventTypes.SignalConsidered), (SignalStep.Validated, EventTypes.SignalValidated), (SignalStep.PutAside, EventTypes.SignalPutAside)];

    private readonly ClinicRegistry _registry;

    internal SignalDecisions(ClinicRegistry registry) => _registry = registry;

    /// <summary>Keeps a decision with its reason. Only a signal that was considered is validated or put aside. For officer and deputy.</summary>
    public Task<Outcome<Done>> DecideAsync(Actor actor, string exposure, string @event, SignalStep step, string why, CancellationToken stop = default) =>
        _registry.ActAsync<Done>(Types.Single(t => t.Step == step).Type, actor, stop, async act =>
        {
            if (string.IsNullOrWhiteSpace(why)) return Refusal.Missing("why", "Say in a few words why.");
            if (why.Length > MostWhy) return new Problem(Problems.TooLong, Problems.Kind(Problems.TooLong).WayOut, "why");
            var last = (await ReadAsync(act.Db, act.Clinic, stop)).LastOrDefault(d => d.Exposure == exposure && d.Event == @event)?.Step;
            if (step == SignalStep.Considered ? last is SignalStep.Considered or SignalStep.Validated : last is not (SignalStep.Considered or SignalStep.Validated) || last == step)
                return Refusal.WrongState("step", "Somebody has decided meanwhile. Load the page again.");
            act.WriteEvent(null, new EventPayload { Why = why.Trim(), Pair = [exposure, @event] });
            return new Done();
        });

    /// <summary>All decisions of the clinic, the earliest first. They name no client.</summary>
    public async Task<Outcome<ImmutableArray<SignalDecision>>> ListAsync(Actor actor, CancellationToken stop = default)
    {
        await using var db = _registry.Store.Context();
        if (actor.StaffId is not null && !(await ClinicRegistry.RolesAsync(db, actor, stop)).Any(Figures.IsForFigures)) return Refusal.NotAllowed("figures");
        return await ReadAsync(db, actor.Clinic, stop);
    }

    private async Task<ImmutableArray<SignalDecision>> ReadAsync(Storage.RegistryContext db, ClinicId clinic, CancellationToken stop)
    {
        var names = Types.Select(t => t.Type.Name).ToArray();
        var events = await db.Set<Event>().AsNoTracking().Where(e => e.ClinicId == clinic && names.Contains(e.Type)).OrderBy(e => e.Number).ToListAsync(stop);
        var deciders = events.Select(e => e.ActorId).OfType<Guid>().Distinct().Select(id => new StaffId(id)).ToList();
        var people = (await _registry.Clinics.NamesOf(db, clinic, deciders, stop)).ToDictionary(n => n.Id.Value, n => n.Name);
        return [.. from made in events
                   let said = Chain.Read(made, null)
                   where said.Pair is { Count: 2 }
                   select new SignalDecision(said.Pair![0], said.Pair[1], Types.Single(t => t.Type.Name == made.Type).Step, made.ActorId is { } who ? people.GetValueOrDefault(who, "") : "", made.At, said.Why ?? "")];
    }
}
