namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>What a read from the websocket brought.</summary>
internal enum MessageRead
{
    /// <summary>A whole message.</summary>
    Whole,

    /// <summary>The other side closes.</summary>
    Closed,

    /// <summary>More than is accepted.</summary>
    TooLarge,
}
