namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>The limits of the websocket connection. The defaults suit a real server; tests shorten them.</summary>
internal sealed record RealtimeOptions
{
    /// <summary>How often the server is asked for a sign of life, as Mattermost's own client does.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after a ping nothing may arrive before the connection counts as dead.</summary>
    public TimeSpan PongTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the server has to welcome us; it drops who has not authenticated after 5 s itself.</summary>
    public TimeSpan HelloTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long name lookup, TCP, TLS and upgrade may take together.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long the REST question whether the token is good may take.</summary>
    public TimeSpan TokenCheckTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The shortest wait before the first new attempt.</summary>
    public TimeSpan FirstRetryMinimum { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest wait before the first new attempt.</summary>
    public TimeSpan FirstRetryMaximum { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait before the second attempt; each further one doubles it.</summary>
    public TimeSpan BackoffBase { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Where the doubling ends. Mattermost's web client goes to five minutes; an analyst whose server is back wants the
    /// mirror back now, and one listener per server every half minute is no load.
    /// </summary>
    public TimeSpan BackoffMaximum { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection that lasted this long was a good one: the back-off starts anew.</summary>
    public TimeSpan StableAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest a server's Retry-After is obeyed.</summary>
    public TimeSpan RetryAfterMaximum { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a refused token is tried again.</summary>
    public TimeSpan TokenRetryInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a closing handshake may take before the socket is cut.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The largest message that is accepted, in bytes. The server's own are a few KB, its largest a few
    /// hundred.</summary>
    public int MaxMessageBytes { get; init; } = 64 * 1024 * 1024;
}
