using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>
/// Acknowledges deliveries in the store without holding up the next one. Acknowledgements are gathered for a moment and
/// written together: a commit for each would be in the way of the next delivery's own. One that the store cannot take
/// now (a full disk) is tried until it can; if the process ends before, the delivery is looked up at the next start.
/// </summary>
internal sealed class AckBatcher(StateStore store, MirrorRuntime runtime, DeliveryLog log)
{
    private readonly object _lock = new();
    private readonly WorkSequence _acks = new();
    private readonly RecurringErrorLog _errors = new(
        runtime.Log,
        runtime.Time,
        ListenerLogEvents.StoreWriteFailed,
        ListenerLogLevel.Error
    );
    private List<(DeliveryRecord Delivery, string TargetId)> _waiting = [];
    private TaskCompletionSource<bool> _flush = NewSignal();
    private bool _isWriting;

    /// <summary>The delivery arrived; waits only while more than <paramref name="maxOpen"/> acknowledgements are under
    /// way.</summary>
    public Task DoneAsync(DeliveryRecord delivery, string targetId, int maxOpen, CancellationToken abort)
    {
        long number;
        log.Delivered(delivery, targetId);
        lock (_lock)
        {
            _waiting.Add((delivery, targetId));
            number = _acks.Ask();
            if (!_isWriting)
            {
                _isWriting = true;
                _ = WriteAsync(abort);
            }

            // Before the limit is reached, so that the next delivery need not wait for the disk.
            if (_waiting.Count > maxOpen / 2)
                _flush.TrySetResult(true);
        }

        return Task.FromResult(number - maxOpen);
    }

    /// <summary>The other side will never accept the delivery.</summary>
    public Task FailedAsync(DeliveryRecord delivery, string error, string? targetId, CancellationToken abort) =>
        WriteAsync(() => store.MarkFailedAsync(delivery, error, targetId), abort);

    /// <summary>The delivery is not needed any more.</summary>
    public Task SkippedAsync(DeliveryRecord delivery, CancellationToken abort)
    {
        log.Skipped(delivery);
        return WriteAsync(() => store.MarkSkippedAsync(delivery), abort);
    }

    /// <summary>Has all acknowledgements written now, and waits for it.</summary>
    public async Task FlushAsync(CancellationToken abort)
    {
        lock (_lock)
            _flush.TrySetResult(true);
        try
        {
            await _acks.WhenFinishedAsync(_acks.Asked, abort).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // What is not acknowledged by now is looked up at the next start.
        }
    }

    private static TaskCompletionSource<bool> NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Runs while there are acknowledgements to write.
    private async Task WriteAsync(CancellationToken abort)
    {
        while (true)
        {
            await GatherAsync(abort).ConfigureAwait(false);
            List<(DeliveryRecord Delivery, string TargetId)> batch;
            long newest;
            lock (_lock)
            {
                (batch, _waiting) = (_waiting, []);
                newest = _acks.Asked;
                if (_flush.Task.IsCompleted)
                    _flush = NewSignal();
            }

            await WriteAsync(() => MarkDoneAsync(batch), abort).ConfigureAwait(false);
            _acks.Finish(newest);
            lock (_lock)
            {
                _isWriting = _waiting.Count > 0;
                if (!_isWriting)
                    return;
            }
        }
    }

    private async Task MarkDoneAsync(List<(DeliveryRecord Delivery, string TargetId)> batch)
    {
        runtime.StopPoints.At(StopPoint.BeforeMark, batch[0].Delivery.Direction);
        await store.MarkDoneAsync(batch).ConfigureAwait(false);
        runtime.StopPoints.At(StopPoint.AfterMark, batch[0].Delivery.Direction);
    }

    private async Task GatherAsync(CancellationToken abort)
    {
        Task flush;
        lock (_lock)
            flush = _flush.Task;
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(abort);
        await Task.WhenAny(runtime.Time.Delay(runtime.Options.MarkDelay, cut.Token), flush).ConfigureAwait(false);
        cut.Cancel();
    }

    private async Task WriteAsync(Func<Task> write, CancellationToken abort)
    {
        try
        {
            await new RetryLoop(runtime, _errors).RunAsync(write, abort).ConfigureAwait(false);
            _errors.Resolve();
        }
        catch (OperationCanceledException)
        {
            // It is looked up at the next start.
        }
    }
}
