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

    /// <summary>Where the server wants us to go, or null. Nobody follows there with a token.</summary>
    public string? Location { get; } = location;
}
