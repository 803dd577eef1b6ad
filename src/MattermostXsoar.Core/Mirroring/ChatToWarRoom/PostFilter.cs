using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>Which posts are mirrored into the War Room: those of people.</summary>
internal static class PostFilter
{
    /// <summary>Whether a person wrote it, and not this bot, another one, a webhook or the server.</summary>
    public static bool IsByPerson(MattermostPost post, string botUserId) =>
        post.UserId != botUserId && !post.IsSystem && !post.IsFromBot && !post.IsFromWebhook;

    /// <summary>Whether it has a text or a file.</summary>
    public static bool HasContent(MattermostPost post) =>
        post.Message.Trim().Length > 0 || post.FileIds is { Count: > 0 };
}
