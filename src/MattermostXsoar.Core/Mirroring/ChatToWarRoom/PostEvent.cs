using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>Something that happened to a post, as an event or a reading showed it.</summary>
internal readonly record struct PostEvent(PostEventKind Kind, MattermostPost Post)
{
    /// <summary>When that happened, by the server's clock (ms). The event of a deletion does not have that.</summary>
    public long At =>
        Kind switch
        {
            PostEventKind.Created => Post.CreateAtMs,
            PostEventKind.Updated => Post.EditAtMs > 0 ? Post.EditAtMs : Post.UpdateAtMs,
            PostEventKind.Annotated => 0,
            _ => Math.Max(Post.DeleteAtMs, Post.UpdateAtMs),
        };
}
