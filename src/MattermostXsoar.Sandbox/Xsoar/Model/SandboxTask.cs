namespace MattermostXsoar.Sandbox.Xsoar.Model;

/// <summary>A task of a playbook in one investigation.</summary>
public sealed class SandboxTask
{
    /// <summary>The number in the work plan.</summary>
    public required string Id { get; init; }

    /// <summary>The name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The description.</summary>
    public string Description { get; init; } = "";

    /// <summary><c>regular</c>, <c>condition</c>, <c>collection</c> or <c>playbook</c>.</summary>
    public string Type { get; init; } = "regular";

    /// <summary><c>New</c>, <c>InProgress</c>, <c>Waiting</c>, <c>Completed</c>, <c>Error</c>, <c>Skipped</c> or
    /// <c>Blocked</c>.</summary>
    public string State { get; set; } = "Waiting";

    /// <summary>The assignee.</summary>
    public string Assignee { get; set; } = "";

    /// <summary>Tags, by which a command can name it.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The tasks that follow: by branch label for a condition, below <c>#none#</c> for others.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> NextTasks { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The sub-playbook's task it belongs to; empty at the top.</summary>
    public string ParentPlaybookId { get; init; } = "";

    /// <summary>The answer it was completed with.</summary>
    public string Input { get; set; } = "";

    /// <summary>The comment of its completion.</summary>
    public string Comment { get; set; } = "";

    /// <summary>Who completed it.</summary>
    public string CompletedBy { get; set; } = "";

    /// <summary>The answers to a data collection, in JSON.</summary>
    public string AnswersJson { get; set; } = "null";

    /// <summary>The arguments it was completed with, in JSON.</summary>
    public string ArgumentsJson { get; set; } = "null";

    /// <summary>The arguments of its loop, in JSON; null when it does not loop.</summary>
    public string? LoopArgumentsJson { get; set; }

    /// <summary>How many times it was completed.</summary>
    public int CompletedCount { get; set; }

    internal string TaskId { get; } = Guid.NewGuid().ToString();

    internal bool IsNote { get; set; }

    internal long StartNanoseconds { get; set; }

    internal long DueNanoseconds { get; set; }

    internal long CompletedNanoseconds { get; set; }

    internal List<string> EntryIds { get; } = [];
}
