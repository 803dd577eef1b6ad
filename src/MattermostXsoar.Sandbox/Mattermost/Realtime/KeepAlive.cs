using System.Net.WebSockets;
using MattermostXsoar.Sandbox.Faults;

namespace MattermostXsoar.Sandbox.Mattermost.Realtime;

/// <summary>Pings a client and drops it when it no longer answers.</summary>
internal sealed class KeepAlive(
    PingStream stream,
    FreezeGate freeze,
    TimeProvider timeProvider,
    Func<bool> isMute,
    Action drop
)
{
    /// <summary>How often the server pings; recorded in ws-session-client-pongs.json.</summary>
    public static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(60);

    /// <summary>How long the server waits for a pong, from the opening or the previous pong; recorded in
    /// ws-session-client-sends-no-pong.json.</summary>
    public static readonly TimeSpan PongTimeout = TimeSpan.FromSeconds(100);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var deadline = timeProvider.CreateTimer(
            static drop => ((Action)drop!)(),
            drop,
            PongTimeout,
            Timeout.InfiniteTimeSpan
        );
        stream.Pong = () => deadline.Change(PongTimeout, Timeout.InfiniteTimeSpan);
        using var ticks = new PeriodicTimer(PingInterval, timeProvider);
        try
        {
            while (await ticks.WaitForNextTickAsync(cancellationToken))
            {
                await freeze.WaitAsync(cancellationToken);
                if (!isMute())
                    await stream.PingAsync(cancellationToken);
            }
        }
        catch (Exception error)
            when (error
                    is OperationCanceledException
                        or IOException
                        or ObjectDisposedException
                        or InvalidOperationException
                        or WebSocketException
            )
        {
            // The socket has ended; the reading side notices that too.
        }
    }
}
