using MattermostXsoar.Core.Mirroring.Models;

namespace MattermostXsoar.Core.Mirroring.Diagnostics;

/// <summary>A reader of the log, until it is disposed.</summary>
internal sealed class ListenerLogSubscription(
    Action<ListenerLogRecord> write,
    ListenerLogLevel from,
    bool withText,
    Action<ListenerLogSubscription> end
) : IDisposable
{
    public Action<ListenerLogRecord> Write => write;

    public ListenerLogLevel From => from;

    public bool WithText => withText;

    public void Dispose() => end(this);
}
