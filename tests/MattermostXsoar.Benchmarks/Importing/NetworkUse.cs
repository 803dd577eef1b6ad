using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace MattermostXsoar.Benchmarks.Importing;

/// <summary>Records the framework's events about sockets, name resolution and HTTP requests in this process.</summary>
internal sealed class NetworkUse : EventListener
{
    private readonly ConcurrentQueue<string> _events = new();

    public IReadOnlyCollection<string> Events => _events;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name is "System.Net.Sockets" or "System.Net.NameResolution" or "System.Net.Http")
            EnableEvents(eventSource, EventLevel.Informational);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // The first event that a listener gets is the source's own description, not a use of the network.
        if (eventData.EventId > 0)
            _events.Enqueue($"{eventData.EventSource.Name}/{eventData.EventName}");
    }
}
