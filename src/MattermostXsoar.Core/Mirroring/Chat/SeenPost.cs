using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Mirroring.Chat;

/// <summary>A post as an event or a reading showed it.</summary>
internal readonly record struct SeenPost(PostChange Change, MattermostPost Post)
{
    /// <summary>When that happened, by the server's clock (ms). An event of a deletion does not tell.</summary>
    public long At => Change switch
    {
        PostChange.Said => Post.CreateAtMs,
        PostChange.Changed => Post.EditAtMs,
        _ => Math.Max(Post.DeleteAtMs, Post.UpdateAtMs),
    };
}
