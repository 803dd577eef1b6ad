namespace MattermostXsoar.Sandbox.Xsoar.Commands;

/// <summary>The result of a command.</summary>
internal sealed record CommandResult(string Contents, bool IsJson = false, bool IsError = false);
