using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.People.Questions;

/// <summary>What the chat has of a question.</summary>
internal sealed record QuestionThread
{
    /// <summary>The options that were chosen, by people or not, whether they may answer or not.</summary>
    public required IReadOnlyList<QuestionVote> Votes { get; init; }

    /// <summary>Replies that are no option.</summary>
    public required IReadOnlyList<MattermostPost> Others { get; init; }

    /// <summary>The posts, to find the bot's own again.</summary>
    public required IReadOnlyCollection<MattermostPost> Posts { get; init; }
}
