namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>
/// What a frame asks for, to be done in this order: <see cref="CameOnline"/>, <see cref="Gap"/>, <see cref="Event"/>,
/// <see cref="Notice"/>, <see cref="Broken"/>. The default value asks for nothing.
/// </summary>
internal readonly record struct ReceivedFrame
{
    /// <summary>True when this frame shows that the connection is accepted.</summary>
    public bool CameOnline { get; init; }

    /// <summary>True with <see cref="CameOnline"/> when the server goes on where the last connection ended.</summary>
    public bool Resumed { get; init; }

    /// <summary>Why events may be missing before this frame, or null.</summary>
    public string? Gap { get; init; }

    /// <summary>The event to hand on, or null.</summary>
    public RealtimeEvent? Event { get; init; }

    /// <summary>Something to tell a person, redacted; or null.</summary>
    public string? Notice { get; init; }

    /// <summary>Why the connection has to be given up, or null.</summary>
    public string? Broken { get; init; }

    /// <summary>True with <see cref="Broken"/> when the server said that it no longer accepts the token.</summary>
    public bool TokenRefused { get; init; }
}
