namespace MattermostXsoar.Core.Xsoar.Models;

/// <summary>Selects tasks of all work plans as the widget "My tasks" does. That its body has these fields is
/// inferred.</summary>
internal sealed class WidgetQuery
{
    public string DataType { get; init; } = "tasks";

    public required string Query { get; init; }

    public int Page { get; init; }

    public required int Size { get; init; }

    public IReadOnlyList<SearchSort> Sort { get; init; } = [new("dueDate", Asc: true)];
}
