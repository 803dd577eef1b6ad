namespace MattermostXsoar.Sandbox.Xsoar.Model;

/// <summary>The playbook that runs in an investigation.</summary>
public sealed class SandboxPlaybook
{
    /// <summary>The playbook's name.</summary>
    public required string Name { get; init; }

    /// <summary>Rises with each change of a task.</summary>
    public int Version { get; set; } = 1;

    /// <summary><c>inprogress</c>, <c>waiting</c>, <c>completed</c> …</summary>
    public string State { get; set; } = "inprogress";

    /// <summary>The tasks, in order of adding.</summary>
    public IReadOnlyCollection<SandboxTask> Tasks => [.. ById.Values];

    internal OrderedDictionary<string, SandboxTask> ById { get; } = [];

    internal long StartNanoseconds { get; init; }

    internal long ModifiedNanoseconds { get; set; }
}
