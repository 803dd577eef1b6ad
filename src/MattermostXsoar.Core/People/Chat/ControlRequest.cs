using System.Globalization;
using System.Text.RegularExpressions;
using MattermostXsoar.Core.People.Models;

namespace MattermostXsoar.Core.People.Chat;

/// <summary>A command for the incident of a mirror's channel.</summary>
/// <param name="Command">What is asked for.</param>
/// <param name="TaskId">The task of Assign; else empty.</param>
/// <param name="Argument">Whom, what severity, the reason or the text; empty if it is missing.</param>
internal sealed record ControlRequest(ChatCommand Command, string TaskId, string Argument)
{
    private static readonly Regex Words = new(
        @"^\s*(?<command>owner|severity|assign|close|note|status)(?:\s+(?<rest>.*))?$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline,
        TimeSpan.FromSeconds(1)
    );

    private static readonly Regex Task = new(
        @"^#?(?<task>[\w-]{1,64})\s+(?<whom>.*)$",
        RegexOptions.CultureInvariant | RegexOptions.Singleline,
        TimeSpan.FromSeconds(1)
    );

    /// <summary>How each command is written.</summary>
    public static string Usage(ChatCommand command) =>
        command switch
        {
            ChatCommand.Owner => "owner @name",
            ChatCommand.Severity => "severity low|medium|high|critical",
            ChatCommand.Assign => "assign <task number> @name",
            ChatCommand.Close => "close <reason>",
            ChatCommand.Note => "note <text>",
            _ => "status",
        };

    /// <summary>The command of a message; null if it is none.</summary>
    public static ControlRequest? Parse(string message)
    {
        if (
            Words.Match(message) is not { Success: true } found
            || !Enum.TryParse<ChatCommand>(found.Groups["command"].Value, ignoreCase: true, out var command)
        )
            return null;
        var rest = found.Groups["rest"].Value.Trim();
        if (command != ChatCommand.Assign)
            return new ControlRequest(command, "", rest);
        return Task.Match(rest) is { Success: true } task
            ? new ControlRequest(command, task.Groups["task"].Value, task.Groups["whom"].Value.Trim())
            : new ControlRequest(command, "", "");
    }

    /// <summary>Whether everything that it needs was written.</summary>
    public bool IsComplete =>
        Command == ChatCommand.Status
            ? Argument.Length == 0
            : Argument.Length > 0 && (Command != ChatCommand.Assign || TaskId.Length > 0);

    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0}", Command).ToLowerInvariant();
}
