using MattermostXsoar.Core.State;

namespace MattermostXsoar.Core.People.Models;

/// <summary>A question that people were asked, and how they answered it.</summary>
public sealed record MattermostQuestion
{
    /// <summary>The question's number in the state file.</summary>
    public long Id { get; init; }

    /// <summary>How far it has come.</summary>
    public QuestionState Status { get; init; }

    /// <summary>What is asked.</summary>
    public required string Question { get; init; }

    /// <summary>The answers to choose from.</summary>
    public required IReadOnlyList<string> Options { get; init; }

    /// <summary>The channel's name; of a direct or group message its people.</summary>
    public required string ChannelName { get; init; }

    /// <summary>The channel's id.</summary>
    public required string ChannelId { get; init; }

    /// <summary>The question's post; null if it was never posted.</summary>
    public string? PostId { get; init; }

    /// <summary>The usernames of those who may answer; none for all people in the channel.</summary>
    public required IReadOnlyList<string> Answerer { get; init; }

    /// <summary>How many different people have to choose the same option.</summary>
    public int Votes { get; init; }

    /// <summary>Whether further answers are taken after the first one.</summary>
    public bool Persistent { get; init; }

    /// <summary>The investigation that gets the answer; null for none.</summary>
    public string? InvestigationId { get; init; }

    /// <summary>The playbook task that the answer completes; null for none.</summary>
    public string? TaskId { get; init; }

    /// <summary>When it was asked.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its default response counts.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>
    /// The answer: the option as it was asked for; after its expiry the default response; null while there is none.
    /// </summary>
    public string? Answer { get; init; }

    /// <summary>The username of whoever answered; null for nobody.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>When it was answered, by Mattermost's clock; null if nobody did.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Whether XSOAR still has to get an answer.</summary>
    public bool IsPending { get; init; }

    /// <summary>What went wrong last; null for nothing.</summary>
    public string? LastError { get; init; }

    /// <summary>Whether it waits for an answer.</summary>
    public bool IsOpen => Status is QuestionState.Open or QuestionState.Posting;

    internal static MattermostQuestion Of(QuestionRecord question, bool isPending) =>
        new()
        {
            Id = question.Id,
            Status = question.State,
            Question = question.Text,
            Options = question.Options,
            ChannelName = question.ChannelName,
            ChannelId = question.ChannelId,
            PostId = question.PostId,
            Answerer = [.. question.Answerers.Select(user => user.Value)],
            Votes = question.Votes,
            Persistent = question.IsPersistent,
            InvestigationId = question.InvestigationId.Length > 0 ? question.InvestigationId : null,
            TaskId = question.TaskId.Length > 0 ? question.TaskId : null,
            CreatedAt = question.CreatedAt,
            ExpiresAt = question.ExpiresAt,
            Answer = question.Answer,
            AnsweredBy = question.AnsweredBy,
            AnsweredAt = question.AnsweredAt,
            IsPending = isPending,
            LastError = question.Error,
        };

    /// <summary>The question.</summary>
    public override string ToString() => Question;
}
