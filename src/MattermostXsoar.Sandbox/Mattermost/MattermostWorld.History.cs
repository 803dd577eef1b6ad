using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost;

/// <content>
/// The limit of the message history, as recorded of 11.6: older posts are hidden. They are still in the database, their
/// reactions can be read and they can be replied to.
/// </content>
public sealed partial class MattermostWorld
{
    private readonly Queue<long> _newestOfPeople = new();
    private int? _historyLimit;
    private long _hiddenBefore;

    /// <summary>How many of the newest posts of people on the whole server are accessible, those of bots and of the
    /// server not counted; null for all. A free edition has 10,000 since 11.</summary>
    public int? HistoryLimit
    {
        get => Locked(() => _historyLimit);
        set
        {
            lock (_gate)
            {
                _historyLimit = value;
                _newestOfPeople.Clear();
                foreach (var post in _posts.Values.Where(IsOfPerson).OrderBy(static post => post.CreateAt))
                    CountForHistory(post);
            }
        }
    }

    /// <summary>Posts that were created before this time, in ms since the epoch, are hidden; 0 if none is.</summary>
    public long LastAccessiblePostTime
    {
        get
        {
            lock (_gate)
            {
                var counted = _historyLimit is { } limit && _newestOfPeople.Count >= limit ? _newestOfPeople.Peek() : 0;
                return Math.Max(counted, _hiddenBefore);
            }
        }
    }

    /// <summary>Hides all posts of the server that were created before this time, in ms since the epoch, whatever the
    /// <see cref="HistoryLimit"/>; 0 shows them again.</summary>
    public void HideBefore(long createAt)
    {
        lock (_gate)
            _hiddenBefore = createAt;
    }

    /// <summary>Hides all posts of the server that are older than this one.</summary>
    public void HideBefore(string postId)
    {
        lock (_gate)
            _hiddenBefore = PostCore(postId).CreateAt;
    }

    /// <summary>Whether a post is older than the accessible history.</summary>
    internal bool IsHidden(SandboxPost post) => post.CreateAt < LastAccessiblePostTime;

    /// <summary>The post, unless it is hidden.</summary>
    internal SandboxPost Accessible(SandboxPost post) => IsHidden(post) ? throw MattermostException.HiddenPost() : post;

    private bool IsOfPerson(SandboxPost post) =>
        !post.IsSystem && _users.TryGetValue(post.UserId, out var author) && !author.IsBot;

    private void CountForHistory(SandboxPost post)
    {
        if (_historyLimit is not { } limit || !IsOfPerson(post))
            return;
        _newestOfPeople.Enqueue(post.CreateAt);
        while (_newestOfPeople.Count > limit)
            _newestOfPeople.Dequeue();
    }
}
