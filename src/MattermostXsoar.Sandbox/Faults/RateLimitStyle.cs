namespace MattermostXsoar.Sandbox.Faults;

/// <summary>How a 429 says how long to wait.</summary>
public enum RateLimitStyle
{
    /// <summary>In plain text with <see cref="Fault.RetryAfter"/> and <see cref="Fault.RateLimitReset"/> as they are
    /// given, or without headers.</summary>
    AsGiven,

    /// <summary>As Mattermost was recorded: plain text, <c>Retry-After</c> and <c>X-Ratelimit-Reset</c> in
    /// seconds.</summary>
    Mattermost,

    /// <summary>As Mattermost was recorded when it limits by user: its own headers come doubled (<c>3,
    /// 3</c>).</summary>
    MattermostDoubled,

    /// <summary><c>Retry-After</c> in seconds and nothing else.</summary>
    RetryAfterSeconds,

    /// <summary><c>Retry-After</c> as an HTTP date by the server's clock.</summary>
    RetryAfterDate,

    /// <summary><c>X-Ratelimit-Reset</c> in seconds and no <c>Retry-After</c>.</summary>
    RateLimitReset,

    /// <summary>No header that says how long, and no body.</summary>
    NoHeaders,

    /// <summary>A JSON error in the shape of Mattermost's others, with <c>Retry-After</c>, as a gateway before it makes
    /// one.</summary>
    Json,

    /// <summary>A JSON error in XSOAR's shape without a header.</summary>
    Xsoar,
}
