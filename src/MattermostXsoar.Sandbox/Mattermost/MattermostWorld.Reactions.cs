using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Realtime;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost;

/// <content>Reactions. Removed ones stay in the store, marked, as in the server's table.</content>
public sealed partial class MattermostWorld
{
    /// <summary>The reactions to a post, in the order in which people reacted for the first time.</summary>
    public IReadOnlyList<SandboxReaction> Reactions(string postId)
    {
        lock (_gate)
            return [.. LiveReactions(PostCore(postId))];
    }

    /// <summary>
    /// A user reacts to a post with an emoji, named without colons. The post's <c>update_at</c> grows, its
    /// <c>edit_at</c> does not. A reaction that exists already is published again, as on the real server.
    /// </summary>
    /// <exception cref="MattermostException">403: the user is not in the channel, or it is archived. 404: there is no
    /// such post.</exception>
    public void React(string username, string postId, string emoji)
    {
        lock (_gate)
        {
            var (user, post) = (User(username), PostCore(postId));
            if (!IsInChannelOf(user, post))
                throw MattermostException.Forbidden(user.Id, "add_reaction");
            React(user, post, emoji);
        }
    }

    /// <summary>
    /// A user removes a reaction. The removal of one that does not exist is published all the same, as on the real
    /// server.
    /// </summary>
    /// <exception cref="MattermostException">403: the user is not in the channel, or it is archived. 404: there is no
    /// such post.</exception>
    public void Unreact(string username, string postId, string emoji)
    {
        lock (_gate)
        {
            var (user, post) = (User(username), PostCore(postId));
            if (!IsInChannelOf(user, post))
                throw MattermostException.Forbidden(user.Id, "remove_reaction");
            Unreact(user.Id, post, emoji);
        }
    }

    internal static IEnumerable<SandboxReaction> LiveReactions(SandboxPost post) =>
        (post.Reactions ?? []).Where(static it => it.DeleteAt == 0).OrderBy(static it => it.CreateAt);

    internal SandboxReaction React(SandboxUser user, SandboxPost post, string emoji)
    {
        lock (_gate)
        {
            if (_channels[post.ChannelId].IsArchived)
                throw new MattermostException(
                    403,
                    "api.reaction.save.archived_channel.app_error",
                    "You cannot react in an archived channel."
                );
            var now = Now;
            // As recorded of 11.6: answer and event of a reaction that exists already have a new create_at; the list
            // keeps the first one.
            var answer = NewReaction(user.Id, post, emoji, now);
            if (FindReaction(user.Id, post, emoji) is { } known)
                (known.UpdateAt, known.DeleteAt) = (now, 0);
            else
                (post.Reactions ??= []).Add(answer);
            post.HasReactions = true;
            Touch(post);
            EmitReaction("reaction_added", answer, post, post.ChannelId);
            return answer;
        }
    }

    internal void Unreact(string userId, SandboxPost post, string emoji)
    {
        lock (_gate)
        {
            if (_channels[post.ChannelId].IsArchived)
                throw new MattermostException(
                    403,
                    "api.reaction.delete.archived_channel.app_error",
                    "You cannot remove a reaction in an archived channel."
                );
            var now = Touch(post);
            if (FindReaction(userId, post, emoji) is { } known)
                (known.UpdateAt, known.DeleteAt) = (now, now);
            post.HasReactions = LiveReactions(post).Any();
            // As recorded: without create_at and channel_id.
            var removed = new SandboxReaction
            {
                UserId = userId,
                PostId = post.Id,
                EmojiName = emoji,
                UpdateAt = now,
            };
            EmitReaction("reaction_removed", removed, post, "");
        }
    }

    private static SandboxReaction NewReaction(string userId, SandboxPost post, string emoji, long now) =>
        new()
        {
            UserId = userId,
            PostId = post.Id,
            EmojiName = emoji,
            CreateAt = now,
            UpdateAt = now,
        };

    private static SandboxReaction? FindReaction(string userId, SandboxPost post, string emoji) =>
        post.Reactions?.Find(it => it.UserId == userId && it.EmojiName == emoji);

    private void EmitReaction(string name, SandboxReaction reaction, SandboxPost post, string channelId) =>
        Emit(
            name,
            Audience.Channel(post.ChannelId),
            Json.Bytes(
                (reaction, Form.Version.ReactionsNameChannels ? channelId : null),
                static (writer, it) => PostJson.WriteReaction(writer, it.reaction, it.Item2)
            ),
            static (writer, it) => writer.WriteString("reaction"u8, it)
        );

    /// <summary>Whether a user's roles let them pin and react: those of the channel's members do.</summary>
    internal bool IsInChannelOf(SandboxUser user, SandboxPost post) =>
        user.IsSystemAdmin || (FindChannel(post.ChannelId)?.Members.ContainsKey(user.Id) ?? false);
}
