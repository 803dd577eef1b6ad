namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>How an attempt to be online ended.</summary>
internal readonly record struct ConnectionEnd
{
    /// <summary>Why it ended, for a person; redacted.</summary>
    public required string Reason { get; init; }

    /// <summary>True when a refused token would look just so: REST has to be asked.</summary>
    public bool MayBeTheToken { get; init; }

    /// <summary>How long the server asked to stay away, or null.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How long it was online.</summary>
    public TimeSpan OnlineFor { get; init; }
}
