namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>Selects tasks of one work plan.</summary>
internal sealed class TaskSearch
{
    public required IReadOnlyList<string> States { get; init; }

    public required IReadOnlyList<string> Types { get; init; }
}
