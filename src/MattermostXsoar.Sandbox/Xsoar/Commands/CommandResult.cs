namespace MattermostXsoar.Sandbox.Xsoar.Commands;

/// <summary>What a command says.</summary>
internal sealed record CommandResult(string Contents, bool IsJson = false, bool IsError = false);
