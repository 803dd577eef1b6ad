namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>
/// Takes what the connection delivers. Every call is awaited before the next frame is read: a slow sink slows the
/// server down, and nothing is ever dropped. What a sink throws ends <see cref="RealtimeConnection.RunAsync"/>.
/// </summary>
internal interface IRealtimeSink
{
    /// <summary>An event, in the order of the server, each once.</summary>
    /// <param name="realtimeEvent">The event.</param>
    /// <param name="cancellationToken">Cancelled when the connection is stopped.</param>
    ValueTask OnEventAsync(RealtimeEvent realtimeEvent, CancellationToken cancellationToken);

    /// <summary>
    /// Events may be missing before the next one: the connection is new (the first one too), or sequence numbers were
    /// skipped. Whoever needs them asks REST from here on; what happens later arrives as events.
    /// </summary>
    /// <param name="reason">Why, for the log; no secrets in it.</param>
    /// <param name="cancellationToken">Cancelled when the connection is stopped.</param>
    ValueTask OnGapAsync(string reason, CancellationToken cancellationToken);

    /// <summary>
    /// The state changed, or there is news about it (the same state with another reason). Must return at once.
    /// </summary>
    /// <param name="state">The state from now on.</param>
    /// <param name="reason">Why, for a person; no secrets in it. Null where the state speaks for itself.</param>
    void OnStateChanged(RealtimeState state, string? reason);
}
