using MattermostXsoar.Sandbox.Mattermost.Api;
using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Realtime;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost;

public sealed partial class MattermostWorld
{
    /// <summary>The posts of a channel that are not deleted, oldest first.</summary>
    public IReadOnlyList<SandboxPost> Posts(string channel)
    {
        lock (_gate)
            return Channel(channel).Posts.Where(static post => post.DeleteAt == 0).ToArray();
    }

    /// <summary>The posts of people and bots in a channel, without the server's own, oldest first.</summary>
    public IReadOnlyList<SandboxPost> Messages(string channel) =>
        [.. Posts(channel).Where(static post => !post.IsSystem)];

    /// <summary>A user posts a message.</summary>
    public SandboxPost Post(string username, string channel, string message, string? rootId = null)
    {
        lock (_gate)
        {
            var author = User(username);
            var created = CreatePost(
                author,
                new NewPostRequest(Channel(channel).Id, message) { RootId = rootId ?? "" }
            );
            Publish(created, author);
            return created.Post;
        }
    }

    /// <summary>The author changes the text of a post.</summary>
    public SandboxPost Edit(string postId, string message) => Update(PostCore(postId), message);

    /// <summary>Deletes a post and its replies.</summary>
    public void Delete(string postId, string? by = null)
    {
        lock (_gate)
        {
            var post = PostCore(postId);
            var deletedBy = by is null ? post.UserId : User(by).Id;
            EmitDeleted(post, deletedBy);
            post.DeleteAt = Touch(post);
            foreach (var reply in post.Replies ?? [])
                reply.DeleteAt = reply.UpdateAt = post.DeleteAt;
            foreach (var user in _users.Values)
                user.Preferences.Remove(("flagged_post", post.Id));
            if (Version.EmptiesDeletedPosts)
                post.Props = new SortedDictionary<string, string>(post.Props.ToDictionary(), StringComparer.Ordinal)
                {
                    ["deleteBy"] = deletedBy,
                };
            if (_posts.TryGetValue(post.RootId, out var root) && root.Thread is { } thread)
                thread.ReplyCount--;
            _changed.Pulse();
        }
    }

    /// <summary>Deletes a post from the database, as a retention policy does, without an event.</summary>
    public void Purge(string postId)
    {
        lock (_gate)
            Remove(PostCore(postId));
    }

    /// <summary>An administrator deletes a post and its replies for good, deleted ones too: nothing of them
    /// remains.</summary>
    public void DeleteForGood(string postId, string by = "admin")
    {
        lock (_gate)
        {
            var post = FindPost(postId) ?? throw MattermostException.NoPost(postId);
            if (post.DeleteAt == 0)
                EmitDeleted(post, User(by).Id);
            foreach (var reply in post.Replies ?? [])
                Remove(reply);
            if (_posts.GetValueOrDefault(post.RootId) is { } root)
                root.Replies?.Remove(post);
            Remove(post);
            _changed.Pulse();
        }
    }

    /// <summary>Gives a post another priority; null for none.</summary>
    public SandboxPost SetPriority(string postId, SandboxPriority? priority) =>
        Update(PostCore(postId), PostCore(postId).Message, post => post.Priority = priority);

    private void Remove(SandboxPost post)
    {
        FindChannel(post.ChannelId)?.Posts.Remove(post);
        _posts.Remove(post.Id);
        foreach (var id in post.FileIds)
        {
            if (_files.TryGetValue(id, out var file))
                file.DeleteAt = Now;
        }
    }

    /// <summary>The pinned posts of a channel, oldest first.</summary>
    public IReadOnlyList<SandboxPost> PinnedPosts(string channel) =>
        [.. Posts(channel).Where(static post => post.IsPinned)];

    /// <summary>
    /// Pins a post, or unpins it: a <c>post_edited</c> whose <c>update_at</c> is new and whose <c>edit_at</c> is not.
    /// Pinning a pinned post is published again, as on the real server. The event does not say who did it.
    /// </summary>
    /// <exception cref="MattermostException">400: it is one of the server's own posts, or the channel is archived. 404:
    /// there is no such post.</exception>
    public void Pin(string postId, bool pinned = true)
    {
        lock (_gate)
        {
            var post = PostCore(postId);
            DemandChangeable(post, "patch_post");
            Update(post, post.Message, it => it.IsPinned = pinned);
        }
    }

    /// <summary>A person acknowledges a post that asks for it.</summary>
    public void Acknowledge(string postId, string username)
    {
        lock (_gate)
            (PostCore(postId).Acknowledgements ??= []).Add((User(username).Id, Now));
    }

    internal SandboxPost PostCore(string id)
    {
        lock (_gate)
            return _posts.TryGetValue(id, out var post) && post.DeleteAt == 0
                ? post
                : throw MattermostException.NoPost(id);
    }

    internal SandboxPost? FindPost(string id)
    {
        lock (_gate)
            return _posts.GetValueOrDefault(id);
    }

    /// <summary>Changes the text of a post and what <paramref name="change"/> changes. As recorded of 11.6: only
    /// another text, other files or other attachments move <c>edit_at</c>.</summary>
    internal SandboxPost Update(
        SandboxPost post,
        string message,
        Action<SandboxPost>? change = null,
        IReadOnlyList<string>? fileIds = null,
        bool restores = false
    )
    {
        lock (_gate)
        {
            if (message.Contains('\0'))
                throw new MattermostException(500, "app.post.update.app_error", "Unable to update the Post.");
            if (IsTooLong(message))
                throw TooLong(post.Id);
            if (ImageProxy is { } proxy)
                message = ImageLinks.Original(message, proxy);
            var before = Copy(post);
            post.Message = message;
            change?.Invoke(post);
            if (fileIds is not null)
                SetFiles(post, fileIds, restores);
            var now = Touch(post);
            if (
                (before.Message, Attachments(before)) != (post.Message, Attachments(post))
                || !before.FileIds.SequenceEqual(post.FileIds)
            )
                post.EditAt = now;
            before.UpdateAt = before.DeleteAt = now;
            (post.Versions ??= []).Add(before);
            EmitEdited(post);
            return post;
        }
    }

    /// <summary>Refuses a change of a post that nobody may change; <paramref name="call"/> is the part of the error's
    /// id that names the call.</summary>
    internal void DemandChangeable(SandboxPost post, string call)
    {
        if (FindChannel(post.ChannelId) is { IsArchived: true })
            throw new MattermostException(
                400,
                $"api.post.{call}.can_not_update_post_in_deleted.error",
                "Can not update a post in a deleted channel."
            );
        if (post.IsSystem)
            throw new MattermostException(
                400,
                "api.post.update_post.system_message.app_error",
                "Unable to update system message.",
                $"id={post.Id}"
            );
    }

    /// <summary>Stores a post. The caller publishes it.</summary>
    internal CreatedPost CreatePost(SandboxUser author, NewPostRequest request)
    {
        lock (_gate)
        {
            if (!_channels.TryGetValue(request.ChannelId, out var channel) || !MayPost(author, channel))
                throw MattermostException.Forbidden(author.Id, "create_post");
            if (Repeated(author, request.PendingPostId) is { } first)
                return new CreatedPost(first, null, "");
            if (channel.IsArchived)
                throw new MattermostException(
                    400,
                    "api.post.create_post.can_not_post_to_deleted.error",
                    "Can not post to deleted channel."
                );
            if (RestrictsDirectMessages && channel.TeamId.Length == 0 && !ShareTeam(channel.Members.Keys))
                throw new MattermostException(
                    400,
                    "api.post.create_post.can_not_post_in_restricted_dm.error",
                    "Cannot post in this conversation: its members have no team in common."
                );
            var root = request.RootId.Length == 0 ? null : _posts.GetValueOrDefault(request.RootId);
            if (root is not null && root.ChannelId != channel.Id && Version.ChecksPosts)
                throw new MattermostException(
                    400,
                    "api.post.create_post.channel_root_id.app_error",
                    "Invalid ChannelId for RootId parameter."
                );
            if (
                request.RootId.Length > 0
                && (root is null || root.DeleteAt != 0 || root.ChannelId != channel.Id || root.RootId.Length > 0)
            )
                throw new MattermostException(
                    400,
                    "api.post.create_post.root_id.app_error",
                    "Invalid RootId parameter.",
                    root is null && Version.QuotesResources ? $"resource: Post id: {request.RootId}" : ""
                );
            var id = Ids.New();
            if (IsTooLong(request.Message))
                throw TooLong(id);
            // PostgreSQL's text cannot contain it: mattermost/mattermost#28280.
            if (request.Message.Contains('\0'))
                throw new MattermostException(
                    500,
                    "app.post.save.app_error",
                    "Unable to save the Post.",
                    Version.QuotesResources
                        ? "failed to save Post: pq: invalid byte sequence for encoding \"UTF8\": 0x00"
                        : ""
                );
            if (author.IsBot)
                request.Props["from_bot"] = "true";
            if (Version.FillsInProps)
                FillIn(request.Props, request.RawProps, request.Message, author, channel);
            var files = Attach(request.FileIds, author, id, channel.Id);
            var now = request.CreateAt > 0 ? request.CreateAt : Now;
            var post = new SandboxPost
            {
                Id = id,
                ChannelId = channel.Id,
                UserId = author.Id,
                RootId = request.RootId,
                Type = request.Type,
                Message = ImageProxy is { } proxy ? ImageLinks.Original(request.Message, proxy) : request.Message,
                Priority = request.Priority,
                CreateAt = now,
                // A post from which files were dropped is saved a second time.
                UpdateAt = files.Length == request.FileIds.Count ? now : Now,
                FileIds = files,
                HasNoFileList = files.Length == 0 && request.FileIds.Count > 0,
                HasRemoteId = !request.IsByWebhook,
                Props = request.Props,
                RawProps = request.RawProps is { Count: > 0 } ? request.RawProps : null,
            };
            Store(channel, post, root);
            if (request.PendingPostId.Length > 0)
                _pending.Begin(request.PendingPostId);
            var posted = PostedEvent(
                channel,
                author,
                post,
                Sender(author, post),
                CountMentions(channel, author, post),
                pendingPostId: request.PendingPostId
            );
            if (IsRead(author, post))
                Seen(channel, author.Id);
            _changed.Pulse();
            return new CreatedPost(post, posted, request.PendingPostId);
        }
    }

    /// <summary>Shows a post to one user only. It is not stored.</summary>
    internal byte[] SendEphemeral(SandboxUser author, SandboxUser reader, string channelId, string message)
    {
        var post = new SandboxPost
        {
            Id = Ids.New(),
            ChannelId = channelId,
            UserId = author.Id,
            Message = message,
            Type = "system_ephemeral",
            HasNoFileList = true,
            CreateAt = Now,
        };
        var bytes = PostBytes(post, 0);
        Emit(
            "ephemeral_message",
            new Audience(reader.Id, channelId),
            bytes,
            static (writer, it) => writer.WriteString("post"u8, it)
        );
        return bytes;
    }

    internal byte[] PostBytes(SandboxPost post, int replyCount, PostExtras? extras = null) =>
        Json.Bytes(
            (post, Files(post), replyCount, Form, extras),
            static (writer, it) => PostJson.Write(writer, it.post, it.Item2, it.replyCount, it.Form, it.extras)
        );

    private static string? Attachments(SandboxPost post) => post.Props.GetValueOrDefault("attachments");

    private bool IsTooLong(string text)
    {
        if (text.Length <= MaxPostSize)
            return false;
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
            count++;
        return count > MaxPostSize;
    }

    private MattermostException TooLong(string id) =>
        Version.ChecksPosts
            ? new(
                400,
                "model.post.is_valid.message_length.app_error",
                "Post Message property is longer than the maximum permitted length.",
                $"id={id}"
            )
            : new(400, "model.post.is_valid.msg.app_error", "Invalid message.", $"id={id}");

    /// <summary>As recorded: in an old server a bot without further rights posts to a public channel without being in
    /// it, in a new one an administrator of the team does.</summary>
    private bool MayPost(SandboxUser author, SandboxChannel channel) =>
        author.IsSystemAdmin
        || channel.Members.ContainsKey(author.Id)
        || (
            channel.Type == "O"
            && (
                Version.ChecksPosts
                    ? _teams.GetValueOrDefault(channel.TeamId)?.Members.GetValueOrDefault(author.Id) == true
                    : author.IsBot
            )
        );

    /// <summary>The first post of a request that is repeated; null for a new one.</summary>
    private SandboxPost? Repeated(SandboxUser author, string pendingId)
    {
        if (pendingId.Length == 0 || !_pending.TryGet(pendingId, out var postId))
            return null;
        if (postId is null)
            throw new MattermostException(
                500,
                "api.post.deduplicate_create_post.pending",
                "Rejected post since another client is making the same request."
            );
        if (!_posts.TryGetValue(postId, out var post) || post.DeleteAt != 0)
            throw new MattermostException(
                500,
                "api.post.deduplicate_create_post.failed_to_get",
                "Failed to fetch original post after deduplicating a client repeating the same request."
            );
        return Version.RepeatsPostsOfOthers || Demand.MayRead(this, author, _channels[post.ChannelId]) ? post : null;
    }

    private void Store(SandboxChannel channel, SandboxPost post, SandboxPost? root)
    {
        _posts.Add(post.Id, post);
        var posts = channel.Posts;
        var at = posts.Count;
        while (at > 0 && posts[at - 1].CreateAt > post.CreateAt)
            at--;
        posts.Insert(at, post);
        Retain(post);
        CountForHistory(post);
        channel.LastPostAt = Math.Max(channel.LastPostAt, post.CreateAt);
        channel.LastPostUpdateAt = Math.Max(channel.LastPostUpdateAt, post.UpdateAt);
        if (root is null)
            channel.LastRootPostAt = Math.Max(channel.LastRootPostAt, post.CreateAt);
        if (!IsJoinOrLeave(post.Type))
        {
            channel.TotalMessageCount++;
            if (root is null)
                channel.TotalRootCount++;
        }
        if (root is not null)
        {
            (root.Replies ??= []).Add(post);
            AddToThread(root, post);
            root.UpdateAt = post.CreateAt;
        }
    }

    private static bool IsJoinOrLeave(string type) =>
        type
            is "system_join_channel"
                or "system_leave_channel"
                or "system_add_to_channel"
                or "system_remove_from_channel"
                or "system_join_team"
                or "system_leave_team"
                or "system_add_to_team"
                or "system_remove_from_team";

    /// <summary>Sets the time of a post's last change to now.</summary>
    private long Touch(SandboxPost post)
    {
        post.UpdateAt = Now;
        if (_channels.TryGetValue(post.ChannelId, out var channel))
            channel.LastPostUpdateAt = post.UpdateAt;
        return post.UpdateAt;
    }

    private string[] Attach(IReadOnlyList<string> fileIds, SandboxUser author, string postId, string channelId)
    {
        if (fileIds.Count == 0)
            return [];
        // Files that are unknown, belong to another user or are attached already are dropped without an error.
        var own = fileIds
            .Where(id => _files.TryGetValue(id, out var file) && file.UserId == author.Id && file.PostId.Length == 0)
            .Distinct()
            .ToArray();
        // The list of ids as JSON: ten ids are 291 characters.
        const int LongestList = 300;
        if (Version.ChecksPosts && fileIds.Count(_files.ContainsKey) * 29 + 1 > LongestList)
            throw new MattermostException(
                400,
                "model.post.is_valid.file_ids.app_error",
                "Invalid file ids. Note that uploads are limited to 10 files maximum. Please use additional posts for more "
                    + "files.",
                $"id={postId}"
            );
        if (Version.SortsFiles)
            Array.Sort(own, StringComparer.Ordinal);
        foreach (var id in own)
            (_files[id].PostId, _files[id].ChannelId) = (postId, channelId);
        return own;
    }
}
