using MattermostXsoar.Core.Concurrency;
using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Resilience;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.Mirroring.Outbox;

/// <summary>
/// Marks lines in the store without holding up the next one. Marks are gathered for a moment and written together: a
/// commit for each would stand in the way of the next line's own. A mark that the store cannot take now (a full disk)
/// is tried until it can; if the process ends before, the line is looked up at the next start.
/// </summary>
internal sealed class AckBatcher(MirrorContext context, DeliveryLog log)
{
    private readonly object _lock = new();
    private readonly WorkSequence _marks = new();
    private readonly RecurringErrorLog _trouble = new(
        context.Log,
        context.Time,
        ListenerLogEvents.StoreWriteFailed,
        ListenerLogLevel.Error
    );
    private List<(DeliveryRecord Line, string TargetId)> _waiting = [];
    private TaskCompletionSource<bool> _hurry = NewSignal();
    private bool _isWriting;

    /// <summary>Marks a line as arrived; waits only while more than <paramref name="mostOpen"/> marks are under
    /// way.</summary>
    public Task DoneAsync(DeliveryRecord line, string targetId, int mostOpen, CancellationToken abort)
    {
        long number;
        log.Delivered(line, targetId);
        lock (_lock)
        {
            _waiting.Add((line, targetId));
            number = _marks.Ask();
            if (!_isWriting)
            {
                _isWriting = true;
                _ = WriteAsync(abort);
            }

            // Before the limit is reached, so that the next line need not wait for the disk.
            if (_waiting.Count > mostOpen / 2)
                _hurry.TrySetResult(true);
        }

        return _marks.WhenFinishedAsync(number - mostOpen, abort);
    }

    /// <summary>Marks a line as refused.</summary>
    public Task FailedAsync(DeliveryRecord line, string error, string? targetId, CancellationToken abort) =>
        TryAsync(() => context.Store.MarkFailedAsync(line, error, targetId), abort);

    /// <summary>Marks a line as one that needs not be said.</summary>
    public Task SkippedAsync(DeliveryRecord line, CancellationToken abort)
    {
        log.Skipped(line);
        return TryAsync(() => context.Store.MarkSkippedAsync(line), abort);
    }

    /// <summary>Has all marks written now, and waits for it.</summary>
    public async Task FinishAsync(CancellationToken abort)
    {
        lock (_lock)
            _hurry.TrySetResult(true);
        try
        {
            await _marks.WhenFinishedAsync(_marks.Asked, abort).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // What is not marked by now is looked up at the next start.
        }
    }

    private static TaskCompletionSource<bool> NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Runs while there are marks to write.
    private async Task WriteAsync(CancellationToken abort)
    {
        while (true)
        {
            await GatherAsync(abort).ConfigureAwait(false);
            List<(DeliveryRecord Line, string TargetId)> marks;
            long newest;
            lock (_lock)
            {
                (marks, _waiting) = (_waiting, []);
                newest = _marks.Asked;
                if (_hurry.Task.IsCompleted)
                    _hurry = NewSignal();
            }

            await TryAsync(() => MarkAsync(marks), abort).ConfigureAwait(false);
            _marks.Finish(newest);
            lock (_lock)
            {
                _isWriting = _waiting.Count > 0;
                if (!_isWriting)
                    return;
            }
        }
    }

    private async Task MarkAsync(List<(DeliveryRecord Line, string TargetId)> marks)
    {
        context.StopPoints.At(StopPoint.BeforeMark, marks[0].Line.Direction);
        await context.Store.MarkDoneAsync(marks).ConfigureAwait(false);
        context.StopPoints.At(StopPoint.AfterMark, marks[0].Line.Direction);
    }

    private async Task GatherAsync(CancellationToken abort)
    {
        Task hurry;
        lock (_lock)
            hurry = _hurry.Task;
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(abort);
        await Task.WhenAny(context.Time.Delay(context.Options.MarkDelay, cut.Token), hurry).ConfigureAwait(false);
        cut.Cancel();
    }

    private async Task TryAsync(Func<Task> write, CancellationToken abort)
    {
        var backoff = new Backoff(context.Options, context.Random);
        while (true)
        {
            try
            {
                await write().ConfigureAwait(false);
                _trouble.Resolve();
                return;
            }
            catch (MattermostXsoarException exception)
            {
                _trouble.Report(exception);
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
