using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost;

/// <content>Old posts are removed when there are too many, as by a retention policy, without an event.</content>
public sealed partial class MattermostWorld
{
    private readonly Queue<SandboxPost> _postsByAge = new();

    private void Retain(SandboxPost post)
    {
        _postsByAge.Enqueue(post);
        // A tenth at a time: removing posts from a channel's list costs the same for one as for many.
        if (_postsByAge.Count > _options.PostCapacity + (_options.PostCapacity / 10))
            ForgetOldest(_postsByAge.Count - _options.PostCapacity);
    }

    private void ForgetOldest(int count)
    {
        var gone = new HashSet<SandboxPost>();
        for (var i = 0; i < count; i++)
        {
            var oldest = _postsByAge.Dequeue();
            gone.Add(oldest);
            // A thread must not be left without its first post.
            gone.UnionWith(oldest.Replies ?? []);
        }
        foreach (var channelId in gone.Select(static it => it.ChannelId).Distinct())
            _channels.GetValueOrDefault(channelId)?.Posts.RemoveAll(gone.Contains);
        foreach (var post in gone)
        {
            _posts.Remove(post.Id);
            foreach (var id in post.FileIds)
            {
                if (_files.Remove(id, out var file))
                    file.Stored.Dispose();
            }
        }
    }
}
