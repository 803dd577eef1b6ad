using MattermostXsoar.Sandbox.Mattermost.Model;

namespace MattermostXsoar.Sandbox.Mattermost;

/// <content>People who answer the questions of a bot.</content>
public sealed partial class MattermostWorld
{
    /// <summary>How the text of a question tells people to answer.</summary>
    public const string QuestionWords = "Please reply to this thread with";

    /// <summary>The questions that bots ask in the channels that a user can see, the oldest first, by how their text tells
    /// people to answer.</summary>
    public IReadOnlyList<SandboxPost> Questions(string username)
    {
        lock (_gate)
        {
            var user = User(username);
            return
            [
                .. _channels
                    .Values.Where(channel => channel.Members.ContainsKey(user.Id))
                    .SelectMany(static channel => channel.Posts)
                    .Where(post =>
                        post.DeleteAt == 0
                        && _users[post.UserId].IsBot
                        && post.Message.Contains(QuestionWords, StringComparison.Ordinal)
                    )
                    .OrderBy(static post => post.CreateAt),
            ];
        }
    }

    /// <summary>A user answers the newest question that they can see: with a reply in its thread, or with a reaction when the
    /// answer is an emoji such as <c>:+1:</c>.</summary>
    /// <returns>The question's post.</returns>
    /// <exception cref="MattermostException">404: nobody has asked.</exception>
    public SandboxPost Answer(string username, string answer)
    {
        lock (_gate)
        {
            var question = Questions(username) is [.., var newest]
                ? newest
                : throw MattermostException.NoPost("question");
            if (answer is [':', _, .., ':'])
                React(username, question.Id, answer[1..^1]);
            else
                Post(username, question.ChannelId, answer, question.RootId.Length > 0 ? question.RootId : question.Id);
            return question;
        }
    }

    /// <summary>A user answers the next question that is asked, like <see cref="Answer"/>.</summary>
    public async Task<SandboxPost> AnswerNextAsync(
        string username,
        string answer,
        CancellationToken cancellationToken = default
    )
    {
        var known = Questions(username).Count;
        await WhenAsync(world => world.Questions(username).Count > known, cancellationToken);
        return Answer(username, answer);
    }
}
