namespace MattermostXsoar.Sandbox.Xsoar.Model;

/// <summary>The data with which a task is completed.</summary>
internal sealed record TaskCompletion(string Input)
{
    public string Comment { get; init; } = "";

    public string ArgumentsJson { get; init; } = "null";

    public string? LoopArgumentsJson { get; init; }

    public string? AnswersJson { get; init; }

    /// <summary>The version of the playbook; null and -1 override.</summary>
    public long? Version { get; init; }
}
