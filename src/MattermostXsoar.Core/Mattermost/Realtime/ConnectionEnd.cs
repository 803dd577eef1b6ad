namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>How a connection, or the attempt to open one, ended.</summary>
internal readonly record struct ConnectionEnd
{
    /// <summary>Why it ended, for people; redacted.</summary>
    public required string Reason { get; init; }

    /// <summary>True if the token may be the cause: REST must be asked.</summary>
    public bool TokenMayBeInvalid { get; init; }

    /// <summary>How long the server asked to wait, or null.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How long the connection was online.</summary>
    public TimeSpan OnlineFor { get; init; }
}
