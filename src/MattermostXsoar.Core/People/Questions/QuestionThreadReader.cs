using System.Text.Json;
using MattermostXsoar.Core.Mattermost.Models;
using MattermostXsoar.Core.Mirroring.Markup;
using MattermostXsoar.Core.Platform;
using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.People.Questions;

/// <summary>
/// Takes the answers out of a thread as the server has it now: replies that are an option as it was first written, and
/// reactions that are still there. What was edited, deleted or taken away is no answer.
/// </summary>
internal sealed class QuestionThreadReader(QuestionMarks marks, string botUserId)
{
    public QuestionThread Read(QuestionRecord question, PostList thread)
    {
        var posts = thread.Ascending.ToList();
        var asking = posts.Find(post => post.Id == question.PostId);
        if (asking is null || asking.DeleteAtMs > 0)
            return new QuestionThread
            {
                Votes = [],
                Others = [],
                Posts = posts,
            };
        // By the server's clock, which dates the answers.
        var end = asking.CreateAtMs + (long)(question.ExpiresAt - question.CreatedAt).TotalMilliseconds;
        var replies = posts.Where(post => IsReplyTo(asking, post, posts) && post.CreateAtMs <= end).ToList();
        var votes = replies
            .Where(post => post.EditAtMs == 0)
            .Select(post => new QuestionVote(
                post.Id,
                post.Id,
                post.UserId,
                QuestionChoice.Of(question.Options, post.Source),
                post.CreateAtMs
            ))
            .Where(vote => vote.Option >= 0)
            .Concat(Reactions(question, asking).Where(vote => vote.At <= end))
            .ToList();
        return new QuestionThread
        {
            Votes = votes,
            Others = [.. replies.Where(post => votes.TrueForAll(vote => vote.SourceId != post.Id))],
            Posts = posts,
        };
    }

    // In a thread in which several questions were asked, a reply belongs to the one before it.
    private bool IsReplyTo(MattermostPost asking, MattermostPost post, List<MattermostPost> posts) =>
        post.UserId != botUserId
        && post.DeleteAtMs == 0
        && !post.IsSystem
        && !post.IsFromWebhook
        && !post.IsFromBot
        && post.RootId.Length > 0
        && post.CreateAtMs >= asking.CreateAtMs
        && posts.FindLast(other => marks.IsAsking(other) && other.CreateAtMs <= post.CreateAtMs)?.Id == asking.Id;

    private List<QuestionVote> Reactions(QuestionRecord question, MattermostPost asking)
    {
        if (
            asking.MetadataJson.ValueKind != JsonValueKind.Object
            || !asking.MetadataJson.TryGetProperty("reactions", out var reactions)
            || reactions.ValueKind != JsonValueKind.Array
        )
            return [];
        var found = new List<QuestionVote>();
        foreach (var reaction in reactions.EnumerateArray())
        {
            if (reaction.ValueKind != JsonValueKind.Object)
                continue;
            var user = Text(reaction, "user_id");
            var emoji = Text(reaction, "emoji_name");
            var option = QuestionReactions.Of(question.Options.Count, emoji);
            if (user.Length > 0 && user != botUserId && option >= 0)
                found.Add(new QuestionVote($"reaction {user} {emoji}", asking.Id, user, option, At(reaction)));
        }

        return found;
    }

    private static string Text(JsonElement reaction, string name) =>
        reaction.TryGetProperty(name, out var value) ? value.TextOrEmpty() : "";

    private static long At(JsonElement reaction) =>
        reaction.TryGetProperty("create_at", out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var at)
            ? at
            : 0;
}
