namespace MattermostXsoar.Sandbox.Mattermost;

/// <summary>
/// The <c>pending_post_id</c>s of the last half minute: one table for the whole server, whoever sent them (recorded of
/// 11.6: rest-posts-create-pending-*). Used under the world's lock.
/// </summary>
internal sealed class PendingPosts(TimeProvider time)
{
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(30);

    // The post's id; null while the first request is being processed.
    private readonly Dictionary<string, (string? PostId, DateTimeOffset At)> _known = new(StringComparer.Ordinal);
    private readonly Queue<(string PendingId, DateTimeOffset At)> _byAge = new();

    /// <summary>Whether a request with this id was sent within the half minute.</summary>
    /// <param name="pendingId">The client's id.</param>
    /// <param name="postId">The post that it created; null while that request is being processed.</param>
    public bool TryGet(string pendingId, out string? postId)
    {
        RemoveOld();
        var isKnown = _known.TryGetValue(pendingId, out var known);
        postId = known.PostId;
        return isKnown;
    }

    /// <summary>A request with this id is being processed.</summary>
    public void Begin(string pendingId) => Set(pendingId, null);

    /// <summary>The request created a post.</summary>
    public void Complete(string pendingId, string postId) => Set(pendingId, postId);

    private void Set(string pendingId, string? postId)
    {
        var at = time.GetUtcNow();
        _known[pendingId] = (postId, at);
        _byAge.Enqueue((pendingId, at));
    }

    private void RemoveOld()
    {
        var limit = time.GetUtcNow() - Memory;
        while (_byAge.Count > 0 && _byAge.Peek().At < limit)
        {
            var (id, at) = _byAge.Dequeue();
            if (_known.TryGetValue(id, out var known) && known.At == at)
                _known.Remove(id);
        }
    }
}
