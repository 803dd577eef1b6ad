using MattermostXsoar.Sandbox.Mattermost.Model;
using MattermostXsoar.Sandbox.Mattermost.Realtime;
using MattermostXsoar.Sandbox.Mattermost.Wire;

namespace MattermostXsoar.Sandbox.Mattermost;

public sealed partial class MattermostWorld
{
    /// <summary>Somebody reacts to a post: its <c>update_at</c> grows, its <c>edit_at</c> does not.</summary>
    public void React(string username, string postId, string emoji) => React(User(username), PostCore(postId), emoji);

    /// <summary>Somebody takes a reaction back; one that is not there stays so.</summary>
    public void Unreact(string username, string postId, string emoji)
    {
        lock (_gate)
        {
            var user = User(username);
            var post = PostCore(postId);
            if (
                post.Reactions is not { } reactions
                || reactions.RemoveAll(it => it.UserId == user.Id && it.Emoji == emoji) == 0
            )
                return;
            var at = Touch(post);
            var json = Json.Bytes(
                (post.Id, user.Id, emoji, at),
                static (writer, it) => PostJson.WriteReaction(writer, it.Item1, (it.Item2, it.emoji, 0), it.at)
            );
            Emit(
                "reaction_removed",
                Audience.Channel(post.ChannelId),
                json,
                static (writer, it) => writer.WriteString("reaction"u8, it)
            );
        }
    }

    internal (string UserId, string Emoji, long At) React(SandboxUser user, SandboxPost post, string emoji)
    {
        lock (_gate)
        {
            var reactions = post.Reactions ??= [];
            var known = reactions.FindIndex(it => it.UserId == user.Id && it.Emoji == emoji);
            if (known >= 0)
                return reactions[known];
            var reaction = (user.Id, emoji, Now);
            reactions.Add(reaction);
            Touch(post);
            var json = Json.Bytes(
                (post.Id, reaction),
                static (writer, it) => PostJson.WriteReaction(writer, it.Id, it.reaction, it.reaction.Item3)
            );
            Emit(
                "reaction_added",
                Audience.Channel(post.ChannelId),
                json,
                static (writer, it) => writer.WriteString("reaction"u8, it)
            );
            return reaction;
        }
    }
}
