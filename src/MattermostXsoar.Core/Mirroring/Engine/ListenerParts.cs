using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Realtime;
using MattermostXsoar.Core.Mirroring.Diagnostics;
using MattermostXsoar.Core.Mirroring.Models;
using MattermostXsoar.Core.Mirroring.Resilience;

namespace MattermostXsoar.Core.Mirroring.Engine;

/// <summary>
/// The listener's further parts. Gives each event to the mirrors and then to the parts. What goes wrong in a part ends
/// neither the listener nor another part.
/// </summary>
internal sealed class ListenerParts
{
    private readonly MirrorRuntime _runtime;
    private readonly List<IListenerPart> _parts;

    public ListenerParts(MirrorContext context, IReadOnlyList<Func<MirrorContext, IListenerPart>> parts)
    {
        _runtime = context.Runtime;
        _parts = parts.Select(create => create(context)).ToList();
    }

    /// <summary>Runs the parts until <paramref name="stopping"/> is cancelled, also if there are none.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        await Task.WhenAll(_parts.Select(part => Task.Run(() => RunAsync(part, stopping), CancellationToken.None)))
            .ConfigureAwait(false);
        await Task.Delay(Timeout.Infinite, stopping).ConfigureAwait(false);
    }

    /// <summary>Receives the connection's events for the mirrors and the parts.</summary>
    /// <param name="mirrors">The mirrors; they get each event first.</param>
    public IRealtimeSink SinkAfter(IRealtimeSink mirrors) =>
        _parts.Count == 0 ? mirrors : new EventFanOut(mirrors, this);

    /// <summary>Gives each part an event.</summary>
    public void OnEvent(RealtimeEvent realtimeEvent)
    {
        foreach (var part in _parts)
        {
            try
            {
                part.OnEvent(realtimeEvent);
            }
            catch (Exception exception)
            {
                Report(part, exception);
                NoteGap(part);
            }
        }
    }

    /// <summary>Tells each part that events may be missing.</summary>
    public void OnGap()
    {
        foreach (var part in _parts)
            NoteGap(part);
    }

    private void NoteGap(IListenerPart part)
    {
        try
        {
            part.OnGap();
        }
        catch (Exception exception)
        {
            Report(part, exception);
        }
    }

    private async Task RunAsync(IListenerPart part, CancellationToken stopping)
    {
        var what = new RecurringErrorLog(
            _runtime.Log,
            _runtime.Time,
            ListenerLogEvents.PartFailed,
            ListenerLogLevel.Error
        );
        await new RetryLoop(_runtime, what)
            .RunAsync(() => part.RunAsync(stopping), stopping, Judge)
            .ConfigureAwait(false);
    }

    // Each repeats its own calls; what leaves it was foreseen by nobody. A store that cannot be used passes.
    private static FailureAction Judge(Exception exception) =>
        exception is MattermostXsoarException { Kind: ErrorKind.Store } ? FailureAction.Retry : FailureAction.Restart;

    private void Report(IListenerPart part, Exception exception) =>
        _runtime.Log.Error(
            ListenerLogEvents.PartFailed,
            $"{part.GetType().Name}: {exception.GetType().Name}: {exception.Message}",
            null,
            new() { Error = exception }
        );
}
