using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace MattermostXsoar.Core.Tests.Http;

/// <summary>A clock on which every wait between two tries passes at once and is written down.</summary>
internal sealed class WaitRecordingTimeProvider : FakeTimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _waits = new();

    public WaitRecordingTimeProvider()
        : base(new DateTimeOffset(2026, 11, 23, 14, 49, 0, TimeSpan.Zero)) { }

    public IReadOnlyList<TimeSpan> Waits => [.. _waits];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        // The time limit of a try is longer than any wait between tries.
        if (dueTime > TimeSpan.Zero && dueTime <= TimeSpan.FromSeconds(60))
        {
            _waits.Enqueue(dueTime);
            Task.Run(() => Advance(dueTime));
        }

        return timer;
    }
}
