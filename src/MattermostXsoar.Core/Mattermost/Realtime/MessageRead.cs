namespace MattermostXsoar.Core.Mattermost.Realtime;

/// <summary>The result of reading from the websocket.</summary>
internal enum MessageRead
{
    /// <summary>A complete message.</summary>
    Whole,

    /// <summary>The server closes the connection.</summary>
    Closed,

    /// <summary>A message that is larger than the limit.</summary>
    TooLarge,
}
