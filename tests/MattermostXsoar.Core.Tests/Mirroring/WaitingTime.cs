using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace MattermostXsoar.Core.Tests.Mirroring;

/// <summary>A clock that a test moves, and that reports which waits begin by it.</summary>
internal sealed class WaitingTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    /// <summary>The next wait that began and was not asked for yet.</summary>
    public ValueTask<TimeSpan> NextWaitAsync(CancellationToken cancellationToken) =>
        _waits.Reader.ReadAsync(cancellationToken);

    /// <summary>Those that began until now are not reported.</summary>
    public void ForgetWaits()
    {
        while (_waits.Reader.TryRead(out _)) { }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _waits.Writer.TryWrite(dueTime);
        return timer;
    }
}
