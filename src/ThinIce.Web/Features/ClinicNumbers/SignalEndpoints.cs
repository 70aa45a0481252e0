using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Registry;
using ThinIce.Web.Features.Answer;
using ThinIce.Web.Features.Clinics;

namespace ThinIce.Web.Features.ClinicNumbers;

/// <summary>The signals board: pairs over time, their cases, and the step that only a person takes.</summary>
internal static class SignalEndpoints
{
    public static void MapSignals(this IEndpointRouteBuilder app)
    {
        app.Get("/figures/signals", Access.Figures, async Task<IResult> (Current who, ClinicRegistry registry, Answerer answerer) =>
        {
            var (refused, board) = await WorkAsync(who, registry, answerer);
            return refused ?? new RazorComponentResult<SignalsPage>(new { Report = board, MayOpen = ClinicNumberEndpoints.MayOpen(who), Minimum = (await who.ClinicAsync()).MinimumSessions });
        });
        app.Get("/figures/signals.csv", Access.Figures, async Task<IResult> (Current who, ClinicRegistry registry, Answerer answerer) =>
        {
            var (refused, board) = await WorkAsync(who, registry, answerer);
            return refused ?? ClinicNumberEndpoints.File((board ?? new(0, [], 0, false)).Csv(ClinicNumberEndpoints.MayOpen(who)));
        });
        app.Get("/figures/signals/pair", Access.Figures, (HttpContext context, Current who, ClinicRegistry registry, Answerer answerer) =>
            PairAsync(context.Request.Query["exposure"], context.Request.Query["event"], who, registry, answerer, [], ""));
        app.Post("/figures/signals/pair", Access.Safety, DecideAsync);
    }

    private static async Task<(IResult? Refused, ClinicSignals? Board)> WorkAsync(Current who, ClinicRegistry registry, Answerer answerer)
    {
        var (rows, _, _) = await ClinicNumberEndpoints.ReadAsync(who, registry, isOwn: false);
        if (!rows.IsDone) return (Notices.Of(rows.Problems) ?? Notices.NotFound(), null);
        var decisions = await registry.Signals.ListAsync(who.Actor);
        if (!decisions.IsDone) return (Notices.Of(decisions.Problems) ?? Notices.NotFound(), null);
        var vocabulary = answerer.Knowledge.Vocabulary;
        return (null, rows.Value is { } found ? ClinicSignals.Of(found.Visits, decisions.Value, id => vocabulary.IndexOf(new(id)) is >= 0 and var at && vocabulary.KindOf(at) == ConceptKind.Symptom) : null);
    }

    private static async Task<IResult> PairAsync(string? exposure, string? @event, Current who, ClinicRegistry registry, Answerer answerer, ImmutableArray<Problem> problems, string why)
    {
        var (refused, board) = await WorkAsync(who, registry, answerer);
        if (refused is not null) return refused;
        var mayOpen = ClinicNumberEndpoints.MayOpen(who);
        var pair = board?.Pairs.FirstOrDefault(p => p.Exposure == exposure && p.Event == @event && (mayOpen || !p.IsSmall));
        // Not "not found": the address names no row of anybody; there is just no such pair at present.
        if (pair is null) return new RazorComponentResult<SignalsPage>(new { Report = board, MayOpen = mayOpen, Minimum = (await who.ClinicAsync()).MinimumSessions });
        return new RazorComponentResult<PairPage>(new { Pair = pair, MayOpen = mayOpen, MayDecide = who.HasAny(Access.Safety.Roles.AsSpan()), Problems = problems, Why = why }) { StatusCode = problems.Length > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
    }

    private static async Task<IResult> DecideAsync(HttpContext context, Current who, ClinicRegistry registry, Answerer answerer)
    {
        var form = await Visit.ReadAsync(context) ?? VisitForm.Blank;
        var (exposure, @event) = (form["exposure"], form["event"]);
        if (!Enum.TryParse<SignalStep>(form["step"], out var step) || !Enum.IsDefined(step)) return await PairAsync(exposure, @event, who, registry, answerer, [new(Problems.Missing, "Choose a step.", "")], form["why"]);
        // Only about a pair that is on the board: a decision names nothing that somebody made up.
        var (refused, board) = await WorkAsync(who, registry, answerer);
        if (refused is not null) return refused;
        if (board?.Pairs.FirstOrDefault(p => p.Exposure == exposure && p.Event == @event) is not { } pair) return await PairAsync(exposure, @event, who, registry, answerer, [], "");
        var done = await registry.Signals.DecideAsync(who.Actor, exposure, @event, step, form["why"]);
        return done.IsDone ? TypedResults.LocalRedirect(PairName.Address(pair)) : Notices.Of(done.Problems) ?? await PairAsync(exposure, @event, who, registry, answerer, done.Problems, form["why"]);
    }
}
