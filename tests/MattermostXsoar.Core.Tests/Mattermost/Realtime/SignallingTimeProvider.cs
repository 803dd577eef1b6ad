using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace MattermostXsoar.Core.Tests.Mattermost.Realtime;

/// <summary>A clock that a test moves on, and that reports when somebody begins to wait.</summary>
internal sealed class SignallingTimeProvider : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _waits.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits until somebody waits in the way looked for, and returns for how long.</summary>
    public async Task<TimeSpan> WaitAsync(Func<TimeSpan, bool> isWanted)
    {
        while (true)
        {
            var wait = await _waits.Reader.ReadAsync().InTime();
            if (isWanted(wait))
                return wait;
        }
    }
}
