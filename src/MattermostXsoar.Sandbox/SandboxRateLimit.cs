namespace MattermostXsoar.Sandbox;

/// <summary>A server's <c>RateLimitSettings</c>: requests over the limit are answered with 429.</summary>
public sealed record SandboxRateLimit
{
    /// <summary>How many requests per second are allowed in the long run (<c>PerSec</c>).</summary>
    public int PerSecond { get; init; } = 10;

    /// <summary>How many more may come at once (<c>MaxBurst</c>).</summary>
    public int MaxBurst { get; init; } = 100;

    /// <summary>Whether each user has an allowance of their own (<c>VaryByUser</c>), besides the one of each token.
    /// Otherwise it is one for all of an address.</summary>
    public bool VaryByUser { get; init; }
}
