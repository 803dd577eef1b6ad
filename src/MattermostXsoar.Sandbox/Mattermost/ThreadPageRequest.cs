namespace MattermostXsoar.Sandbox.Mattermost;

/// <summary>Which part of a thread a client asks for.</summary>
internal sealed record ThreadPageRequest
{
    /// <summary>How many posts; 0 for all.</summary>
    public int Size { get; init; }

    /// <summary><c>up</c> for the newest first, <c>down</c> for the oldest first; empty for no order.</summary>
    public string Direction { get; init; } = "";

    /// <summary>Where the page begins, exclusively; 0 for at the end of the thread.</summary>
    public long FromCreateAt { get; init; }

    /// <summary>The post at which it begins.</summary>
    public string FromPost { get; init; } = "";

    /// <summary>Only posts that changed then or later; 0 for all.</summary>
    public long FromUpdateAt { get; init; }

    /// <summary>Only the post itself.</summary>
    public bool OnlyPost { get; init; }
}
