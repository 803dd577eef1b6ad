using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost;

/// <content>The earlier versions of edited posts, and the files that an edit adds or removes.</content>
public sealed partial class MattermostWorld
{
    /// <summary>The author changes the files of a post: those that are not in it yet are attached, those that are not
    /// named are removed.</summary>
    public SandboxPost ChangeFiles(string postId, IReadOnlyList<string> fileIds)
    {
        var post = PostCore(postId);
        return Update(post, post.Message, fileIds: fileIds);
    }

    /// <summary>The author restores an earlier version of a post, with its files.</summary>
    /// <param name="postId">The post.</param>
    /// <param name="versionId">The id of the version, as <see cref="Versions"/> lists it.</param>
    public SandboxPost RestoreVersion(string postId, string versionId)
    {
        lock (_gate)
        {
            var post = PostCore(postId);
            var version = post.Versions?.Find(it => it.Id == versionId) ?? throw MattermostException.NoPost(versionId);
            return Update(post, version.Message, fileIds: version.FileIds, restores: true);
        }
    }

    /// <summary>The earlier versions of a post, the newest first. Each has an id of its own; <c>EditAt</c> is the time
    /// of the change that made it, <c>DeleteAt</c> that of the change that replaced it.</summary>
    public IReadOnlyList<SandboxPost> Versions(string postId)
    {
        lock (_gate)
            return [.. (PostCore(postId).Versions ?? []).OrderByDescending(static it => it.EditAt)];
    }

    private static SandboxPost Copy(SandboxPost post) =>
        new()
        {
            Id = Ids.New(),
            OriginalId = post.Id,
            ChannelId = post.ChannelId,
            UserId = post.UserId,
            RootId = post.RootId,
            Message = post.Message,
            Type = post.Type,
            CreateAt = post.CreateAt,
            EditAt = post.EditAt,
            FileIds = post.FileIds,
            Props = post.Props,
            RawProps = post.RawProps,
            IsPinned = post.IsPinned,
            HasReactions = post.HasReactions,
            HasRemoteId = post.HasRemoteId,
            Priority = post.Priority,
        };

    /// <summary>Gives a post these files: what stays comes first, then what is new. Files that cannot be attached are
    /// left out without an error; restoring a version brings removed ones back.</summary>
    private void SetFiles(SandboxPost post, IReadOnlyList<string> fileIds, bool restores)
    {
        var wanted = fileIds.Distinct().ToArray();
        var stays = wanted.Where(post.FileIds.Contains).ToArray();
        var added = wanted.Except(stays).ToArray();
        foreach (var id in post.FileIds.Except(wanted))
        {
            if (_files.TryGetValue(id, out var file))
                file.DeleteAt = Now;
        }
        if (restores)
        {
            foreach (var id in added)
            {
                if (_files.TryGetValue(id, out var file))
                    file.DeleteAt = 0;
            }
        }
        else
        {
            added = Attach(added, _users[post.UserId], post.Id, post.ChannelId);
        }
        post.FileIds = [.. stays, .. added];
    }
}
