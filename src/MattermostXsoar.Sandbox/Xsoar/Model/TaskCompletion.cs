namespace MattermostXsoar.Sandbox.Xsoar.Model;

/// <summary>What a task is completed with.</summary>
internal sealed record TaskCompletion(string Input)
{
    public string Comment { get; init; } = "";

    public string ArgumentsJson { get; init; } = "null";

    public string? LoopArgumentsJson { get; init; }

    public string? AnswersJson { get; init; }

    /// <summary>Of the playbook; null and -1 override.</summary>
    public long? Version { get; init; }
}
