using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost;

/// <content>Threads and who follows them: authors, those who reply and those who are mentioned.</content>
public sealed partial class MattermostWorld
{
    /// <summary>The threads of a team, and of direct and group channels, that a user follows; the newest reply
    /// first.</summary>
    internal IReadOnlyList<SandboxPost> FollowedThreads(string userId, string teamId, bool deleted, bool direct = true)
    {
        lock (_gate)
        {
            return
            [
                .. _posts
                    .Values.Where(post =>
                        post.Thread?.IsFollowedBy(userId) == true
                        && (deleted || post.DeleteAt == 0)
                        && _channels.TryGetValue(post.ChannelId, out var channel)
                        && (channel.TeamId == teamId || (direct && channel.IsDirect))
                    )
                    .OrderByDescending(static post => post.Thread!.LastReplyAt),
            ];
        }
    }

    /// <summary>How many replies a user has not seen.</summary>
    internal int UnreadReplies(SandboxPost root, string userId)
    {
        lock (_gate)
        {
            var seen = root.Thread?.Members.GetValueOrDefault(userId)?.LastViewedAt ?? 0;
            return root.Replies?.Count(reply => reply.DeleteAt == 0 && reply.CreateAt > seen) ?? 0;
        }
    }

    internal void Follow(SandboxPost root, string userId, bool follows)
    {
        lock (_gate)
        {
            var member = MemberOf(root, userId);
            member.IsFollowing = follows;
            if (follows && member.LastViewedAt == 0)
                member.LastViewedAt = Now;
        }
    }

    /// <summary>A user has seen a thread up to a time.</summary>
    internal void ReadThread(SandboxPost root, string userId, long at)
    {
        lock (_gate)
        {
            var member = MemberOf(root, userId);
            member.LastViewedAt = at;
            member.Mentions = 0;
        }
    }

    internal void ReadThreads(string userId, string teamId)
    {
        lock (_gate)
        {
            foreach (var root in FollowedThreads(userId, teamId, deleted: false))
                ReadThread(root, userId, Now);
        }
    }

    private static SandboxThreadMember MemberOf(SandboxPost root, string userId)
    {
        root.Thread ??= new SandboxThread();
        if (!root.Thread.Members.TryGetValue(userId, out var member))
            root.Thread.Members.Add(userId, member = new SandboxThreadMember());
        return member;
    }

    private void AddToThread(SandboxPost root, SandboxPost reply)
    {
        var thread = root.Thread ??= new SandboxThread();
        thread.ReplyCount++;
        thread.LastReplyAt = reply.CreateAt;
        thread.Participants.Remove(reply.UserId);
        thread.Participants.Add(reply.UserId);
        _ = MemberOf(root, root.UserId);
        var author = MemberOf(root, reply.UserId);
        author.IsFollowing = true;
        author.LastViewedAt = Now;
        if (!_users.TryGetValue(reply.UserId, out var user))
            return;
        foreach (var id in Mentions(_channels[reply.ChannelId], user, reply) ?? [])
            MemberOf(root, id).Mentions++;
    }
}
