namespace MattermostXsoar.Core.State;

/// <summary>An answer that counts, and whether XSOAR has it.</summary>
internal sealed record AnswerRecord
{
    /// <summary>The <see cref="SourceId"/> of the default response.</summary>
    public const string Expiry = "expiry";

    public long Id { get; init; }

    public long QuestionId { get; init; }

    /// <summary>What it was given with, by which it counts only once: a post, or a person's reaction.</summary>
    public required string SourceId { get; init; }

    /// <summary>The post that shows it: the reply, or the question.</summary>
    public required string PostId { get; init; }

    /// <summary>Who gave it; empty for nobody.</summary>
    public string UserId { get; init; } = "";

    public string Username { get; init; } = "";

    public string FullName { get; init; } = "";

    /// <summary>The answer: an option, or the default response.</summary>
    public required string Answer { get; init; }

    public DateTimeOffset AnsweredAt { get; init; }

    public DateTimeOffset RecordedAt { get; init; }

    public AnswerState State { get; init; }

    /// <summary>The entry that shows it; null for none.</summary>
    public string? EntryId { get; init; }
}
