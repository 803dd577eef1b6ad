using MattermostXsoar.Core.Errors;
using MattermostXsoar.Core.Mattermost.Models;

namespace MattermostXsoar.Core.People.Questions;

/// <summary>A question to ask.</summary>
internal sealed record QuestionDraft
{
    public required string Text { get; init; }

    /// <summary>A question with its place in XSOAR.</summary>
    /// <exception cref="MattermostXsoarException">InvalidArgument.</exception>
    public static QuestionDraft Of(
        string text,
        IReadOnlyList<string> options,
        string? investigationId,
        string? taskId,
        string? entitlement
    )
    {
        var right = entitlement is null ? null : Questions.Entitlement.Parse(entitlement);
        var (investigation, task) = (investigationId ?? right?.InvestigationId ?? "", taskId ?? right?.TaskId ?? "");
        if (right is not null && (investigation != right.InvestigationId || task != right.TaskId))
            throw Invalid("The entitlement is for another investigation or task than the one that is given.");
        if (task.Length > 0 && investigation.Length == 0)
            throw Invalid("A task is one of an investigation: give -InvestigationId with -TaskId.");
        return new QuestionDraft
        {
            Text = text,
            Options = options,
            InvestigationId = investigation.Trim(),
            TaskId = task,
            Entitlement = right?.Id ?? "",
        };
    }

    private static MattermostXsoarException Invalid(string message) =>
        new(
            ErrorIds.InvalidArgument,
            ErrorKind.InvalidArgument,
            message,
            "Give -InvestigationId and -TaskId, or -Entitlement alone."
        );

    /// <summary>From two to nine.</summary>
    public IReadOnlyList<string> Options { get; init; } = ["yes", "no"];

    /// <summary>What people call the channel, if it is a direct or group message; empty for its own name.</summary>
    public string ChannelTitle { get; init; } = "";

    /// <summary>Who may answer; none for all people in the channel.</summary>
    public IReadOnlyList<MattermostUser> Answerers { get; init; } = [];

    /// <summary>How many different people have to choose the same option.</summary>
    public int Votes { get; init; } = 1;

    public string Reply { get; init; } = QuestionText.Reply;

    public string DefaultResponse { get; init; } = QuestionText.DefaultResponse;

    /// <summary>How long it waits; null where <see cref="ExpiresAt"/> says it.</summary>
    public TimeSpan Lifetime { get; init; } = QuestionLifetime.Default;

    /// <summary>When it expires; null for its lifetime.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public string InvestigationId { get; init; } = "";

    public string TaskId { get; init; } = "";

    /// <summary>The entitlement's guid.</summary>
    public string Entitlement { get; init; } = "";

    public string EntriesTag { get; init; } = "";

    public bool IsPersistent { get; init; }

    /// <summary>The first post of the thread to ask in; empty for a question of its own.</summary>
    public string RootId { get; init; } = "";
}
