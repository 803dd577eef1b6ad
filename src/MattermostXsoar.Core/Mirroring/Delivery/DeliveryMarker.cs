using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Delivery;

/// <summary>
/// Marks lines in the store without holding up the next one: the marks of a burst share a flush. A mark that the store cannot
/// take now (a full disk) is tried until it can; if the process ends before, the line is looked up at the next start.
/// </summary>
internal sealed class DeliveryMarker(MirrorContext context)
{
    private readonly object _lock = new();
    private readonly HashSet<Task> _open = [];

    /// <summary>Marks a line as arrived; waits only while more than <paramref name="mostOpen"/> marks are under way.</summary>
    public Task DoneAsync(DeliveryRecord line, string targetId, int mostOpen, CancellationToken abort) =>
        AddAsync(MarkAsync(() => context.Store.MarkDoneAsync(line, targetId), abort), mostOpen);

    /// <summary>Marks a line as refused.</summary>
    public Task FailedAsync(DeliveryRecord line, string error, CancellationToken abort) =>
        AddAsync(MarkAsync(() => context.Store.MarkFailedAsync(line, error), abort), 0);

    /// <summary>Waits for all marks.</summary>
    public async Task FinishAsync(CancellationToken abort)
    {
        while (!abort.IsCancellationRequested)
        {
            Task[] open;
            lock (_lock)
            {
                _open.RemoveWhere(task => task.IsCompleted);
                open = [.. _open];
            }

            if (open.Length == 0)
                return;
            await Task.WhenAll(open).ConfigureAwait(false);
        }
    }

    private async Task AddAsync(Task mark, int mostOpen)
    {
        Task? oldest = null;
        lock (_lock)
        {
            _open.RemoveWhere(task => task.IsCompleted);
            if (!mark.IsCompleted)
                _open.Add(mark);
            if (_open.Count > mostOpen)
                oldest = _open.First();
        }

        if (oldest is not null)
            await oldest.ConfigureAwait(false);
    }

    private async Task MarkAsync(Func<Task> mark, CancellationToken abort)
    {
        var backoff = new Backoff(context.Options, context.Random);
        while (true)
        {
            try
            {
                await mark().ConfigureAwait(false);
                return;
            }
            catch (MattermostXsoarException exception)
            {
                context.Log.Error("StoreNotWritten", FailurePolicy.Explain(exception));
                try
                {
                    await context.Time.Delay(backoff.Next(), abort).ConfigureAwait(false);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
            }
            catch (ObjectDisposedException)
            {
                return;
            }
        }
    }
}
