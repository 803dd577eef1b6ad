namespace MattermostXsoar.Core.Mattermost;

/// <summary>Which of a session's two tokens a client uses.</summary>
internal enum TokenRole
{
    /// <summary>The bot's token: posts, uploads, listens.</summary>
    Bot,

    /// <summary>The personal access token: reads and administers.</summary>
    Personal,
}
