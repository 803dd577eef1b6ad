using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace MattermostXsoar.Sandbox.Tests.Support;

/// <summary>A clock that a test moves on, and that tells when the sandbox has begun to wait.</summary>
internal sealed class WaitClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _waits.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Lets a wait of this length begin, and then end. The clock moves no further than that, so that nothing
    /// else runs out.</summary>
    public async Task PassAsync(TimeSpan wait)
    {
        await BegunAsync(wait);
        Advance(wait);
    }

    /// <summary>Waits until a wait of this length has begun.</summary>
    public async Task BegunAsync(TimeSpan wait)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        while (await _waits.Reader.ReadAsync(deadline.Token) != wait) { }
    }
}
