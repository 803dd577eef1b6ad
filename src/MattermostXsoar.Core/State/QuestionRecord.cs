namespace MattermostXsoar.Core.State;

/// <summary>A question as the store has it.</summary>
internal sealed record QuestionRecord
{
    public long Id { get; init; }

    public required string ChannelId { get; init; }

    public required string ChannelName { get; init; }

    /// <summary>The channel's team, or that of the session for direct messages: the team of its permalink.</summary>
    public required string TeamName { get; init; }

    /// <summary>The team of the channel; empty for direct and group messages.</summary>
    public required string TeamId { get; init; }

    /// <summary>The first post of the thread that the question was asked in; empty for a question of its own.</summary>
    public string RootId { get; init; } = "";

    /// <summary>The question's post; null until it is known.</summary>
    public string? PostId { get; init; }

    /// <summary>What is asked.</summary>
    public required string Text { get; init; }

    public required IReadOnlyList<string> Options { get; init; }

    /// <summary>Who may answer, by id, each with the username; none for all people in the channel.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Answerers { get; init; } = [];

    /// <summary>How many different people have to choose the same option.</summary>
    public int Votes { get; init; } = 1;

    /// <summary>What replaces the question when it is answered, with <c>{user}</c> and <c>{response}</c>.</summary>
    public required string Reply { get; init; }

    /// <summary>What counts as the answer when nobody answered in time.</summary>
    public required string DefaultResponse { get; init; }

    /// <summary>The investigation that gets the answer; empty for none.</summary>
    public string InvestigationId { get; init; } = "";

    /// <summary>The playbook task that the answer completes, by its number or tag; empty for none.</summary>
    public string TaskId { get; init; } = "";

    /// <summary>The entitlement's guid; empty for none.</summary>
    public string Entitlement { get; init; } = "";

    /// <summary>The tag of the answer's entry; empty for none.</summary>
    public string EntriesTag { get; init; } = "";

    /// <summary>Whether further answers are taken after the first one, until it expires.</summary>
    public bool IsPersistent { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public QuestionState State { get; init; }

    /// <summary>Whether the bot has added a reaction for each option, or may not.</summary>
    public bool IsReady { get; init; }

    /// <summary>Whether a reply that is no option was answered with the options.</summary>
    public bool IsHelped { get; init; }

    /// <summary>Whether the chat shows how it ended.</summary>
    public bool IsTold { get; init; }

    /// <summary>When it was answered, expired or was cancelled.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The answer; of a question that takes several the newest one.</summary>
    public string? Answer { get; init; }

    /// <summary>The username of whoever gave it; null for nobody.</summary>
    public string? AnsweredBy { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>What went wrong last.</summary>
    public string? Error { get; init; }

    /// <summary>The first post of the thread in which replies to it are.</summary>
    public string? ThreadId => RootId.Length > 0 ? RootId : PostId;

    public bool IsClosed => State > QuestionState.Open;
}
