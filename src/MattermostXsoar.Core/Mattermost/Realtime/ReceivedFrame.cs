namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>
/// What to do after a frame, in this order: <see cref="CameOnline"/>, <see cref="Gap"/>, <see cref="ResumeDone"/>, <see cref="Event"/>,
/// <see cref="Notice"/>, <see cref="Failure"/>. The default value means nothing.
/// </summary>
internal readonly record struct ReceivedFrame
{
    /// <summary>True if this frame shows that the server accepted the connection.</summary>
    public bool CameOnline { get; init; }

    /// <summary>True with <see cref="CameOnline"/> if the last connection was resumed.</summary>
    public bool Resumed { get; init; }

    /// <summary>
    /// True if the last connection was resumed and all that the server had kept of it has been received: what it lost
    /// in the moment of the resume shows no gap.
    /// </summary>
    public bool ResumeDone { get; init; }

    /// <summary>Why events may be missing before this frame, or null.</summary>
    public string? Gap { get; init; }

    /// <summary>The event to deliver, or null.</summary>
    public RealtimeEvent? Event { get; init; }

    /// <summary>A message for people, redacted; or null.</summary>
    public string? Notice { get; init; }

    /// <summary>Why the connection must be closed, or null.</summary>
    public string? Failure { get; init; }

    /// <summary>True with <see cref="Failure"/> if the server no longer accepts the token.</summary>
    public bool TokenRefused { get; init; }
}
