namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>
/// Receives what the connection delivers. Every call is awaited before the next frame is read: a slow sink slows the
/// server down, and nothing is dropped. An exception of a sink ends <see cref="RealtimeConnection.RunAsync"/>.
/// </summary>
internal interface IRealtimeSink
{
    /// <summary>An event: in the order of the server, and each only once.</summary>
    /// <param name="realtimeEvent">The event.</param>
    /// <param name="cancellationToken">Cancelled when the connection is stopped.</param>
    ValueTask OnEventAsync(RealtimeEvent realtimeEvent, CancellationToken cancellationToken);

    /// <summary>
    /// Events before the next one may be missing: the connection is new (as the first one is), or sequence numbers were
    /// skipped. The missing ones must be read with REST; later ones arrive as events.
    /// </summary>
    /// <param name="reason">The reason, for the log; without secrets.</param>
    /// <param name="cancellationToken">Cancelled when the connection is stopped.</param>
    ValueTask OnGapAsync(string reason, CancellationToken cancellationToken);

    /// <summary>
    /// The last connection was resumed: the events that the server had kept follow, but one that was published in the
    /// moment of the resume may be missing all the same. Must return at once.
    /// </summary>
    void OnResumed();

    /// <summary>The events that the server had kept were delivered. Must return at once.</summary>
    void OnResumeDone();

    /// <summary>
    /// The state changed, or its reason did. Must return at once.
    /// </summary>
    /// <param name="state">The new state.</param>
    /// <param name="reason">The reason, for people; without secrets. Null if there is none.</param>
    void OnStateChanged(RealtimeState state, string? reason);
}
