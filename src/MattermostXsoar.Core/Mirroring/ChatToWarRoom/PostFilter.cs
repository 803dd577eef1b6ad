using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Outbox;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>
/// Which posts are mirrored into the War Room: those of people. The posts of other bots are recognised by their author
/// when they are delivered (<see cref="WarRoomSink"/>). The properties of a post prove nothing about its author: anybody
/// may set <c>from_bot</c> or <c>from_webhook</c> in their own post, also later (recorded of 11.6, rest.md).
/// </summary>
internal static class PostFilter
{
    /// <summary>Whether neither this bot nor the server wrote it.</summary>
    public static bool MayBeByPerson(MattermostPost post, string botUserId) =>
        post.UserId != botUserId && !post.IsSystem;

    /// <summary>Whether it has a text, a message attachment or a file.</summary>
    public static bool HasContent(MattermostPost post) =>
        post.FileIds is { Count: > 0 } || PostText.Of(post).Trim().Length > 0;
}
