using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.People.Questions;

/// <summary>
/// How the bot's posts of a question are known again: by properties with a code that only this state file's secret
/// makes, and by <c>pending_post_id</c>s that nobody can guess. Only posts of the bot itself are looked at.
/// </summary>
internal sealed class QuestionMarks(byte[] secret, string botUserId)
{
    /// <summary>The part that asks.</summary>
    public const string Ask = "ask";

    /// <summary>The part that names the options again.</summary>
    public const string Help = "help";

    /// <summary>The part that says how the question ended, where the post that asks could not be changed.</summary>
    public const string End = "end";

    /// <summary>The part that thanks for an answer of a persistent question.</summary>
    public static string Thanks(long answerId) => string.Format(CultureInfo.InvariantCulture, "answer {0}", answerId);

    /// <summary>A post of a question.</summary>
    public NewPost Post(long questionId, string part, string channelId, string text, string? rootId) =>
        new()
        {
            ChannelId = channelId,
            Message = text,
            RootId = rootId is { Length: > 0 } ? rootId : null,
            PendingPostId = $"{botUserId}:{Code($"{questionId}\n{part}\n{channelId}")}",
            Props = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [PostProps.Question] = Code($"question\n{questionId}"),
                [PostProps.QuestionPart] = part,
            },
        };

    /// <summary>Whether a post is that part of the question.</summary>
    public bool Is(MattermostPost post, long questionId, string part) =>
        post.UserId == botUserId
        && post.DeleteAtMs == 0
        && post.StringProp(PostProps.Question) == Code($"question\n{questionId}")
        && post.StringProp(PostProps.QuestionPart) == part;

    /// <summary>Whether a post asks any question of the bot.</summary>
    public bool IsAsking(MattermostPost post) =>
        post.UserId == botUserId && post.StringProp(PostProps.QuestionPart) == Ask;

    private string Code(string what)
    {
        using var code = new HMACSHA256(secret);
        return Convert.ToBase64String(code.ComputeHash(Encoding.UTF8.GetBytes(what)));
    }
}
