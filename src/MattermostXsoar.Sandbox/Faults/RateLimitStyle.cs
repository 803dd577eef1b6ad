namespace MattermostXsoar.Sandbox.Faults;

/// <summary>How a 429 says how long to wait.</summary>
public enum RateLimitStyle
{
    /// <summary>In plain text, with <see cref="Fault.RetryAfter"/> and <see cref="Fault.RateLimitReset"/> unchanged, or
    /// without headers.</summary>
    AsGiven,

    /// <summary>As recorded of Mattermost: plain text, <c>Retry-After</c> and <c>X-Ratelimit-Reset</c> in
    /// seconds.</summary>
    Mattermost,

    /// <summary>As recorded of Mattermost when it limits by user: its headers are doubled (<c>3, 3</c>).</summary>
    MattermostDoubled,

    /// <summary><c>Retry-After</c> in seconds and nothing else.</summary>
    RetryAfterSeconds,

    /// <summary><c>Retry-After</c> as an HTTP date by the server's clock.</summary>
    RetryAfterDate,

    /// <summary><c>X-Ratelimit-Reset</c> in seconds and no <c>Retry-After</c>.</summary>
    RateLimitReset,

    /// <summary>Neither a header with the time to wait nor a body.</summary>
    NoHeaders,

    /// <summary>A JSON error in the form of Mattermost's errors, with <c>Retry-After</c>, as a gateway in front of it
    /// makes one.</summary>
    Json,

    /// <summary>A JSON error in XSOAR's form without a header.</summary>
    Xsoar,
}
