using System.Collections.Concurrent;
using MattermostXsoar.Core.Mattermost.Realtime;
using MattermostXsoar.Core.Mirroring.Engine;

namespace MattermostXsoar.Core.Tests.Mirroring.Engine;

/// <summary>A part of the listener that notes what it is told.</summary>
internal sealed class RecordingPart : IListenerPart
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The kinds of events and "gap", in their order.</summary>
    public ConcurrentQueue<string> Told { get; } = new();

    /// <summary>How often it has begun to run.</summary>
    public int Runs { get; private set; }

    /// <summary>Ends when it was stopped.</summary>
    public Task Ended => _ended.Task;

    /// <summary>What a run does, given its number from 1 on; null to wait until it is stopped.</summary>
    public Func<int, CancellationToken, Task>? Run { get; init; }

    /// <summary>What an event makes it do; null for nothing.</summary>
    public Action<RealtimeEvent>? On { get; init; }

    public async Task RunAsync(CancellationToken stopping)
    {
        Runs++;
        try
        {
            await (Run?.Invoke(Runs, stopping) ?? UntilAsync(stopping));
        }
        catch (OperationCanceledException)
        {
            _ended.TrySetResult();
            throw;
        }
    }

    /// <summary>Ends as cancelled when it is.</summary>
    public static async Task UntilAsync(CancellationToken stopping)
    {
        var stopped = new TaskCompletionSource();
        using var registration = stopping.Register(() => stopped.TrySetCanceled(stopping));
        await stopped.Task;
    }

    public void OnEvent(RealtimeEvent realtimeEvent)
    {
        Told.Enqueue(realtimeEvent.Event);
        On?.Invoke(realtimeEvent);
    }

    public void OnGap() => Told.Enqueue("gap");
}
