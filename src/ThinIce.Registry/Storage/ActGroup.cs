using ThinIce.Registry.Events;

namespace ThinIce.Registry.Storage;

/// <summary>
/// Acts of one clinic that wait at the same moment are done in one transaction, one after another, with one wait for the disk;
/// each is acknowledged only after that commit. Where one of them fails, or was refused after it had sent something to the
/// database, all of it is rolled back and each is done alone: so an act has to be such that it can be done anew.
/// </summary>
internal sealed class ActGroup(ClinicRegistry registry, ClinicId clinic)
{
    /// <summary>So many at most, so that another server on the same database gets its turn.</summary>
    private const int Most = 16;

    private readonly Lock _lock = new();
    private readonly Queue<JoiningAct> _waiting = new();
    private bool _isRunning;

    public Task<Outcome<T>> DoAsync<T>(EventType type, Actor actor, CancellationToken stop, Func<Act, Task<Outcome<T>>> work)
    {
        var act = new JoiningAct<T>(registry, type, actor, stop, work);
        lock (_lock)
        {
            _waiting.Enqueue(act);
            if (!_isRunning)
            {
                _isRunning = true;
                _ = Task.Run(RunAsync, CancellationToken.None);
            }
        }

        return act.Done;
    }

    private async Task RunAsync()
    {
        while (Next() is { Count: > 0 } acts)
            if (acts.Count == 1 || !await TogetherAsync(acts))
                foreach (var act in acts) await act.AloneAsync();
    }

    private List<JoiningAct> Next()
    {
        lock (_lock)
        {
            var acts = new List<JoiningAct>();
            while (acts.Count < Most && _waiting.TryDequeue(out var act)) acts.Add(act);
            _isRunning = acts.Count > 0;
            return acts;
        }
    }

    /// <summary>False where each has to be done alone; then nothing was written.</summary>
    private async Task<bool> TogetherAsync(List<JoiningAct> acts)
    {
        var isCommitting = false;
        try
        {
            using var turn = await registry.Store.TurnAsync(CancellationToken.None);
            await using var db = registry.Store.Context();
            await using var transaction = await Store.BeginAsync(db, CancellationToken.None);
            if (await registry.Store.LockAsync(db, clinic, CancellationToken.None) is not { } head) return false;
            foreach (var act in acts)
                if (!await act.TryAsync(db, transaction, head)) return false;
            await db.SaveChangesAsync(CancellationToken.None);
            isCommitting = true;
            await transaction.CommitAsync(CancellationToken.None);
        }
        // The wall between acts: the fault is handed to whoever's it is when each is done alone.
        catch (Exception) when (!isCommitting)
        {
            return false;
        }
        catch (Exception e)
        {
            // Nobody knows whether the commit arrived, so nobody is told that it did.
            foreach (var act in acts) act.Fail(e);
            return true;
        }

        foreach (var act in acts) act.Acknowledge();
        return true;
    }
}

/// <summary>An act that may be done together with others.</summary>
internal abstract class JoiningAct
{
    /// <summary>Does it within the transaction of all; false where that has to be rolled back.</summary>
    public abstract Task<bool> TryAsync(RegistryContext shared, Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, Model.ChainHead head);

    /// <summary>Does it in a transaction of its own.</summary>
    public abstract Task AloneAsync();

    /// <summary>The commit is on the disk: hands out what it came to.</summary>
    public abstract void Acknowledge();

    public abstract void Fail(Exception e);
}

/// <summary>An act that hands back a value.</summary>
internal sealed class JoiningAct<T>(ClinicRegistry registry, EventType type, Actor actor, CancellationToken stop, Func<Act, Task<Outcome<T>>> work) : JoiningAct
{
    private readonly TaskCompletionSource<Outcome<T>> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Outcome<T> _outcome;

    public Task<Outcome<T>> Done => _done.Task;

    public override async Task<bool> TryAsync(RegistryContext shared, Microsoft.EntityFrameworkCore.Storage.IDbContextTransaction transaction, Model.ChainHead head)
    {
        await using var db = await Store.BesideAsync(registry.Store.Context(), shared, transaction);
        (_outcome, var hasFlushed) = await registry.WithinAsync(db, head, type, actor, stop, work);
        // A refused act has left no trace; one that had flushed has, in the transaction.
        return _outcome.IsDone || !hasFlushed;
    }

    public override async Task AloneAsync()
    {
        try
        {
            _done.TrySetResult(await registry.ActAsync(type, actor, stop, work));
        }
        catch (OperationCanceledException e)
        {
            _done.TrySetCanceled(e.CancellationToken);
        }
        catch (Exception e)
        {
            _done.TrySetException(e);
        }
    }

    public override void Acknowledge() => _done.TrySetResult(_outcome);

    public override void Fail(Exception e) => _done.TrySetException(e);
}
