using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Realtime;

namespace MattermostXsoar.Sandbox.Mattermost;

public sealed partial class MattermostWorld
{
    /// <summary>A user views a channel. Returns the time up to which they have viewed it.</summary>
    internal long View(SandboxChannel channel, SandboxUser user)
    {
        lock (_gate)
        {
            Seen(channel, user.Id);
            EmitViewed(user.Id, channel.Id);
            return channel.LastPostAt;
        }
    }

    /// <summary>Marks a post and those after it as unread for a user.</summary>
    internal SandboxChannelMember SetUnread(SandboxPost post, SandboxUser user)
    {
        lock (_gate)
        {
            var channel = _channels[post.ChannelId];
            if (!channel.Members.TryGetValue(user.Id, out var member))
                throw MattermostException.NoChannelMember(channel.Id, user.Id);
            var (after, rootsAfter, mentions, rootMentions) = (0, 0, 0, 0);
            for (var i = channel.Posts.Count - 1; i >= 0 && channel.Posts[i].CreateAt >= post.CreateAt; i--)
            {
                var it = channel.Posts[i];
                if (it.DeleteAt != 0 || IsJoinOrLeave(it.Type))
                    continue;
                var mentioned =
                    it.UserId != user.Id
                    && (Mentions(channel, _users[it.UserId], it)?.Contains(user.Id) == true || IsComment(it, user));
                after++;
                mentions += mentioned ? 1 : 0;
                if (it.RootId.Length > 0)
                    continue;
                rootsAfter++;
                rootMentions += mentioned ? 1 : 0;
            }
            member.LastViewedAt = post.CreateAt - 1;
            member.MessageCount = Math.Max(0, channel.TotalMessageCount - after);
            member.RootCount = Math.Max(0, channel.TotalRootCount - rootsAfter);
            member.MentionCount = mentions;
            member.MentionCountRoot = rootMentions;
            member.LastUpdateAt = Now;
            Emit(
                "post_unread",
                new Audience(user.Id, channel.Id, channel.TeamId),
                (post, member),
                (writer, it) =>
                {
                    writer.WriteNumber("last_viewed_at"u8, it.member.LastViewedAt);
                    writer.WriteNumber("mention_count"u8, it.member.MentionCount);
                    writer.WriteNumber("mention_count_root"u8, it.member.MentionCountRoot);
                    writer.WriteNumber("msg_count"u8, it.member.MessageCount);
                    writer.WriteNumber("msg_count_root"u8, it.member.RootCount);
                    writer.WriteString("post_id"u8, it.post.Id);
                    if (Version.Sockets.CountsUrgentMentions)
                        writer.WriteNumber("urgent_mention_count"u8, 0);
                }
            );
            return member;
        }
    }

    /// <summary>Whether a reply counts as a mention for a user who wants that: in threads that they began, or also in
    /// those that they took part in.</summary>
    private bool IsComment(SandboxPost reply, SandboxUser user) =>
        _posts.TryGetValue(reply.RootId, out var root)
        && user.NotifyProps?.GetValueOrDefault("comments") is ("any" or "root") and var wanted
        && (
            root.UserId == user.Id
            || (wanted == "any" && (root.Replies ?? []).Any(other => other.UserId == user.Id && other.DeleteAt == 0))
        );

    private static void Seen(SandboxChannel channel, string userId)
    {
        if (!channel.Members.TryGetValue(userId, out var member))
            return;
        member.LastViewedAt = Math.Max(member.LastViewedAt, channel.LastPostAt);
        member.MessageCount = channel.TotalMessageCount;
        member.RootCount = channel.TotalRootCount;
        member.MentionCount = member.MentionCountRoot = 0;
    }

    /// <summary>The ids of the users whom a post mentions now, as in <c>mentions</c> of its <c>posted</c>
    /// event.</summary>
    public IReadOnlyList<string> WhoIsCalled(string postId)
    {
        lock (_gate)
        {
            var post = PostCore(postId);
            return Mentions(Channel(post.ChannelId), User(post.UserId), post) ?? [];
        }
    }

    private List<string>? CountMentions(SandboxChannel channel, SandboxUser author, SandboxPost post)
    {
        var mentions = Mentions(channel, author, post);
        foreach (var id in mentions ?? [])
        {
            if (!channel.Members.TryGetValue(id, out var member))
                continue;
            member.MentionCount++;
            if (post.RootId.Length == 0)
                member.MentionCountRoot++;
            member.LastUpdateAt = Now;
        }
        return mentions;
    }

    private List<string>? Mentions(SandboxChannel channel, SandboxUser author, SandboxPost post)
    {
        if (channel.IsDirect)
            return [.. channel.Members.Keys.Where(id => id != author.Id)];
        if (post.Props.TryGetValue("addedUserId", out var added))
            return [added];
        if (post.IsSystem || post.Message.AsSpan().IndexOfAny('@', '&') < 0)
            return null;
        var ids = new List<string>();
        foreach (var word in MentionWords.In(post.Message))
        {
            if (word.ToLowerInvariant() is "@all" or "@channel" or "@here")
                return [.. channel.Members.Keys.Where(id => id != author.Id)];
            if (TryUser(word, out var user) && channel.Members.ContainsKey(user.Id) && !ids.Contains(user.Id))
                ids.Add(user.Id);
        }
        return ids;
    }
}
