using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mirroring.ChatToWarRoom;

/// <summary>A post as an event or a reading showed it.</summary>
internal readonly record struct PostEvent(PostEventKind Change, MattermostPost Post)
{
    /// <summary>When that happened, by the server's clock (ms). An event of a deletion does not tell.</summary>
    public long At =>
        Change switch
        {
            PostEventKind.Said => Post.CreateAtMs,
            PostEventKind.Changed => Post.EditAtMs,
            _ => Math.Max(Post.DeleteAtMs, Post.UpdateAtMs),
        };
}
