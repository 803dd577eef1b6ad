namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>The limits of the websocket connection. The defaults suit a real server; tests shorten them.</summary>
internal sealed record RealtimeOptions
{
    /// <summary>The interval of pings; the same as that of Mattermost's own client.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after a ping the connection is kept without any message.</summary>
    public TimeSpan PongTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long to wait for the hello; the server itself closes an unauthenticated connection after 5 s.
    /// </summary>
    public TimeSpan HelloTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The time limit for name resolution, TCP, TLS and upgrade together.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The time limit for checking the token with REST.</summary>
    public TimeSpan TokenCheckTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The shortest wait before the first new attempt.</summary>
    public TimeSpan FirstRetryMinimum { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait before the first new attempt.</summary>
    public TimeSpan FirstRetryMaximum { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait before the second attempt; each further one doubles it.</summary>
    public TimeSpan BackoffBase { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The limit of the doubling. Mattermost's web client waits up to five minutes; an analyst whose server is back
    /// wants the mirror back soon, and one attempt every half minute is no load.
    /// </summary>
    public TimeSpan BackoffMaximum { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection that lasted this long was stable: the back-off starts anew.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest Retry-After that is respected.</summary>
    public TimeSpan RetryAfterMaximum { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a refused token is tried again.</summary>
    public TimeSpan TokenRetryInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The time limit for the closing handshake.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The largest message that is accepted, in bytes. Those of the server have a few KB, the largest a few hundred.
    /// </summary>
    public int MaxMessageBytes { get; init; } = 64 * 1024 * 1024;
}
