using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using ThinIce.Core.Clinical;
using ThinIce.Core.Contract;
using ThinIce.Registry.Events;
using ThinIce.Registry.Model;
using ThinIce.Registry.Storage;

namespace ThinIce.Registry;

/// <summary>Pain and function at one time.</summary>
/// <param name="Order">Order within the course, from 0.</param>
/// <param name="Pain">Pain, 0 none to 10 worst.</param>
/// <param name="Function">Function, 0 not at all to 10 as ever.</param>
/// <param name="IsAfter">Whether it was asked after the course.</param>
public sealed record CoursePoint(int Order, Answer<int> Pain, Answer<int> Function, bool IsAfter);

/// <summary>A course of care with what it came to so far.</summary>
/// <param name="Id">Id.</param>
/// <param name="Goal">What is hoped for.</param>
/// <param name="AgreedSessions">After how many sessions to think again.</param>
/// <param name="Sessions">Sessions so far.</param>
/// <param name="Spent">Sum of the prices that were said; null where none was.</param>
/// <param name="Points">Pain and function, in order.</param>
/// <param name="RethinkNow">Whether the agreed number is reached and neither pain nor function is better than at the beginning.</param>
public sealed record CourseView(CourseId Id, string Goal, int AgreedSessions, int Sessions, decimal? Spent, ImmutableArray<CoursePoint> Points, bool RethinkNow);

/// <summary>Courses of care: outcome against spend, and a point at which to think again.</summary>
public sealed class Courses
{
    /// <summary>Points of 10 by which pain or function has to be better to count as better. A convention: one point is noise.</summary>
    public const int LeastChange = 2;

    private readonly ClinicRegistry _registry;

    internal Courses(ClinicRegistry registry) => _registry = registry;

    /// <summary>Agrees on a course.</summary>
    public Task<Outcome<CourseId>> OpenAsync(Actor actor, ClientId client, string goal, int agreedSessions, CancellationToken stop = default) =>
        _registry.ActAsync<CourseId>(EventTypes.CourseOpened, actor, stop, async act =>
        {
            var (_, key, problem) = await act.ClientAsync(client);
            if (problem is not null) return problem;
            if (string.IsNullOrWhiteSpace(goal)) return Refusal.Missing("goal", "Say in the person's words what is hoped for.");
            if (agreedSessions is not (>= 1 and <= 100)) return Refusal.OutOfRange("agreedSessions", "1 to 100");
            if (await act.Rows<CourseRecord>().AnyAsync(c => c.ClientId == client && c.ClosedAt == null, stop)) return new Problem(Problems.Duplicate, "A course is running: close it first.", "course");
            return act.Add(new CourseRecord { Id = new(Guid.NewGuid()), ClientId = client, Goal = key!.Seal(goal, "goal"), AgreedSessions = agreedSessions, OpenedAt = act.Now }).Id;
        });

    /// <summary>Keeps pain and function: before a session, or after the course where no session is named.</summary>
    public Task<Outcome<Done>> ScoreAsync(Actor actor, CourseId course, SessionId? session, Answer<int> pain, Answer<int> function, CancellationToken stop = default) =>
        _registry.ActAsync<Done>(EventTypes.ScoreGiven, actor, stop, async act =>
        {
            if (await act.FindAsync<CourseRecord>(course) is not { } row) return Refusal.NotFound("course");
            if (Intakes.Scale(pain, "pain").Concat(Intakes.Scale(function, "function")).ToList() is { Count: > 0 } problems) return Outcome<Done>.Refused(problems);
            if (session is { } id && (await act.FindAsync<Session>(id))?.ClientId != row.ClientId) return Refusal.NotFound("session");
            var order = await act.Rows<Score>().CountAsync(s => s.CourseId == course, stop);
            var score = act.Add(new Score { Id = new(Guid.NewGuid()), ClientId = row.ClientId, CourseId = course, SessionId = session, Order = order });
            (score.PainState, score.Pain) = Asked.Write(pain);
            (score.FunctionState, score.Function) = Asked.Write(function);
            return new Done();
        });

    /// <summary>Ends a course.</summary>
    public Task<Outcome<Done>> CloseAsync(Actor actor, CourseId course, CancellationToken stop = default) =>
        _registry.ActAsync<Done>(EventTypes.CourseClosed, actor, stop, async act =>
        {
            if (await act.FindAsync<CourseRecord>(course) is not { } row) return Refusal.NotFound("course");
            row.ClosedAt ??= act.Now;
            return new Done();
        });

    /// <summary>A client's courses with their points, the latest first. The reading is an event.</summary>
    public Task<Outcome<ImmutableArray<CourseView>>> ReadAsync(Actor actor, ClientId client, CancellationToken stop = default) =>
        _registry.ActAsync<ImmutableArray<CourseView>>(EventTypes.RecordRead, actor, stop, async act =>
        {
            var (_, key, problem) = await act.ClientAsync(client);
            if (problem is not null) return problem;
            act.NoteRead(client.Value);
            var views = ImmutableArray.CreateBuilder<CourseView>();
            foreach (var course in await act.Rows<CourseRecord>().AsNoTracking().Where(c => c.ClientId == client).OrderByDescending(c => c.OpenedAt).ToListAsync(stop))
            {
                var prices = await act.Rows<Session>().Where(s => s.CourseId == course.Id).Select(s => s.Price).ToListAsync(stop);
                var points = (await act.Rows<Score>().AsNoTracking().Where(s => s.CourseId == course.Id).OrderBy(s => s.Order).ToListAsync(stop))
                    .Select(s => new CoursePoint(s.Order, Asked.Read(s.PainState, s.Pain), Asked.Read(s.FunctionState, s.Function), s.SessionId is null)).ToImmutableArray();
                views.Add(new(course.Id, key!.Open(course.Goal, "goal")!, course.AgreedSessions, prices.Count, prices.Any(p => p is not null) ? prices.Sum() : null, points, prices.Count >= course.AgreedSessions && !IsBetter(points)));
            }

            return views.ToImmutable();
        });

    /// <summary>Whether the last known pain or function is better than the first known one by <see cref="LeastChange"/>. Without two known values nothing is known to be better.</summary>
    internal static bool IsBetter(IReadOnlyCollection<CoursePoint> points)
    {
        return Change(p => p.Pain) <= -LeastChange || Change(p => p.Function) >= LeastChange;

        int Change(Func<CoursePoint, Answer<int>> of)
        {
            var known = points.Select(of).Where(a => a.IsKnown).Select(a => a.Value).ToList();
            return known.Count < 2 ? 0 : known[^1] - known[0];
        }
    }
}
