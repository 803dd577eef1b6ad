using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>Which posts a mirror carries into the War Room: what people say.</summary>
internal static class PostFilter
{
    /// <summary>Whether a person wrote it, and not this bot, another one, a webhook or the server.</summary>
    public static bool IsByPerson(MattermostPost post, string botUserId) =>
        post.UserId != botUserId && !post.IsSystem && !post.IsFromBot && !post.IsFromWebhook;

    /// <summary>Whether there is anything to carry.</summary>
    public static bool SaysSomething(MattermostPost post) =>
        post.Message.Trim().Length > 0 || post.FileIds is { Count: > 0 };
}
