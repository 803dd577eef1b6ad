namespace MattermostXsoar.Completion;

/// <summary>A completion of an argument.</summary>
/// <param name="Text">The value of the argument.</param>
/// <param name="ToolTip">What it is.</param>
/// <param name="OtherNames">Further names that a person may begin to type for it.</param>
internal readonly record struct Candidate(string Text, string ToolTip, IReadOnlyList<string>? OtherNames = null)
{
    /// <summary>How it is listed, if that is more than its text.</summary>
    public string? ListText { get; init; }
}
