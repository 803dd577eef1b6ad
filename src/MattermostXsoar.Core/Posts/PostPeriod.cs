using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.Posts;

/// <summary>When posts were written: at <paramref name="Since"/> or later, and before <paramref name="Before"/>.</summary>
internal readonly record struct PostPeriod(DateTimeOffset? Since, DateTimeOffset? Before)
{
    public bool Contains(MattermostPost post) => !IsTooOld(post) && !IsTooNew(post);

    public bool IsTooOld(MattermostPost post) => Since is { } since && post.CreateAtMs < since.ToUnixTimeMilliseconds();

    private bool IsTooNew(MattermostPost post) =>
        Before is { } before && post.CreateAtMs >= before.ToUnixTimeMilliseconds();
}
