using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mirroring.Chat;

/// <summary>Which posts a mirror carries into the War Room: what people say.</summary>
internal static class PostFilter
{
    public static bool IsCarried(MattermostPost post, string botUserId) =>
        post.UserId != botUserId
        && post.DeleteAtMs == 0
        && !post.IsSystem
        && !post.IsFromBot
        && !post.IsFromWebhook
        && (post.Message.Trim().Length > 0 || post.FileIds is { Count: > 0 });
}
