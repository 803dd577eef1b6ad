namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>The server answered the upgrade with something other than a websocket.</summary>
internal sealed class UpgradeRefusedException(
    int status,
    TimeSpan? retryAfter,
    string? location,
    Exception innerException
) : Exception($"HTTP {status}", innerException)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>How long the server asked to wait (ws-upgrade-429-ratelimited.json), or null.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>The target of a redirect, or null. It is not followed, since the token would be sent there.</summary>
    public string? Location { get; } = location;
}
