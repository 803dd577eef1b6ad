using System.Text;

namespace MattermostXsoar.Sandbox.Faults;

/// <summary>What faults do to the frames of one websocket.</summary>
internal sealed class FrameFaults(FaultSet faults, TimeProvider clock)
{
    private byte[]? _held;

    /// <summary>Sends a frame, or applies a fault to it. A cut or a freeze is returned, for the socket to do.</summary>
    public async ValueTask<FaultKind?> SendAsync(
        string eventName,
        byte[] frame,
        Func<byte[], Task> send,
        CancellationToken cancellationToken
    )
    {
        var fault = faults.ForFrame(eventName);
        switch (fault?.Kind)
        {
            case FaultKind.WebSocketCut or FaultKind.WebSocketFreeze:
                return fault.Kind;
            case FaultKind.WebSocketDropFrames:
                return null;
            case FaultKind.WebSocketReorder when _held is null:
                _held = frame;
                return null;
            case FaultKind.WebSocketGarbage:
                frame = fault.Body is { } body ? Encoding.UTF8.GetBytes(body) : frame[..(frame.Length / 2)];
                break;
            case FaultKind.WebSocketDuplicate:
                await send(frame);
                break;
            case FaultKind.WebSocketDelay:
                await Task.Delay(fault.Delay, clock, cancellationToken);
                break;
        }
        await send(frame);
        if (Interlocked.Exchange(ref _held, null) is { } late)
            await send(late);
        return null;
    }
}
