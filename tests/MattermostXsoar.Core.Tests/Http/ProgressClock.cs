using MattermostXsoar.Core.Tests.Mirroring;
using Microsoft.Extensions.Time.Testing;

namespace MattermostXsoar.Core.Tests.Http;

/// <summary>A clock that a test moves, and that reports when one of its timers is set again, as each bit of progress does
/// with a limit of inactivity.</summary>
internal sealed class ProgressClock : FakeTimeProvider
{
    private readonly Signal _changed = new();
    private long _changes;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ProgressTimer(base.CreateTimer(callback, state, dueTime, period), this);

    /// <summary>Moves the clock whenever a timer was set again, until the task is completed.</summary>
    public async Task AdvanceUntilAsync(Task completed, TimeSpan step, CancellationToken cancellationToken)
    {
        while (!completed.IsCompleted)
        {
            var seen = Interlocked.Read(ref _changes);
            Advance(step);
            await Task.WhenAny(
                completed,
                _changed.WhenAsync(() => Interlocked.Read(ref _changes) > seen, cancellationToken)
            );
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private void Note()
    {
        Interlocked.Increment(ref _changes);
        _changed.Pulse();
    }

    private sealed class ProgressTimer(ITimer inner, ProgressClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = inner.Change(dueTime, period);
            clock.Note();
            return changed;
        }

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
