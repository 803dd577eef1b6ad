namespace MattermostXsoar.Core.Mattermost;

/// <summary>Which of a session's two tokens a client uses.</summary>
internal enum TokenRole
{
    /// <summary>The bot's: posts, uploads, listens.</summary>
    Bot,

    /// <summary>A person's: reads and administers.</summary>
    Personal,
}
